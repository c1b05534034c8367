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

/* A grid for the script to break: at SIM_WALK_BREAK_MINUTE since the first bar
 * the path, not the noise about it, falls through the lower bound. The stop
 * lies nearer than anybody would lay it, so that nobody has to wait long for
 * it. */
#define SIM_WALK_LOWER        56400
#define SIM_WALK_UPPER        63600
#define SIM_WALK_STOP         56250
#define SIM_WALK_BREAK_MINUTE ((40 * 24 + 15) * 60 + 20)

#define SIM_LIVE_BARS   12480 /* 130 days, 89 of them after the break */
#define SIM_BAR_MINUTES 15

/* "7" or "7:quiet". False, and `out` untouched, for anything else. */
bool sim_walk_parse(const char *text, struct sim_walk *out);

/* Every bar is sound (bar_check), its open is the close before it, prices are
 * multiples of 0.1, volume has eight decimals. */
void sim_walk_bars(const struct sim_walk *w, struct bar out[SIM_WALK_BARS]);

/* The same walk at another time, to be watched as it happens: minute for minute
 * the prices of its seed, moved so that the break comes in the minute of
 * `break_ms`, and quiet after the script's end. Bars begin at full quarters of
 * an hour, so they are the plain walk's only when it was moved by such; up to
 * 14 minutes before the first of them are dropped. `minutes` gets the last
 * price of each minute of each bar. */
void sim_walk_live(const struct sim_walk *w, int64_t break_ms,
                   struct bar out[SIM_LIVE_BARS],
                   double minutes[SIM_LIVE_BARS * SIM_BAR_MINUTES]);

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
