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

/* How a walk goes. */
struct walk_way {
    int64_t begin_ms; /* when its first 15m bar opens */
    double price;     /* at that moment, > 0 */
    double sigma;     /* of a 15m log return, > 0 */
    int steps;        /* of one bar, >= 1 */
};

/* `count` 15m bars, volume 1, each opening at the close before it. The same
 * seed always makes the same bars of a way. */
void walk_along(const struct walk_way *way, uint64_t seed, size_t count,
                struct bar *out);

#define WALK_SIGMA 0.004 /* 3.9 % a day */

/* The walk of `gridwatch backtest`: WALK_SIGMA in 60 steps from 100, from
 * Monday 2020-01-06 on. */
void walk_make(uint64_t seed, size_t count, struct bar *out);

#endif
