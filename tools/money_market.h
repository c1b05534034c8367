/* tools/money_market.h - a few weeks of a market for one grid.
 *
 * Bars whose prices are whole ticks, as an exchange's are: the simulator's
 * prices go in ticks, so that a low between two of them would be another price
 * for it than for a model. Each bar's path is the simulator's own.
 */
#ifndef TOOLS_MONEY_MARKET_H
#define TOOLS_MONEY_MARKET_H

#include "base/prng.h"
#include "sim/market.h"
#include "tools/study_bars.h"

struct money_market {
    struct sim_book book; /* its bars are owned */
    bool recorded;
    char from[STUDY_NAME]; /* "regimes 17", or a file's name */
};

/* 0 to n - 1. */
int64_t money_below(struct prng *p, int64_t n);
/* Between two numbers above 0, evenly in their logarithm. */
double money_between(struct prng *p, double low, double high);

/* Some `slots` bars out of recorded ones, from anywhere. Fewer when there are
 * not so many. */
void money_market_recorded(struct money_market *out, struct prng *p,
                           const struct bars *all, const char *name,
                           size_t slots);

/* Bars of the seeded walk or of the seeded regimes, their price brought down by
 * a power of ten, 0 to 5. */
void money_market_made(struct money_market *out, struct prng *p, size_t slots);

void money_market_release(struct money_market *m);

#endif
