/* What the half-life is worth: on random walks it is an artefact of its window,
 * and only fast reversion can be told from that. Figures of RS 2.5.
 */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "metric_made.h"
#include "metrics/half_life.h"
#include "test.h"

#define BARS  40000
#define EVERY 13 /* bars: no divisor of a window */
static struct bar bars[BARS];
static struct half_life h;

/* The regression in two passes, over the closes that end at i. */
static double t_in_two_passes(int i, int n)
{
    double x[RING_MAX], d[RING_MAX], mx = 0, md = 0, xx = 0, xd = 0, rest = 0;
    for (int k = 0; k < n; k++) {
        x[k] = log(bars[i - n + k].close / bars[i - n].close);
        d[k] = log(bars[i - n + k + 1].close / bars[i - n + k].close);
        mx += x[k] / n;
        md += d[k] / n;
    }
    for (int k = 0; k < n; k++) {
        xx += (x[k] - mx) * (x[k] - mx);
        xd += (x[k] - mx) * (d[k] - md);
    }
    double b = xd / xx;
    for (int k = 0; k < n; k++) {
        double e = d[k] - md - b * (x[k] - mx);
        rest += e * e;
    }
    return b / sqrt(rest / (n - 2) / xx);
}

static void agrees_with_two_passes_over_many_bars(void)
{
    static const int lengths[] = { 10, 64, 100, 200, 256 };
    metric_made_walk(
        (struct metric_made_walk){
            .seed = 31, .price = 3e-6, .sigma = 0.01, .steps = 1 },
        bars, BARS, TF_15M);
    for (size_t k = 0; k < ARRAY_LEN(lengths); k++) {
        double worst = 0.0;
        half_life_init(&h, lengths[k]);
        for (int i = 0; i < BARS; i++) {
            half_life_push(&h, &bars[i], TF_15M);
            struct value t = half_life_t(&h);
            if (i % EVERY == 0 && value_usable(t))
                worst = fmax(worst, fabs(t.v - t_in_two_passes(i, lengths[k])));
        }
        ASSERT(worst <= 1e-10);
        ASSERT(worst > 0.0);
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Random walks of n + 1 bars, or OU processes with that half-life; fills t and
 * the half-lives, sorted. Returns the share that is identified. */
#define SAMPLES 5000
static double ts[SAMPLES], raws[SAMPLES], corrected[SAMPLES];

static double sort_key(struct half_life_time x)
{
    return x.kind == HALF_LIFE_INFINITE ? HUGE_VAL : x.bars;
}

static double sample(int n, double true_half_life, uint64_t seed)
{
    double phi = true_half_life > 0 ? exp2(-1.0 / true_half_life) : 1.0;
    int identified = 0;
    for (uint64_t k = 0; k < SAMPLES; k++) {
        /* Four half-lives and more to forget where it began. */
        size_t run_in = true_half_life > 0 ? 120 : 0;
        size_t count = run_in + (size_t)n + 1;
        metric_made_walk((struct metric_made_walk){ .seed = seed + 1000003 * k,
                                                    .price = 50.0,
                                                    .sigma = 0.01,
                                                    .reversion = 1.0 - phi,
                                                    .steps = 1 },
                         bars, count, TF_1H);
        half_life_init(&h, n);
        for (size_t i = run_in; i < count; i++)
            half_life_push(&h, &bars[i], TF_1H);
        ts[k] = half_life_t(&h).v;
        raws[k] = sort_key(half_life_raw(&h));
        corrected[k] = sort_key(half_life_corrected(&h));
        identified += value_usable(half_life_identified(&h));
    }
    qsort(ts, SAMPLES, sizeof(double), ascending);
    qsort(raws, SAMPLES, sizeof(double), ascending);
    qsort(corrected, SAMPLES, sizeof(double), ascending);
    return identified / (double)SAMPLES;
}

static double share_infinite(const double *sorted)
{
    int count = 0;
    for (int k = 0; k < SAMPLES; k++)
        count += isinf(sorted[k]);
    return count / (double)SAMPLES;
}

/* RS 2.5, null quantiles at n = 100; the limits are three standard errors of
 * a quantile of 5,000. */
static void a_random_walk_has_a_half_life_of_its_window(void)
{
    static const struct {
        double share, t, error;
    } quantiles[] = {
        { .01, -3.47, .17 }, { .05, -2.89, .08 }, { .10, -2.58, .065 },
        { .25, -2.08, .05 }, { .50, -1.55, .05 }, { .75, -0.99, .055 },
        { .90, -0.42, .08 }, { .95, -0.08, .09 },
    };
    sample(100, 0.0, 41);
    for (size_t k = 0; k < ARRAY_LEN(quantiles); k++) {
        double got = ts[(int)(quantiles[k].share * SAMPLES)];
        ASSERT(fabs(got - quantiles[k].t) < quantiles[k].error);
    }
    ASSERT(fabs(raws[SAMPLES / 2] / 100 - .16) < .02);
    ASSERT(fabs(share_infinite(raws) - .045) < .015);
    ASSERT(fabs(share_infinite(corrected) - .46) < .05);
    sample(200, 0.0, 42);
    ASSERT(fabs(raws[SAMPLES / 2] / 200 - .16) < .02);
}

/* RS 2.5, medians at n = 200. */
static void the_correction_finds_the_true_half_life(void)
{
    static const struct {
        double truth, raw, corrected, infinite;
    } rows[] = {
        { 6, 5.3, 6.2, 0.0 },
        { 12, 9.3, 12.8, .005 },
        { 24, 14.9, 26.5, .07 },
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        sample(200, rows[k].truth, 43 + k);
        ASSERT(fabs(raws[SAMPLES / 2] / rows[k].raw - 1.0) < .05);
        ASSERT(fabs(corrected[SAMPLES / 2] / rows[k].corrected - 1.0) < .06);
        ASSERT(fabs(share_infinite(corrected) - rows[k].infinite) < .03);
    }
}

/* Fast reversion is found, a walk is not taken for one. */
static void only_fast_reversion_is_identified(void)
{
    ASSERT(sample(200, 4.0, 51) > .95);
    ASSERT(sample(200, 0.0, 52) < .10);
}

void half_life_walk_test(void);
void half_life_walk_test(void)
{
    TEST_SUITE("metrics/half_life_walk");
    TEST(agrees_with_two_passes_over_many_bars);
    TEST(a_random_walk_has_a_half_life_of_its_window);
    TEST(the_correction_finds_the_true_half_life);
    TEST(only_fast_reversion_is_identified);
}
