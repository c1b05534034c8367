/* exits/GRID/YYYY/MM/DD/HHMM.yaml: what one slot concluded about one grid. */
#include <math.h>

#include "record/tables.h"
#include "record/words.h"

#define E(member) AT(exit_document, evaluation.member)

#define VALUE(key, at, unit_, help_)                                           \
    {                                                                          \
        key, FIELD_MAP, ONE_LINE, at, .table = &table_value, .unit = (unit_),  \
                                      .help = (help_)                          \
    }

// clang-format off
static const struct field input_fields[] = {
    { "grid_commit", FIELD_TEXT, NULLABLE,            AT(exit_inputs, grid_commit), .pattern = PATTERN_HEX40, .help = "newest commit that touched the grid's file" },
    { "grid_blob",   FIELD_TEXT, 0,                   AT(exit_inputs, grid_blob),   .pattern = PATTERN_HEX40, .help = "the grid's file as it was read" },
    { "ticker",      FIELD_REAL, NULLABLE | POSITIVE, AT(exit_inputs, ticker),      .unit = "quote currency", .help = "last traded price at run time; can only raise M_STOP" },
    { "ticker_time", FIELD_TIME, NULLABLE,            AT(exit_inputs, ticker_ms),   .help = "its time on the exchange" },
    { "market",      FIELD_ENUM, 0,                   AT(exit_inputs, market),      .words = &words_market, .help = "what the exchange says of itself" },
};
static const struct table input_table = TABLE(input_fields);

static const struct field distance_fields[] = {
    VALUE("to_lower", AT(distances, to_lower), "ln of a price ratio", "from the close to the lower end, negative when passed"),
    VALUE("to_upper", AT(distances, to_upper), "ln of a price ratio", "from the close to the upper end, negative when passed"),
    VALUE("to_stop",  AT(distances, to_stop),  "ln of a price ratio", "from the close to the nearer stop, negative when passed"),
    { "stop_side", FIELD_ENUM, 0, AT(distances, stop_side), .words = &words_side, .help = "where that stop is" },
    VALUE("stop_touch_12h", AT(distances, stop_touch_12h), "probability", "at most this chance to touch it within 12 h"),
    VALUE("stop_loss_most", AT(distances, stop_loss_most), "quote currency", "lost from here to the stop below if all capital were in base, before fees"),
    VALUE("bound_loss_most", AT(distances, bound_loss_most), "quote currency", "the same to the lower end, where no stop below is set"),
};
static const struct table distance_table = TABLE(distance_fields);

static const struct field trigger_fields[] = {
    { "id",       FIELD_LABEL, 0,       .words = &words_trigger, .help = "of the trigger" },
    { "raises",   FIELD_LABEL, 0,       .words = &words_trigger_raises, .help = "the state to which a yes raises" },
    { "mode",     FIELD_ENUM, COLUMN,   .offset = offsetof(struct exit_document, mode), .size = sizeof(enum trigger_mode), .words = &words_mode, .help = "only an active one raises" },
    { "answer",   FIELD_ENUM, 0,        AT(trigger_result, answer),       .words = &words_answer, .help = "na counts as no; unknown is never folded into no" },
    { "value",    FIELD_REAL, NULLABLE, AT(trigger_result, value.v),      .help = "what was held to the limit" },
    { "status",   FIELD_ENUM, 0,        AT(trigger_result, value.status), .words = &words_status, .help = "of the value" },
    { "limit",    FIELD_REAL, NULLABLE, AT(trigger_result, limit),        .help = "that applied, in the value's unit" },
    { "distance", FIELD_REAL, NULLABLE, AT(trigger_result, distance),     .help = "to the limit, zero or negative when passed; prices as ln of their ratio" },
    { "side",     FIELD_ENUM, 0,        AT(trigger_result, side),         .words = &words_side, .help = "where it points" },
    { "evidence", FIELD_ENUM, 0,        AT(trigger_result, evidence),     .words = &words_evidence, .help = "what decided a yes" },
    { "hits",     FIELD_INT,  0,        AT(trigger_result, hits),         .lo = 0, .hi = 1000, .unit = "bars", .help = "that said yes" },
    { "of",       FIELD_INT,  0,        AT(trigger_result, of),           .lo = 0, .hi = 1000, .unit = "bars", .help = "that are needed" },
    { "seen",     FIELD_TIME, NULLABLE, AT(trigger_result, seen_ms),      .help = "close of the newest bar that decided, or the ticker's time" },
};
static const struct table trigger_table = { NULL, ARRAY_LEN(trigger_fields), trigger_fields, true };

static const struct field evaluation_fields[] = {
    { "state",            FIELD_ENUM, 0, AT(evaluation, verdict.state),      .words = &words_state, .help = "what holds now" },
    { "known",            FIELD_ENUM, 0, AT(evaluation, verdict.known),      .words = &words_state, .help = "the last state that was known" },
    { "previous",         FIELD_ENUM, 0, AT(evaluation, verdict.previous),   .words = &words_state, .help = "the state of the slot before" },
    { "data",             FIELD_ENUM, 0, AT(evaluation, verdict.data_known), .words = &words_data_known, .help = "price, boundary and pi could be read" },
    { "held",             FIELD_BOOL, 0, AT(evaluation, verdict.held),       .help = "MANDATORY_EXIT that was not released yet" },
    { "since",            FIELD_TIME, SLOT_TIME, AT(evaluation, verdict.since_ms), .help = "slot from which the state holds" },
    { "episode",          FIELD_TIME, NULLABLE | SLOT_TIME, AT(evaluation, verdict.episode_ms), .help = "slot that left NORMAL" },
    { "profile",          FIELD_ENUM, 0, AT(evaluation, profile),            .words = &words_profile, .help = "whose limits apply" },
    { "side",             FIELD_ENUM, 0, AT(evaluation, side),               .words = &words_side, .help = "the broken side, else the likelier one" },
    { "price_cause",      FIELD_ENUM, 0, AT(evaluation, price_cause),        .words = &words_cause, .help = "why the price is unknown" },
    VALUE("close", AT(evaluation, close), "quote currency", "of the newest real 15m bar"),
    { "close_time",       FIELD_TIME, NULLABLE | SLOT_TIME, AT(evaluation, close_ms), .help = "when that bar closed" },
    { "boundary_pending", FIELD_BOOL, 0, AT(evaluation, boundary_pending),   .help = "two successive 15m closes outside" },
    VALUE("pi",    AT(evaluation, hazard.pi),    "probability", "that the range is left within 24 h"),
    VALUE("pi_dn", AT(evaluation, hazard.pi_dn), "probability", "its share below the range"),
    VALUE("pi_up", AT(evaluation, hazard.pi_up), "probability", "its share above the range"),
    { "regime",           FIELD_MAP, ONE_LINE, AT(evaluation, regime), .table = &table_regime, .help = "what the market is doing" },
    { "distances",        FIELD_MAP, 0, AT(evaluation, distances), .table = &distance_table, .help = "figures that need no position" },
    { "triggers",         FIELD_LIST, EVERY_ROW | ONE_LINE, ROWS(evaluation, verdict.triggers), .table = &trigger_table, .help = "every condition with its answer" },
};
static const struct table evaluation_table = TABLE(evaluation_fields);

static const struct field position_fields[] = {
    { "source", FIELD_ENUM, 0, AT(recorded_position, source), .words = &words_source, .help = "none: nothing could be learned, which is not no position" },
    { "reason", FIELD_TEXT, 0, AT(recorded_position, reason), .pattern = PATTERN_LINE, .help = "why there is no better source" },
    VALUE("inventory", AT(recorded_position, inventory), "base currency", "what the grid holds"),
    VALUE("net_pnl",   AT(recorded_position, net_pnl),   "quote currency", "since the grid's start event"),
};
static const struct table position_table = TABLE(position_fields);

static const struct field decision_fields[] = {
    { "reason", FIELD_ENUM, 0,        AT(decision, reason), .words = &words_alert_reason, .help = "why a message was sent, or why not" },
    { "intent", FIELD_TEXT, NULLABLE, AT(decision, intent), .pattern = PATTERN_INTENT_ID, .help = "the message, if one was decided" },
};
static const struct table decision_table = TABLE(decision_fields);

static const struct field fields[] = {
    HEAD("exit"),
    { "grid",          FIELD_TEXT, 0,         E(grid),    .pattern = PATTERN_GRID_ID, .help = "as in the path" },
    { "symbol",        FIELD_TEXT, 0,         E(symbol),  .pattern = PATTERN_SYMBOL, .help = "of the grid" },
    { "slot",          FIELD_TIME, SLOT_TIME, E(slot_ms), .help = "as in the path: only bars that closed by then were read" },
    { "attempt",       FIELD_INT,  0,         AT(exit_document, attempt), .lo = 1, .hi = 1000, .help = "above 1: evaluated again, because data were missing" },
    { "backfilled",    FIELD_BOOL, 0,         AT(exit_document, backfilled), .help = "written by a later run from its bars" },
    { "previous_slot", FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_document, previous_slot_ms), .help = "newest slot of this grid recorded before" },
    RUN(exit_document),
    { "inputs",        FIELD_MAP,  0,         AT(exit_document, inputs),     .table = &input_table, .help = "what was read besides bars" },
    { "evaluation",    FIELD_MAP,  0,         AT(exit_document, evaluation), .table = &evaluation_table, .help = "what follows from grid, bars and memory; replay gives the same" },
    { "position",      FIELD_MAP,  0,         AT(exit_document, position),   .table = &position_table, .help = "what the grid holds, as far as it is known" },
    { "decision",      FIELD_MAP,  ONE_LINE,  AT(exit_document, decision),   .table = &decision_table, .help = "whether the phone rang" },
};
// clang-format on

const struct table table_exit = TABLE(fields);
