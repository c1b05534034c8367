/* sim/walk.h - a scripted market made from a seed: 45 days of 15m bars.
 *
 * The price is drawn back towards a scripted path and shaken by seeded noise,
 * in steps of one minute. Forty days are quiet around 60000; then the price
 * slides while its volatility rises, breaks down, lingers below, and recovers.
 * Times, path and volatility are the script's and the same for every seed; the
 * seed only moves the noise. The same seed gives the same bits on every
 * machine. A quiet walk goes on as it began: for its first 39 days it is bar
 * for bar the walk of the same seed.
 */
#ifndef SIM_WALK_H
#define SIM_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "market/bar.h"

#define SIM_WALK_BARS     4320                   /* 45 days */
#define SIM_WALK_START_MS INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

struct sim_walk {
    uint64_t seed;
    bool quiet; /* no script: quiet to the end */
};

/* "7" or "7:quiet". False, and `out` untouched, for anything else. */
bool sim_walk_parse(const char *text, struct sim_walk *out);

/* Every bar is sound (bar_check), its open is the close before it, prices are
 * multiples of 0.1, volume has eight decimals. */
void sim_walk_bars(const struct sim_walk *w, struct bar out[SIM_WALK_BARS]);

/* What the script intends, in order. */
struct sim_milestone {
    int64_t at_ms;
    double price;        /* of the path, without noise */
    const char *meaning; /* static */
};

/* The i-th milestone; false when there are not that many. */
bool sim_walk_milestone(const struct sim_walk *w, size_t i,
                        struct sim_milestone *out);

#endif
