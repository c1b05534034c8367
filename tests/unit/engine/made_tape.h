/* tests/unit/engine/made_tape.h - a made-up market in three timeframes, which a
 * test can change while it is being looked at.
 */
#ifndef ENGINE_MADE_TAPE_H
#define ENGINE_MADE_TAPE_H

#include <stddef.h>
#include <stdint.h>

#include "market/market.h"

#define TAPE_MAX 24000

/* Closed bars, past and future; a view shows those that closed. */
struct tape {
    size_t count[TF_COUNT];
    struct bar bars[TF_COUNT][TAPE_MAX];
};

/* A random walk of `quarters` 15m bars from bar number `first` (a multiple of
 * 16) on, and the hours and 4h bars that they make. */
void tape_make(struct tape *t, uint64_t seed, int64_t first, size_t quarters);

/* Borrows. */
void tape_series(const struct tape *t, struct series out[TF_COUNT]);

/* How many bars of `tf` closed by `ms`. */
size_t tape_closed(const struct tape *t, enum timeframe tf, int64_t ms);

/* Takes bar i out and returns it; puts a bar back where it belongs. */
struct bar tape_take_out(struct tape *t, enum timeframe tf, size_t i);
void tape_put(struct tape *t, enum timeframe tf, struct bar b);

/* Takes out every bar of `tf` that opens in [from, from + n bars). */
void tape_cut(struct tape *t, enum timeframe tf, int64_t from_ms, int n);

/* Bar i of 15m closes at `factor` times its close, for itself alone. */
void tape_spike(struct tape *t, size_t i, double factor);

/* The hour that bar i is in traded at its close. */
void tape_bear_witness(struct tape *t, size_t i);

/* From 15m bar i on, every price of every timeframe is multiplied; the hour and
 * the 4h bar that it is in reach from the old price to the new. */
void tape_leap(struct tape *t, size_t i, double factor);

#endif
