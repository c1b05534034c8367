/* metrics/efficiency.h - Kaufman's efficiency ratio. Pure.
 *
 *   ER_n = |C_t - C_(t-n)| / sum of |C_i - C_(i-1)|, i = t-n+1 .. t
 *
 * on closes as they are (Perry J. Kaufman, Smarter Trading, 1995, ch. 6, where
 * it steers the adaptive moving average; n = 10). 0 to 1, no unit: 1 is a
 * straight way. Rounding above 1 is clamped. The first value stands at index
 * n, after n + 1 closes. Flat when the way is <= 1e-12 of the close.
 *
 * Null (driftless Brownian closes; RS 2.3): ER = |Z| sqrt(pi/2) / sqrt(n) with
 * Z standard normal, so z_ER = ER sqrt(2 n / pi) is half-normal whatever n is:
 * mean .798, above 1.645 one time in ten. The mean of ER is 1/sqrt(n): .316
 * for n = 10, .204 for n = 24.
 */
#ifndef METRICS_EFFICIENCY_H
#define METRICS_EFFICIENCY_H

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ring.h"

struct efficiency {
    double prev_close;          /* 0 before the first bar */
    struct anchored_sums steps; /* x: |C_i - C_(i-1)|, y: C_(i-1) */
};

/* 1 <= n <= RING_MAX moves. Kaufman's display: 10; for scores: 24. */
void efficiency_init(struct efficiency *e, int32_t n);

void efficiency_push(struct efficiency *e, const struct bar *b,
                     enum timeframe tf);

/* z_ER of a ratio over n moves. */
double efficiency_z_of(double ratio, int32_t n);

struct value efficiency_ratio(const struct efficiency *e); /* 0 to 1 */
struct value efficiency_z(const struct efficiency *e); /* 0 to sqrt(2 n/pi) */

#endif
