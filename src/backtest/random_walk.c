#include "backtest/random_walk.h"

#include <math.h>

#include "base/moment.h"
#include "base/prng.h"

#define VOLUME 1.0

static const struct walk_way backtest_way = {
    .begin_ms = INT64_C(1578268800000), /* 2020-01-06T00:00:00Z */
    .price = 100.0,
    .sigma = WALK_SIGMA,
    .steps = 60,
};

void walk_along(const struct walk_way *way, uint64_t seed, size_t count,
                struct bar *out)
{
    double step = way->sigma / sqrt(way->steps), now = log(way->price);
    struct prng prng;

    prng_init(&prng, seed);
    for (size_t i = 0; i < count; i++) {
        double open = now, high = now, low = now;
        for (int k = 0; k < way->steps; k++) {
            now += step * prng_normal(&prng);
            high = fmax(high, now);
            low = fmin(low, now);
        }
        out[i] = (struct bar){
            .open_ms = way->begin_ms + (int64_t)i * MS_PER_SLOT,
            .open = exp(open),
            .high = exp(high),
            .low = exp(low),
            .close = exp(now),
            .volume = VOLUME,
        };
    }
}

void walk_make(uint64_t seed, size_t count, struct bar *out)
{
    walk_along(&backtest_way, seed, count, out);
}
