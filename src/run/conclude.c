/* measure and evaluate: slot by slot from the last recorded one to the present,
 * the same lines for a slot that was missed and for this one. Only the present
 * slot decides about messages; what happened in between is in the record. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/run_internal.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/xmalloc.h"

/* A slot in the past was not looked at: no ticker, no status, no clock. */
static struct market_facts facts_of(const struct symbol_run *s, bool present)
{
    if (present)
        return s->facts;
    return (struct market_facts){
        .status = MARKET_STATUS_UNKNOWN,
        .candles_failed = s->facts.candles_failed,
        .clock_off = s->facts.clock_off,
        .ticker = NO_VALUE,
        .ticker_ms = MOMENT_NONE,
    };
}

static void series_of(const struct symbol_run *s, struct series out[TF_COUNT])
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        out[tf] = (struct series){
            (enum timeframe)tf,
            s->answer.series[tf].count,
            s->answer.series[tf].bars,
        };
}

static void measure(struct run *r, struct symbol_run *s, int64_t slot_ms)
{
    int64_t began_ms = clock_monotonic_ms();
    const struct market_facts facts = facts_of(s, slot_ms == r->slot_ms);
    struct series series[TF_COUNT];

    series_of(s, series);
    if (slot_ms == s->first_due_ms)
        run_revise(r, s, series);
    if (!s->view)
        s->view = xcalloc(1, sizeof(*s->view));
    if (!s->work)
        s->work = xcalloc(1, sizeof(*s->work));
    market_view_advance(series, slot_ms, &facts, 0, s->view);
    snapshot_take(s->view, s->work, &s->snapshot);
    run_put_metrics(r, s);
    r->took_ms[STEP_MEASURE] += clock_monotonic_ms() - began_ms;
}

static void log_transition(const struct evaluation *e)
{
    static const char *const entered[STATE_COUNT] = {
        "+exit-unknown", "+exit-normal",    "+exit-warning",
        "+exit-latest",  "+exit-mandatory",
    };
    char slot[MOMENT_TEXT];
    moment_format(e->slot_ms, slot);
    log_event(LOG_LEVEL_INFO, entered[e->verdict.state],
              "grid=%s slot=%s from=%s side=%s", e->grid, slot,
              exit_state_name(e->verdict.previous), range_side_name(e->side));
}

static struct message_run *add_message(struct run *r)
{
    r->messages =
        xrealloc(r->messages, r->message_count + 1, sizeof(*r->messages));
    struct message_run *m = &r->messages[r->message_count++];
    *m = (struct message_run){ .fate = MESSAGE_OPEN };
    return m;
}

static bool is_notified(const struct grid_run *g)
{
    return grid_status(&g->grid) == GRID_IS_RUNNING && !g->strategy.exit.shadow;
}

/* A list that is full keeps what it has: the oldest message of the grid is
 * superseded by this one anyhow. */
static void remember_intent(struct grid_run *g, const struct message_run *m)
{
    if (g->open_count == RECORD_OPEN_INTENTS_MAX) {
        memmove(&g->open[0], &g->open[1],
                (RECORD_OPEN_INTENTS_MAX - 1) * sizeof(g->open[0]));
        g->open_count--;
    }
    struct open_intent *o = &g->open[g->open_count++];
    snprintf(o->id, sizeof(o->id), "%s", m->intent.id);
    snprintf(o->path, sizeof(o->path), "%s", m->path);
}

static void decide(struct run *r, size_t index)
{
    struct grid_run *g = &r->grids[index];
    g->reason = alert_decide(&g->alert, &g->now, &r->config->alert,
                             is_notified(g), &g->alert);
    g->intent[0] = '\0';
    if (!alert_reason_sends(g->reason))
        return;
    struct message_run *m = add_message(r);
    m->grid = index;
    m->decided_now = true;
    intent_make(&g->now, &g->grid, &g->position, g->reason, &r->config->alert,
                &m->intent);
    snprintf(g->intent, sizeof(g->intent), "%s", m->intent.id);
    run_put_intent(r, m);
    remember_intent(g, m);
}

static void evaluate_grid(struct run *r, size_t index, int64_t slot_ms)
{
    struct grid_run *g = &r->grids[index];
    const struct symbol_run *s = &r->symbols[g->symbol];
    int64_t previous_slot_ms = g->exit.slot_ms;

    if (g->exit.life_ms != grid_life_ms(&g->grid))
        g->alert = alert_memory_new(); /* told in another life */
    g->outside = run_outside(r, slot_ms);
    const struct evaluate_inputs in = {
        .now = &s->snapshot,
        .grid = &g->grid,
        .position = &g->position,
        .outside = &g->outside,
        .memory = &g->exit,
        .config = &g->strategy.exit,
        .gates = &g->strategy.gate,
    };
    evaluate(&in, &g->now, &g->exit);
    g->evaluated = g->state_changed = true;
    g->reason = ALERT_NOTHING;
    if (slot_ms == r->slot_ms)
        decide(r, index);
    run_put_exit(r, g, previous_slot_ms);
    if (g->now.verdict.state != g->now.verdict.previous) {
        log_transition(&g->now);
        run_put_transition(r, g);
    }
}

static bool is_due(int64_t first_due_ms, int64_t slot_ms)
{
    return first_due_ms != MOMENT_NONE && first_due_ms <= slot_ms;
}

static int64_t oldest_due(const struct run *r)
{
    int64_t oldest_ms = MOMENT_NONE;
    for (size_t i = 0; i < r->symbol_count; i++) {
        int64_t due_ms = r->symbols[i].first_due_ms;
        if (due_ms != MOMENT_NONE &&
            (oldest_ms == MOMENT_NONE || due_ms < oldest_ms))
            oldest_ms = due_ms;
    }
    return oldest_ms;
}

/* When the present slot must have its turn: a commit, a push and a message come
 * after it, and they matter more than the past. */
static int64_t filling_ends_ms(const struct run *r)
{
    const struct config *c = r->config;
    int64_t ends_ms = r->deadline_ms - c->repository.push_budget_ms -
                      c->notify.tries * (c->notify.request_timeout_ms +
                                         c->notify.retry_spacing_ms);
    int64_t half_ms = r->deadline_ms - c->run.deadline_ms / 2;
    return ends_ms > half_ms ? half_ms : ends_ms;
}

static void tell_unfilled(struct run *r, int64_t slot_ms)
{
    char from[MOMENT_TEXT], to[MOMENT_TEXT], what[RECORD_LINE_MAX];
    moment_format(slot_ms, from);
    moment_format(r->slot_ms, to);
    snprintf(what, sizeof(what),
             "slots from %s up to %s were missed and are not filled: no time",
             from, to);
    log_event(LOG_LEVEL_WARN, "unfilled", "from=%s to=%s", from, to);
    run_put_fault(r, "run", FAULT_CLASS_RUN, what);
}

int run_conclude(struct run *r)
{
    int64_t slot_ms = oldest_due(r), ends_ms = filling_ends_ms(r);
    if (slot_ms == MOMENT_NONE)
        return 0;
    for (; slot_ms <= r->slot_ms; slot_ms += MS_PER_SLOT) {
        if (slot_ms < r->slot_ms && clock_monotonic_ms() > ends_ms) {
            tell_unfilled(r, slot_ms);
            slot_ms = r->slot_ms;
        }
        for (size_t i = 0; i < r->symbol_count; i++) {
            if (is_due(r->symbols[i].first_due_ms, slot_ms))
                measure(r, &r->symbols[i], slot_ms);
        }
        for (size_t i = 0; i < r->grid_count; i++) {
            if (is_due(r->grids[i].first_due_ms, slot_ms))
                evaluate_grid(r, i, slot_ms);
        }
    }
    return 0;
}
