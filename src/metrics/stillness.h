/* metrics/stillness.h - finds a metric that stands still while the price
 * moves: one that is hard-coded, or reads what nobody feeds. Pure.
 *
 * At every close of its timeframe a metric is compared with itself one close
 * before, bit by bit. Where it may be compared both times:
 *
 *   it differs                          it moved
 *   it is the same, the close is not    it stood still while the price moved
 *
 * All else says nothing. A metric is found when it stood still at
 * STILLNESS_CLOSES closes since it last moved, of the STILLNESS_SPAN closes
 * before now; nothing older plays a part. At an end of its sanity range (a rank
 * of 1, an efficiency ratio of 0) a sound metric may rest: there it has to
 * stand at all of them.
 *
 * 32, because no sound metric comes near: on 960,000 real bars of 15m, 620,000
 * of 1h and the 4h bars that they make, of ten coins from 2017 to 2024, ranks
 * stood longest (vol_rank for 15 closes, bbw_pct for 12, at its end for 19) and
 * nothing else for more than 5. Of runs one close longer there are half as
 * many. A market that repeats itself to the bit would be found too.
 */
#ifndef METRICS_STILLNESS_H
#define METRICS_STILLNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "metrics/metric.h"

#define STILLNESS_SPAN   64
#define STILLNESS_CLOSES 32

/* All zero is the start. A byte copy is a snapshot. */
struct stillness {
    uint64_t stood[METRIC_COUNT]; /* a bit for each close, the newest lowest */
    uint64_t moved[METRIC_COUNT];
    struct value last[METRIC_COUNT]; /* at the newest close, */
    double last_close[METRIC_COUNT]; /* which was this */
};

/* Begins anew for every metric of a timeframe. */
void stillness_begin(struct stillness *s, enum timeframe tf);

/* Feeds the metric as read at one close of its timeframe, in order. Of a long
 * run of closes only the last STILLNESS_SPAN + 1 need be fed. */
void stillness_push(struct stillness *s, enum metric_id id, struct value x,
                    double close);

bool stillness_found(const struct stillness *s, enum metric_id id);

#endif
