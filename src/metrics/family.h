/* metrics/family.h - one streaming indicator: a state that is fed closed bars
 * one at a time. Pure.
 *
 * A family is the only place where its formulas exist. Batch is a loop over
 * push; a snapshot of the state is a copy of its bytes, and going on from the
 * copy gives the same bits. One family may carry several metrics (ADX, +DI and
 * -DI share their smoothing); metrics/table.c reads them.
 *
 * Bars come in order. A bar with BAR_FILLED is flat at the previous close and
 * counts like any other; one with BAR_GAP follows a stop that was closed up:
 * it is one more bar. Every price is finite and above zero: market/ saw to it.
 *
 * Windowed sums are kept about an anchor and recomputed from the ring buffer
 * whenever the absolute bar number is a multiple of the window's length, so
 * that live, replay and recomputation carry the same bits (SPEC 4).
 */
#ifndef METRICS_FAMILY_H
#define METRICS_FAMILY_H

#include <stddef.h>

#include "base/value.h"
#include "market/bar.h"

struct family {
    const char *name;
    size_t size;               /* of its state in bytes */
    void (*init)(void *state); /* a state that has seen nothing */
    /* `tf` names the absolute number of the bar. */
    void (*push)(void *state, const struct bar *b, enum timeframe tf);
};

#endif
