#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    [RECORD_TRANSITION] = { "transition", "A change of a grid's state.",
        sizeof(struct transition_document), false, &table_transition, check_transition, NAMED(transition_document, "grid", grid), TIMED(transition_document, "at", at_ms) },
    [RECORD_INTENT] = { "intent", "A message that was decided.",
        sizeof(struct intent_document), false, &table_intent, check_intent, NAMED(intent_document, "grid", intent.grid), TIMED(intent_document, "at", at_ms) },
    [RECORD_DELIVERY] = { "delivery", "What a channel answered to a message.",
        sizeof(struct delivery_document), false, &table_delivery, check_delivery, NAMED(delivery_document, "grid", delivery.grid), TIMED(delivery_document, "at", delivery.at_ms) },
    [RECORD_OPERATOR] = { "operator", "What the operator did to a grid.",
        sizeof(struct operator_document), false, &table_operator, NULL, NAMED(operator_document, "grid", grid), TIMED(operator_document, "at", at_ms) },
    [RECORD_FAULT] = { "fault", "What went wrong.",
        sizeof(struct fault_document), false, &table_fault, NULL, NAMED(fault_document, "subject", subject), TIMED(fault_document, "at", at_ms) },
};
// clang-format on

/* One step of a path: ".key", "key" or "[3]". */
static const struct yaml_node *step(const struct yaml_node *node,
                                    const char **path)
{
    char key[64];
    if (**path == '[') {
        size_t row = (size_t)strtoul(*path + 1, NULL, 10);
        *path += strcspn(*path, "]") + 1;
        return row < node->count ? &node->children[row] : NULL;
    }
    *path += **path == '.';
    size_t n = strcspn(*path, ".[");
    snprintf(key, sizeof(key), "%.*s", (int)n, *path);
    *path += n;
    return yaml_find(node, key);
}

void checker_say(const struct checker *k, const char *path, const char *fmt,
                 ...)
{
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    const struct yaml_node *node = k->root;
    for (const char *at = path; *at && node;)
        node = step(node, &at);
    node = node ? node : k->root;
    struct complaint_place at = { path, node->line, node->column };
    complaints_add(k->complaints, at, "%s", what);
}
