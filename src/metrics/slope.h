/* metrics/slope.h - the trend line of the log price, in ATR. Pure.
 *
 * Ordinary least squares of ln C on time over the last n bars (24):
 *
 *   b          = sum (t - mt)(y - my) / sum (t - mt)^2, y = ln C
 *   norm_slope = b / (ATR14 / C)
 *   z_slope    = norm_slope sqrt(n) / .72
 *   R^2        = share of the variance of y that the line explains
 *
 * b is TA-Lib's LINEARREG_SLOPE of ln C. Time counts bars: a stop that was
 * closed up counts as one. Null (driftless Brownian closes; RS 2.8): the sd of
 * b is sigma sqrt(1.2 / n), and .72 is that over an ATR of 1.52 sigma: between
 * 1.45 for bars of 60 steps and 1.60 for bars of infinitely many (RS 2.1). So
 * z_slope is normal with mean 0 and an sd of .95 to 1.05.
 *
 * Not given: the t value of b. Its errors would have to be independent, but
 * those about a line through a random walk are not: |t| > 2 on 74 % of windows
 * of 24 (RS 2.8; Nelson and Kang 1984), and the mean R^2 is .44 for any n. R^2
 * is for the eye; ask z_slope, or R^2 > .84, for a one-in-ten event.
 *
 * The first value stands at index n - 1. All are flat when ln C did not move:
 * sum (y - my)^2 <= 1e-24. norm_slope and z_slope are also missing when the
 * ATR is, and say why the ATR is.
 */
#ifndef METRICS_SLOPE_H
#define METRICS_SLOPE_H

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ring.h"

struct slope {
    double bars;               /* seen: the time of the next one */
    struct anchored_sums line; /* x: ln C, y: time */
};

/* 3 <= n <= RING_MAX bars. */
void slope_init(struct slope *s, int32_t n);

void slope_push(struct slope *s, const struct bar *b, enum timeframe tf);

struct value slope_b(const struct slope *s); /* log return a bar */

/* ATR a bar, and in units of its standard deviation on a random walk. The
 * argument is wilder_atr_frac() at the same bar, of period 14. */
struct value slope_norm(const struct slope *s, struct value atr_frac);
struct value slope_z(const struct slope *s, struct value atr_frac);

struct value slope_r2(const struct slope *s); /* 0 to 1 */

#endif
