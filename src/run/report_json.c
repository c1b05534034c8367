/* The --json of a run. */
#include <cjson/cJSON.h>

#include "base/array.h"

#include "run/members_json.h"
#include "run/position_json.h"
#include "run/run_internal.h"
#include "run/totals_json.h"
#include "run/verdict_json.h"

static void add_notified(cJSON *o, const struct run *r, size_t grid)
{
    cJSON *list = cJSON_AddArrayToObject(o, "notified");
    for (size_t i = 0; i < r->message_count; i++) {
        const struct message_run *m = &r->messages[i];
        if (m->grid != grid)
            continue;
        bool told =
            m->fate == MESSAGE_FINAL &&
            (m->delivery.outcome == DELIVERY_ACCEPTED ||
             m->delivery.outcome == DELIVERY_GROUPED || m->told_elsewhere);
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "intent", m->intent.id);
        cJSON_AddStringToObject(row, "reason",
                                alert_reason_name(m->intent.reason));
        cJSON_AddNumberToObject(row, "priority", (double)m->intent.priority);
        cJSON_AddBoolToObject(row, "delivered", told);
        member_text(row, "with", m->delivery.with);
        cJSON_AddItemToArray(list, row);
    }
}

static void add_evaluation(cJSON *o, const struct evaluation *e)
{
    const struct verdict *v = &e->verdict;
    cJSON_AddStringToObject(o, "state", exit_state_name(v->state));
    cJSON_AddStringToObject(o, "previous", exit_state_name(v->previous));
    cJSON_AddStringToObject(o, "known", exit_state_name(v->known));
    cJSON_AddStringToObject(o, "data", v->data_known ? "known" : "unknown");
    member_time(o, "since", v->since_ms);
    cJSON_AddStringToObject(o, "side", range_side_name(e->side));
    member_value(o, "pi", "pi_status", e->hazard.pi);
    member_number(o, "pi_dn", e->hazard.pi_dn.v);
    member_number(o, "pi_up", e->hazard.pi_up.v);
    cJSON_AddStringToObject(o, "regime", regime_label_name(e->regime.pooled));
    member_verdict(o, v);
    member_gates(o, &e->gates);
    member_waiting(o, e->waiting);
}

/* The same keys for a grid whose slot was recorded by an earlier run: what is
 * remembered, and null for the rest. */
static void add_recorded(cJSON *o, const struct grid_run *g)
{
    static const char *const nulls[] = { "previous",  "data",      "side",
                                         "pi",        "pi_status", "pi_dn",
                                         "pi_up",     "regime",    "decision",
                                         "position",  "risk",      "together",
                                         "gates_open" };
    static const char *const lists[] = { "triggers", "literal", "gates",
                                         "waiting" };
    bool unknown = g->exit.unknown_since_ms != MOMENT_NONE;
    enum exit_state state = unknown ? STATE_UNKNOWN : g->exit.known;
    cJSON_AddStringToObject(o, "state", exit_state_name(state));
    cJSON_AddStringToObject(o, "known", exit_state_name(g->exit.known));
    member_time(o, "since",
                unknown ? g->exit.unknown_since_ms : g->exit.since_ms);
    for (size_t i = 0; i < ARRAY_LEN(nulls); i++)
        cJSON_AddNullToObject(o, nulls[i]);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        cJSON_AddArrayToObject(o, lists[i]);
}

static void add_grids(cJSON *o, const struct run *r)
{
    cJSON *list = cJSON_AddArrayToObject(o, "grids");
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "id", g->grid.id);
        cJSON_AddStringToObject(row, "symbol", g->grid.symbol);
        cJSON_AddStringToObject(
            row, "status",
            grid_status_name(grid_status_at(&g->grid, r->exchange_ms)));
        cJSON_AddBoolToObject(row, "evaluated", g->evaluated);
        if (!g->evaluated)
            add_recorded(row, g);
        if (g->evaluated) {
            add_evaluation(row, &g->now);
            cJSON_AddStringToObject(row, "decision",
                                    alert_reason_name(g->reason));
            member_position(row, &g->position);
            member_risk(row, &g->risk, &g->now.distances);
        }
        add_notified(row, r, i);
        cJSON_AddItemToArray(list, row);
    }
}

/* Of this run's own evaluations: a grid whose slot was recorded before is
 * unknown here, and counts as that. */
static void add_totals(cJSON *o, const struct run *r)
{
    struct totals t = { 0 };
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        struct totals_grid one = { .grid = &g->grid,
                                   .now_ms = r->exchange_ms,
                                   .slot_ms = MOMENT_NONE };
        if (g->evaluated) {
            one.position = &g->position;
            one.risk = &g->risk;
            one.close = g->now.close;
            one.slot_ms = g->now.slot_ms;
        }
        totals_add(&t, &one);
    }
    member_totals(o, &t);
}

static void add_quality(cJSON *o, const struct run *r)
{
    cJSON *list = cJSON_AddArrayToObject(o, "quality");
    for (size_t i = 0; i < r->symbol_count; i++) {
        const struct symbol_run *s = &r->symbols[i];
        if (!s->seen.there)
            continue;
        cJSON *row = cJSON_CreateObject();
        bool known = s->seen.price_cause == PRICE_KNOWN;
        cJSON_AddStringToObject(row, "symbol", s->symbol);
        cJSON_AddStringToObject(row, "price", known ? "known" : "unknown");
        cJSON_AddStringToObject(row, "cause",
                                price_cause_name(s->seen.price_cause));
        member_number(row, "close", s->seen.close);
        member_time(row, "close_time", s->seen.close_ms);
        cJSON_AddItemToArray(list, row);
    }
}

/* What is wrong with the service, as latest/service.yaml has it. */
static void add_faults(cJSON *o, const struct run *r)
{
    const struct fault_list *l = &r->service.faults;
    cJSON *list = cJSON_AddArrayToObject(o, "faults");
    for (size_t i = 0; i < l->count; i++) {
        const struct service_fault *f = &l->list[i];
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "class", fault_class_name(f->class));
        cJSON_AddStringToObject(row, "subject", f->subject);
        cJSON_AddStringToObject(row, "what", f->what);
        member_time(row, "since", f->since_ms);
        member_text(row, "told", f->told);
        cJSON_AddItemToArray(list, row);
    }
}

void run_report(const struct run *r, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    member_time(o, "slot", r->slot_ms);
    cJSON_AddStringToObject(o, "run", r->id);
    member_text(o, "commit", r->commit);
    cJSON_AddStringToObject(o, "push", run_push_word(r));
    cJSON_AddBoolToObject(o, "dry_run", r->options->dry_run);
    add_quality(o, r);
    add_grids(o, r);
    add_totals(o, r);
    add_faults(o, r);
    cJSON *timings = cJSON_AddObjectToObject(o, "timings");
    for (int i = 0; i < STEP_COUNT; i++)
        cJSON_AddNumberToObject(timings, run_step_name((enum run_step)i),
                                (double)r->took_ms[i]);
    cJSON_AddNumberToObject(o, "exit", (double)r->exit);
    member_text(o, "error", r->exit == RUN_DONE ? "" : r->err.msg);
    json_line(o, out);
}
