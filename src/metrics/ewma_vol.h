/* metrics/ewma_vol.h - exponentially weighted volatility. Pure.
 *
 * Zero-mean EWMA of squared log returns, sigma2 <- (1-a) sigma2 + a r^2, with
 * a = 1 - 2^(-1/half-life), divided by 1 - (1-a)^t after t returns so that the
 * start is not biased towards zero (RiskMetrics 1996, ch. 5; the correction is
 * that of Kingma and Ba 2015, section 3). Per bar, as a fraction: .01 is 1 %.
 */
#ifndef METRICS_EWMA_VOL_H
#define METRICS_EWMA_VOL_H

#include <stdint.h>

#include "base/value.h"

struct ewma_vol {
    double alpha;      /* weight of the newest squared return, 0 < a < 1 */
    double sum;        /* sigma2 before the correction */
    double left;       /* (1-a)^t: the weight not yet given away */
    double prev_close; /* NO_VALUE before the first close */
    int32_t returns;   /* t */
    int32_t warmup;    /* returns needed before the value is real */
};

/* `half_life` in bars, > 0. */
void ewma_vol_init(struct ewma_vol *e, double half_life, int32_t warmup);

/* Feeds one close (> 0). */
void ewma_vol_push(struct ewma_vol *e, double close);

/* warmup before enough returns, flat when every return was zero. */
struct value ewma_vol_value(const struct ewma_vol *e);

#endif
