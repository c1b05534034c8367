/* exits/GRID/YYYY/MM/DD/HHMM.yaml: what one slot concluded about one grid. */
#include <math.h>

#include "record/tables.h"
#include "record/words.h"

#define E(member) AT(exit_document, evaluation.member)

/* A value without the bars that went into it. */
#define FIGURE(key, at, unit_, help_)                                          \
    {                                                                          \
        key, FIELD_MAP, ONE_LINE, at, .table = &table_figure, .unit = (unit_), \
                                      .help = (help_)                          \
    }

// clang-format off
static const struct field calendar_fields[] = {
    { "read",  FIELD_BOOL, 0,        AT(outside, calendar_read), .help = "whether it could be had" },
    { "event", FIELD_TEXT, NULLABLE, AT(outside, event),         .pattern = PATTERN_LINE, .help = "the window that the slot lies in" },
};
static const struct table calendar_table = TABLE(calendar_fields);

static const struct field signal_fields[] = {
    { "read",      FIELD_BOOL, 0,                             AT(signal, read),        .help = "whether it could be had" },
    { "value",     FIELD_REAL, NULLABLE,                      AT(signal, value),       .help = "as it was then" },
    { "time",      FIELD_TIME, NULLABLE,                      AT(signal, at_ms),       .help = "when somebody else computed it" },
    { "half_life", FIELD_REAL, NULLABLE | POSITIVE | ENDLESS, AT(signal, half_life_s), .unit = "s", .help = "after which half of it is left; null: it never fades" },
};
static const struct table signal_table = TABLE(signal_fields);

static const struct field input_fields[] = {
    { "grid_commit", FIELD_TEXT, NULLABLE,            AT(exit_inputs, grid_commit), .pattern = PATTERN_HEX40, .help = "newest commit that touched the grid's file" },
    { "grid_blob",   FIELD_TEXT, 0,                   AT(exit_inputs, grid_blob),   .pattern = PATTERN_HEX40, .help = "the grid's file as it was read" },
    { "ticker",      FIELD_REAL, NULLABLE | POSITIVE, AT(exit_inputs, ticker),      .unit = "quote currency", .help = "last traded price at run time; can only raise M_STOP" },
    { "ticker_time", FIELD_TIME, NULLABLE,            AT(exit_inputs, ticker_ms),   .help = "its time on the exchange" },
    { "market",      FIELD_ENUM, 0,                   AT(exit_inputs, market),      .words = &words_market, .help = "what the exchange says of itself" },
    { "acknowledged", FIELD_TIME, NULLABLE | ZERO_IS_NULL, AT(exit_inputs, acknowledged_ms), .help = "newest acknowledgement on the phone of what is open", .absent = "null" },
    { "siren",       FIELD_ENUM, 0,                   AT(exit_inputs, siren),       .words = &words_siren, .help = "what the channel says of the siren", .absent = "not_asked" },
    { "calendar",    FIELD_MAP,  NULLABLE | ONE_LINE, AT(exit_inputs, outside), .table = &calendar_table, GIVEN(exit_inputs, outside.calendar), .help = "windows of time; null: none are configured" },
    { "signal",      FIELD_MAP,  NULLABLE | ONE_LINE, AT(exit_inputs, outside.signal), .table = &signal_table, GIVEN(exit_inputs, outside.signal.configured), .help = "an external number; null: none is configured" },
};
static const struct table input_table = TABLE(input_fields);

static const struct field distance_fields[] = {
    FIGURE("to_lower", AT(distances, to_lower), "ln of a price ratio", "from the close to the lower end, negative when passed"),
    FIGURE("to_upper", AT(distances, to_upper), "ln of a price ratio", "from the close to the upper end, negative when passed"),
    FIGURE("to_stop",  AT(distances, to_stop),  "ln of a price ratio", "from the close to the nearer stop, negative when passed"),
    { "stop_side", FIELD_ENUM, 0, AT(distances, stop_side), .words = &words_side, .help = "where that stop is" },
    FIGURE("stop_touch_12h", AT(distances, stop_touch_12h), "probability", "at most this chance to touch it within 12 h"),
    FIGURE("stop_loss_most", AT(distances, stop_loss_most), "quote currency", "lost from here to the stop below if all capital were in base, before fees"),
    FIGURE("bound_loss_most", AT(distances, bound_loss_most), "quote currency", "the same to the lower end, where no stop below is set"),
};
static const struct table distance_table = TABLE(distance_fields);

#define WAIT(key, kind, i) { key, FIELD_REAL, NULLABLE, AT(evaluation, waiting[i].kind.v), .lo = 0, .hi = HUGE_VAL }

static const struct field typical_fields[] = {
    WAIT("1h", typical, 0), WAIT("4h", typical, 1), WAIT("12h", typical, 2), WAIT("24h", typical, 3),
};
static const struct table typical_table = TABLE(typical_fields);
static const struct field adverse_fields[] = {
    WAIT("1h", adverse, 0), WAIT("4h", adverse, 1), WAIT("12h", adverse, 2), WAIT("24h", adverse, 3),
};
static const struct table adverse_table = TABLE(adverse_fields);
_Static_assert(WAITING_COUNT == 4, "a row each");

static const struct field waiting_fields[] = {
    { "typical", FIELD_MAP, ONE_LINE, .offset = 0, .table = &typical_table, .help = "lost in 25 % of cases, or more" },
    { "adverse", FIELD_MAP, ONE_LINE, .offset = 0, .table = &adverse_table, .help = "lost in 10 % of cases, or more" },
};
static const struct table waiting_table = TABLE(waiting_fields);

static const struct field theta_fields[] = {
    { "enter",    FIELD_REAL, 0,                   AT(theta, limits.enter), .lo = 0, .hi = 1, .unit = "probability", .help = "L_HAZ says yes from this pi on" },
    { "leave",    FIELD_REAL, 0,                   AT(theta, limits.leave), .lo = 0, .hi = 1, .unit = "probability", .help = "and no again below this" },
    { "by",       FIELD_ENUM, 0,                   AT(theta, source),   .words = &words_theta_source, .help = "table: a row of docs/triggers.md; set: the configuration or the grid's own file; unmeasured: the defaults, for want of an ATR or a stop" },
    { "half_atr", FIELD_REAL, NULLABLE | POSITIVE, AT(theta, half_atr), .unit = "ATR(4h) at the start", .help = "half of the range" },
    { "stop_atr", FIELD_REAL, NULLABLE,            AT(theta, stop_atr), .unit = "ATR(4h) at the start", .help = "the nearer stop that costs, beyond its bound" },
    { "atr",      FIELD_REAL, NULLABLE | POSITIVE, AT(theta, atr),      .unit = "quote currency", .help = "ATR(4h) when the grid was first evaluated" },
    { "delay",    FIELD_INT,  0,                   AT(theta, delay_minutes), .lo = 0, .hi = 1440, .unit = "minutes", .help = "the operator's, from an alert to the exit", .absent = "60" },
};
static const struct table theta_table_fields = TABLE(theta_fields);

static const struct field together_fields[] = {
    { "answer",   FIELD_ENUM, 0, AT(together, answer),  .words = &words_answer, .help = "enough warnings, for long enough" },
    { "warnings", FIELD_INT,  0, AT(together, yes),     .lo = 0, .hi = TRIGGER_COUNT, .help = "rows that say yes" },
    { "unknown",  FIELD_INT,  0, AT(together, unknown), .lo = 0, .hi = TRIGGER_COUNT, .help = "rows that say unknown" },
    { "held",     FIELD_INT,  0, AT(together, held),    .lo = 0, .hi = 1e6, .unit = "15m bars", .help = "in a row with enough of them" },
};
static const struct table together_table = TABLE(together_fields);

static const struct field trigger_fields[] = {
    { "id",        FIELD_LABEL, 0,       .words = &words_trigger, .help = "of the trigger" },
    { "answer",    FIELD_ENUM, 0,        AT(trigger_result, answer),       .words = &words_answer, .help = "na counts as no; unknown is never folded into no" },
    { "value",     FIELD_REAL, NULLABLE, AT(trigger_result, value.v),      .help = "what was held to the limit" },
    { "status",    FIELD_ENUM, 0,        AT(trigger_result, value.status), .words = &words_status, .help = "of the value", .absent = "real" },
    { "limit",     FIELD_REAL, NULLABLE, AT(trigger_result, limit),        .help = "that applied, in the value's unit" },
    { "distance",  FIELD_REAL, NULLABLE, AT(trigger_result, distance),     .help = "to the limit, zero or negative when passed; prices as ln of their ratio" },
    { "gate",      FIELD_ENUM, 0,        AT(trigger_result, gate),         .words = &words_answer, .help = "whether pi has reached what a yes needs besides; na: it needs nothing", .absent = "na" },
    { "uncertain", FIELD_BOOL, 0,        AT(trigger_result, uncertain),    .help = "the other end of a modelled position would answer differently", .absent = "false" },
    { "side",      FIELD_ENUM, 0,        AT(trigger_result, side),         .words = &words_side, .help = "where it points", .absent = "none" },
    { "evidence",  FIELD_ENUM, 0,        AT(trigger_result, evidence),     .words = &words_evidence, .help = "what decided a yes", .absent = "none", .absent_yes = "bar" },
    { "hits",      FIELD_INT,  0,        AT(trigger_result, hits),         .lo = 0, .hi = 1000, .unit = "bars", .help = "in a row that passed the limit", .absent = "0", .absent_yes = "1" },
    { "of",        FIELD_INT,  0,        AT(trigger_result, of),           .lo = 0, .hi = 1000, .unit = "bars", .help = "that are needed", .absent = "1" },
    { "age",       FIELD_AGE,  NULLABLE, AT(trigger_result, seen_ms),      .lo = -1e5, .hi = 1e10, .unit = "s", .help = "of what decided a yes, at the slot: from the close of its newest bar, or from its time; below 0: later", .absent = "null" },
};
static const struct table trigger_table = { NULL, ARRAY_LEN(trigger_fields), trigger_fields, true };

static const struct field gate_fields[] = {
    { "id",     FIELD_LABEL, 0,       .words = &words_gate, .help = "of the check: its gate and what it looks at" },
    { "pass",   FIELD_ENUM, 0,        AT(gate_result, pass),         .words = &words_answer, .help = "unknown does not pass; na does not apply" },
    { "value",  FIELD_REAL, NULLABLE, AT(gate_result, value.v),      .help = "what was held to the limit" },
    { "status", FIELD_ENUM, 0,        AT(gate_result, value.status), .words = &words_status, .help = "of the value", .absent = "real" },
    { "limit",  FIELD_REAL, NULLABLE, AT(gate_result, limit),        .help = "in the value's unit; null where the check does not apply" },
};
static const struct table gate_rows = { NULL, ARRAY_LEN(gate_fields), gate_fields, true };

#define MODE(key, which, help_) { key, FIELD_SET, COLUMN, SET(exit_document, mode, which), .words = &words_trigger, .help = (help_), .absent = "[]" }

static const struct field evaluation_fields[] = {
    { "state",            FIELD_ENUM, 0, AT(evaluation, verdict.state),      .words = &words_state, .help = "what holds now" },
    { "known",            FIELD_ENUM, 0, AT(evaluation, verdict.known),      .words = &words_state, .help = "the last state that was known" },
    { "previous",         FIELD_ENUM, 0, AT(evaluation, verdict.previous),   .words = &words_state, .help = "the state of the slot before" },
    { "data",             FIELD_ENUM, 0, AT(evaluation, verdict.data_known), .words = &words_data_known, .help = "price, boundary, pi and regime could be read" },
    { "held",             FIELD_BOOL, 0, AT(evaluation, verdict.held),       .help = "MANDATORY_EXIT that was not released yet" },
    { "since",            FIELD_TIME, 0, AT(evaluation, verdict.since_ms), .help = "slot, or look, from which the state holds" },
    { "episode",          FIELD_TIME, NULLABLE | SLOT_TIME, AT(evaluation, verdict.episode_ms), .help = "slot that left NORMAL" },
    { "profile",          FIELD_ENUM, 0, AT(evaluation, profile),            .words = &words_profile, .help = "whose limits apply" },
    { "side",             FIELD_ENUM, 0, AT(evaluation, side),               .words = &words_side, .help = "the broken side, else the likelier one" },
    { "price_cause",      FIELD_ENUM, 0, AT(evaluation, price_cause),        .words = &words_cause, .help = "why the price is unknown" },
    FIGURE("close", AT(evaluation, close), "quote currency", "of the newest real 15m bar"),
    { "close_time",       FIELD_TIME, NULLABLE | SLOT_TIME, AT(evaluation, close_ms), .help = "when that bar closed" },
    { "boundary_pending", FIELD_BOOL, 0, AT(evaluation, boundary_pending),   .help = "two successive 15m closes outside" },
    FIGURE("pi",    AT(evaluation, hazard.pi),    "probability", "that the range is left within 24 h"),
    FIGURE("pi_dn", AT(evaluation, hazard.pi_dn), "probability", "its share below the range"),
    FIGURE("pi_up", AT(evaluation, hazard.pi_up), "probability", "its share above the range"),
    { "pi_model",         FIELD_ENUM, 0, AT(evaluation, hazard.model),       .words = &words_hazard_model, .help = "the model that said so", .absent = "pi-24h-1" },
    { "regime",           FIELD_MAP, ONE_LINE, AT(evaluation, regime), .table = &table_regime, .help = "what the market is doing" },
    { "distances",        FIELD_MAP, 0, AT(evaluation, distances), .table = &distance_table, .help = "figures that need no position" },
    { "waiting",          FIELD_MAP, 0, .offset = 0, .table = &waiting_table, .unit = "share of the value held", .help = "what it may cost to go on for so long; null without a volatility" },
    { "together",         FIELD_MAP, ONE_LINE, AT(evaluation, verdict.together), .table = &together_table, .help = "the warnings that raise WARNING only with others" },
    { "theta",            FIELD_MAP, NULLABLE | OPTIONAL | ONE_LINE, AT(evaluation, verdict.theta), .table = &theta_table_fields, GIVEN(evaluation, verdict.theta.asked), .help = "the limits of L_HAZ and where they come from; null: it is not asked" },
    { "literal",          FIELD_SET, 0, SET(evaluation, verdict.literal, true), .words = &words_trigger, .help = "the origin's own rules that are true now, whatever the profile" },
    MODE("shadow",        TRIGGER_SHADOW, "triggers that are recorded and raise nothing"),
    MODE("switched_off",  TRIGGER_OFF, "triggers that are not asked"),
    { "triggers",         FIELD_LIST, EVERY_ROW | ONE_LINE, ROWS(evaluation, verdict.triggers), .table = &trigger_table, .help = "every condition with its answer" },
    { "gates",            FIELD_LIST, EVERY_ROW | ONE_LINE, ROWS(evaluation, gates.rows), .table = &gate_rows, .help = "whether the grid could be started here, or started again" },
};
static const struct table evaluation_table = TABLE(evaluation_fields);

#define INTERVAL(key_, member_, unit_, help_)                                   \
    { .key = (key_), .type = FIELD_MAP, .flags = ONE_LINE, .offset = offsetof(struct recorded_position, is.member_), .table = &table_interval, .unit = (unit_), .help = (help_) }
#define NOMINAL(key_, member_, unit_, help_) FIGURE(key_, .offset = offsetof(struct recorded_position, is.member_.nominal), unit_, help_)
#define MONEY "quote currency"

static const struct field interval_fields[] = {
    { "value",  FIELD_REAL, NULLABLE, AT(interval, nominal.v),      .help = "what triggers read" },
    { "status", FIELD_ENUM, 0,        AT(interval, nominal.status), .words = &words_status, .help = "whether the number may be used, or why there is none", .absent = "real" },
    { "lo",     FIELD_REAL, NULLABLE, AT(interval, lo),             .help = "of a modelled figure: the least it may be", .absent = "null" },
    { "hi",     FIELD_REAL, NULLABLE, AT(interval, hi),             .help = "likewise: the most, but for crossings within one bar", .absent = "null" },
};
static const struct table table_interval = { "interval", ARRAY_LEN(interval_fields), interval_fields, true };

static const struct field position_fields[] = {
    { "source", FIELD_ENUM, 0, AT(recorded_position, is.source), .words = &words_source, .help = "none: nothing could be learned, which is not no position" },
    { "reason", FIELD_TEXT, 0, AT(recorded_position, reason), .pattern = PATTERN_LINE, .help = "why there is no better source" },
    INTERVAL("inventory",  inventory,    "base currency", "what the grid holds"),
    NOMINAL("avg_cost",    avg_cost,     "quote per base", "of what it holds, fees of buying included"),
    INTERVAL("net_pnl",    pnl.e,        MONEY, "since the grid's start event, were all sold at the close"),
    INTERVAL("peak",       pnl.peak,     MONEY, "of net_pnl at a slot so far"),
    INTERVAL("drawdown",   pnl.drawdown, MONEY, "from the peak"),
    NOMINAL("realised",   realised,     MONEY, "what sales brought in above cost and fees"),
    NOMINAL("unrealised", unrealised,   MONEY, "what is held, at the close, less its cost"),
    NOMINAL("fees",       fees,         MONEY, "paid so far"),
};
static const struct table position_table = TABLE(position_fields);

#define RISK(key_, member_, unit_, help_) FIGURE(key_, AT(risk, member_), unit_, help_)
#define GIVEN_BACK(key_, which_, i_) { .key = (key_), .type = FIELD_REAL, .flags = NULLABLE, .offset = offsetof(struct risk, which_[i_].v), .size = sizeof(double), .help = "within that time" }

static const struct field give_typical_fields[] = {
    GIVEN_BACK("1h", give_back_typical, 0), GIVEN_BACK("4h", give_back_typical, 1), GIVEN_BACK("12h", give_back_typical, 2), GIVEN_BACK("24h", give_back_typical, 3),
};
static const struct table give_typical_table = TABLE(give_typical_fields);
static const struct field give_adverse_fields[] = {
    GIVEN_BACK("1h", give_back_adverse, 0), GIVEN_BACK("4h", give_back_adverse, 1), GIVEN_BACK("12h", give_back_adverse, 2), GIVEN_BACK("24h", give_back_adverse, 3),
};
static const struct table give_adverse_table = TABLE(give_adverse_fields);
_Static_assert(RISK_HOURS == 4, "a row each");

static const struct field risk_fields[] = {
    { "to_stop", FIELD_BOOL, 0, AT(risk, to_stop), .help = "false: no stop below is set, so that the lower bound stands for it" },
    RISK("at_risk",        at_risk,        MONEY, "lost from here to the stop, buys still to fill and fees included"),
    RISK("at_risk_most",   at_risk_hi,     MONEY, "the same at the upper end of a modelled inventory"),
    RISK("at_risk_simple", at_risk_simple, MONEY, "what is held, times the way to the stop"),
    RISK("stop_atr",       stop_atr,       "ATR(4h)", "to the nearer stop"),
    RISK("exit_cost",      exit_cost,      MONEY, "of selling all into the book at once, fee included"),
    RISK("imbalance",      imbalance,      "share", "of the grid's worth that is base"),
    { "give_back_typical", FIELD_MAP, ONE_LINE, .offset = 0, .table = &give_typical_table, .unit = MONEY, .help = "waiting costs that much in 25 % of cases, or more" },
    { "give_back_adverse", FIELD_MAP, ONE_LINE, .offset = 0, .table = &give_adverse_table, .unit = MONEY, .help = "in 10 % of cases, or more" },
};
static const struct table risk_table = TABLE(risk_fields);

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
    { "attempt",       FIELD_INT,  0,         AT(exit_document, attempt), .lo = 1, .hi = 1000, .help = "above 1: evaluated again, because data were missing, or looked at between two slots" },
    { "backfilled",    FIELD_BOOL, 0,         AT(exit_document, backfilled), .help = "written by a later run from its bars" },
    { "previous_slot", FIELD_TIME, NULLABLE | SLOT_TIME, AT(exit_document, previous_slot_ms), .help = "newest slot of this grid recorded before" },
    RUN(exit_document),
    { "inputs",        FIELD_MAP,  0,         AT(exit_document, inputs),     .table = &input_table, .help = "what was read besides bars" },
    { "evaluation",    FIELD_MAP,  DERIVED,         AT(exit_document, evaluation), .table = &evaluation_table, .help = "what follows from grid, bars and memory; replay gives the same" },
    { "position",      FIELD_MAP,  0,         AT(exit_document, position),   .table = &position_table, .help = "what the grid holds, as far as it is known" },
    { "risk",          FIELD_MAP,  0,         AT(exit_document, risk),       .table = &risk_table, .help = "what is at stake in it, in money" },
    { "decision",      FIELD_MAP,  ONE_LINE | DERIVED,  AT(exit_document, decision),   .table = &decision_table, .help = "whether the phone rang" },
};
// clang-format on

const struct table table_exit = TABLE(fields);
