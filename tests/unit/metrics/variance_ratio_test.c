#include "metrics/variance_ratio.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS  40000
#define EVERY 13 /* bars: no divisor of a window */
static struct bar bars[BARS];
static struct variance_ratio v;

static void read_all(const void *state, struct value *out)
{
    out[0] = variance_ratio_value(state);
    out[1] = variance_ratio_z(state);
}

static void init(void *state)
{
    variance_ratio_init(state, 100, 8);
}

static void push(void *state, const struct bar *b, enum timeframe tf)
{
    variance_ratio_push(state, b, tf);
}

static const struct metric_law law = {
    .family = { "variance_ratio", sizeof(struct variance_ratio), init, push },
    .readings = 2,
    .read = read_all,
    .scale_free = 2,
};

/* numpy on metric_made_lcg(7): tests/golden/window_statistics.md. */
static void agrees_with_the_formula_in_numpy(void)
{
    static const struct {
        int at;
        double vr, z;
    } goldens[] = {
        { 100, 0.6182951485975825, -1.2903979168530773 },
        { 101, 0.61375334695057049, -1.3057520087974981 },
        { 150, 0.79983776938666407, -0.67667184335524555 },
        { 199, 1.5170141736991847, 1.7478269146272567 },
        { 200, 1.4960515580170215, 1.6769603392911812 },
        { 250, 1.4280342760405236, 1.4470199582611554 },
        { 333, 1.0999483343595122, 0.33788704014788057 },
        { 1000, 1.1523870522512012, 0.51516226230255779 },
        { 2499, 0.76477993046811488, -0.79518897024964086 },
    };
    size_t next = 0;
    double sum = 0.0;
    metric_made_lcg(7, bars, 2500, TF_1H);
    variance_ratio_init(&v, 100, 8);
    for (int i = 0; i < 2500; i++) {
        variance_ratio_push(&v, &bars[i], TF_1H);
        struct value vr = variance_ratio_value(&v);
        if (i >= 100)
            sum += vr.v;
        if (i != goldens[next].at)
            continue;
        ASSERT_NEAR(vr.v, goldens[next].vr, 1e-10);
        ASSERT_NEAR(variance_ratio_z(&v).v, goldens[next].z, 1e-10);
        ASSERT_INT(vr.n_used, 101);
        next += next + 1 < ARRAY_LEN(goldens);
    }
    ASSERT_NEAR(sum, 2528.0654992676464, 1e-10);
}

/* The formula of the header in two passes, over the closes that end at i. */
static double two_passes(int i, int n, int q)
{
    double y[RING_MAX + 1] = { 0 }, one = 0.0, multi = 0.0;
    for (int k = 0; k <= n; k++)
        y[k] = log(bars[i - n + k].close / bars[i - n].close);
    double mu = y[n] / n;
    for (int k = 1; k <= n; k++)
        one += (y[k] - y[k - 1] - mu) * (y[k] - y[k - 1] - mu);
    for (int k = q; k <= n; k++)
        multi += (y[k] - y[k - q] - q * mu) * (y[k] - y[k - q] - q * mu);
    double m = q * (n - q + 1.0) * (1.0 - (double)q / n);
    return multi / m / (one / (n - 1));
}

static void agrees_with_two_passes_over_many_bars(void)
{
    static const struct {
        int n, q;
    } rows[] = { { 3, 2 }, { 50, 7 }, { 100, 8 }, { 256, 255 } };
    metric_made_walk((struct metric_made_walk){ .seed = 21,
                                                .price = 7e4,
                                                .sigma = 0.01,
                                                .drift = 0.0005,
                                                .steps = 1 },
                     bars, BARS, TF_4H);
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        double worst = 0.0;
        variance_ratio_init(&v, rows[k].n, rows[k].q);
        for (int i = 0; i < BARS; i++) {
            variance_ratio_push(&v, &bars[i], TF_4H);
            struct value vr = variance_ratio_value(&v);
            if (i % EVERY != 0 || !value_usable(vr))
                continue;
            double want = two_passes(i, rows[k].n, rows[k].q);
            worst = fmax(worst, fabs(vr.v - want) / fmax(want, 0.01));
        }
        ASSERT(worst <= 1e-10);
        ASSERT(worst > 0.0);
    }
}

/* RS 2.6: mean 1.00, sd .296, and a right tail. 400 windows that do not
 * overlap give the mean a standard error of .015, so many seeds. */
static void a_random_walk_is_one(void)
{
    double sum = 0.0, squares = 0.0;
    int windows = 0, high = 0;
    for (uint64_t seed = 0; seed < 12; seed++) {
        metric_made_walk(
            (struct metric_made_walk){
                .seed = 2200 + seed, .price = 1.0, .sigma = 0.01, .steps = 1 },
            bars, BARS, TF_1H);
        variance_ratio_init(&v, 100, 8);
        for (int i = 0; i < BARS; i++) {
            variance_ratio_push(&v, &bars[i], TF_1H);
            if (i == 0 || i % 100 != 0)
                continue;
            double x = variance_ratio_value(&v).v - 1.0;
            sum += x;
            squares += x * x;
            high += x > 0.4;
            windows++;
        }
    }
    double mean = sum / windows;
    ASSERT(fabs(mean) < 0.02);
    ASSERT(fabs(sqrt(squares / windows - mean * mean) - 0.296) < 0.02);
    ASSERT(high > windows * 0.07 && high < windows * 0.13);
}

static void reversion_is_below_one_and_a_trend_above(void)
{
    metric_made_walk((struct metric_made_walk){ .seed = 23,
                                                .price = 1.0,
                                                .sigma = 0.01,
                                                .reversion = 0.3,
                                                .steps = 1 },
                     bars, 500, TF_1H);
    variance_ratio_init(&v, 256, 8);
    for (int i = 0; i < 500; i++)
        variance_ratio_push(&v, &bars[i], TF_1H);
    ASSERT(variance_ratio_value(&v).v < 0.6);
    ASSERT(variance_ratio_z(&v).v < -2.0);
    for (int i = 0; i < 500; i++) /* legs of 25 bars, up and down */
        bars[i].close = 100.0 + (i / 25 % 2 ? 25 - i % 25 : i % 25);
    variance_ratio_init(&v, 256, 8);
    for (int i = 0; i < 500; i++)
        variance_ratio_push(&v, &bars[i], TF_1H);
    ASSERT(variance_ratio_value(&v).v > 3.0);
}

static void constant_growth_is_flat(void)
{
    metric_made_flat(100.0, bars, 120, TF_1H);
    variance_ratio_init(&v, 100, 8);
    for (int i = 0; i < 120; i++) {
        bars[i].close = 100.0 * exp(0.003 * i);
        variance_ratio_push(&v, &bars[i], TF_1H);
    }
    ASSERT_INT(variance_ratio_value(&v).status, VALUE_FLAT);
    ASSERT_INT(variance_ratio_z(&v).status, VALUE_FLAT);
}

static void obeys_the_laws_of_a_metric(void)
{
    static const int first[] = { 100, 100 };
    metric_law_first(&law, first);
    metric_law_prefix(&law);
    metric_law_snapshot(&law);
    metric_law_start(&law, 137, 200, 0.0);
    metric_law_scale(&law, 1e-9);
    metric_law_hostile(&law, 101);
}

void variance_ratio_test(void);
void variance_ratio_test(void)
{
    TEST_SUITE("metrics/variance_ratio");
    TEST(agrees_with_the_formula_in_numpy);
    TEST(agrees_with_two_passes_over_many_bars);
    TEST(a_random_walk_is_one);
    TEST(reversion_is_below_one_and_a_trend_above);
    TEST(constant_growth_is_flat);
    TEST(obeys_the_laws_of_a_metric);
}
