/* measure and evaluate: slot by slot from the last recorded one to the present,
 * the same lines for a slot that was missed and for this one. Only the present
 * slot decides about messages; what happened in between is in the record. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/between.h"
#include "run/candles.h"
#include "run/channels.h"
#include "run/faults.h"
#include "run/part.h"
#include "run/reconcile.h"
#include "run/siren.h"
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
    run_regard_seed(r, s);
    snapshot_take(s->view, s->work, &s->snapshot);
    if (run_put_metrics(r, s))
        s->refused_ms = slot_ms;
    r->took_ms[STEP_MEASURE] += clock_monotonic_ms() - began_ms;
}

void run_log_transition(const struct evaluation *e)
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

struct message_run *run_add_message(struct run *r)
{
    r->messages =
        xrealloc(r->messages, r->message_count + 1, sizeof(*r->messages));
    struct message_run *m = &r->messages[r->message_count++];
    *m = (struct message_run){ .fate = MESSAGE_OPEN };
    return m;
}

bool run_decide(struct run *r, struct grid_run *g,
                const struct alert_memory *told, struct alert_memory *next,
                struct message_run *m)
{
    const struct quiet quiet = run_quiet(r);
    const struct alert_now now = {
        .e = &g->now,
        .grid = &g->grid,
        .position = &g->position,
        .risk = &g->risk,
        .config = &r->config->alert,
        .mode = g->strategy.exit.mode,
        .hush =
            alert_hush_of(&g->grid, g->strategy.exit.shadow, g->now.slot_ms),
        .acknowledged_ms = run_siren_acknowledged_ms(g),
        .siren = g->siren_fact,
        .subdued = quiet_at(&quiet, g->now.slot_ms),
        .zone = &r->zone,
        .left = g->holding.parting.left_ms != MOMENT_NONE,
        .sale = &g->holding.parting.sale,
        .was_idle = alert_was_idle(told, &g->now),
    };
    g->phone_ms = g->siren.phone_ms;
    g->reason = alert_decide(told, &now, next);
    run_channels_watch(r, g, &now, told, next);
    g->intent[0] = '\0';
    if (!alert_reason_sends(g->reason))
        return false;
    *m = (struct message_run){ .grid = (size_t)(g - r->grids),
                               .decided_now = true };
    intent_make(&now, g->reason, &m->intent);
    struct alert_now aloud = now;
    aloud.subdued = false;
    m->lowered = alert_priority(g->reason, &aloud) - m->intent.priority;
    snprintf(g->intent, sizeof(g->intent), "%s", m->intent.id);
    return true;
}

/* Nothing of the slot is in the record, so the grid remembers nothing of it,
 * but its alert goes out. What was told that way is remembered beside the
 * fault, and only once it is told. */
void run_tell_unrecorded(struct run *r, struct grid_run *g)
{
    struct unrecorded *u = run_unrecorded(r, g->grid.id);
    struct alert_memory told = u ? u->alert : g->alert, next;
    struct message_run m;

    /* Another grid's siren rings for what is recorded, and for that alone. */
    if (strcmp(told.siren.intent, g->alert.siren.intent) != 0)
        g->siren.by[0] = g->siren.by_tag[0] = '\0';

    bool sends = run_decide(r, g, &told, &next, &m);
    run_siren_follow(r, g, &told, &next);
    if (sends) {
        m.unrecorded = true;
        m.next = next;
        *run_add_message(r) = m;
    } else if (u) {
        u->alert = next;
        r->service_changed = true;
    }
}

static int record_slot(struct run *r, struct grid_run *g,
                       int64_t previous_slot_ms,
                       const struct alert_memory *before)
{
    const struct symbol_run *s = &r->symbols[g->symbol];
    struct alert_memory told = g->alert;
    struct message_run m;
    bool sends =
        g->now.slot_ms == r->slot_ms && run_decide(r, g, &told, &g->alert, &m);

    run_siren_follow(r, g, before, &g->alert);
    if (s->refused_ms == g->now.slot_ms ||
        run_put_slot(r, g, previous_slot_ms, sends ? &m : NULL))
        return -1;
    if (sends)
        *run_add_message(r) = m;
    run_siren_tell(r, g, before->said);
    if (g->now.verdict.state != g->now.verdict.previous)
        run_log_transition(&g->now);
    return 0;
}

static void evaluate_grid(struct run *r, size_t index, int64_t slot_ms)
{
    struct grid_run *g = &r->grids[index];
    const struct exit_memory memory = g->exit;
    const struct alert_memory told = g->alert;
    const struct siren_record siren = g->siren;
    const struct holding holding = g->holding;

    if (g->exit.life_ms != grid_life_ms(&g->grid)) {
        g->alert = alert_memory_new(); /* told in another life */
        g->siren.phone_ms = 0;
        g->phone_news = false;
        run_forget_unrecorded(r, g->grid.id);
    }
    g->outside = run_outside(r, slot_ms);
    run_position(r, g, slot_ms);
    const struct evaluate_inputs in = {
        .now = &r->symbols[g->symbol].snapshot,
        .grid = &g->grid,
        .position = &g->position,
        .outside = &g->outside,
        .memory = &g->exit,
        .config = &g->strategy.exit,
        .gates = &g->strategy.gate,
    };
    evaluate(&in, &g->now, &g->exit);
    g->evaluated = true;
    g->reason = ALERT_NOTHING;
    g->unrecorded = record_slot(r, g, memory.slot_ms, &told) != 0;
    if (!g->unrecorded) {
        run_forget_unrecorded(r, g->grid.id);
        run_part_tell(r, g, &holding);
        return;
    }
    g->exit = memory;
    g->alert = told;
    g->siren = siren;
    g->holding = holding;
    if (slot_ms == r->slot_ms)
        run_tell_unrecorded(r, g);
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
 * after it, and they matter more than the past. But what is counted from bar to
 * bar needs the slots between: when the exchange took all of its time there is
 * still a sixtieth of the run's, which is enough for a day of some grids. */
static int64_t filling_ends_ms(const struct run *r)
{
    const struct config *c = r->config;
    int64_t ends_ms = r->deadline_ms - c->repository.push_budget_ms -
                      c->notify.tries * (c->notify.request_timeout_ms +
                                         c->notify.retry_spacing_ms);
    int64_t half_ms = r->deadline_ms - c->run.deadline_ms / 2;
    int64_t least_ms = clock_monotonic_ms() + c->run.deadline_ms / 60;
    if (ends_ms > half_ms)
        ends_ms = half_ms;
    return ends_ms > least_ms ? ends_ms : least_ms;
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

/* What one symbol does not need any more, for the next. */
struct spare {
    struct market_view *view;
    struct measure_work *work;
};

/* The present slot is a symbol's last: what it was measured with and its bars
 * are two megabytes, and there may be many symbols. */
static void hand_on(struct run *r, struct symbol_run *s, struct spare *spare)
{
    s->seen = (struct symbol_seen){ true, s->view->price_cause, s->view->close,
                                    s->view->close_ms };
    if (r->options->feed) /* whoever gave a feed keeps them */
        return;
    free(spare->view);
    free(spare->work);
    *spare = (struct spare){ s->view, s->work };
    s->view = NULL;
    s->work = NULL;
    if (!s->joins) /* else they are its seed */
        kucoin_answer_release(&s->answer);
}

/* The symbol, then the grids that trade it. */
static void conclude_symbol(struct run *r, size_t index, int64_t slot_ms,
                            struct spare *spare)
{
    struct symbol_run *s = &r->symbols[index];
    if (!is_due(s->first_due_ms, slot_ms))
        return;
    if (!s->view) {
        s->view = spare->view;
        s->work = spare->work;
        *spare = (struct spare){ NULL, NULL };
    }
    measure(r, s, slot_ms);
    for (size_t i = 0; i < r->grid_count; i++) {
        if (r->grids[i].symbol == index &&
            is_due(r->grids[i].first_due_ms, slot_ms))
            evaluate_grid(r, i, slot_ms);
    }
    if (slot_ms == r->slot_ms)
        hand_on(r, s, spare);
}

int run_conclude(struct run *r)
{
    int64_t slot_ms = oldest_due(r);
    struct spare spare = { NULL, NULL };
    if (r->options->look)
        return run_between_conclude(r);
    if (slot_ms == MOMENT_NONE)
        return 0;
    run_siren_ask(r); /* may wait for the phone */
    int64_t ends_ms = filling_ends_ms(r);
    for (; slot_ms <= r->slot_ms; slot_ms += MS_PER_SLOT) {
        if (slot_ms < r->slot_ms && clock_monotonic_ms() > ends_ms) {
            tell_unfilled(r, slot_ms);
            slot_ms = r->slot_ms;
        }
        for (size_t i = 0; i < r->symbol_count; i++)
            conclude_symbol(r, i, slot_ms, &spare);
    }
    free(spare.view);
    free(spare.work);
    run_reconcile(r);
    return 0;
}
