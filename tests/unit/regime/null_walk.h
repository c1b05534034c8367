/* tests/unit/regime/null_walk.h - a driftless random walk and its metrics, by
 * the plainest two-pass formulas: a witness that shares nothing with metrics/.
 * Bars of log price are seen through 60 steps each. */
#ifndef UNIT_NULL_WALK_H
#define UNIT_NULL_WALK_H

#include "regime/score.h"

#define NULL_WALK_BARS 260

struct null_walk {
    uint64_t state;
    double high[NULL_WALK_BARS], low[NULL_WALK_BARS], close[NULL_WALK_BARS];
};

void null_walk_init(struct null_walk *w, uint64_t seed);

/* The metrics at the last of 260 bars, the first 160 of which are the last of
 * the draw before. VER is 1. */
struct score_inputs null_walk_draw(struct null_walk *w);

#endif
