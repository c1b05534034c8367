/* metrics/variance_ratio.h - variance of q-bar returns against q times that of
 * one bar. Pure.
 *
 * Lo and MacKinlay (1988), overlapping and debiased as in Campbell, Lo and
 * MacKinlay (1997), section 2.4.3; RS 2.6. Over the last n log returns r of
 * the closes y = ln C, with mu their mean:
 *
 *   s1 = sum (r - mu)^2 / (n - 1)
 *   sq = sum of t=q..n (y_t - y_{t-q} - q mu)^2 / m,
 *        m = q (n - q + 1)(1 - q/n)
 *   VR = sq / s1
 *   z  = sqrt(n) (VR - 1) / sqrt(2 (2q - 1)(q - 1) / (3q))
 *
 * as VarianceRatio(overlap=True, debiased=True, robust=False, trend='c') of the
 * Python package arch. 1 is a random walk, below reverts, above trends.
 * Dimensionless, >= 0. The null with q = 8, n = 100 has mean 1.00, sd .296 and
 * a long right tail: the normal quantiles of z are wrong by a factor of 1.3.
 * First value at index n (n + 1 closes). Flat when the sum of squared returns
 * about their mean is <= 1e-24: they are relative already.
 */
#ifndef METRICS_VARIANCE_RATIO_H
#define METRICS_VARIANCE_RATIO_H

#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ring.h"

struct variance_ratio {
    int32_t n, q;
    struct ring closes;         /* the last q */
    struct anchored_sums one;   /* n returns of one bar */
    struct anchored_sums multi; /* n - q + 1 returns of q bars */
};

/* 2 <= q < n <= RING_MAX. */
void variance_ratio_init(struct variance_ratio *v, int32_t n, int32_t q);

void variance_ratio_push(struct variance_ratio *v, const struct bar *b,
                         enum timeframe tf);

struct value variance_ratio_value(const struct variance_ratio *v);

/* z of above: valid when returns have one variance, which they do not. */
struct value variance_ratio_z(const struct variance_ratio *v);

#endif
