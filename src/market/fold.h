/* market/fold.h - recorded 15m bars made ready: without the ticks that were
 * none, and as bars of a longer timeframe. Pure.
 */
#ifndef MARKET_FOLD_H
#define MARKET_FOLD_H

#include <stddef.h>

#include "market/bar.h"

/* Leaves out each bar whose close is a jump (BAR_JUMP_LIMIT) that the next bar
 * denies; returns how many are kept. */
size_t bars_drop_jumps(struct bar *bars, size_t count);

/* The bars of `tf` that these bars of `from` make, volumes added up; returns
 * how many. One is made of whatever there is of it; the last only if it is
 * over. A bar that does not follow the one before it is marked BAR_GAP. `out`
 * has room for `count` and is another array. */
size_t bars_fold(const struct bar *in, size_t count, enum timeframe from,
                 enum timeframe tf, struct bar *out);

#endif
