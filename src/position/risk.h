/* position/risk.h - what is at stake in a grid, in money. Pure.
 *
 * Regime-science notes 4.7; SPEC 9. All in the quote currency unless said
 * otherwise. What cannot be computed is unavailable, never zero; a stale price
 * makes it stale. b is the inventory, nominal where it is modelled; C the
 * close; S the stop below, or the lower bound where none is set.
 *
 * What is held is money at risk on the way down only in a spot grid that is not
 * short: for the others every figure of the inventory is unavailable. So is the
 * way to S once the price is there or below: the stop has sold by then, so that
 * nothing is at risk, or it failed, and nothing bounds the loss. A zero would
 * choose between the two.
 */
#ifndef POSITION_RISK_H
#define POSITION_RISK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/value.h"
#include "position/grid.h"
#include "position/position.h"

#define RISK_HOURS 4 /* 1, 4, 12, 24 */

extern const int risk_hours[RISK_HOURS];

/* Adverse quantiles, 25 % and 10 %, of the change of a grid's equity over
 * these hours, in standard deviations of the value held (n = 350,000). */
struct risk_quantiles {
    double typical, adverse;
};
extern const struct risk_quantiles risk_give_back[RISK_HOURS];

/* A buy order that is still to fill, or a bid of the book. */
struct risk_order {
    double price; /* quote per base */
    double size;  /* base */
};

struct risk_inputs {
    const struct grid *grid;
    const struct position *position;
    struct value close;
    struct value sigma_15m; /* of 15m log returns, METRIC_VOL_HAZ_15M */
    struct value atr_4h;    /* quote currency */
    double fee;             /* of one fill, a share */
    double slippage;        /* of a stop's sale, a share */
    const struct risk_order *orders; /* buys, in any order; NULL: unknown */
    size_t order_count;
    struct value exit_cost; /* measured in the book, or unavailable */
};

struct risk {
    bool to_stop; /* false: no stop below is set, S is the lower bound */

    /* b (C - S) + sum over buys in [S, C) of Q (p - S)
     * + (fee + slippage) S (b + sum Q). Needs the orders. */
    struct value at_risk;
    /* At the ends of a modelled inventory, with the same orders; else equal to
     * it. As a path that holds more has fewer buys open, and the reverse, the
     * truth lies between them. */
    struct value at_risk_lo, at_risk_hi;
    struct value at_risk_simple; /* b C (C - S) / C, the origin's */

    /* b C c(h) sigma sqrt(4 h), c_25 and c_10 of risk_give_back */
    struct value give_back_typical[RISK_HOURS];
    struct value give_back_adverse[RISK_HOURS];

    /* ln(C / stop) / (ATR / C), above: ln(stop / C); of the nearer stop that is
     * set, of any grid; not above 0 once it is passed. */
    struct value stop_atr;
    struct value exit_cost; /* of selling all now, as it came in */

    /* b C / (capital + e + b C fee): the share of the grid's worth that is
     * base. Unavailable where capital and position contradict each other, so
     * that it would be above 1. */
    struct value imbalance;
};

void risk_of(const struct risk_inputs *in, struct risk *out);

/* On nine decimals, as it is recorded and told. */
void risk_round(struct risk *r);

/* What selling `base` at once into the bids costs against the mid price, fee
 * included. Bids from the best down. Unavailable when they do not hold it, or
 * one of them has no price or a size below zero. */
struct value risk_exit_cost(const struct risk_order *bids, size_t count,
                            double mid, double base, double fee);

#endif
