#include "tools/exits_run.h"

#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backtest/defaults.h"
#include "backtest/two_state.h"
#include "sys/xmalloc.h"

#define WINDOW_SLOTS (BACKTEST_WINDOW_MS / MS_PER_SLOT)

const int64_t exits_delays[TRIAL_DELAYS] = { 0, 15 * MS_PER_MINUTE,
                                             60 * MS_PER_MINUTE,
                                             240 * MS_PER_MINUTE };
const double exits_widths[EXITS_WIDTHS] = { 4, 6 };

const double exits_limits[EXITS_LIMITS] = { .15, .20, .25, .30,
                                            .35, .40, .45, .50 };

void exits_rules_init(struct exits_rules *r)
{
    struct config *c = &r->config;

    *r = (struct exits_rules){ .until_ms = INT64_MAX,
                               .widths = EXITS_WIDTHS,
                               .policies = true,
                               .literal = true };
    config_defaults(c);
    r->seed = c->exit;
    r->seed.profile = PROFILE_SEED;
    r->trial =
        (struct trial_rule){ .exits = &c->exit,
                             .gates = &c->gate,
                             .alerts = &c->alert,
                             .terms = { { c->gate.fee, NO_VALUE, NO_VALUE },
                                        BACKTEST_HALF_SPREAD,
                                        c->position.slippage },
                             .window_ms = BACKTEST_WINDOW_MS };
    memcpy(r->trial.delay_ms, exits_delays, sizeof(exits_delays));
    r->cohort = (struct cohort_rule){ .stop_atr = BACKTEST_STOP_ATR,
                                      .side = GRID_LONG,
                                      .spacing = GRID_GEOMETRIC,
                                      .step = c->propose.step,
                                      .capital = BACKTEST_CAPITAL };
}

/* --- Bars ----------------------------------------------------------------- */

void exits_fold(struct exits_market *m)
{
    study_bars_fold(&m->bars[TF_1H], &m->bars[TF_15M], TF_15M, TF_1H);
    study_bars_fold(&m->bars[TF_4H], &m->bars[TF_15M], TF_15M, TF_4H);
}

void exits_neutralise(struct exits_market *m)
{
    struct bars *b = &m->bars[TF_15M];

    if (b->count < 2)
        return;
    const struct bar *a = &b->at[0], *z = &b->at[b->count - 1];
    int64_t first_ms = a->open_ms;
    m->drift = log(z->close / a->close) / (double)(z->open_ms - a->open_ms);
    for (size_t i = 0; i < b->count; i++) {
        struct bar *bar = &b->at[i];
        double factor = exp(-m->drift * (double)(bar->open_ms - first_ms));
        bar->open *= factor;
        bar->high *= factor;
        bar->low *= factor;
        bar->close *= factor;
    }
}

void exits_series(const struct exits_market *m, struct series out[TF_COUNT])
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        out[tf] = (struct series){ (enum timeframe)tf, m->bars[tf].count,
                                   m->bars[tf].at };
}

void exits_market_release(struct exits_market *m)
{
    for (int tf = 0; tf < TF_COUNT; tf++)
        study_bars_release(&m->bars[tf]);
    free(m->grids);
    *m = (struct exits_market){ 0 };
}

/* --- The engine's pass ---------------------------------------------------- */

/* One pass of a market: of the shipped profile all, of another its lives. */
struct watch {
    struct exits_market *market;
    const struct exits_rules *rules;
    struct pass *pass;
    size_t policy; /* whose lives these are */
    size_t kept;
};

static bool is_of(const struct exits_grid *g, const struct trial *t)
{
    return g->plan.grid.started_at_ms == t->grid.started_at_ms &&
           g->plan.half_width_atr == t->lives[0].life.half_width_atr;
}

/* The grid of a trial: grids are laid in the order in which they stand. */
static struct exits_grid *grid_of(struct exits_market *m, const struct trial *t)
{
    for (size_t i = m->count; i-- > 0;)
        if (is_of(&m->grids[i], t))
            return &m->grids[i];
    return NULL;
}

static struct trial_plan plan_of(const struct trial *t)
{
    const struct life *l = &t->lives[0].life;
    struct trial_plan plan = { .grid = t->grid,
                               .symbol = l->symbol,
                               .half_width_atr = l->half_width_atr,
                               .stop_atr = l->stop_atr,
                               .sigma_1h = t->sigma_1h };
    plan.grid.start_price = NO_VALUE;
    return plan;
}

/* Where the lives go: a grid of its own while the shipped profile lays them. */
static struct exits_grid *place_for(struct watch *w, const struct trial *t)
{
    struct exits_market *m = w->market;
    struct exits_grid *g = grid_of(m, t);

    if (g || policies[w->policy].kind != POLICY_CALIBRATED)
        return g;
    if (m->count == m->room) {
        m->room = m->room ? 2 * m->room : 256;
        m->grids = xrealloc(m->grids, m->room, sizeof(*m->grids));
    }
    g = &m->grids[m->count++];
    *g = (struct exits_grid){ .plan = plan_of(t) };
    return g;
}

static void keep(void *keeper, const struct trial *t)
{
    struct watch *w = keeper;
    struct exits_grid *g = place_for(w, t);

    assert(g);
    w->kept++;
    g->by[w->policy] = t->lives[EXITS_DELAY].life;
    if (policies[w->policy].kind == POLICY_CALIBRATED)
        for (int i = 0; i < TRIAL_DELAYS; i++)
            g->engine[i] = t->lives[i].life;
}

/* The slot that first told: the state of the market then, and the rows. */
static void see(void *keeper, const struct trial *t, const struct evaluation *e)
{
    struct watch *w = keeper;
    bool shipped = policies[w->policy].kind == POLICY_CALIBRATED;

    if (shipped && w->rules->hear)
        w->rules->hear(w->rules->hearer, w->market, t, e);
    if (!shipped || life_alert(&t->lives[TRIAL_DELAYS - 1].life) != e->slot_ms)
        return;
    struct exits_first *f = &place_for(w, t)->first;
    f->told = true;
    f->regime = e->regime.pooled;
    f->tertile = w->pass->now.tertile;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        f->raised[i] = e->verdict.triggers[i].answer == ANSWER_YES &&
                       triggers[i].raises >= STATE_LATEST;
}

static struct pass_rule pass_rule_of(const struct exits_rules *r,
                                     struct watch *w)
{
    struct pass_rule rule = { .trial = r->trial,
                              .cohort = r->cohort,
                              .width_count = r->widths,
                              .from_ms = r->from_ms,
                              .until_ms = r->until_ms,
                              .keep = keep,
                              .see = see,
                              .keeper = w };
    memcpy(rule.width, exits_widths, sizeof(exits_widths));
    if (policies[w->policy].kind == POLICY_SEED)
        rule.trial.exits = &r->seed;
    return rule;
}

/* `signs` is NULL, or has room for every slot. Returns how many there were. */
static size_t run_pass(struct exits_market *m, const struct exits_rules *r,
                       size_t policy, struct sign *signs)
{
    struct watch w = { .market = m, .rules = r, .policy = policy };
    struct pass_rule rule = pass_rule_of(r, &w);
    struct series series[TF_COUNT];
    struct sign_taker taker = { 0 };
    struct trial *trials = xcalloc(pass_room(&rule), sizeof(*trials));
    size_t slots = 0;
    bool more = true;

    w.pass = xcalloc(1, sizeof(*w.pass));
    exits_series(m, series);
    pass_begin(w.pass, &rule, series, trials);
    if (w.pass->slot_ms < r->from_ms)
        w.pass->slot_ms = r->from_ms;
    for (; more; slots++) {
        more = pass_step(w.pass);
        if (signs)
            sign_take(&taker, &w.pass->now, &signs[slots]);
    }
    pass_end(w.pass);
    free(w.pass);
    free(trials);
    return slots;
}

/* --- The other policies --------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
    const struct exits_grid *x = a, *y = b;
    int64_t at = x->plan.grid.started_at_ms, than = y->plan.grid.started_at_ms;
    if (at != than)
        return at < than ? -1 : 1;
    return (x->plan.half_width_atr > y->plan.half_width_atr) -
           (x->plan.half_width_atr < y->plan.half_width_atr);
}

void exits_again(const struct exits_market *m, const struct exits_rules *r,
                 const struct trial_plan *plan, const struct cue *cues,
                 size_t count, struct life *out)
{
    static _Thread_local struct trial t;
    struct series series[TF_COUNT];

    exits_series(m, series);
    bool can = retell(&r->trial, plan, series, cues, count, &t);
    assert(can); /* its first pass could */
    (void)can;
    for (size_t i = 0; i < count; i++)
        out[i] = t.lives[i * TRIAL_DELAYS + EXITS_DELAY].life;
}

/* Room for the slots of a window. */
struct window_room {
    double e[WINDOW_SLOTS];
};

static struct policy_scene scene_of(const struct exits_market *m,
                                    const struct exits_rules *r,
                                    const struct exits_grid *g,
                                    const struct sign *signs,
                                    struct window_room *room)
{
    const struct life *l = &g->engine[EXITS_DELAY];
    int64_t waited_ms = g->plan.grid.started_at_ms - signs[0].slot_ms;
    size_t from = (size_t)(waited_ms / MS_PER_SLOT) + 1;
    size_t left = m->slots - from;
    struct series series[TF_COUNT];
    struct policy_scene scene = { .plan = &g->plan,
                                  .signs = &signs[from],
                                  .e = room->e,
                                  .count =
                                      left < WINDOW_SLOTS ? left : WINDOW_SLOTS,
                                  .pi_model = r->trial.exits->pi_model,
                                  .activation = l->activation,
                                  .event_ms = life_event(l, LIFE_BOTH),
                                  .delay_ms = exits_delays[EXITS_DELAY] };

    exits_series(m, series);
    retell_equity(&r->trial, &g->plan, series, room->e, scene.count);
    return scene;
}

static void follow_grid(const struct exits_market *m,
                        const struct exits_rules *r, struct exits_grid *g,
                        const struct policy_scene *scene)
{
    struct cue cues[TRIAL_GROUPS];
    struct life lives[TRIAL_GROUPS], *to[TRIAL_GROUPS];
    size_t n = 0;

    for (size_t p = 0; p < POLICY_COUNT; p++) {
        enum policy_kind kind = policies[p].kind;
        if (kind != POLICY_RULE && kind != POLICY_ORACLE)
            continue;
        to[n] = &g->by[p];
        cues[n++] = policy_cue(&policies[p], scene);
    }
    for (size_t i = 0; r->frontier && i < EXITS_LIMITS; i++) {
        struct policy by_pi = *policy_named("pi");
        by_pi.limit = exits_limits[i];
        to[n] = &g->by_limit[i];
        cues[n++] = policy_cue(&by_pi, scene);
    }
    exits_again(m, r, &g->plan, cues, n, lives);
    for (size_t i = 0; i < n; i++)
        *to[i] = lives[i];
}

static void follow_policies(struct exits_market *m, const struct exits_rules *r,
                            struct sign *signs)
{
    struct window_room *room = xcalloc(1, sizeof(*room));
    struct two_state_work *work = xcalloc(SIGN_FIT_HOURS, sizeof(*work));
    struct series series[TF_COUNT];

    exits_series(m, series);
    signs_add_turbulent(signs, m->slots, &series[TF_1H], work);
    free(work);
    for (size_t p = 0; p < POLICY_COUNT; p++)
        if (policies[p].kind == POLICY_SEED && r->literal)
            run_pass(m, r, p, NULL);
    for (size_t i = 0; i < m->count; i++) {
        struct exits_grid *g = &m->grids[i];
        struct policy_scene scene = scene_of(m, r, g, signs, room);
        follow_grid(m, r, g, &scene);
    }
    free(room);
}

void exits_follow(struct exits_market *m, const struct exits_rules *r)
{
    const struct bars *b = &m->bars[TF_15M];
    size_t most = (size_t)((b->at[b->count - 1].open_ms - b->at[0].open_ms) /
                           MS_PER_SLOT) +
                  1;
    struct sign *signs = r->policies ? xcalloc(most, sizeof(*signs)) : NULL;

    m->count = 0;
    m->slots = run_pass(m, r, 0, signs);
    if (m->count)
        qsort(m->grids, m->count, sizeof(*m->grids), by_start);
    if (r->policies && m->count)
        follow_policies(m, r, signs);
    free(signs);
}

/* --- All of them ---------------------------------------------------------- */

struct hall {
    struct exits_market *markets;
    const struct exits_rules *rules;
    const char *what;
    size_t count, next, done;
    pthread_mutex_t lock;
};

static size_t take(struct hall *h)
{
    pthread_mutex_lock(&h->lock);
    size_t taken = h->next < h->count ? h->next++ : h->count;
    pthread_mutex_unlock(&h->lock);
    return taken;
}

static void tell(struct hall *h)
{
    pthread_mutex_lock(&h->lock);
    h->done++;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%s: %zu of %zu markets%s", h->what, h->done,
                h->count, h->done == h->count ? "\n" : "");
    pthread_mutex_unlock(&h->lock);
}

static void *labour(void *hall)
{
    struct hall *h = hall;
    size_t i;

    while ((i = take(h)) < h->count) {
        exits_follow(&h->markets[i], h->rules);
        tell(h);
    }
    return NULL;
}

void exits_follow_all(struct exits_market *m, size_t count,
                      const struct exits_rules *r, size_t threads,
                      const char *what)
{
    struct hall h = { .markets = m, .rules = r, .what = what, .count = count };
    pthread_t *more = xcalloc(threads, sizeof(*more));
    size_t begun = 0;

    pthread_mutex_init(&h.lock, NULL);
    while (begun + 1 < threads &&
           pthread_create(&more[begun], NULL, labour, &h) == 0)
        begun++;
    labour(&h);
    while (begun > 0)
        pthread_join(more[--begun], NULL);
    pthread_mutex_destroy(&h.lock);
    free(more);
}
