/* state/GRID.yaml: what is remembered of a grid from slot to slot. */
#include <math.h>

#include "record/tables.h"
#include "record/words.h"

// clang-format off
static const struct field latch_fields[] = {
    { "side", FIELD_ENUM, 0,                   AT(stop_latch, side),   .words = &words_side, .help = "none: no stop was touched" },
    { "at",   FIELD_TIME, NULLABLE,            AT(stop_latch, at_ms),  .help = "the slot that saw it; of a look the time of the trade" },
    { "stop", FIELD_REAL, NULLABLE | POSITIVE, AT(stop_latch, stop),   .unit = "quote currency", .help = "the price it was touched at" },
    { "set",  FIELD_TIME, NULLABLE,            AT(stop_latch, set_ms), .help = "when that stop was set" },
};
static const struct table latch_table = TABLE(latch_fields);

static const struct field trigger_fields[] = {
    { "id",     FIELD_LABEL, 0,                     .words = &words_trigger, .help = "of the trigger" },
    { "active", FIELD_BOOL, 0,                      AT(trigger_memory, active),   .help = "answered yes last time it was asked" },
    { "since",  FIELD_TIME, NULLABLE,               AT(trigger_memory, since_ms), .help = "first slot, or look, of that" },
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
    { "since",         FIELD_TIME, NULLABLE,             AT(exit_memory, since_ms),         .help = "slot, or look, from which it holds" },
    { "life",          FIELD_TIME, NULLABLE,             AT(exit_memory, life_ms),          .help = "the start event that all this belongs to" },
    { "unknown_since", FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, unknown_since_ms), .help = "first slot of the present UNKNOWN" },
    { "episode",       FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, episode_ms),       .help = "slot that left NORMAL" },
    { "clear_closes",  FIELD_INT,  0,                    AT(exit_memory, clear_closes),     .lo = 0, .hi = 1e6, .unit = "1h closes", .help = "without a mandatory cause" },
    { "latch",         FIELD_MAP,  ONE_LINE,             AT(exit_memory, latch),            .table = &latch_table, .help = "a touched stop stays touched" },
    { "scanned",       FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, scanned_ms),       .help = "close of the newest bar that was held to the stop" },
    { "blind",         FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_memory, blind_ms),         .help = "first slot of the present unknown price" },
    { "last_pi",       FIELD_REAL, NULLABLE,             AT(exit_memory, last_pi),          .lo = 0, .hi = 1, .unit = "probability", .help = "the newest that was known" },
    { "atr_entry",     FIELD_REAL, NULLABLE | POSITIVE, AT(exit_memory, atr_entry), .unit = "quote currency", .help = "ATR(4h) when the grid was first evaluated", .absent = "null" },
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
    { "idle",    FIELD_BOOL, 0,        AT(alert_memory, idle),    .help = "what the phone was left with costs this grid nothing" },
    { "blind",   FIELD_BOOL, 0,        AT(alert_memory, blind),   .help = "told that the state is unknown" },
    { "said_at", FIELD_MAP,  0,        .table = &said_table, .help = "so that messages keep their distance" },
    { "last",          FIELD_TIME, NULLABLE | SLOT_TIME, AT(alert_memory, last_ms),       .help = "slot of the last message", .absent = "null" },
    { "repeats",       FIELD_INT,  0,                    AT(alert_memory, repeats),       .lo = 0, .hi = 1e6, .help = "of it, so far", .absent = "0" },
    { "escalated",     FIELD_BOOL, 0,                    AT(alert_memory, escalated),     .help = "LATEST_ACCEPTABLE_EXIT rang as a siren, or shall not any more", .absent = "false" },
    { "range_back",    FIELD_BOOL, 0,                    AT(alert_memory, range_back),    .help = "told that the gates hold again since the grid was stopped", .absent = "false" },
    { "softly",        FIELD_BOOL, 0,                    AT(alert_memory, softly),        .help = "quiet hours lowered the last message of the level", .absent = "false" },
    { "blind_softly",  FIELD_BOOL, 0,                    AT(alert_memory, blind_softly),  .help = "quiet hours lowered the last message that the state is unknown", .absent = "false" },
    { "answered",      FIELD_TIME, NULLABLE,             AT(alert_memory, answered_ms),   .help = "newest acknowledgement that was known when the state last got worse: it is none of this", .absent = "null" },
    { "asked_at",      FIELD_TIME, NULLABLE | SLOT_TIME, AT(alert_memory, asked_ms),      .help = "slot of the last question whether the grid was stopped", .absent = "null" },
    { "asked",         FIELD_INT,  0,                    AT(alert_memory, asked),         .lo = 0, .hi = 1e6, .help = "how often since the acknowledgement", .absent = "0" },
    { "turned",        FIELD_TIME, NULLABLE | SLOT_TIME, AT(alert_memory, turned_ms),     .help = "slot at which a graver state of this episode last ceased to cost anything, or began to again", .absent = "null" },
    { "left",          FIELD_BOOL, 0,                    AT(alert_memory, left),          .help = "told that the account shows it left", .absent = "false" },
    { "told_side",     FIELD_ENUM, 0,                    AT(alert_memory, told.side),     .words = &words_side, .help = "that the last message of a level named", .absent = "none" },
    { "told_causes",   FIELD_SET,  0,                    SET(alert_memory, told.cause, true), .words = &words_trigger, .help = "rows that raise a state alone and were named since the level was first told", .absent = "[]" },
    { "told_pi",       FIELD_REAL, NULLABLE,             AT(alert_memory, told.pi),       .lo = 0, .hi = 1, .unit = "probability", .help = "to break on that side", .absent = "null" },
    { "told_stop_atr", FIELD_REAL, NULLABLE,             AT(alert_memory, told.stop_atr), .unit = "ATR(4h)", .help = "to the nearer stop", .absent = "null" },
    { "told_at_risk",  FIELD_REAL, NULLABLE,             AT(alert_memory, told.at_risk),  .unit = "quote currency", .help = "capital at risk to the stop", .absent = "null" },
    { "siren",         FIELD_TEXT, NULLABLE,             AT(alert_memory, siren.intent),  .pattern = PATTERN_INTENT_ID, .help = "the message that may be ringing", .absent = "null" },
    { "siren_tag",     FIELD_TEXT, NULLABLE,             AT(alert_memory, siren.tag),     .pattern = PATTERN_TAG, .help = "by which it is cancelled", .absent = "null" },
    { "siren_sent",    FIELD_TIME, NULLABLE,             AT(alert_memory, siren.sent_ms), .help = "its slot, or when the look was that found it", .absent = "null" },
    { "siren_acknowledged", FIELD_TIME, NULLABLE,        AT(alert_memory, siren.acknowledged_ms), .help = "by receipt or command", .absent = "null" },
    { "siren_expired", FIELD_BOOL, 0,                    AT(alert_memory, siren.expired), .help = "nobody acknowledged it in time", .absent = "false" },
};

#define DECIMAL(which, member, help_) { #member, FIELD_TEXT, 0, AT(state_document, texts.which.member), .pattern = PATTERN_DECIMAL, .help = (help_) }
#define BOOKS(which, member)          AT(state_document, holding.which.member)
#define BOOKS_FIELDS(which)                                                                                                 \
    { "fills",    FIELD_INT,  0,        BOOKS(which, count),   .lo = 0, .hi = 9e15, .help = "entered" },                    \
    { "last_id",  FIELD_INT,  0,        BOOKS(which, last_id), .lo = 0, .hi = 9.2e18, .help = "of the newest; 0: none yet" }, \
    { "last_at",  FIELD_TIME, NULLABLE, BOOKS(which, last_ms), .help = "its time" },                                        \
    { "buys",     FIELD_INT,  0,        BOOKS(which, buys),    .lo = 0, .hi = 9e15, .help = "of these" },                   \
    { "sells",    FIELD_INT,  0,        BOOKS(which, sells),   .lo = 0, .hi = 9e15, .help = "likewise" },                   \
    DECIMAL(which, base, "held of what they moved, base currency"),                                                         \
    DECIMAL(which, cash, "what they changed of the quote currency, fees included"),                                         \
    DECIMAL(which, cost, "of what is held, quote currency"),                                                                \
    DECIMAL(which, realised, "quote currency"),                                                                             \
    DECIMAL(which, fees, "quote currency"),                                                                                 \
    DECIMAL(which, other_fees, "paid in a third currency, not in cash"),                                                    \
    { "other_currency", FIELD_TEXT, NULLABLE, BOOKS(which, other_currency), .pattern = PATTERN_CURRENCY, .help = "that one" }, \
    { "mixed_fees", FIELD_BOOL, 0,        BOOKS(which, mixed_fees), .help = "there is a fourth" },                          \
    { "base_fees",  FIELD_INT,  0,        BOOKS(which, base_fees),  .lo = 0, .hi = 9e15, .help = "fills whose fee was taken in the base currency", .absent = "0" }, \
    { "oversold",   FIELD_BOOL, 0,        BOOKS(which, oversold),   .help = "more was sold than bought" }

static const struct field known_fields[] = {
    { "id", FIELD_INT, 0, AT(known_fill, id), .lo = 1, .hi = 9.2e18, .help = "that the exchange gave it" },
};
static const struct table known_table = TABLE(known_fields);

#define SOLD(which, help_) AT(state_document, holding.settled_sale.which), .absent = "null", .help = (help_)

static const struct field settled_fields[] = {
    BOOKS_FIELDS(settled),
    { "sold_from",  FIELD_TIME, NULLABLE,            SOLD(from_ms, "first of the newest sales in a row, of these fills") },
    { "sold_until", FIELD_TIME, NULLABLE,            SOLD(until_ms, "last of them") },
    { "sold_base",  FIELD_REAL, NULLABLE,            SOLD(base, "what they sold"), .unit = "base currency" },
    { "sold_low",   FIELD_REAL, NULLABLE | POSITIVE, SOLD(low, "lowest price of them"), .unit = "quote currency" },
    { "sold_high",  FIELD_REAL, NULLABLE | POSITIVE, SOLD(high, "highest"), .unit = "quote currency" },
};
static const struct table settled_table = TABLE(settled_fields);

static const struct field books_fields[] = {
    BOOKS_FIELDS(books),
    { "peak",     FIELD_REAL, 0,        AT(state_document, holding.books_peak), .lo = 0, .hi = 1e18, .unit = "quote currency", .help = "of net PnL at a slot so far" },
    { "until",    FIELD_TIME, NULLABLE, AT(state_document, holding.fills_until_ms), .help = "fills were asked up to here" },
    { "settled",  FIELD_MAP,  NULLABLE, .offset = 0, GIVEN(state_document, holding.unsettled), .table = &settled_table, .help = "the same of the fills that took place 6 h before that or earlier: newer ones are read and entered again; null: of all", .absent = "null" },
    { "known",    FIELD_LIST, ONE_LINE, ROWS(state_document, holding.known), .table = &known_table, COUNTED(state_document, holding.known_count), .help = "those newer fills, oldest first: the newest 64 of them", .absent = "[]" },
};
static const struct table books_table = TABLE(books_fields);

#define SHADOW(member) AT(state_document, holding.shadow.member)

static const struct field shadow_fields[] = {
    { "began",        FIELD_TIME, 0,                   SHADOW(began_ms),     .help = "the start event" },
    { "last",         FIELD_TIME, 0,                   SHADOW(last_ms),      .help = "close of the newest bar that was walked" },
    { "price",        FIELD_REAL, POSITIVE,            SHADOW(last),         .unit = "quote currency", .help = "its close" },
    { "start_price",  FIELD_REAL, POSITIVE,            SHADOW(start_price),  .unit = "quote currency", .help = "that it began with" },
    { "amount",       FIELD_REAL, POSITIVE,            SHADOW(amount),       .unit = "base currency", .help = "of a cell" },
    { "nominal_peak", FIELD_REAL, 0,                   SHADOW(nominal_peak), .lo = 0, .hi = 1e18, .unit = "quote currency", .help = "of net PnL, in the stated order of prices" },
    { "reverse_peak", FIELD_REAL, 0,                   SHADOW(reverse_peak), .lo = 0, .hi = 1e18, .unit = "quote currency", .help = "in the other order" },
    { "stopped",      FIELD_BOOL, 0,                   SHADOW(stopped),      .help = "the stop was touched" },
    { "stopped_at",   FIELD_REAL, NULLABLE | POSITIVE, SHADOW(stopped_at),   .unit = "quote currency", .help = "at this price" },
    { "stop_lo",      FIELD_REAL, NULLABLE,            SHADOW(stop_lo),      .unit = "quote currency", .help = "net PnL of a bot that sold at a stop: the least" },
    { "stop_hi",      FIELD_REAL, NULLABLE,            SHADOW(stop_hi),      .unit = "quote currency", .help = "likewise: the most" },
    { "start_known",  FIELD_BOOL, 0,                   SHADOW(start_known),  .help = "false: it began within a bar" },
    { "fee",          FIELD_REAL, 0,                   AT(state_document, holding.terms.fee),  .lo = 0, .hi = 1, .unit = "share of the funds", .help = "of one fill" },
    { "tick",         FIELD_REAL, NULLABLE | POSITIVE, AT(state_document, holding.terms.tick), .unit = "quote currency", .help = "that its lines are rounded to" },
    { "step",         FIELD_REAL, NULLABLE | POSITIVE, AT(state_document, holding.terms.step), .unit = "base currency", .help = "that its amount is rounded down to" },
    { "grid",         FIELD_HEX,  0,                   AT(state_document, holding.print), .help = "of the figures it was made of" },
    { "levels",       FIELD_INT,  0,                   SHADOW(count),        .lo = 2, .hi = SHADOW_CELLS_MAX, .help = "cells" },
    { "cells",        FIELD_TEXT, 0,                   AT(state_document, texts.cells), .pattern = PATTERN_CELLS, .help = "one word each: see docs/position.md" },
};
static const struct table shadow_table = TABLE(shadow_fields);

#define PARTING(member) AT(state_document, holding.parting.member), .absent = "null"

static const struct field holding_fields[] = {
    { "life",   FIELD_TIME, NULLABLE, AT(state_document, holding.life_ms), .help = "the start event that all this belongs to" },
    { "books",  FIELD_MAP,  NULLABLE, .offset = 0, GIVEN(state_document, holding.booked),       .table = &books_table,  .help = "what the exchange's fills add up to" },
    { "shadow", FIELD_MAP,  NULLABLE, .offset = 0, GIVEN(state_document, holding.shadow.begun), .table = &shadow_table, .help = "what bars say that the grid must hold" },
    { "awaited_fills",   FIELD_INT, 0, AT(state_document, holding.awaited[0]), .lo = -1, .hi = 9e15, .help = "of the books as their newest came in; -1: not known", .absent = "-1" },
    { "awaited_nominal", FIELD_INT, 0, AT(state_document, holding.awaited[1]), .lo = -1e15, .hi = 9e15, .help = "of the shadow in the stated order of prices, at that slot", .absent = "-1" },
    { "awaited_reverse", FIELD_INT, 0, AT(state_document, holding.awaited[2]), .lo = -1e15, .hi = 9e15, .help = "in the other order", .absent = "-1" },
    { "left",        FIELD_TIME, NULLABLE | SLOT_TIME, PARTING(left_ms),       .help = "slot that saw in the account that the grid was left" },
    { "sold_from",   FIELD_TIME, NULLABLE,             PARTING(sale.from_ms),  .help = "first of the newest sales in a row; of a sub-account when it was last seen full" },
    { "sold_until",  FIELD_TIME, NULLABLE,             PARTING(sale.until_ms), .help = "last of them" },
    { "sold_base",   FIELD_REAL, NULLABLE,             PARTING(sale.base),     .unit = "base currency", .help = "what they sold" },
    { "sold_low",    FIELD_REAL, NULLABLE | POSITIVE,  PARTING(sale.low),      .unit = "quote currency", .help = "lowest price of them" },
    { "sold_high",   FIELD_REAL, NULLABLE | POSITIVE,  PARTING(sale.high),     .unit = "quote currency", .help = "highest" },
    { "most",        FIELD_REAL, NULLABLE,             PARTING(most),          .unit = "quote currency", .help = "that the sub-account was worth" },
    { "most_base",   FIELD_REAL, NULLABLE,             PARTING(most_base),     .unit = "base currency", .help = "that was in the sub-account" },
    { "held",        FIELD_TIME, NULLABLE | SLOT_TIME, PARTING(held_ms),       .help = "newest slot at which that was not empty" },
};
static const struct table holding_table = TABLE(holding_fields);

static const struct field open_fields[] = {
    { "id",   FIELD_TEXT, 0, AT(open_intent, id),   .pattern = PATTERN_INTENT_ID, .help = "of the message" },
    { "path", FIELD_TEXT, 0, AT(open_intent, path), .pattern = PATTERN_INTENT_PATH, .help = "of its file" },
};

static const struct field owed_fields[] = {
    { "id",      FIELD_TEXT, 0, AT(owed_message, id),      .pattern = PATTERN_INTENT_ID, .help = "of the message" },
    { "path",    FIELD_TEXT, 0, AT(owed_message, path),    .pattern = PATTERN_INTENT_PATH, .help = "of its file" },
    { "channel", FIELD_TEXT, 0, AT(owed_message, channel), .pattern = PATTERN_CHANNEL, .help = "that is still to hear it" },
};

#define SIREN_TEXT(key, member, pattern_, help_) { key, FIELD_TEXT, NULLABLE, AT(state_document, siren.member), .pattern = (pattern_), .help = (help_), .absent = "null" }
#define SIREN_TIME(key, member, help_) { key, FIELD_TIME, NULLABLE | ZERO_IS_NULL, AT(state_document, siren.member), .help = (help_), .absent = "null" }

static const struct field fields[] = {
    HEAD("state"),
    { "grid",         FIELD_TEXT, 0,                    AT(state_document, grid),         .pattern = PATTERN_GRID_ID, .help = "as in the path" },
    { "slot",         FIELD_TIME, NULLABLE | SLOT_TIME, AT(state_document, exit.slot_ms), .help = "newest evaluated slot" },
    RUN(state_document),
    { "exit",         FIELD_MAP,  0,                    AT(state_document, exit),         .table = &exit_table, .help = "what the next evaluation starts from" },
    { "alert",        FIELD_MAP,  0,                    AT(state_document, alert),        .table = &table_alert_memory, .help = "what the phone was told" },
    SIREN_TEXT("siren_receipt", receipt, PATTERN_TOKEN, "to ask what became of the siren"),
    SIREN_TIME("siren_until", until_ms, "then it goes quiet by itself"),
    SIREN_TIME("phone_acknowledged", phone_ms, "newest acknowledgement on the phone of what is open"),
    SIREN_TEXT("siren_by", by, PATTERN_INTENT_ID, "the message of another grid that rings for this one, too"),
    SIREN_TEXT("siren_by_tag", by_tag, PATTERN_TAG, "by which that is cancelled"),
    SIREN_TEXT("cancel", cancel, PATTERN_INTENT_ID, "a siren that has to be cancelled"),
    SIREN_TEXT("cancel_tag", cancel_tag, PATTERN_TAG, "by which it is cancelled"),
    SIREN_TIME("cancel_until", cancel_until_ms, "then it goes quiet by itself"),
    SIREN_TEXT("second_told", second, PATTERN_TAG, "the episode whose siren nobody acknowledged: second channels were told"),
    { "holding",      FIELD_MAP,  0,                    .offset = 0,                      .table = &holding_table, .help = "what the grid holds, from slot to slot" },
    { "owed",         FIELD_LIST, ONE_LINE,             ROWS(state_document, owed.list),  .table = &table_owed_message, COUNTED(state_document, owed.count), .help = "messages that second channels are still to hear", .absent = "[]" },
    { "open_intents", FIELD_LIST, ONE_LINE,             ROWS(state_document, open),       .table = &table_open_intent, COUNTED(state_document, open_count), .help = "messages without a delivery" },
};
// clang-format on

const struct table table_state = TABLE(fields);
const struct table table_alert_memory = TABLE(alert_fields);
const struct table table_open_intent = TABLE(open_fields);
const struct table table_owed_message = TABLE(owed_fields);
