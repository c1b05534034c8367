/* tools/made_world.h - the world of a record that is made: candles from files,
 * a receiver in memory. Every figure in it is the simulator's own answer
 * (sim/candles.h, sim/pushover.h), without sockets and without JSON candles, so
 * that gridwatch-sim serving the same files says the same.
 */
#ifndef TOOLS_MADE_WORLD_H
#define TOOLS_MADE_WORLD_H

#include "run/feed.h"
#include "sim/sim.h"

struct made_series {
    struct bar *bars; /* owned; closed ones, oldest first */
    size_t count;
};

struct made_world {
    struct sim sim;                         /* owned */
    struct made_series (*series)[TF_COUNT]; /* owned; of each book */
    size_t messages;                        /* that the phone got */
};

/* `files` are texts like "BTC-USDT=btc.csv"; `= { 0 }` is an empty world, to be
 * released in any case. What the phone gets is appended to `received`, which
 * may be NULL. */
int made_world_load(struct made_world *w, const char *const *files,
                    size_t count, const char *received, struct error *err);
void made_world_release(struct made_world *w);

/* Borrows the world. */
struct feed made_world_feed(struct made_world *w, struct run_kept *kept);

/* The last price at a time; NO_VALUE before the first. */
double made_world_price(const struct made_world *w, const char *symbol,
                        int64_t at_ms);

#endif
