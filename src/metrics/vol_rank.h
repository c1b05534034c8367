/* metrics/vol_rank.h - three EWMA volatilities of 15m bars, and whether the
 * fast one is low, normal or high for its time. Pure.
 *
 * RS 2.11, by metrics/ewma_vol.h (a fraction per bar):
 *
 *   fast   a = .1 (half-life 6.58 bars)   from 100 returns on (index 100), when
 *          the first return weighs .9^100 = 3e-5
 *   haz    half-life 96 bars, 24 h        from 96 returns on (index 96)
 *   slow   half-life 480 bars, 120 h      from 480 returns on (index 480)
 *
 * The rank is the share of the last 900 values of fast, the newest included,
 * that are at or below the newest: above 0, at most 1, uniform when volatility
 * has no memory. It needs 300 values (index 399). 900 and not more, because
 * the canonical window (SPEC 4) has room for 924 in the worst case: with any
 * longer memory, the same slot would have two ranks.
 *
 * The tertile is low up to 1/3, normal up to 2/3, else high. To leave it, the
 * rank must be .05 beyond the border that lies in its way.
 *
 * Flat (300 bars and more without a move): fast has no value, the rank is flat,
 * and nothing enters the window; the tertile stays.
 */
#ifndef METRICS_VOL_RANK_H
#define METRICS_VOL_RANK_H

#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ewma_vol.h"

#define VOL_RANK_WINDOW 900
#define VOL_RANK_LEAST  300

enum vol_tertile {
    VOL_TERTILE_NONE, /* no rank yet */
    VOL_TERTILE_LOW,
    VOL_TERTILE_NORMAL,
    VOL_TERTILE_HIGH
};

struct vol_rank {
    struct ewma_vol fast, haz, slow;
    enum vol_tertile tertile;
    int32_t count;                   /* values held */
    int32_t oldest;                  /* once full: where the oldest stands */
    double arrived[VOL_RANK_WINDOW]; /* as they came, in a circle */
    double sorted[VOL_RANK_WINDOW];  /* the same, ascending */
};

void vol_rank_init(struct vol_rank *v);

void vol_rank_push(struct vol_rank *v, const struct bar *b);

struct value vol_rank_fast(const struct vol_rank *v);
struct value vol_rank_haz(const struct vol_rank *v);
struct value vol_rank_slow(const struct vol_rank *v);

/* n_used is the number of values ranked. */
struct value vol_rank_share(const struct vol_rank *v);

/* The last one that was decided. */
enum vol_tertile vol_rank_tertile(const struct vol_rank *v);
const char *vol_tertile_name(enum vol_tertile t); /* none, low, normal, high */

#endif
