/* grids/GRID.yaml: the operator's file, the only one that people write. */
#include <math.h>

#include "record/tables.h"
#include "record/words.h"

// clang-format off
static const struct field history_fields[] = {
    { "at",    FIELD_TIME, 0,                   AT(grid_history, at_ms), .help = "when it happened" },
    { "event", FIELD_ENUM, 0,                   AT(grid_history, event), .words = &words_grid_event, .help = "running after started or resumed, paused is recorded but not notified, stopped ends it; changed, acknowledged and snoozed leave it what it is" },
    { "until", FIELD_TIME, NULLABLE | OPTIONAL | ZERO_IS_NULL, AT(grid_history, until_ms), .help = "of snoozed: nothing below MANDATORY_EXIT is told before it, for 7 days at most" },
    { "note",  FIELD_TEXT, NULLABLE | OPTIONAL, AT(grid_history, note),  .pattern = PATTERN_LINE, .help = "why, in a few words" },
};
static const struct table history_table = TABLE(history_fields);

static const struct field stop_fields[] = {
    { "below", FIELD_REAL, NULLABLE | OPTIONAL | POSITIVE, AT(grid_stop, below), .unit = "quote currency", .help = "below the range" },
    { "above", FIELD_REAL, NULLABLE | OPTIONAL | POSITIVE, AT(grid_stop, above), .unit = "quote currency", .help = "above the range" },
};
static const struct table stop_table = TABLE(stop_fields);

static const struct field override_fields[] = {
    { "key",   FIELD_TEXT, 0, AT(grid_override, key),   .pattern = PATTERN_OPTION },
    { "value", FIELD_TEXT, 0, AT(grid_override, value), .pattern = PATTERN_SETTING },
};
static const struct table override_table = TABLE(override_fields);

static const struct field fields[] = {
    { "id",          FIELD_TEXT, 0, AT(grid, id),     .pattern = PATTERN_GRID_ID, .help = "the name of the file" },
    { "symbol",      FIELD_TEXT, 0, AT(grid, symbol), .pattern = PATTERN_SYMBOL, .help = "base and quote currency" },
    { "market",      FIELD_ENUM, 0, AT(grid, market), .words = &words_grid_market, .help = "where it trades" },
    { "side",        FIELD_ENUM, 0, AT(grid, side),   .words = &words_grid_side, .help = "a long grid loses below its range, a short one above, a neutral one on both sides" },
    { "spacing",     FIELD_ENUM, NULLABLE | ZERO_IS_NULL | OPTIONAL, AT(grid, spacing), .words = &words_grid_spacing, .help = "of the levels" },
    { "lower",       FIELD_REAL, POSITIVE, AT(grid, lower), .unit = "quote currency", .help = "lower end of the range" },
    { "upper",       FIELD_REAL, POSITIVE, AT(grid, upper), .unit = "quote currency", .help = "upper end of the range" },
    { "levels",      FIELD_INT,  NULLABLE | ZERO_IS_NULL | OPTIONAL, AT(grid, levels), .lo = 2, .hi = 1000, .help = "number of price levels" },
    { "capital",     FIELD_REAL, NULLABLE | OPTIONAL | POSITIVE, AT(grid, capital), .unit = "quote currency", .help = "what was put in" },
    { "quote",       FIELD_TEXT, NULLABLE | OPTIONAL, AT(grid, quote), .pattern = PATTERN_CURRENCY, .help = "the currency of capital and prices" },
    { "start_price", FIELD_REAL, NULLABLE | OPTIONAL | POSITIVE, AT(grid, start_price), .unit = "quote currency", .help = "price when it was started" },
    { "started_at",  FIELD_TIME, NULLABLE | OPTIONAL, AT(grid, started_at_ms), .help = "when it was started" },
    { "stop",        FIELD_STOP, NULLABLE | OPTIONAL | ONE_LINE, AT(grid, stop), .table = &stop_table, .unit = "quote currency", .help = "one price (below the range, for a short grid above it) or {below: price, above: price}" },
    { "take_profit", FIELD_REAL, NULLABLE | OPTIONAL | POSITIVE, AT(grid, take_profit), .unit = "quote currency", .help = "recorded, read by no trigger yet" },
    { "trailing",    FIELD_BOOL, OPTIONAL, AT(grid, trailing), .help = "true is refused until it is built" },
    { "account",     FIELD_TEXT, NULLABLE | OPTIONAL, AT(grid, account), .pattern = PATTERN_ACCOUNT, .help = "main, robot or the name of a sub-account" },
    { "source",      FIELD_ENUM, OPTIONAL, AT(grid, source), .words = &words_grid_source, .help = "where the position is read from; auto takes the best" },
    { "overrides",   FIELD_PAIRS, OPTIONAL, ROWS(grid, overrides), .table = &override_table, COUNTED(grid, override_count), .help = "options that this grid alone has otherwise: their keys and values" },
    { "history",     FIELD_LIST, OPTIONAL | ONE_LINE, ROWS(grid, history), .table = &history_table, COUNTED(grid, history_count), .help = "oldest first, beginning with created; the last event says what the grid is, changed, acknowledged and snoozed aside" },
};
// clang-format on

const struct table table_grid = TABLE(fields);
