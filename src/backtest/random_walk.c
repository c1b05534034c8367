#include "backtest/random_walk.h"

#include <math.h>

#include "base/moment.h"
#include "base/prng.h"

#define BEGIN_MS INT64_C(1578268800000) /* 2020-01-06T00:00:00Z */
#define PRICE    100.0
#define VOLUME   1.0

void walk_make(uint64_t seed, size_t count, struct bar *out)
{
    double step = WALK_SIGMA / sqrt(WALK_STEPS), log_price = log(PRICE);
    struct prng prng;

    prng_init(&prng, seed);
    for (size_t i = 0; i < count; i++) {
        double price = exp(log_price);
        struct bar b = { .open_ms = BEGIN_MS + (int64_t)i * MS_PER_SLOT,
                         .open = price,
                         .high = price,
                         .low = price,
                         .close = price,
                         .volume = VOLUME };
        for (int k = 0; k < WALK_STEPS; k++) {
            log_price += step * prng_normal(&prng);
            b.close = exp(log_price);
            b.high = fmax(b.high, b.close);
            b.low = fmin(b.low, b.close);
        }
        out[i] = b;
    }
}
