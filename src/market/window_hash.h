/* market/window_hash.h - did the exchange change the past? Pure.
 *
 * One number stands for every bar that a slot could read, volume included: a
 * digit that is another one later shows without a comparison of the bars. Not
 * for secrets: nobody is meant to find bars for a given hash, but somebody who
 * wants to can.
 */
#ifndef MARKET_WINDOW_HASH_H
#define MARKET_WINDOW_HASH_H

#include "market/series.h"

/* The steps of FNV-1a, 64 bit (base/hash.h), over the bars in order, a word of
 * 64 bits at a time. Each bar is six of them: open_ms as two's complement, then
 * open, high, low, close and volume as IEEE 754 doubles. Flags are left out:
 * they follow from the bars. Without a bar it is HASH64_START. */
uint64_t window_hash(const struct window *w);

/* The same over the oldest `count` bars only, all of them if there are fewer:
 * what the hash was before the newer ones came. */
uint64_t window_hash_first(const struct window *w, size_t count);

#endif
