/* metrics/autocorr.h - lag-1 autocorrelation of log returns. Pure.
 *
 * The moment estimator on the last n log returns with their own mean m removed
 * (Box, Jenkins and Reinsel 1994, section 2.1.5; RS 2.4):
 *
 *   rho = sum of t=2..n (r_t - m)(r_{t-1} - m) / sum of t=1..n (r_t - m)^2
 *
 * It is acf(adjusted=False)[1] of statsmodels and acf() of R. Chosen over the
 * correlation of pairs because |rho| <= 1 always and its variance is smallest.
 * Under white noise its mean is -1/n and its standard error 1/sqrt(n); with
 * n = 100 it cannot tell an OU process of the speed that matters from a random
 * walk (power .07 to .25): a detector of bid-ask bounce, to be weighted little.
 *
 * Dimensionless, -1 to 1. First value at index n (n + 1 closes). Flat when the
 * sum of squares is <= 1e-24: returns are relative already, so this is too.
 */
#ifndef METRICS_AUTOCORR_H
#define METRICS_AUTOCORR_H

#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ring.h"

struct autocorr {
    int32_t n;
    double prev_close;            /* NO_VALUE before the first bar */
    double prev_return;           /* NO_VALUE before the first return */
    struct anchored_sums returns; /* n returns */
    struct anchored_sums pairs;   /* n - 1 pairs (r_t, r_{t-1}) */
};

/* 3 <= n <= RING_MAX returns. */
void autocorr_init(struct autocorr *a, int32_t n);

void autocorr_push(struct autocorr *a, const struct bar *b, enum timeframe tf);

/* rho as above. */
struct value autocorr_rho(const struct autocorr *a);

/* rho + 1/n, whose mean under white noise is zero. May pass 1 by 1/n. */
struct value autocorr_unbiased(const struct autocorr *a);

/* 1/sqrt(n): the standard error of either under white noise. */
double autocorr_standard_error(const struct autocorr *a);

#endif
