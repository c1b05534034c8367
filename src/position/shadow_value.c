#include <math.h>

#include "base/value.h"
#include "position/shadow_internal.h"

/* What the amount of a cell costs and brings, fees included. */
struct prices {
    double first; /* at the start price */
    double buy, sell;
};

static struct prices prices_of(const struct shadow *s, double fee, size_t i)
{
    return (struct prices){
        .first = s->amount * s->start_price * (1 + fee),
        .buy = s->amount * s->line[i] * (1 + fee),
        .sell = s->amount * s->line[i + 1] * (1 - fee),
    };
}

/* What a cell paid and took so far. It bought once for each sell, and once more
 * when it is full; the first of these at the start price if it began so. */
static double flow_of(const struct prices *p, bool began_full,
                      struct shadow_walk w)
{
    int32_t buys = w.sells + (w.full ? 1 : 0) - (began_full ? 1 : 0);
    double flow = w.sells * p->sell - buys * p->buy;
    return began_full ? flow - p->first : flow;
}

struct shadow_span shadow_cell_span(const struct shadow *s,
                                    const struct shadow_terms *terms, size_t i,
                                    const struct shadow_cell *bounds,
                                    double at_lo, double at_hi)
{
    struct prices p = prices_of(s, terms->fee, i);
    bool began_full = s->cell[i].began_full;
    struct shadow_span span = { NO_VALUE, NO_VALUE }; /* fmin passes it over */
    for (int full = 0; full < 2; full++) {
        if (!bounds->may[full])
            continue;
        /* More sells are more money, unless the fees eat the step. */
        double few = flow_of(
            &p, began_full, (struct shadow_walk){ full, bounds->fewest[full] });
        double many = flow_of(&p, began_full,
                              (struct shadow_walk){ full, bounds->most[full] });
        double held = full ? s->amount * (1 - terms->fee) : 0;
        span.lo = fmin(span.lo, fmin(few, many) + held * at_lo);
        span.hi = fmax(span.hi, fmax(few, many) + held * at_hi);
    }
    return span;
}

/* --- One walk --------------------------------------------------------------
 */

/* The sums over the cells of one walk, before any stop. */
struct sums {
    double flow, realised, fees;
    double cost; /* of what is held */
    int64_t held, sells;
};

static void add_cell(const struct shadow *s, double fee, size_t i,
                     struct shadow_walk w, struct sums *sums)
{
    bool began = s->cell[i].began_full;
    struct prices p = prices_of(s, fee, i);
    int32_t buys = w.sells + (w.full ? 1 : 0) - (began ? 1 : 0);
    sums->flow += flow_of(&p, began, w);
    sums->fees += s->amount * fee *
                  (w.sells * s->line[i + 1] + buys * s->line[i] +
                   (began ? s->start_price : 0));
    double sold = began && w.sells > 0 ? p.first + (w.sells - 1) * p.buy
                                       : w.sells * p.buy;
    sums->realised += w.sells * p.sell - sold;
    if (w.full)
        sums->cost += began && w.sells == 0 ? p.first : p.buy;
    sums->held += w.full;
    sums->sells += w.sells;
}

static void sell_at_stop(const struct shadow *s, double fee,
                         struct shadow_path *path, double *cost)
{
    double funds = path->base * s->stopped_at;
    path->cash += funds * (1 - fee);
    path->realised += funds * (1 - fee) - *cost;
    path->fees += funds * fee;
    path->base = 0;
    *cost = 0;
}

struct shadow_path shadow_path_of(const struct shadow *s, const struct grid *g,
                                  const struct shadow_terms *terms,
                                  bool reverse, double close)
{
    struct sums sums = { 0 };
    for (size_t i = 0; i < s->count; i++)
        add_cell(s, terms->fee, i,
                 reverse ? s->cell[i].reverse : s->cell[i].nominal, &sums);
    struct shadow_path path = {
        .base = (double)sums.held * s->amount,
        .cash = g->capital + sums.flow,
        .realised = sums.realised,
        .fees = sums.fees,
        .sells = sums.sells,
    };
    if (s->stopped && sums.held)
        sell_at_stop(s, terms->fee, &path, &sums.cost);
    path.e = path.cash + path.base * close * (1 - terms->fee) - g->capital;
    path.avg_cost = path.base > 0 ? sums.cost / path.base : NO_VALUE;
    path.peak = fmax(reverse ? s->reverse_peak : s->nominal_peak, path.e);
    return path;
}

/* --- All of it -------------------------------------------------------------
 */

static bool rounds_pay(const struct shadow *s, const struct shadow_terms *terms)
{
    for (size_t i = 0; i < s->count; i++) {
        struct prices p = prices_of(s, terms->fee, i);
        if (!(p.sell >= p.buy))
            return false;
    }
    return true;
}

void shadow_value(const struct shadow *s, const struct grid *g,
                  const struct shadow_terms *terms, double close,
                  struct shadow_books *out)
{
    struct shadow_span e = { 0, 0 };
    int64_t must = 0, may = 0; /* cells that hold their amount */
    for (size_t i = 0; i < s->count; i++) {
        const struct shadow_cell *cell = &s->cell[i];
        struct shadow_span one =
            shadow_cell_span(s, terms, i, cell, close, close);
        e.lo += one.lo;
        e.hi += one.hi;
        may += cell->may[1];
        must += cell->may[1] && !cell->may[0];
    }
    /* Whether it sold at the stop or went on. fmin and fmax pass over NaN. */
    if (!isnan(s->stop_lo))
        must = 0;
    double allowance = SHADOW_ALLOWANCE * g->capital;
    *out = (struct shadow_books){
        .nominal = shadow_path_of(s, g, terms, false, close),
        .reverse = shadow_path_of(s, g, terms, true, close),
        .base_lo = (double)must * s->amount,
        .base_hi = (double)may * s->amount,
        .e_lo = fmin(e.lo, s->stop_lo) - allowance,
        .e_hi = fmax(e.hi, s->stop_hi) + allowance,
        .e_lo_holds = rounds_pay(s, terms),
    };
}

void shadow_fills(const struct shadow *s, int64_t fills[2])
{
    fills[0] = fills[1] = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct shadow_cell *c = &s->cell[i];
        int64_t began = c->began_full;
        fills[0] += 2 * (int64_t)c->nominal.sells + c->nominal.full - began;
        fills[1] += 2 * (int64_t)c->reverse.sells + c->reverse.full - began;
    }
}
