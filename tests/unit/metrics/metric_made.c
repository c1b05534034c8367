#include "metric_made.h"

#include <math.h>

uint64_t metric_made_bits(struct metric_made_random *r)
{
    uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

double metric_made_uniform(struct metric_made_random *r)
{
    return ((double)(metric_made_bits(r) >> 12) + 0.5) * 0x1p-52;
}

/* Box and Muller 1958, one of the pair thrown away: no state to keep. */
double metric_made_normal(struct metric_made_random *r)
{
    double radius = sqrt(-2.0 * log(metric_made_uniform(r)));
    return radius * cos(2.0 * acos(-1.0) * metric_made_uniform(r));
}

void metric_made_number(int64_t first, struct bar *bars, size_t n,
                        enum timeframe tf)
{
    for (size_t i = 0; i < n; i++)
        bars[i].open_ms = (first + (int64_t)i) * timeframe_ms(tf);
}

static struct bar begun(double price)
{
    return (struct bar){ .open = price,
                         .high = price,
                         .low = price,
                         .close = price,
                         .volume = 1.0 };
}

static void trade(struct bar *b, double price)
{
    b->high = fmax(b->high, price);
    b->low = fmin(b->low, price);
    b->close = price;
}

void metric_made_walk(struct metric_made_walk how, struct bar *out, size_t n,
                      enum timeframe tf)
{
    struct metric_made_random r = { how.seed };
    double steps = how.steps, y = 0.0;
    double sd = how.sigma / sqrt(steps);
    for (size_t i = 0; i < n; i++) {
        out[i] = begun(how.price * exp(y));
        for (int k = 0; k < how.steps; k++) {
            y += how.drift / steps - how.reversion / steps * y;
            y += sd * metric_made_normal(&r);
            trade(&out[i], how.price * exp(y));
        }
    }
    metric_made_number(METRIC_MADE_FIRST, out, n, tf);
}

static int32_t draw(uint32_t *x, int32_t below)
{
    *x = *x * UINT32_C(1664525) + UINT32_C(1013904223);
    return (int32_t)(*x >> 16) % below;
}

void metric_made_lcg(uint32_t seed, struct bar *out, size_t n,
                     enum timeframe tf)
{
    uint32_t x = seed;
    int32_t close = 20000;
    for (size_t i = 0; i < n; i++) {
        int32_t open = close;
        int32_t move = draw(&x, 401) - 200;
        close += close + move < 10000 || close + move > 40000 ? -move : move;
        int32_t high = (open > close ? open : close) + draw(&x, 90);
        int32_t low = (open < close ? open : close) - draw(&x, 90);
        out[i] = (struct bar){ .open = open / 100.0,
                               .high = high / 100.0,
                               .low = low / 100.0,
                               .close = close / 100.0,
                               .volume = 1.0 };
    }
    metric_made_number(METRIC_MADE_FIRST, out, n, tf);
}

void metric_made_flat(double price, struct bar *out, size_t n,
                      enum timeframe tf)
{
    for (size_t i = 0; i < n; i++)
        out[i] = begun(price);
    metric_made_number(METRIC_MADE_FIRST, out, n, tf);
}

void metric_made_one_tick(uint64_t seed, double price, double tick,
                          struct bar *out, size_t n, enum timeframe tf)
{
    struct metric_made_random r = { seed };
    double last = price;
    for (size_t i = 0; i < n; i++) {
        out[i] = begun(last);
        last = metric_made_bits(&r) % 4 == 0 ? price + tick : price;
        trade(&out[i], last);
    }
    metric_made_number(METRIC_MADE_FIRST, out, n, tf);
}

void metric_made_scale(double factor, struct bar *bars, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bars[i].open *= factor;
        bars[i].high *= factor;
        bars[i].low *= factor;
        bars[i].close *= factor;
    }
}
