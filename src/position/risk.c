#include "position/risk.h"

#include <math.h>

#include "base/array.h"

#define BARS_PER_HOUR 4.0 /* of 15m */

const int risk_hours[RISK_HOURS] = { 1, 4, 12, 24 };

const struct risk_quantiles risk_give_back[RISK_HOURS] = {
    { .52, 1.10 }, { .54, 1.24 }, { .62, 1.46 }, { .66, 1.55 }
};

/* A number that was made of values, or what the first of them lacks. */
static struct value made_of(const struct value *from, size_t n, double v)
{
    for (size_t i = 0; i < n; i++)
        if (!value_usable(from[i]))
            return value_none(from[i].status);
    return value_real(v, n ? from[0].n_used : 0);
}

/* --- Down to the stop ----------------------------------------------------- */

static struct value loss_down_to(double stop, const struct risk_inputs *in,
                                 double base)
{
    const struct value needed[] = { in->close,
                                    in->position->inventory.nominal };
    double close = in->close.v, bought = 0, lost = base * (close - stop);

    if (!in->orders)
        return value_none(VALUE_UNAVAILABLE);
    for (size_t i = 0; i < in->order_count; i++) {
        const struct risk_order *o = &in->orders[i];
        if (!(o->price >= stop && o->price < close))
            continue;
        bought += o->size;
        lost += o->size * (o->price - stop);
    }
    lost += (in->fee + in->slippage) * stop * (base + bought);
    return made_of(needed, 2, lost);
}

static void ask_down(const struct risk_inputs *in, struct risk *out)
{
    const struct interval *base = &in->position->inventory;
    const struct value needed[] = { in->close, base->nominal };
    double stop = out->to_stop ? in->grid->stop.below : in->grid->lower;

    if (value_usable(in->close) && !(stop < in->close.v))
        return;
    out->at_risk = loss_down_to(stop, in, base->nominal.v);
    out->at_risk_lo = loss_down_to(stop, in, base->lo);
    out->at_risk_hi = loss_down_to(stop, in, base->hi);
    out->at_risk_simple =
        made_of(needed, 2, base->nominal.v * (in->close.v - stop));
}

/* --- The rest ------------------------------------------------------------- */

static void ask_give_back(const struct risk_inputs *in, struct risk *out)
{
    const struct value base = in->position->inventory.nominal;
    const struct value needed[] = { in->sigma_15m, in->close, base };

    for (int i = 0; i < RISK_HOURS; i++) {
        double spread = base.v * in->close.v * in->sigma_15m.v *
                        sqrt(BARS_PER_HOUR * risk_hours[i]);
        out->give_back_typical[i] =
            made_of(needed, 3, risk_give_back[i].typical * spread);
        out->give_back_adverse[i] =
            made_of(needed, 3, risk_give_back[i].adverse * spread);
    }
}

static struct value imbalance_of(const struct risk_inputs *in)
{
    const struct value base = in->position->inventory.nominal;
    const struct value e = in->position->pnl.e.nominal;
    const struct value needed[] = { in->close, base, e };
    double held = base.v * in->close.v;
    double share = held / (in->grid->capital + e.v + held * in->fee);
    double rounded = decision_round(share);

    if (rounded < 0 || rounded > 1)
        return value_none(VALUE_UNAVAILABLE);
    return made_of(needed, 3, share);
}

static struct value stop_in_atr(const struct risk_inputs *in)
{
    const struct value needed[] = { in->atr_4h, in->close };
    double close = in->close.v, atr = in->atr_4h.v;
    const struct grid_stop *stop = &in->grid->stop;
    /* fmin() passes over a side without a stop. */
    double nearer = fmin(log(close / stop->below), log(stop->above / close));

    if (value_usable(in->atr_4h) && !(atr > 0))
        return value_none(VALUE_FLAT);
    return made_of(needed, 2, nearer / (atr / close));
}

static struct risk nothing_known(void)
{
    const struct value none = value_none(VALUE_UNAVAILABLE);
    struct risk r = {
        .at_risk = none,
        .at_risk_lo = none,
        .at_risk_hi = none,
        .at_risk_simple = none,
        .imbalance = none,
    };
    for (int i = 0; i < RISK_HOURS; i++)
        r.give_back_typical[i] = r.give_back_adverse[i] = none;
    return r;
}

void risk_of(const struct risk_inputs *in, struct risk *out)
{
    const struct value base = in->position->inventory.nominal;

    *out = nothing_known();
    out->to_stop = !isnan(in->grid->stop.below);
    out->stop_atr = stop_in_atr(in);
    out->exit_cost = in->exit_cost;
    if (in->grid->market != GRID_SPOT || !grid_risks_down(in->grid))
        return;
    if (value_usable(base) && !(base.v >= 0))
        return;
    ask_down(in, out);
    ask_give_back(in, out);
    out->imbalance = imbalance_of(in);
}

/* --- The book ------------------------------------------------------------- */

struct value risk_exit_cost(const struct risk_order *bids, size_t count,
                            double mid, double base, double fee)
{
    double sold = 0, brought = 0;

    if (!(mid > 0) || !(base >= 0))
        return value_none(VALUE_UNAVAILABLE);
    for (size_t i = 0; i < count && sold < base; i++) {
        if (!(bids[i].price > 0) || !(bids[i].size >= 0))
            return value_none(VALUE_UNAVAILABLE);
        double size = fmin(bids[i].size, base - sold);
        sold += size;
        brought += size * bids[i].price;
    }
    if (base > 0 && decision_round(sold / base) < 1)
        return value_none(VALUE_UNAVAILABLE);
    return value_real(base * mid - brought * (1.0 - fee), 0);
}

void risk_round(struct risk *r)
{
    struct value *const all[] = { &r->at_risk,    &r->at_risk_lo,
                                  &r->at_risk_hi, &r->at_risk_simple,
                                  &r->stop_atr,   &r->exit_cost,
                                  &r->imbalance };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        all[i]->v = decision_round(all[i]->v);
    for (int i = 0; i < RISK_HOURS; i++) {
        r->give_back_typical[i].v = decision_round(r->give_back_typical[i].v);
        r->give_back_adverse[i].v = decision_round(r->give_back_adverse[i].v);
    }
}
