/* audit/YYYY/MM/DD/HHMMSSmmm-ID-EVENT-HASH8.yaml: one event per file. */
#include <math.h>

#include "record/tables.h"
#include "record/words.h"

#define I(member) AT(intent_document, intent.member)
#define D(member) AT(delivery_document, delivery.member)

// clang-format off
static const struct field transition_fields[] = {
    HEAD("transition"),
    { "at",         FIELD_TIME, 0,         AT(transition_document, at_ms),      .help = "exchange time of the run" },
    { "grid",       FIELD_TEXT, 0,         AT(transition_document, grid),       .pattern = PATTERN_GRID_ID, .help = "as in the path" },
    { "symbol",     FIELD_TEXT, 0,         AT(transition_document, symbol),     .pattern = PATTERN_SYMBOL, .help = "of the grid" },
    { "slot",       FIELD_TIME, SLOT_TIME, AT(transition_document, slot_ms),    .help = "in which the state changed" },
    { "from",       FIELD_ENUM, 0,         AT(transition_document, from),       .words = &words_state, .help = "state before" },
    { "to",         FIELD_ENUM, 0,         AT(transition_document, to),         .words = &words_state, .help = "state from this slot on" },
    { "side",       FIELD_ENUM, 0,         AT(transition_document, side),       .words = &words_side, .help = "the broken side, else the likelier one" },
    { "backfilled", FIELD_BOOL, 0,         AT(transition_document, backfilled), .help = "found by a later run" },
    { "reasons",    FIELD_SET,  0,         SET(transition_document, reasons, true), .words = &words_trigger, .help = "triggers that answered yes" },
    RUN(transition_document),
};

static const struct field intent_fields[] = {
    HEAD("intent"),
    { "at",       FIELD_TIME, 0,         AT(intent_document, at_ms), .help = "exchange time of the decision" },
    { "id",       FIELD_TEXT, 0,         I(id),       .pattern = PATTERN_INTENT_ID, .help = "slot and a hash of grid and reason" },
    { "grid",     FIELD_TEXT, 0,         I(grid),     .pattern = PATTERN_SUBJECT, .help = "as in the path; of a message about the service what it is about: grid, symbol or run" },
    { "symbol",   FIELD_TEXT, NULLABLE,  I(symbol),   .pattern = PATTERN_SYMBOL, .help = "of the grid; null in a message about the service" },
    { "slot",     FIELD_TIME, SLOT_TIME, I(slot_ms),  .help = "that decided it" },
    { "reason",   FIELD_ENUM, 0,         I(reason),   .words = &words_sending_reason, .help = "row of the decision table" },
    { "state",    FIELD_ENUM, 0,         I(state),    .words = &words_state, .help = "that it tells; UNKNOWN in a message about the service" },
    { "side",     FIELD_ENUM, 0,         I(side),     .words = &words_side, .help = "the broken one, else the likelier; none in a message about the service", .absent = "none" },
    { "priority", FIELD_INT,  0,         I(priority), .lo = -2, .hi = 2, .help = "of Pushover; 2 rings until it is acknowledged" },
    { "retry_s",  FIELD_INT,  0,         I(retry_s),  .lo = 0, .hi = 10800, .unit = "s", .help = "between two rings of priority 2, else 0" },
    { "expire_s", FIELD_INT,  0,         I(expire_s), .lo = 0, .hi = 10800, .unit = "s", .help = "until priority 2 gives up, else 0" },
    { "tag",      FIELD_TEXT, 0,         I(tag),      .pattern = PATTERN_TAG, .help = "the episode, or the slot that saw the fault first" },
    { "title",    FIELD_TEXT, 0,         I(title),    .pattern = PATTERN_LINE, .help = "first line on the phone" },
    { "body",     FIELD_TEXT, 0,         I(body),     .pattern = PATTERN_LINES, .help = "the message" },
    RUN(intent_document),
};

static const struct field delivery_fields[] = {
    HEAD("delivery"),
    { "at",          FIELD_TIME, 0,                       D(at_ms),       .help = "exchange time of the answer" },
    { "intent",      FIELD_TEXT, 0,                       D(intent),      .pattern = PATTERN_INTENT_ID, .help = "the message" },
    { "grid",        FIELD_TEXT, 0,                       D(grid),        .pattern = PATTERN_SUBJECT, .help = "as in the path" },
    { "channel",     FIELD_TEXT, 0,                       D(channel),     .pattern = PATTERN_CHANNEL, .help = "that was asked to deliver it" },
    { "outcome",     FIELD_ENUM, 0,                       D(outcome),     .words = &words_outcome, .help = "superseded: a newer message took its place, or the grid was stopped: see reason; cancelled: besides being accepted, its siren was ended; grouped: a message about another grid told it: see with" },
    { "tries",       FIELD_INT,  0,                       D(tries),       .lo = 0, .hi = 1000, .help = "how often it was sent" },
    { "http_status", FIELD_INT,  NULLABLE | ZERO_IS_NULL, D(http_status), .lo = 100, .hi = 599, .help = "of the last answer" },
    { "request",     FIELD_TEXT, NULLABLE,                D(request),     .pattern = PATTERN_TOKEN, .help = "the channel's id of the request" },
    { "receipt",     FIELD_TEXT, NULLABLE,                D(receipt),     .pattern = PATTERN_TOKEN, .help = "to ask for the acknowledgement" },
    { "reason",      FIELD_TEXT, NULLABLE,                D(reason),      .pattern = PATTERN_LINE, .help = "why it was not delivered; of one that was, why its picture was not, or that it did not ring" },
    { "picture",     FIELD_TEXT, NULLABLE | OPTIONAL,     D(picture),     .pattern = PATTERN_HEX40, .help = "SHA-1 of the PNG that went with it, which is not kept" },
    { "with",        FIELD_TEXT, NULLABLE,                D(with),        .pattern = PATTERN_INTENT_ID, .help = "of a grouped one: the message that went out for it", .absent = "null" },
    RUN(delivery_document),
};

#define SALE(member) AT(operator_document, sale.member)

static const struct field inferred_fields[] = {
    { "slot",  FIELD_TIME, SLOT_TIME,           AT(operator_document, seen_ms), .help = "that saw it" },
    { "from",  FIELD_TIME, NULLABLE,            SALE(from_ms),  .help = "first of its last sales in a row; of a sub-account when it was last seen full" },
    { "until", FIELD_TIME, NULLABLE,            SALE(until_ms), .help = "last of them; when it was seen empty" },
    { "base",  FIELD_REAL, NULLABLE,            SALE(base),     .unit = "base currency", .help = "sold; null: not seen" },
    { "low",   FIELD_REAL, NULLABLE | POSITIVE, SALE(low),      .unit = "quote currency", .help = "lowest price: of the sales, or of the bars meanwhile" },
    { "high",  FIELD_REAL, NULLABLE | POSITIVE, SALE(high),     .unit = "quote currency", .help = "highest" },
};
static const struct table inferred_table = TABLE(inferred_fields);

static const struct field operator_fields[] = {
    HEAD("operator"),
    { "at",     FIELD_TIME, 0,        AT(operator_document, at_ms),  .help = "when it was done" },
    { "grid",   FIELD_TEXT, 0,        AT(operator_document, grid),   .pattern = PATTERN_GRID_ID, .help = "as in the path" },
    { "action", FIELD_ENUM, 0,        AT(operator_document, action), .words = &words_action, .help = "what was done" },
    { "by",      FIELD_TEXT, NULLABLE | OPTIONAL, AT(operator_document, by), .pattern = PATTERN_ACCOUNT, .help = "who did it" },
    { "until",   FIELD_TIME, NULLABLE | OPTIONAL | ZERO_IS_NULL, AT(operator_document, until_ms), .help = "of a snooze" },
    { "state",   FIELD_ENUM, NULLABLE | OPTIONAL | ZERO_IS_NULL, AT(operator_document, state), .words = &words_state, .help = "of an acknowledgement: what was last told" },
    { "episode", FIELD_TIME, NULLABLE | OPTIONAL | ZERO_IS_NULL | SLOT_TIME, AT(operator_document, episode_ms), .help = "of an acknowledgement: slot that began what was told" },
    { "inferred", FIELD_MAP, NULLABLE | ONE_LINE, .offset = 0, GIVEN(operator_document, inferred), .table = &inferred_table, .help = "of exited and returned: nobody said so, the account showed it", .absent = "null" },
    { "note",    FIELD_TEXT, NULLABLE, AT(operator_document, note),   .pattern = PATTERN_LINE, .help = "why, in a few words" },
    RUN(operator_document),
};

static const struct field fault_fields[] = {
    HEAD("fault"),
    { "at",      FIELD_TIME, 0, AT(fault_document, at_ms),   .help = "exchange time of the run" },
    { "subject", FIELD_TEXT, 0, AT(fault_document, subject), .pattern = PATTERN_SUBJECT, .help = "grid, symbol or run, as in the path" },
    { "class",   FIELD_ENUM, 0, AT(fault_document, class),   .words = &words_fault_class, .help = "data: an input was wrong at one moment; run: we were; the others stand until they end" },
    { "change",  FIELD_ENUM, 0, AT(fault_document, change),  .words = &words_fault_change, .help = "of a fault that stands", .absent = "once" },
    { "what",    FIELD_TEXT, 0, AT(fault_document, what),    .pattern = PATTERN_LINE, .help = "what went wrong" },
    RUN(fault_document),
};

static const struct field candle_fields[] = {
    { "open",   FIELD_REAL, POSITIVE, AT(bar, open),   .unit = "quote currency" },
    { "high",   FIELD_REAL, POSITIVE, AT(bar, high),   .unit = "quote currency" },
    { "low",    FIELD_REAL, POSITIVE, AT(bar, low),    .unit = "quote currency" },
    { "close",  FIELD_REAL, POSITIVE, AT(bar, close),  .unit = "quote currency" },
    { "volume", FIELD_REAL, 0,        AT(bar, volume), .lo = 0, .hi = HUGE_VAL, .unit = "base currency" },
};
static const struct table candle_table = TABLE(candle_fields);

static const struct field revision_fields[] = {
    HEAD("revision"),
    { "at",        FIELD_TIME, 0,                   AT(revision_document, at_ms),   .help = "exchange time of the run that saw it" },
    { "symbol",    FIELD_TEXT, 0,                   AT(revision_document, symbol),  .pattern = PATTERN_SYMBOL, .help = "as in the path" },
    { "slot",      FIELD_TIME, SLOT_TIME,           AT(revision_document, slot_ms), .help = "first one that read the bar as it is" },
    { "tf",        FIELD_ENUM, 0,                   AT(revision_document, tf),      .words = &words_timeframe, .help = "timeframe" },
    { "open_time", FIELD_TIME, SLOT_TIME,           AT(revision_document, open_ms), .help = "of the bar" },
    { "was",       FIELD_MAP,  NULLABLE | ONE_LINE, AT(revision_document, was),     .table = &candle_table, GIVEN(revision_document, was_there), .help = "as it was recorded; null: it was not there" },
    { "is",        FIELD_MAP,  NULLABLE | ONE_LINE, AT(revision_document, is),      .table = &candle_table, GIVEN(revision_document, is_there), .help = "as the exchange gives it now; null: it is there no more" },
    { "largest",   FIELD_REAL, NULLABLE,            AT(revision_document, largest), .lo = 0, .hi = 1, .help = "change of one of these numbers, as a share of the larger of the two; null unless both are there" },
    RUN(revision_document),
};

#define LOOK(member) AT(look_document, inputs.member)

static const struct field look_fields[] = {
    HEAD("look"),
    { "at",          FIELD_TIME, 0,                   AT(look_document, at_ms),   .help = "exchange time of the look" },
    { "grid",        FIELD_TEXT, 0,                   AT(look_document, grid),    .pattern = PATTERN_GRID_ID, .help = "as in the path" },
    { "symbol",      FIELD_TEXT, 0,                   AT(look_document, symbol),  .pattern = PATTERN_SYMBOL, .help = "of the grid" },
    { "slot",        FIELD_TIME, SLOT_TIME,           AT(look_document, slot_ms), .help = "newest one of the grid: all but the ticker is of it" },
    { "grid_commit", FIELD_TEXT, NULLABLE,            LOOK(grid_commit), .pattern = PATTERN_HEX40, .help = "newest commit that touched the grid's file" },
    { "grid_blob",   FIELD_TEXT, 0,                   LOOK(grid_blob),   .pattern = PATTERN_HEX40, .help = "the grid's file as it was read" },
    { "ticker",      FIELD_REAL, POSITIVE,            LOOK(ticker),      .unit = "quote currency", .help = "last traded price" },
    { "ticker_time", FIELD_TIME, NULLABLE,            LOOK(ticker_ms),   .help = "its time on the exchange" },
    { "acknowledged", FIELD_TIME, NULLABLE | ZERO_IS_NULL, LOOK(acknowledged_ms), .help = "newest acknowledgement on the phone of what is open" },
    { "beyond",      FIELD_ENUM, 0,                   AT(look_document, beyond),  .words = &words_side, .help = "the bound that the ticker was beyond; none: it was back inside, unless the stop was touched" },
    { "touched",     FIELD_BOOL, 0,                   AT(look_document, touched), .help = "the stop, which was not known" },
    { "state",       FIELD_ENUM, 0,                   AT(look_document, state),   .words = &words_state, .help = "of the grid from then on" },
    { "reason",      FIELD_ENUM, 0,                   AT(look_document, decision.reason), .words = &words_alert_reason, .help = "why a message was sent, or why not" },
    { "intent",      FIELD_TEXT, NULLABLE,            AT(look_document, decision.intent), .pattern = PATTERN_INTENT_ID, .help = "the message, if one was decided" },
    RUN(look_document),
};
// clang-format on

const struct table table_look = TABLE(look_fields);
const struct table table_revision = TABLE(revision_fields);
const struct table table_transition = TABLE(transition_fields);
const struct table table_intent = TABLE(intent_fields);
const struct table table_delivery = TABLE(delivery_fields);
const struct table table_operator = TABLE(operator_fields);
const struct table table_fault = TABLE(fault_fields);
