/* gate/propose.h - what grid would suit this market now. Pure.
 *
 * The half-width is kappa times the slow ATR: the larger of ATR14(4h) and the
 * mean of its last 50, because a calm ATR undersizes a grid (regime-science
 * notes 4.6). Bounds are symmetric in ln around the close. The stop lies
 * `stop_atr` slow ATR beyond a bound (verification notes: 2), on each side that
 * costs this grid money. Levels are geometric, as many as leave a step of
 * `step`, 6 to 40 of them. All prices are put on the tick of the symbol.
 *
 * A proposal is a description, no order and no advice on size. Its gates say
 * whether now is the time; a proposal that no gate lets through is still one.
 */
#ifndef GATE_PROPOSE_H
#define GATE_PROPOSE_H

#include "gate/gate.h"

#define PROPOSE_LEVELS_LEAST 6
#define PROPOSE_LEVELS_MOST  40

struct propose_config {
    double kappa;    /* half-width in slow ATR(4h), 4 to 6, 4 */
    double stop_atr; /* slow ATR(4h) beyond the bound, 2 */
    double step;     /* least step of the levels, a share, .006 */
};

struct proposal {
    double close;          /* that the range is laid around */
    struct value slow_atr; /* quote currency; `n_used` 4h bars */
    struct grid grid;      /* lower, upper, levels, stop, spacing geometric */
    double half_width;     /* ln(upper / lower) / 2, of the rounded bounds */
    double width_atr;      /* the same in slow ATR: kappa, but for the tick */
    double step;           /* ratio of neighbouring levels, less 1 */
    double net_step;       /* less two fees */
    bool step_kept; /* false: the range is so narrow that even 6 levels lie
                       closer than `step`; the numbers are those of 6 */
    struct value pi_24, pi_72; /* of the proposed range, from this close */
    struct value life_days;  /* mean time to leave it without drift: w^2/s^2 */
    struct value cycles_day; /* expected completed cycles, s^2 / (2 d^2) with
                                d = ln(1 + step) */
    struct value earn;       /* of a life, a share of the capital; G7_EARN */
    struct gates gates;      /* G5 and G8 do not apply */
};

/* `in->grid` gives symbol, market and side; its range is not read, `restart`
 * neither. `tick` is the price step of the symbol, or NO_VALUE: prices stay as
 * they come. False, with the reason in words, when price, ATR or volatility are
 * not known or the tick is too coarse for the range. */
bool propose(const struct gate_inputs *in, const struct propose_config *config,
             double tick, struct proposal *out, char *why, size_t why_size);

/* As many levels as 2 w / ln(1 + step) holds, 6 to 40. */
int64_t propose_levels(double half_width, double step);

#endif
