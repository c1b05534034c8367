/* metrics/expansion.h - volatility expansion ratio: the present range of a bar
 * against its usual one. Pure.
 *
 *   VER = ATR14 / mean of the last n ATR14, the newest included
 *
 * RS 2.12 with n = 100 for 15m and 1h, 50 for 4h; ATR is Wilder's (1978, III),
 * its first value the mean of TR 1 to 14. Two chains: raw, and deseasonalised,
 * where each TR is first divided by the factor of its hour (metrics/season.h).
 * Dimensionless, above 0, at most n.
 *
 * The null (volatility constant) has sd .063, P(> 1.10) = .062, P(> 1.25) =
 * .0003; real 1h bars are above 1.25 on .12 to .20 of the time.
 *
 * First value at index 13 + n (113 for n = 100). A start is forgotten slowly;
 * n_used is the number of bars seen, so that a gate can ask for 300. Flat when
 * the mean ATR is <= 1e-12 of the close.
 *
 * A bar whose season is not known has no deseasonalised TR; that chain then
 * begins anew, for it may not mix the two.
 */
#ifndef METRICS_EXPANSION_H
#define METRICS_EXPANSION_H

#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ring.h"

struct expansion_chain {
    int32_t bars;              /* seen, the first without a TR included */
    double atr;                /* until the first ATR: the sum of TR */
    struct anchored_sums atrs; /* the last n */
};

struct expansion {
    double prev_close;   /* NO_VALUE before the first bar */
    struct value season; /* of the newest bar */
    struct expansion_chain raw, even;
};

/* 1 <= n <= RING_MAX. */
void expansion_init(struct expansion *e, int32_t n);

/* `season` is season_factor() of the bar; a value that is not usable stops the
 * deseasonalised chain only. */
void expansion_push(struct expansion *e, const struct bar *b, enum timeframe tf,
                    struct value season);

struct value expansion_raw(const struct expansion *e);

/* Takes the status of the newest factor when that was not usable. */
struct value expansion_deseasonalised(const struct expansion *e);

/* The denominators, in the quote currency: what is frozen as a baseline when a
 * grid starts. */
struct value expansion_raw_mean(const struct expansion *e);
struct value expansion_deseasonalised_mean(const struct expansion *e);

#endif
