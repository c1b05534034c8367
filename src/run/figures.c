#include "run/figures.h"

#include <stdio.h>

#include "base/array.h"

#define COMMIT_DIGITS 12

static double flag(bool yes)
{
    return yes ? 1 : 0;
}

/* NO_VALUE, which is not put, unless it may be compared. */
static double usable(struct value x)
{
    return value_usable(x) ? x.v : NO_VALUE;
}

static void put_steps(const struct run *r, struct exposition *out)
{
    for (int i = 0; i < r->steps_begun; i++)
        exposition_put(
            out, FAMILY_RUN_STEP_DURATION, (double)r->took_ms[i] / 1000,
            (const char *const[]){ run_step_name((enum run_step)i) });
}

static void put_commit(const struct run *r, struct exposition *out)
{
    char commit[COMMIT_DIGITS + 1];
    snprintf(commit, sizeof(commit), "%.*s", COMMIT_DIGITS, r->commit);
    if (commit[0])
        exposition_put(out, FAMILY_RUN_COMMIT, 1,
                       (const char *const[]){ commit });
}

/* Also those that second channels alone were told are messages of this list;
 * the phone's answer ends them. */
static void put_deliveries(const struct run *r, struct exposition *out)
{
    int64_t ended[DELIVERY_GROUPED + 1] = { 0 }, last_ms = MOMENT_NONE;
    size_t open = 0;
    for (size_t i = 0; i < r->message_count; i++) {
        const struct message_run *m = &r->messages[i];
        if (m->fate == MESSAGE_OPEN) {
            open++;
            continue;
        }
        ended[m->delivery.outcome]++;
        if (m->delivery.outcome == DELIVERY_ACCEPTED &&
            m->delivery.at_ms > last_ms)
            last_ms = m->delivery.at_ms;
    }
    for (size_t i = 0; i < ARRAY_LEN(ended); i++)
        exposition_put(out, FAMILY_RUN_DELIVERIES, (double)ended[i],
                       (const char *const[]){
                           delivery_outcome_name((enum delivery_outcome)i) });
    exposition_put_time(out, FAMILY_RUN_LAST_DELIVERY, last_ms, NULL);
    exposition_put(out, FAMILY_OPEN_INTENTS, (double)open, NULL);
}

static void put_faults(const struct run *r, struct exposition *out)
{
    const struct fault_list *l = &r->service.faults;
    for (int class = 0; class < FAULT_CLASS_COUNT; class ++) {
        size_t n = 0;
        for (size_t i = 0; i < l->count; i++)
            n += l->list[i].class == (enum fault_class) class;
        exposition_put(out, FAMILY_FAULTS, (double)n,
                       (const char *const[]){
                           fault_class_name((enum fault_class) class) });
    }
}

static void put_prices(const struct run *r, struct exposition *out)
{
    for (size_t i = 0; i < r->symbol_count; i++) {
        const struct symbol_run *s = &r->symbols[i];
        if (s->seen.there)
            exposition_put(out, FAMILY_SYMBOL_PRICE_KNOWN,
                           flag(s->seen.price_cause == PRICE_KNOWN),
                           (const char *const[]){ s->symbol });
    }
    for (size_t i = 0; i < r->symbol_count; i++) {
        const struct symbol_run *s = &r->symbols[i];
        if (s->seen.there)
            exposition_put_time(out, FAMILY_SYMBOL_PRICE_TIME, s->seen.close_ms,
                                (const char *const[]){ s->symbol });
    }
    for (size_t i = 0; i < r->symbol_count; i++) {
        const struct symbol_run *s = &r->symbols[i];
        if (s->seen.there && s->seen.close_ms != MOMENT_NONE)
            exposition_put(out, FAMILY_SYMBOL_PRICE_AGE,
                           (double)(r->exchange_ms - s->seen.close_ms) / 1000,
                           (const char *const[]){ s->symbol });
    }
}

static void put_regimes(const struct run *r, struct exposition *out)
{
    for (size_t i = 0; i < r->symbol_count; i++) {
        const struct symbol_run *s = &r->symbols[i];
        for (int l = 0; l < REGIME_LABELS && s->seen.there; l++)
            exposition_put(
                out, FAMILY_SYMBOL_REGIME,
                flag((int)s->snapshot.regime.pooled == l),
                (const char *const[]){
                    s->symbol, regime_label_name((enum regime_label)l) });
    }
    for (size_t i = 0; i < r->symbol_count; i++) {
        const struct symbol_run *s = &r->symbols[i];
        for (int c = 0; c < CLASS_COUNT && s->seen.there; c++)
            exposition_put(out, FAMILY_SYMBOL_REGIME_PROBABILITY,
                           usable(s->snapshot.regime.p[c]),
                           (const char *const[]){
                               s->symbol, regime_label_name(regime_class_label(
                                              (enum regime_class)c)) });
    }
}

/* Is what is remembered of the slot that this run is about? That of a grid that
 * was stopped, or of a run that had no prices, is of an earlier one. */
static bool is_current(const struct run *r, const struct grid_run *g)
{
    return g->evaluated || g->exit.slot_ms == r->slot_ms;
}

/* A siren is answered by people, not by the exchange: while the grid runs it
 * stands also when a run concludes nothing. */
static bool siren_stands(const struct run *r, const struct grid_run *g)
{
    return grid_status_at(&g->grid, r->exchange_ms) != GRID_IS_STOPPED ||
           is_current(r, g);
}

static bool is_known(const struct run *r, const struct grid_run *g)
{
    (void)r;
    (void)g;
    return true;
}

/* What of a grid a row shows; NO_VALUE is not put. */
static enum exit_state state_of(const struct grid_run *g)
{
    if (g->evaluated)
        return g->now.verdict.state;
    return g->exit.unknown_since_ms != MOMENT_NONE ? STATE_UNKNOWN
                                                   : g->exit.known;
}

static double level(enum exit_state state)
{
    return state == STATE_UNKNOWN ? NO_VALUE
                                  : (double)state - (double)STATE_NORMAL;
}

static double seconds(int64_t ms)
{
    return ms == MOMENT_NONE ? NO_VALUE : (double)ms / 1000;
}

static double grid_level(const struct grid_run *g)
{
    return level(state_of(g));
}

static double grid_unknown(const struct grid_run *g)
{
    return flag(state_of(g) == STATE_UNKNOWN);
}

static double grid_known(const struct grid_run *g)
{
    return level(g->evaluated ? g->now.verdict.known : g->exit.known);
}

static double grid_since(const struct grid_run *g)
{
    if (g->evaluated)
        return seconds(g->now.verdict.since_ms);
    return seconds(state_of(g) == STATE_UNKNOWN ? g->exit.unknown_since_ms
                                                : g->exit.since_ms);
}

static double grid_pi(const struct grid_run *g)
{
    return g->evaluated ? usable(g->now.hazard.pi) : NO_VALUE;
}

static double grid_pi_up(const struct grid_run *g)
{
    return g->evaluated ? usable(g->now.hazard.pi_up) : NO_VALUE;
}

static double grid_pi_down(const struct grid_run *g)
{
    return g->evaluated ? usable(g->now.hazard.pi_dn) : NO_VALUE;
}

static double grid_to_stop(const struct grid_run *g)
{
    return g->evaluated ? usable(g->now.distances.to_stop) : NO_VALUE;
}

static double grid_stop_atr(const struct grid_run *g)
{
    return g->evaluated ? usable(g->risk.stop_atr) : NO_VALUE;
}

static double grid_at_risk(const struct grid_run *g)
{
    return g->evaluated ? usable(g->risk.at_risk) : NO_VALUE;
}

static double grid_told(const struct grid_run *g)
{
    return seconds(g->alert.last_ms);
}

static double grid_siren(const struct grid_run *g)
{
    return flag(g->alert.siren.intent[0] &&
                g->alert.siren.acknowledged_ms == MOMENT_NONE);
}

static const struct {
    enum family_id family;
    double (*of)(const struct grid_run *g);
    bool (*holds)(const struct run *r, const struct grid_run *g);
} grid_rows[] = {
    { FAMILY_GRID_STATE, grid_level, is_current },
    { FAMILY_GRID_STATE_UNKNOWN, grid_unknown, is_current },
    { FAMILY_GRID_KNOWN_STATE, grid_known, is_known },
    { FAMILY_GRID_STATE_SINCE, grid_since, is_current },
    { FAMILY_GRID_PI, grid_pi, is_current },
    { FAMILY_GRID_PI_UP, grid_pi_up, is_current },
    { FAMILY_GRID_PI_DOWN, grid_pi_down, is_current },
    { FAMILY_GRID_STOP_DISTANCE, grid_to_stop, is_current },
    { FAMILY_GRID_STOP_DISTANCE_ATR, grid_stop_atr, is_current },
    { FAMILY_GRID_CAPITAL_AT_RISK, grid_at_risk, is_current },
    { FAMILY_GRID_TOLD, grid_told, is_current },
    { FAMILY_GRID_SIREN_UNANSWERED, grid_siren, siren_stands },
};

static void put_grids(const struct run *r, struct exposition *out)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid *g = &r->grids[i].grid;
        exposition_put(out, FAMILY_GRID_INFO, 1,
                       (const char *const[]){ g->id, g->symbol,
                                              grid_status_name(grid_status_at(
                                                  g, r->exchange_ms)) });
    }
    for (size_t row = 0; row < ARRAY_LEN(grid_rows); row++)
        for (size_t i = 0; i < r->grid_count; i++) {
            const struct grid *g = &r->grids[i].grid;
            if (!grid_rows[row].holds(r, &r->grids[i]))
                continue;
            /* A third label is the currency; others read two. */
            exposition_put(
                out, grid_rows[row].family, grid_rows[row].of(&r->grids[i]),
                (const char *const[]){ g->id, g->symbol, grid_quote(g) });
        }
}

/* Without a push nothing is known of what is owed. */
static void put_push(const struct run *r, struct exposition *out)
{
    bool asked =
        r->push_owed || (r->steps_begun > STEP_RECORD && !r->remote_unseen);
    if (r->config->repository.remote[0] && asked)
        exposition_put(out, FAMILY_PUSH_OWED, flag(r->push_owed), NULL);
}

void figures_of_look(const struct run *r, struct exposition *out)
{
    if (r->steps_begun > STEP_NOTIFY)
        put_deliveries(r, out);
}

void figures_of_run(const struct run *r, int64_t end_ms, int64_t took_ms,
                    struct exposition *out)
{
    const struct exposition_job job = {
        .version = r->options->engine,
        .start_ms = r->began_ms,
        .end_ms = end_ms,
        .took_ms = took_ms,
        .exit = (int)r->exit,
    };
    exposition_put_job(out, &job);
    exposition_put_time(out, FAMILY_RUN_SLOT, r->slot_ms, NULL);
    put_steps(r, out);
    put_commit(r, out);
    exposition_put(out, FAMILY_RUN_REQUESTS, (double)r->http.requests, NULL);
    exposition_put(out, FAMILY_RUN_RETRIES, (double)r->http.retries, NULL);
    if (r->steps_begun > STEP_NOTIFY)
        put_deliveries(r, out);
    put_push(r, out);
    if (r->steps_begun <= STEP_FETCH)
        return; /* what is remembered was not read */
    put_faults(r, out);
    put_prices(r, out);
    put_regimes(r, out);
    put_grids(r, out);
}
