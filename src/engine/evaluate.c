#include "engine/evaluate.h"

#include <string.h>

#include "base/moment.h"
#include "position/risk.h"

#define TOUCH_BARS 48.0 /* 12 h of 15m bars */

const int waiting_hours[WAITING_COUNT] = { 1, 4, 12, 24 };

_Static_assert(WAITING_COUNT == RISK_HOURS, "quantiles of the same hours");

static struct value price_of(const struct market_view *v)
{
    struct value close = value_real(v->close, 1);
    if (value_usable(close) && v->price_cause != PRICE_KNOWN)
        close.status = VALUE_STALE;
    return close;
}

/* Of the EWMA volatility in a crisis, too. Regime-science notes 3.3 put the
 * largest move in its place; measured with pi-24h-1 on 14 recorded series (bars
 * of a crisis, grids of 4 and 6 ATR), pi then says .57 to .86 where .11 to .27
 * come true. As it is, it says .09 to .29. */
static struct hazard hazard_now(const struct snapshot *now,
                                const struct grid *grid,
                                enum hazard_model model)
{
    if (now->view->price_cause != PRICE_KNOWN)
        return hazard_none(VALUE_UNAVAILABLE, model);
    const struct volatility v = volatility_of(&now->metrics);
    return hazard_of(now->view->close, grid->lower, grid->upper, &v, model);
}

static struct value log_ratio(double far, double near)
{
    double d = log(far / near);
    return isnan(d) ? value_none(VALUE_UNAVAILABLE) : value_real(d, 1);
}

/* The nearer of the stops that are set, or SIDE_NONE. */
static enum range_side nearer_stop(const struct grid *g, double close)
{
    double below = log(close / g->stop.below);
    double above = log(g->stop.above / close);
    if (isnan(below) && isnan(above))
        return SIDE_NONE;
    if (isnan(below) || isnan(above))
        return isnan(below) ? SIDE_UP : SIDE_DOWN;
    return below <= above ? SIDE_DOWN : SIDE_UP;
}

/* What all capital, were it in base, would lose from `close` to `level`. */
static struct value loss_to(double level, double close, const struct grid *g)
{
    if (g->market != GRID_SPOT || !grid_risks_down(g) || !(level < close))
        return value_none(VALUE_UNAVAILABLE);
    return value_real(g->capital * (1.0 - level / close), 1);
}

static struct distances distances_of(const struct snapshot *now,
                                     const struct grid *g, struct value close)
{
    struct value none = value_none(VALUE_UNAVAILABLE);
    struct distances d = { none, none, none, SIDE_NONE, none, none, none };
    if (!value_usable(close))
        return d;
    d.to_lower = log_ratio(close.v, g->lower);
    d.to_upper = log_ratio(g->upper, close.v);
    d.stop_loss_most = loss_to(g->stop.below, close.v, g);
    if (isnan(g->stop.below))
        d.bound_loss_most = loss_to(g->lower, close.v, g);
    d.stop_side = nearer_stop(g, close.v);
    if (d.stop_side == SIDE_NONE)
        return d;
    d.to_stop = d.stop_side == SIDE_DOWN ? log_ratio(close.v, g->stop.below)
                                         : log_ratio(g->stop.above, close.v);
    d.stop_touch_12h = touch_probability(
        d.to_stop.v, TOUCH_BARS, now->metrics.values[METRIC_VOL_HAZ_15M]);
    return d;
}

/* The broken side, else the likelier one (SPEC 7). */
static enum range_side side_of_verdict(const struct evaluation *e,
                                       const struct grid *g)
{
    const struct trigger_result *t = e->verdict.triggers;
    if (value_usable(e->close) && e->close.v < g->lower)
        return SIDE_DOWN;
    if (t[M_STOP].answer == ANSWER_YES)
        return t[M_STOP].side;
    if (value_usable(e->close) && e->close.v > g->upper)
        return SIDE_UP;
    /* Last: hourly closes are up to 45 minutes old. */
    if (t[M_BOUNDARY].answer == ANSWER_YES)
        return t[M_BOUNDARY].side;
    if (!value_usable(e->hazard.pi))
        return SIDE_NONE;
    return e->hazard.pi_dn.v >= e->hazard.pi_up.v ? SIDE_DOWN : SIDE_UP;
}

void evaluation_take_side(struct evaluation *e, const struct grid *grid)
{
    e->side = side_of_verdict(e, grid);
    e->riskless = (e->side == SIDE_UP && !grid_risks_up(grid)) ||
                  (e->side == SIDE_DOWN && !grid_risks_down(grid));
}

/* Two successive 15m closes outside on the same side: the early note. */
static bool boundary_pending(const struct market_view *v, const struct grid *g)
{
    const struct window *w = &v->window[TF_15M];
    if (v->price_cause != PRICE_KNOWN || w->count < 2)
        return false;
    double a = w->bars[w->count - 1].close, b = w->bars[w->count - 2].close;
    return (a < g->lower && b < g->lower) || (a > g->upper && b > g->upper);
}

static struct exit_memory memory_of_life(const struct exit_memory *m,
                                         const struct grid *g)
{
    if (m->slot_ms != MOMENT_NONE && m->life_ms == grid_life_ms(g))
        return *m;
    struct exit_memory fresh = exit_memory_new();
    fresh.slot_ms = m->slot_ms;
    fresh.crisis_ms = m->crisis_ms; /* the market's, not the grid's */
    fresh.life_ms = grid_life_ms(g);
    return fresh;
}

static void waiting_of(struct value sigma, struct waiting out[WAITING_COUNT])
{
    for (int i = 0; i < WAITING_COUNT; i++) {
        if (!value_usable(sigma)) {
            out[i].typical = out[i].adverse = value_none(sigma.status);
            continue;
        }
        double spread = sigma.v * sqrt(4.0 * waiting_hours[i]);
        const struct risk_quantiles *share = &risk_give_back[i];
        out[i].typical =
            value_real(decision_round(share->typical * spread), sigma.n_used);
        out[i].adverse =
            value_real(decision_round(share->adverse * spread), sigma.n_used);
    }
}

static void ask_gates(const struct evaluate_inputs *in,
                      const struct exit_memory *memory, struct evaluation *out)
{
    const struct snapshot *now = in->now;
    const struct gate_inputs gates = {
        .view = now->view,
        .metrics = &now->metrics,
        .regime = &now->regime,
        .crisis = &now->crisis,
        .hourly = now->hourly,
        .grid = in->grid,
        .hazard = &out->hazard,
        .memory = memory,
        .config = in->gates,
        .restart = true,
    };
    gates_ask(&gates, &out->gates);
}

/* A grid that does not run has nothing to leave. */
static bool is_stopped(const struct evaluate_inputs *in)
{
    return grid_status_at(in->grid, in->now->view->slot_ms) == GRID_IS_STOPPED;
}

static void switch_off(const struct exit_config *config,
                       struct exit_config *out)
{
    *out = *config;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        out->mode[i] = TRIGGER_OFF;
}

/* Remembers what held when the grid was stopped; a latch and a hold end. */
static struct exit_memory memory_before(const struct evaluate_inputs *in,
                                        bool stopped)
{
    struct exit_memory m = memory_of_life(in->memory, in->grid);
    if (!stopped)
        m.left = STATE_UNKNOWN;
    if (!stopped || m.left != STATE_UNKNOWN)
        return m;
    m.left = m.known == STATE_UNKNOWN ? STATE_NORMAL : m.known;
    m.known = STATE_NORMAL;
    m.since_ms = in->now->view->slot_ms;
    m.episode_ms = MOMENT_NONE;
    m.unknown_since_ms = MOMENT_NONE;
    return m;
}

void evaluate(const struct evaluate_inputs *in, struct evaluation *out,
              struct exit_memory *next)
{
    bool stopped = is_stopped(in);
    const struct exit_memory before = memory_before(in, stopped);
    struct exit_config off; /* of a grid that was stopped */
    const struct snapshot *now = in->now;
    const struct market_view *view = now->view;
    const struct grid *grid = in->grid;

    *out = (struct evaluation){ 0 };
    _Static_assert(sizeof(out->grid) == sizeof(grid->id) &&
                       sizeof(out->symbol) == sizeof(grid->symbol),
                   "whole arrays are copied");
    memcpy(out->grid, grid->id, sizeof(out->grid));
    memcpy(out->symbol, grid->symbol, sizeof(out->symbol));
    out->slot_ms = view->slot_ms;
    out->profile = in->config->profile;
    out->price_cause = view->price_cause;
    out->close = price_of(view);
    out->close_ms = view->close_ms;
    out->regime = now->regime;
    out->hazard = hazard_now(now, grid, in->config->pi_model);
    out->distances = distances_of(now, grid, out->close);
    out->boundary_pending = boundary_pending(view, grid);
    waiting_of(now->metrics.values[METRIC_VOL_HAZ_15M], out->waiting);
    if (stopped)
        switch_off(in->config, &off);
    const struct trigger_inputs asked = {
        .view = view,
        .metrics = &now->metrics,
        .regime = &now->regime,
        .crisis = &now->crisis,
        .hourly = now->hourly,
        .grid = grid,
        .hazard = &out->hazard,
        .position = in->position,
        .outside = in->outside,
        .config = stopped ? &off : in->config,
        .fee = in->gates->fee,
        .memory = &before,
    };
    exit_state_step(&asked, &out->verdict, next);
    out->blind_ms = next->blind_ms;
    ask_gates(in, next, out);
    evaluation_take_side(out, grid);
}
