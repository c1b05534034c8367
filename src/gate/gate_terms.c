/* G5 to G7: what a grid of this range could expect from here.
 *
 * Log price is taken for a Brownian motion without drift, s^2 its variance in
 * a day. On levels ln(1 + step) = d apart:
 *
 *   cycles  The price moves to a neighbouring level after a first exit from
 *           (-d, d), which takes d^2/s^2 in the mean; so it makes s^2/d^2 such
 *           moves a day. A cycle buys at a level and sells at the next one
 *           above: it needs one move down and one up, and a walk without drift
 *           makes as many of one as of the other. Hence s^2 / (2 d^2).
 *   life    The mean first exit from (-a, b) takes ab/s^2: w^2/s^2 from the
 *           centre of a range of half-width w.
 *
 * Both by the mean of the exit time of Brownian motion (W. Feller, An
 * Introduction to Probability Theory and Its Applications, vol. 1, 3rd ed.,
 * ch. XIV.3 and 6; A. N. Borodin and P. Salminen, Handbook of Brownian Motion,
 * 2nd ed., part II, 1.3.0). Each cycle earns the net step on one level's share
 * of the capital. The entry buys half of the capital, nominally, at one fee.
 * What the inventory loses when the range is left is not in it: without drift
 * that eats the grid's profit (regime-science notes 5.3). The check asks
 * whether the levels can pay for themselves, no more. */
#include "gate/gate_terms.h"

#include "gate/gate_internal.h"

#define DAY_BARS      96.0 /* 15m bars of a day */
#define ENTRY_CAPITAL .5   /* bought at the start */

struct gate_result ask_g5_centre(const struct gate_inputs *in)
{
    const struct grid *g = in->grid;
    struct value off = gate_close(in);
    if (!in->restart)
        return gate_na();
    off.v = fabs(log(off.v / sqrt(g->lower * g->upper))) /
            (log(g->upper / g->lower) / 2);
    return gate_hold(G5_CENTRE, off, in->config->centre);
}

struct gate_result ask_g6_pi_24(const struct gate_inputs *in)
{
    return gate_hold(G6_PI_24, in->hazard->pi, in->config->pi_24);
}

struct gate_result ask_g6_pi_72(const struct gate_inputs *in)
{
    return gate_hold(G6_PI_72, in->hazard->pi_72, in->config->pi_72);
}

/* Arithmetic levels have one ratio each: that at the centre counts. */
static struct value step_of(const struct grid *g)
{
    double n = (double)g->levels;
    if (g->levels < 1 || g->spacing == GRID_SPACING_UNSTATED)
        return value_none(VALUE_UNAVAILABLE);
    if (g->spacing == GRID_GEOMETRIC)
        return value_real(expm1(log(g->upper / g->lower) / n), 1);
    return value_real((g->upper - g->lower) / n / sqrt(g->lower * g->upper), 1);
}

/* 0 once the close is outside. */
static struct value life_of(const struct grid *g, struct value close,
                            struct value variance_day)
{
    if (!value_usable(close) || !value_usable(variance_day))
        return value_none(value_usable(close) ? variance_day.status
                                              : close.status);
    double below = fmax(0, log(close.v / g->lower));
    double above = fmax(0, log(g->upper / close.v));
    return value_real(below * above / variance_day.v, variance_day.n_used);
}

static struct value cycles_of(struct value step, struct value variance_day)
{
    if (!value_usable(step))
        return step;
    double d = log1p(step.v);
    if (value_usable(variance_day))
        variance_day.v /= 2 * d * d;
    return variance_day;
}

struct gate_terms gate_terms_of(const struct gate_inputs *in)
{
    struct value variance = gate_sigma(in), close = gate_close(in);
    struct gate_terms t = { .step = step_of(in->grid) };

    variance.v *= DAY_BARS * variance.v;
    t.net_step = t.earn = t.step;
    t.net_step.v -= 2 * in->config->fee;
    t.cycles_day = cycles_of(t.step, variance);
    t.life_days = life_of(in->grid, close, variance);
    if (!value_usable(t.step))
        return t;
    if (!value_usable(t.life_days)) {
        t.earn = value_none(t.life_days.status);
        return t;
    }
    double gross = t.cycles_day.v * t.life_days.v * t.net_step.v;
    t.earn = value_real(gross / (double)in->grid->levels -
                            ENTRY_CAPITAL * in->config->fee,
                        t.life_days.n_used);
    return t;
}

struct gate_result ask_g7_step(const struct gate_inputs *in)
{
    return gate_hold(G7_STEP, gate_terms_of(in).net_step, in->config->step);
}

struct gate_result ask_g7_earn(const struct gate_inputs *in)
{
    return gate_hold(G7_EARN, gate_terms_of(in).earn, 0);
}
