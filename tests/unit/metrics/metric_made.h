/* tests/unit/metrics/metric_made.h - bars made from a seed, for every test of
 * a metric. The same seed gives the same bars everywhere.
 *
 * Each maker writes `n` bars of timeframe `tf` whose numbers ascend by one
 * from METRIC_MADE_FIRST (which is no multiple of any window's length).
 */
#ifndef METRICS_METRIC_MADE_H
#define METRICS_METRIC_MADE_H

#include <stddef.h>
#include <stdint.h>

#include "market/bar.h"

#define METRIC_MADE_FIRST 483001

/* splitmix64 (Steele, Lea, Flood 2014). Any state is a good seed. */
struct metric_made_random {
    uint64_t state;
};
uint64_t metric_made_bits(struct metric_made_random *r);
double metric_made_uniform(struct metric_made_random *r); /* 0 < u < 1 */
double metric_made_normal(struct metric_made_random *r);  /* mean 0, sd 1 */

/* ln C is a Brownian motion seen at `steps` equal steps a bar, or, with
 * reversion > 0, an Ornstein-Uhlenbeck process about ln(price). */
struct metric_made_walk {
    uint64_t seed;
    double price;     /* before the first bar */
    double sigma;     /* sd of the log return of one bar */
    double drift;     /* mean log return of one bar */
    double reversion; /* share of the distance given back in one bar */
    int steps;        /* in one bar, >= 1 */
};
void metric_made_walk(struct metric_made_walk how, struct bar *out, size_t n,
                      enum timeframe tf);

/* The bars that tests/oracles/made_bars.js writes too. Whole numbers only:
 * x <- 1664525 x + 1013904223 mod 2^32 (Numerical Recipes, 2nd ed., p. 284),
 * its upper 16 bits are the next draw. In hundredths, from close = 20000:
 *   close += draw % 401 - 200, or its opposite beyond 10000 .. 40000
 *   high = max(open, close) + draw % 90, low = min(open, close) - draw % 90
 * and open is the previous close. */
void metric_made_lcg(uint32_t seed, struct bar *out, size_t n,
                     enum timeframe tf);

/* O = H = L = C = price. */
void metric_made_flat(double price, struct bar *out, size_t n,
                      enum timeframe tf);

/* Closes at `price` and, now and then, one `tick` above. */
void metric_made_one_tick(uint64_t seed, double price, double tick,
                          struct bar *out, size_t n, enum timeframe tf);

/* Multiplies every price. */
void metric_made_scale(double factor, struct bar *bars, size_t n);

/* Numbers the bars anew from bar number `first`. */
void metric_made_number(int64_t first, struct bar *bars, size_t n,
                        enum timeframe tf);

#endif
