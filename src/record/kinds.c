#include <string.h>

#include "base/moment.h"
#include "record/codec.h"
#include "record/tables.h"

#define NAMED(s, key, member)                                                  \
    .name_key = (key), .name_offset = offsetof(struct s, member)
#define TIMED(s, key, member)                                                  \
    .time_key = (key), .time_offset = offsetof(struct s, member)

// clang-format off
const struct document_kind document_kinds[RECORD_KIND_COUNT] = {
    [RECORD_GRID] = { "grid", "One grid as its operator describes it. People write this file; every other one is the program's.",
        sizeof(struct grid), true, &table_grid, check_grid, NAMED(grid, "id", id) },
    [RECORD_METRICS] = { "metrics", "What one slot saw of one symbol.",
        sizeof(struct metrics_document), false, &table_metrics, check_metrics, NAMED(metrics_document, "symbol", symbol), TIMED(metrics_document, "slot", slot_ms) },
    [RECORD_EXIT] = { "exit", "What one slot concluded about one grid.",
        sizeof(struct exit_document), false, &table_exit, check_exit, NAMED(exit_document, "grid", evaluation.grid), TIMED(exit_document, "slot", evaluation.slot_ms) },
    [RECORD_STATE] = { "state", "What is remembered of a grid from slot to slot.",
        sizeof(struct state_document), false, &table_state, check_state, NAMED(state_document, "grid", grid) },
    [RECORD_SERVICE] = { "service", "What is wrong with the service itself.",
        sizeof(struct service_document), false, &table_service, check_service, .name_key = NULL },
    [RECORD_TRANSITION] = { "transition", "A change of a grid's state.",
        sizeof(struct transition_document), false, &table_transition, check_transition, NAMED(transition_document, "grid", grid), TIMED(transition_document, "at", at_ms) },
    [RECORD_INTENT] = { "intent", "A message that was decided.",
        sizeof(struct intent_document), false, &table_intent, check_intent, NAMED(intent_document, "grid", intent.grid), TIMED(intent_document, "at", at_ms) },
    [RECORD_DELIVERY] = { "delivery", "What a channel answered to a message.",
        sizeof(struct delivery_document), false, &table_delivery, check_delivery, NAMED(delivery_document, "grid", delivery.grid), TIMED(delivery_document, "at", delivery.at_ms) },
    [RECORD_OPERATOR] = { "operator", "What the operator did to a grid.",
        sizeof(struct operator_document), false, &table_operator, NULL, NAMED(operator_document, "grid", grid), TIMED(operator_document, "at", at_ms) },
    [RECORD_FAULT] = { "fault", "What went wrong.",
        sizeof(struct fault_document), false, &table_fault, check_fault, NAMED(fault_document, "subject", subject), TIMED(fault_document, "at", at_ms) },
    [RECORD_REVISION] = { "revision", "A bar that the exchange changed after it was recorded.",
        sizeof(struct revision_document), false, &table_revision, check_revision, NAMED(revision_document, "symbol", symbol), TIMED(revision_document, "at", at_ms) },
    [RECORD_LOOK] = { "look", "What a look between two slots found.",
        sizeof(struct look_document), false, &table_look, check_look, NAMED(look_document, "grid", grid), TIMED(look_document, "at", at_ms) },
};
// clang-format on

int64_t kind_time_ms(const struct document_kind *kind, const void *document)
{
    int64_t ms = MOMENT_NONE;
    if (kind->time_key)
        memcpy(&ms, (const char *)document + kind->time_offset, sizeof(ms));
    return ms;
}
