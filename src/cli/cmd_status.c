/* gridwatch status: what is known of every grid, from the record alone. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "cli/age.h"
#include "cli/command.h"
#include "cli/each_grid.h"
#include "cli/status_money.h"
#include "replay/open_document.h"
#include "run/status_json.h"
#include "run/verdict_json.h"
#include "sys/clock.h"
#include "sys/xmalloc.h"

struct look {
    const struct context *context;
    struct store *store;
    struct totals totals;
    size_t shown;
};

static void put_share(struct text *out, const char *name, struct value x)
{
    if (value_usable(x))
        text_printf(out, "  %s %.1f %%", name, 100.0 * x.v);
    else
        text_printf(out, "  %s %s", name, value_status_name(x.status));
}

/* Distances are logarithms; people reckon in shares of the price. */
static struct value below(struct value x)
{
    x.v = -expm1(-x.v);
    return x;
}

static struct value above(struct value x)
{
    x.v = expm1(x.v);
    return x;
}

static void put_distances(struct text *out, const struct distances *d)
{
    put_share(out, "to lower", below(d->to_lower));
    put_share(out, "to upper", above(d->to_upper));
    put_share(out, "to stop",
              d->stop_side == SIDE_UP ? above(d->to_stop) : below(d->to_stop));
}

static int64_t acknowledged_ms(const struct grid *g)
{
    for (size_t i = g->history_count; i-- > 0;)
        if (g->history[i].event == GRID_ACKNOWLEDGED)
            return g->history[i].at_ms;
    return MOMENT_NONE;
}

/* What the operator was left with, and whether he answered. */
static void put_told(struct text *out, struct store *store,
                     const struct grid *g, int64_t now_ms)
{
    struct state_document *s = xcalloc(1, sizeof(*s));
    char path[RECORD_PATH_MAX];
    struct error err;

    record_state_path(g->id, path);
    if (open_document(store, RECORD_STATE, path, s, &err) == 0 &&
        s->alert.open && s->alert.said_ms[s->alert.said] != MOMENT_NONE) {
        int64_t said_ms = s->alert.said_ms[s->alert.said];
        int64_t answered_ms = acknowledged_ms(g);
        text_printf(out, "  told %s ", exit_state_name(s->alert.said));
        age_put(out, now_ms - said_ms, " ago, ");
        if (answered_ms == MOMENT_NONE || answered_ms < said_ms) {
            text_puts(out, "not acknowledged");
        } else {
            text_puts(out, "acknowledged ");
            age_put(out, now_ms - answered_ms, " ago");
        }
        if (s->open_count)
            text_printf(out, "; %zu not delivered yet", s->open_count);
        text_puts(out, "\n");
    }
    free(s);
}

/* What was known of a stopped grid: when it was stopped, or where no run has
 * seen it since, at its newest slot or look; STATE_UNKNOWN: nothing was. */
static enum exit_state state_left(struct store *store, const struct grid *g)
{
    struct state_document *s = xcalloc(1, sizeof(*s));
    enum exit_state left = STATE_UNKNOWN;
    char path[RECORD_PATH_MAX];
    struct error err;

    record_state_path(g->id, path);
    if (open_document(store, RECORD_STATE, path, s, &err) == 0 &&
        s->exit.life_ms == grid_life_ms(g))
        left = s->exit.left != STATE_UNKNOWN ? s->exit.left : s->exit.known;
    free(s);
    return left;
}

static void put_stopped(struct text *out, const struct grid *g,
                        enum exit_state left, int64_t now_ms)
{
    int64_t stopped_ms = grid_stopped_ms(g, now_ms);
    char at[MOMENT_TEXT];
    moment_format(stopped_ms, at);
    text_printf(out, "  stopped %s, ", at);
    age_put(out, now_ms - stopped_ms, " ago");
    text_printf(out, "; last known state %s; its money is not watched\n",
                left == STATE_UNKNOWN ? "none" : exit_state_name(left));
}

static void put_market(struct text *out, const struct evaluation *e,
                       int64_t now_ms)
{
    char slot[MOMENT_TEXT];
    moment_format(e->slot_ms, slot);
    text_printf(out, "  regime %s%s%s  slot %s, ",
                regime_label_name(e->regime.pooled),
                e->regime.reason[0] ? ": " : "", e->regime.reason, slot);
    age_put(out, now_ms - e->slot_ms, " ago");
    text_printf(out, "  %d of %d gates open\n", gates_open_count(&e->gates),
                GATE_GROUPS);
}

static void put_evaluation(struct text *out, const struct grid *g,
                           const struct exit_document *d, int64_t now_ms)
{
    const struct evaluation *e = &d->evaluation;
    text_printf(out, "  %s for ", exit_state_name(e->verdict.state));
    age_put(out, now_ms - e->verdict.since_ms, " h");
    put_share(out, "pi", e->hazard.pi);
    put_distances(out, &e->distances);
    text_puts(out, "\n");
    put_market(out, e, now_ms);
    status_put_money(out, g, d);
}

static int64_t now_of(const struct look *l)
{
    return l->context->at_ms == MOMENT_NONE ? clock_wall_ms()
                                            : l->context->at_ms;
}

static void count(struct look *l, const struct grid *g,
                  const struct exit_document *d)
{
    struct totals_grid one = { .grid = g,
                               .now_ms = now_of(l),
                               .slot_ms = MOMENT_NONE };
    if (d) {
        one.position = &d->position.is;
        one.risk = &d->risk;
        one.close = d->evaluation.close;
        one.slot_ms = d->evaluation.slot_ms;
    }
    totals_add(&l->totals, &one);
}

/* `missing` says why there is no document `d`. */
static void put_grid(const struct look *l, const struct grid *g,
                     const struct exit_document *d, const struct error *missing,
                     struct text *out)
{
    int64_t now_ms = now_of(l);
    enum grid_status status = grid_status_at(g, now_ms);
    bool stopped = status == GRID_IS_STOPPED;

    text_printf(out, "%s  %s  %s\n", g->id, g->symbol,
                grid_status_name(status));
    if (stopped)
        put_stopped(out, g, state_left(l->store, g), now_ms);
    if (!d)
        text_printf(out, "  not evaluated: %s\n",
                    missing->fault == FAULT_MISSING ? "no run has seen it yet"
                                                    : missing->msg);
    else if (stopped)
        put_market(out, &d->evaluation, now_ms);
    else
        put_evaluation(out, g, d, now_ms);
    put_told(out, l->store, g, now_ms);
}

static void show(const struct grid *g, void *payload)
{
    struct look *l = payload;
    struct exit_document *d = xcalloc(1, sizeof(*d));
    struct text out = TEXT_INIT(RECORD_BYTES_MAX);
    char path[RECORD_PATH_MAX];
    struct error err;
    record_latest_grid_path(g->id, path);
    bool there = open_document(l->store, RECORD_EXIT, path, d, &err) == 0;

    if (l->context->json)
        status_json(g, there ? d : NULL, state_left(l->store, g), now_of(l),
                    &out);
    else
        put_grid(l, g, there ? d : NULL, &err, &out);
    fputs(text_str(&out), stdout);
    text_release(&out);
    count(l, g, there ? d : NULL);
    free(d);
    l->shown++;
}

static void show_totals(const struct look *l)
{
    struct text out = TEXT_INIT(RECORD_BYTES_MAX);
    if (l->context->json)
        status_totals_json(&l->totals, &out);
    else
        status_put_totals(&out, &l->totals);
    fputs(text_str(&out), stdout);
    text_release(&out);
}

enum run_exit cmd_status(const struct context *c, struct error *err)
{
    struct look l = { .context = c };
    size_t unread = 0;
    int rc = run_open_store(c->config, true, &l.store, err);
    if (!rc)
        rc = each_grid(l.store, show, &l, &unread, err);
    if (!rc && !l.shown && !unread && !c->json)
        puts("no grid is watched; 'gridwatch grid create' adds one");
    if (!rc)
        show_totals(&l);
    if (!rc)
        rc = each_grid_was_read(unread, err);
    store_free(l.store);
    return rc ? exit_of_fault(err->fault) : RUN_DONE;
}
