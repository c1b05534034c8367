/* regime/pool.h - both timeframes together, at every 1h close. Pure.
 *
 * The raw pooled p is odds.h's mix of the 1h odds at this close and the odds
 * of the newest 4h bar that has closed by then; a track of its own, counted in
 * 1h closes, smooths it and gives the pooled label.
 */
#ifndef REGIME_POOL_H
#define REGIME_POOL_H

#include "regime/track.h"

/* Plain old data: a copy is a snapshot. */
struct regime_pool {
    struct regime_odds raw; /* at the newest 1h close, before smoothing */
    struct regime_track track;
};

void regime_pool_init(struct regime_pool *pool);

/* Feeds one 1h close. */
void regime_pool_push(struct regime_pool *pool,
                      const struct regime_model *model,
                      const struct regime_odds *odds_1h,
                      const struct regime_odds *odds_4h);

/* The raw p at the newest close, or no value with its status. */
struct value regime_pool_raw(const struct regime_pool *pool,
                             enum regime_class class);

#endif
