#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "base/moment.h"
#include "tools/bench.h"

#define SEED        UINT64_C(20260101)
#define FIRST_MS    INT64_C(1609459200000) /* 2021-01-01, a multiple of 4 h */
#define FIRST_PRICE 40000.0
#define STEPS       4      /* of one bar */
#define SIGMA       0.001  /* of one step */
#define PULL        0.0001 /* back to the first price, a step */

volatile double bench_sink;

static int64_t clock_ns(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t bench_cpu_ns(void)
{
    return clock_ns(CLOCK_PROCESS_CPUTIME_ID);
}

int64_t bench_wall_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *x, size_t n)
{
    qsort(x, n, sizeof(*x), compare);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2.0;
}

/* Steele, Lea and Flood's splitmix64 (2014). */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A sum of twelve uniforms is near a standard normal. */
static double normal(uint64_t *state)
{
    double sum = -6.0;
    for (int i = 0; i < 12; i++)
        sum += (double)(next_bits(state) >> 11) * 0x1p-53;
    return sum;
}

void bench_walk(struct bar *out, size_t n, enum timeframe tf)
{
    uint64_t state = SEED;
    double y = 0.0, price = FIRST_PRICE;

    for (size_t i = 0; i < n; i++) {
        struct bar *b = &out[i];
        *b = (struct bar){ .open = price, .high = price, .low = price };
        for (int k = 0; k < STEPS; k++) {
            y += SIGMA * normal(&state) - PULL * y;
            price = FIRST_PRICE * exp(y);
            b->high = fmax(b->high, price);
            b->low = fmin(b->low, price);
        }
        b->close = price;
        b->volume = 1.0;
    }
    bench_retime(out, n, tf);
}

void bench_retime(struct bar *bars, size_t n, enum timeframe tf)
{
    for (size_t i = 0; i < n; i++)
        bars[i].open_ms = FIRST_MS + (int64_t)i * timeframe_ms(tf);
}
