#include "gate/propose.h"

#include <stdio.h>

#include "gate/gate_internal.h"
#include "gate/gate_terms.h"

static bool refuse(char *why, size_t size, const char *what, const char *reason)
{
    snprintf(why, size, "%s: %s", what, reason);
    return false;
}

/* max(ATR14, mean of 50), from the two metrics that are there: VER(4h) is the
 * first over the second. */
static struct value slow_atr(const struct metric_row *m)
{
    struct value atr = m->values[METRIC_ATR_4H];
    struct value ver = m->values[METRIC_VER_4H];
    if (!value_usable(atr))
        return atr;
    if (!value_usable(ver) || !(ver.v > 0))
        return value_none(value_usable(ver) ? VALUE_FLAT : ver.status);
    atr.v = fmax(atr.v, atr.v / ver.v);
    return atr;
}

int64_t propose_levels(double half_width, double step)
{
    double n = floor(decision_round(2 * half_width / log1p(step)));
    return (int64_t)fmin(PROPOSE_LEVELS_MOST, fmax(PROPOSE_LEVELS_LEAST, n));
}

/* Ticks are decimals such as .01, which doubles only come near. A division by
 * their inverse, a whole number, gives the double that is nearest to the price
 * with that many digits; a product with the tick would not. */
static double on_tick(double price, double tick)
{
    double per_unit = round(1 / tick);
    if (!(tick > 0))
        return price;
    if (fabs(per_unit * tick - 1) < 1e-9)
        return round(price * per_unit) / per_unit;
    return round(price / tick) * tick;
}

/* Range, stop and levels; everything else of the grid is the caller's. */
static void lay(const struct propose_config *config, double tick,
                struct proposal *p)
{
    struct grid *g = &p->grid;
    double atr_frac = p->slow_atr.v / p->close;
    double half_width = config->kappa * atr_frac;
    double stop = half_width + config->stop_atr * atr_frac;

    g->lower = on_tick(p->close * exp(-half_width), tick);
    g->upper = on_tick(p->close * exp(half_width), tick);
    g->stop = (struct grid_stop){ NO_VALUE, NO_VALUE };
    if (grid_risks_down(g))
        g->stop.below = on_tick(p->close * exp(-stop), tick);
    if (grid_risks_up(g))
        g->stop.above = on_tick(p->close * exp(stop), tick);
    g->spacing = GRID_GEOMETRIC;
    g->start_price = p->close;
    g->history_count = 0;
    p->half_width = log(g->upper / g->lower) / 2;
    p->width_atr = p->half_width / atr_frac;
    g->levels = propose_levels(p->half_width, config->step);
}

static void describe(const struct gate_inputs *in,
                     const struct propose_config *config, struct proposal *p)
{
    struct gate_inputs of = *in;
    of.grid = &p->grid;
    of.restart = false;
    struct gate_terms terms = gate_terms_of(&of);
    const struct volatility volatility = volatility_of(in->metrics);

    p->step = terms.step.v;
    p->net_step = terms.net_step.v;
    p->step_kept = decision_round(p->step) >= decision_round(config->step);
    p->life_days = terms.life_days;
    p->cycles_day = terms.cycles_day;
    p->earn = terms.earn;
    const struct hazard hazard = hazard_of(
        p->close, p->grid.lower, p->grid.upper, &volatility, in->pi_model);
    of.hazard = &hazard;
    p->pi_24 = hazard.pi;
    p->pi_72 = hazard.pi_72;
    gates_ask(&of, &p->gates);
}

bool propose(const struct gate_inputs *in, const struct propose_config *config,
             double tick, struct proposal *out, char *why, size_t why_size)
{
    struct value close = gate_close(in), sigma = gate_sigma(in);

    *out = (struct proposal){ .slow_atr = slow_atr(in->metrics) };
    out->grid = *in->grid;
    if (!value_usable(close))
        return refuse(why, why_size, "the price is not known",
                      price_cause_name(in->view->price_cause));
    if (!value_usable(out->slow_atr))
        return refuse(why, why_size, "no ATR(4h) with a mean of 50 bars",
                      value_status_name(out->slow_atr.status));
    if (!value_usable(sigma))
        return refuse(why, why_size, "no volatility of 15m bars",
                      value_status_name(sigma.status));
    out->close = close.v;
    lay(config, tick, out);
    char complaint[100];
    if (!grid_check(&out->grid, complaint, sizeof(complaint)))
        return refuse(why, why_size, "no range fits the tick of this symbol",
                      complaint);
    describe(in, config, out);
    return true;
}
