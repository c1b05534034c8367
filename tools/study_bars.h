/* tools/study_bars.h - bars for the studies: recorded ones and made-up ones.
 *
 * What fills `out` replaces what was in it, but for study_bars_add(). `out`
 * owns its bars; `= { 0 }` is an empty one.
 */
#ifndef TOOLS_STUDY_BARS_H
#define TOOLS_STUDY_BARS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "market/bar.h"

struct bars {
    size_t count, room;
    struct bar *at; /* ascending, unique, sound; volume above 0 if recorded */
};

void study_bars_add(struct bars *out, const struct bar *b);
void study_bars_release(struct bars *b);

/* Leaves out each bar whose close is a jump (BAR_JUMP_LIMIT) that the next bar
 * denies; returns how many. */
size_t study_bars_drop_jumps(struct bars *b);

/* A compressed CSV file. As in the product, a row without volume is absent and
 * jumps are dropped; `*jumps` says how many. */
int study_bars_load(struct bars *out, const char *path, size_t *jumps,
                    struct error *err);

/* "ADAUSDT-BINANCE-1h" of ".../ADAUSDT-BINANCE-1h.csv.zst". */
#define STUDY_NAME 64
void study_bars_name(const char *path, char out[STUDY_NAME]);

/* The bars of `tf` that these bars of `from` make, volumes added up. One is
 * made of whatever there is of it; the last only if it is over. A bar that
 * does not follow the one before it is marked BAR_GAP. */
void study_bars_fold(struct bars *out, const struct bars *in,
                     enum timeframe from, enum timeframe tf);

/* backtest/random_walk.h with a constant volatility of .005 an hour, in
 * 60 steps an hour: 15m bars that begin on 2018-01-01. */
void study_bars_walk(struct bars *out, uint64_t seed, size_t hours);

/* The market of sim/regimes.h as 15m bars. `truth` gets the regime of every
 * hour (enum sim_regime); it may be NULL. */
void study_bars_regimes(struct bars *out, uint8_t *truth, uint64_t seed,
                        size_t hours);

/* The same bars, each turned upside down about the close before it with
 * probability 1/2: every size stays and comes when it came, but no return
 * knows the sign of another. */
void study_bars_scramble(struct bars *out, const struct bars *in,
                         uint64_t seed);

#endif
