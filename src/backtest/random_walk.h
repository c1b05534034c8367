/* backtest/random_walk.h - a market in which nothing can be foreseen:
 * logarithms walk at random, without drift, with one volatility for ever. Pure.
 *
 * What a rule comes to there is what geometry alone gives it: the skill of pi
 * is mostly the distance to the edge (verification notes), so no TTDR and no
 * AUC is told without that of the walk beside it.
 */
#ifndef BACKTEST_RANDOM_WALK_H
#define BACKTEST_RANDOM_WALK_H

#include <stddef.h>
#include <stdint.h>

#include "market/bar.h"

#define WALK_SIGMA 0.004 /* of a 15m log return: 3.9 % a day */
#define WALK_STEPS 60    /* of one bar */

/* 15m bars from Monday 2020-01-06 on, each opening at the close before it. The
 * same seed always makes the same bars. */
void walk_make(uint64_t seed, size_t count, struct bar *out);

#endif
