/* state/GRID.yaml: what is remembered of a grid from slot to slot. */
#include <math.h>

#include "record/tables.h"
#include "record/words.h"

// clang-format off
static const struct field latch_fields[] = {
    { "side", FIELD_ENUM, 0,                   AT(stop_latch, side),   .words = &words_side, .help = "none: no stop was touched" },
    { "at",   FIELD_TIME, NULLABLE | SLOT_TIME, AT(stop_latch, at_ms), .help = "the slot that saw it" },
    { "stop", FIELD_REAL, NULLABLE | POSITIVE, AT(stop_latch, stop),   .unit = "quote currency", .help = "the price it was touched at" },
    { "set",  FIELD_TIME, NULLABLE,            AT(stop_latch, set_ms), .help = "when that stop was set" },
};
static const struct table latch_table = TABLE(latch_fields);

static const struct field trigger_fields[] = {
    { "id",     FIELD_LABEL, 0,                     .words = &words_trigger, .help = "of the trigger" },
    { "active", FIELD_BOOL, 0,                      AT(trigger_memory, active),   .help = "answered yes last time it was asked" },
    { "since",  FIELD_TIME, NULLABLE | SLOT_TIME,   AT(trigger_memory, since_ms), .help = "first slot of that" },
};
static const struct table trigger_table = TABLE(trigger_fields);

static const struct field reversion_fields[] = {
    { "side",   FIELD_INT,  0,                    AT(exit_counts, reversion.side),   .lo = -1, .hi = 1, .help = "of the centre it left far behind: -1 below, 1 above, 0 none" },
    { "since",  FIELD_INT,  0,                    AT(exit_counts, reversion.since),  .lo = 0, .hi = 1e6, .unit = "1h closes", .help = "after the one that went so far" },
    { "failed", FIELD_BOOL, 0,                    AT(exit_counts, reversion.failed), .help = "was not back in time" },
    { "until",  FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_counts, reversion_ms),     .help = "newest 1h close that was read" },
};
static const struct table reversion_table = TABLE(reversion_fields);

static const struct field count_fields[] = {
    { "trend_slots", FIELD_INT, 0,        AT(exit_counts, trend_slots), .lo = 0, .hi = 1e6, .unit = "15m bars", .help = "in a row with p of TREND at its limit" },
    { "pi_closes",   FIELD_INT, 0,        AT(exit_counts, pi_closes),   .lo = 0, .hi = 1e6, .unit = "1h closes", .help = "in a row with pi at the gate" },
    { "warnings",    FIELD_INT, 0,        AT(exit_counts, warnings),    .lo = 0, .hi = 1e6, .unit = "15m bars", .help = "in a row with enough warnings together" },
    { "reversion",   FIELD_MAP, ONE_LINE, .offset = 0,                  .table = &reversion_table, .help = "whether the price came back to the centre" },
};
static const struct table count_table = TABLE(count_fields);

#define VALUE(key, member, unit_, help_) { key, FIELD_MAP, ONE_LINE, AT(baseline, member), .table = &table_value, .unit = (unit_), .help = (help_) }

static const struct field baseline_fields[] = {
    { "at",         FIELD_TIME, NULLABLE | SLOT_TIME, AT(baseline, at_ms),      .help = "the 1h close it was taken at" },
    VALUE("half_life", half_life, "1h bars", "median of the corrected ones, n = 200; not identified: infinite"),
    { "identified", FIELD_BOOL, 0,                    AT(baseline, identified), .help = "the half-life may be compared with" },
    VALUE("sigma_st", sigma_st, "ln of a price", "standard deviation of the closes"),
    VALUE("ver_mean", ver_mean, "quote currency", "mean of ATR, by hour of week"),
    VALUE("sigma_entry", sigma_entry, "ln of a price ratio", "volatility of 1 h when the grid was first evaluated"),
};
static const struct table baseline_table = TABLE(baseline_fields);

static const struct field exit_fields[] = {
    { "known",         FIELD_ENUM, 0,                    AT(exit_memory, known),            .words = &words_state, .help = "last state that was known" },
    { "since",         FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, since_ms),         .help = "slot from which it holds" },
    { "life",          FIELD_TIME, NULLABLE,             AT(exit_memory, life_ms),          .help = "the start event that all this belongs to" },
    { "unknown_since", FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, unknown_since_ms), .help = "first slot of the present UNKNOWN" },
    { "episode",       FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, episode_ms),       .help = "slot that left NORMAL" },
    { "clear_closes",  FIELD_INT,  0,                    AT(exit_memory, clear_closes),     .lo = 0, .hi = 1e6, .unit = "1h closes", .help = "without a mandatory cause" },
    { "latch",         FIELD_MAP,  ONE_LINE,             AT(exit_memory, latch),            .table = &latch_table, .help = "a touched stop stays touched" },
    { "scanned",       FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, scanned_ms),       .help = "close of the newest bar that was held to the stop" },
    { "blind",         FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, blind_ms),         .help = "first slot of the present unknown price" },
    { "last_pi",       FIELD_REAL, NULLABLE,             AT(exit_memory, last_pi),          .lo = 0, .hi = 1, .unit = "probability", .help = "the newest that was known" },
    { "crisis",        FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, crisis_ms),        .help = "newest slot with one" },
    { "left",          FIELD_ENUM, 0,                    AT(exit_memory, left),             .words = &words_state, .help = "what held when the grid was stopped; UNKNOWN: it was not" },
    { "counts",        FIELD_MAP,  0,                    AT(exit_memory, counts),           .table = &count_table, .help = "bars in a row, up to the slot" },
    { "baseline",      FIELD_MAP,  0,                    AT(exit_memory, baseline),         .table = &baseline_table, .help = "what was normal when the grid began, or at the last calm" },
    { "triggers",      FIELD_LIST, EVERY_ROW | ONE_LINE, ROWS(exit_memory, triggers),       .table = &trigger_table, .help = "for the hysteresis" },
};
static const struct table exit_table = TABLE(exit_fields);

#define SAID(word, state)                                                      \
    { word, FIELD_TIME, NULLABLE | SLOT_TIME, AT(alert_memory, said_ms[state]), .help = "slot of the last message of this level" }

static const struct field said_fields[] = {
    SAID("warning", STATE_WARNING),
    SAID("latest", STATE_LATEST),
    SAID("mandatory", STATE_MANDATORY),
    SAID("normal", STATE_NORMAL),
    SAID("unknown", STATE_UNKNOWN),
};
static const struct table said_table = TABLE(said_fields);

static const struct field alert_fields[] = {
    { "said",    FIELD_ENUM, 0,        AT(alert_memory, said),    .words = &words_known_state, .help = "the level that the last message left the operator with" },
    { "open",    FIELD_BOOL, 0,        AT(alert_memory, open),    .help = "something was told and is not resolved" },
    { "idle",    FIELD_BOOL, 0,        AT(alert_memory, idle),    .help = "what was told last costs this grid nothing" },
    { "blind",   FIELD_BOOL, 0,        AT(alert_memory, blind),   .help = "told that the state is unknown" },
    { "said_at", FIELD_MAP,  0,        .table = &said_table, .help = "so that messages keep their distance" },
};

static const struct field open_fields[] = {
    { "id",   FIELD_TEXT, 0, AT(open_intent, id),   .pattern = PATTERN_INTENT_ID, .help = "of the message" },
    { "path", FIELD_TEXT, 0, AT(open_intent, path), .pattern = PATTERN_INTENT_PATH, .help = "of its file" },
};

static const struct field fields[] = {
    HEAD("state"),
    { "grid",         FIELD_TEXT, 0,                    AT(state_document, grid),         .pattern = PATTERN_GRID_ID, .help = "as in the path" },
    { "slot",         FIELD_TIME, NULLABLE | SLOT_TIME, AT(state_document, exit.slot_ms), .help = "newest evaluated slot" },
    RUN(state_document),
    { "exit",         FIELD_MAP,  0,                    AT(state_document, exit),         .table = &exit_table, .help = "what the next evaluation starts from" },
    { "alert",        FIELD_MAP,  0,                    AT(state_document, alert),        .table = &table_alert_memory, .help = "what the phone was told" },
    { "open_intents", FIELD_LIST, ONE_LINE,             ROWS(state_document, open),       .table = &table_open_intent, COUNTED(state_document, open_count), .help = "messages without a delivery" },
};
// clang-format on

const struct table table_state = TABLE(fields);
const struct table table_alert_memory = TABLE(alert_fields);
const struct table table_open_intent = TABLE(open_fields);
