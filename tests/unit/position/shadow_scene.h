/* tests/unit/position/shadow_scene.h - grids and bars for the shadow ledger. */
#ifndef POSITION_SHADOW_SCENE_H
#define POSITION_SHADOW_SCENE_H

#include "position/shadow.h"

#define SCENE_START_MS (INT64_C(1700000000) / 900 * 900 * 1000)

/* A spot grid, arithmetic, without a stop, started at SCENE_START_MS. */
struct grid scene_grid(double lower, double upper, int64_t levels,
                       double capital, double start_price);

/* The nth bar from the start, from 0; -1 ends at it. */
struct bar shadow_scene_bar(int n, double open, double high, double low,
                            double close);

/* Walks the nth bar and values the grid at its close. */
struct shadow_books scene_walk(struct shadow *s, const struct grid *g,
                               const struct shadow_terms *terms,
                               struct bar bar);

/* splitmix64 (Steele, Lea, Flood 2014). Any state is a good seed. */
uint64_t scene_random(uint64_t *state);
/* 0 to n - 1; the bias of a small n does not matter here. */
int64_t scene_below(uint64_t *state, int64_t n);
double scene_unit(uint64_t *state); /* 0 <= x < 1 */

#endif
