/* metrics/bank.h - every family of one timeframe, fed together. Pure.
 *
 * Plain data: a copy is a snapshot. Rows of the table (metrics/metric.h) read
 * from it; nothing else knows which families there are.
 */
#ifndef METRICS_BANK_H
#define METRICS_BANK_H

#include "metrics/autocorr.h"
#include "metrics/bollinger.h"
#include "metrics/efficiency.h"
#include "metrics/expansion.h"
#include "metrics/half_life.h"
#include "metrics/slope.h"
#include "metrics/variance_ratio.h"
#include "metrics/vol_rank.h"
#include "metrics/wilder.h"

struct bank {
    enum timeframe tf;
    struct wilder raw, log; /* of prices, and of their logarithms */
    struct efficiency er10, er24;
    struct slope slope;
    struct bollinger bollinger;
    struct autocorr rho;
    struct half_life hl100, hl200;
    struct variance_ratio vr;
    struct expansion ver;
    struct vol_rank vols; /* fed on 15m only */
};

void bank_init(struct bank *bank, enum timeframe tf);

/* Feeds one closed bar, in order. `season` is the factor of its hour; where it
 * is not usable only the deseasonalised expansion goes without. */
void bank_push(struct bank *bank, const struct bar *b, struct value season);

#endif
