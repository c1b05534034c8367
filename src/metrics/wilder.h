/* metrics/wilder.h - true range, ATR, +DI, -DI, DX and ADX. Pure.
 *
 * J. Welles Wilder, New Concepts in Technical Trading Systems, 1978: sections
 * III (ATR) and IV (directional movement). With n the period (14):
 *
 *   TR  = max(H, C') - min(L, C')           ' is the bar before
 *   +DM = H - H' if that is above L' - L and above 0, else 0; -DM mirrored
 *   ATR = mean of the first n TR, then ((n-1) ATR + TR) / n
 *   S   = sum of the first n-1 of TR, +DM, -DM, then S - S/n + x
 *   DI  = 100 S(DM) / S(TR);  DX = 100 |+DI - -DI| / (+DI + -DI)
 *   ADX = mean of the first n DX, then ((n-1) ADX + DX) / n
 *
 * The start is TA-Lib's (ta_ATR.c, ta_ADX.c), which others do not share:
 * Tulip seeds with H - L and is one bar earlier, TTR sums n values first,
 * pandas-ta smooths from the first value on.
 *
 * First values, counted from 0: TR at index 1; ATR, DI and DX at n; ADX at
 * 2n - 1 (14, 14, 27). A start inside a trend is forgotten slowly: at bar 28
 * ADX differs from that of a long history by 6.6 points in the median, at bar
 * 101 by .05 (RS 2.2). n_used is the number of bars seen, so that a gate can
 * ask for 100.
 *
 * Flat, with relative limits: ATR when it is <= 1e-12 of the close; DI when
 * S(TR) is; DX and ADX when S(+DM) + S(-DM) is, which is never more than S(TR).
 * Such a bar adds nothing to ADX: within its first n it counts as a DX of 0,
 * later ADX is held, and the next bar that moves goes on from there (TA-Lib's
 * rule, with limits that do not depend on the unit of the price).
 *
 * Nulls (driftless Brownian bars, n = 14; RS 2.2): ADX has mean 24.0 and sd
 * 9.6; P(ADX > 25) = .38, P(ADX > 37) = .10, P(ADX < 17) = .25.
 */
#ifndef METRICS_WILDER_H
#define METRICS_WILDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"

/* Prices as they are conform with TA-Lib; their logarithms do not depend on
 * the level of the price, and the scores use them. The two differ by .3 points
 * of ADX in the median: they never share a name. */
enum price_form { PRICE_RAW, PRICE_LOG };

struct wilder {
    enum price_form form;
    int32_t period;
    int32_t count;           /* bars seen */
    bool still;              /* the newest bar has no DX */
    double high, low, close; /* of the newest bar, in `form` */
    double true_range;
    double atr;              /* until the first ATR: the sum of TR */
    double range_sum;        /* S(TR) */
    double up_sum, down_sum; /* S(+DM), S(-DM) */
    double dx;
    double adx; /* until the first ADX: the sum of DX */
};

/* `period` >= 2. */
void wilder_init(struct wilder *w, int32_t period, enum price_form form);

void wilder_push(struct wilder *w, const struct bar *b);

/* Bars seen. */
int32_t wilder_count(const struct wilder *w);

/* In the quote currency, or as a logarithm. A true range of 0 is a value. */
struct value wilder_true_range(const struct wilder *w);
struct value wilder_atr(const struct wilder *w);

/* ATR as a share of the close: .01 is 1 %. With PRICE_LOG it is the ATR. */
struct value wilder_atr_frac(const struct wilder *w);

/* TA-Lib's NATR: 100 times that. */
struct value wilder_natr(const struct wilder *w);

/* 0 to 100. */
struct value wilder_plus_di(const struct wilder *w);
struct value wilder_minus_di(const struct wilder *w);
struct value wilder_dx(const struct wilder *w);
struct value wilder_adx(const struct wilder *w);

#endif
