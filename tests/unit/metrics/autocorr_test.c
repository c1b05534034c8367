#include "metrics/autocorr.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS  40000
#define EVERY 13 /* bars: no divisor of a window */
static struct bar bars[BARS];
static struct autocorr a;

static void read_all(const void *state, struct value *out)
{
    out[0] = autocorr_rho(state);
    out[1] = autocorr_unbiased(state);
}

static void init(void *state)
{
    autocorr_init(state, 100);
}

static void push(void *state, const struct bar *b, enum timeframe tf)
{
    autocorr_push(state, b, tf);
}

static const struct metric_law law = {
    .family = { "autocorr", sizeof(struct autocorr), init, push },
    .readings = 2,
    .read = read_all,
    .scale_free = 2,
};

/* statsmodels on metric_made_lcg(7): tests/golden/window_statistics.md. */
static void agrees_with_statsmodels(void)
{
    static const struct {
        int at;
        double rho;
    } goldens[] = {
        { 100, -0.08831735817271405 },  { 101, -0.089101131321208102 },
        { 150, -0.010198802533105554 }, { 199, 0.045490367281671301 },
        { 200, 0.043854445647709003 },  { 250, 0.014642132601001615 },
        { 333, -0.013861755111706345 }, { 1000, 0.12195766854900002 },
        { 2499, -0.1544084493992906 },
    };
    size_t next = 0;
    double sum = 0.0;
    metric_made_lcg(7, bars, 2500, TF_1H);
    autocorr_init(&a, 100);
    for (int i = 0; i < 2500; i++) {
        autocorr_push(&a, &bars[i], TF_1H);
        struct value rho = autocorr_rho(&a);
        if (i >= 100)
            sum += rho.v;
        if (i != goldens[next].at)
            continue;
        ASSERT_NEAR(rho.v, goldens[next].rho, 1e-10);
        ASSERT_NEAR(autocorr_unbiased(&a).v, goldens[next].rho + 0.01, 1e-10);
        ASSERT_INT(rho.n_used, 101);
        next += next + 1 < ARRAY_LEN(goldens);
    }
    ASSERT_NEAR(sum, -30.742062526211125, 1e-10);
}

/* The formula of the header in two passes, over the closes that end at i. */
static double two_passes(int i, int n)
{
    double r[RING_MAX], mean = 0.0, up = 0.0, down = 0.0;
    for (int k = 0; k < n; k++) {
        r[k] = log(bars[i - n + 1 + k].close / bars[i - n + k].close);
        mean += r[k] / n;
    }
    for (int k = 0; k < n; k++) {
        up += k ? (r[k] - mean) * (r[k - 1] - mean) : 0.0;
        down += (r[k] - mean) * (r[k] - mean);
    }
    return up / down;
}

static void agrees_with_two_passes_over_many_bars(void)
{
    static const int lengths[] = { 3, 17, 100, 256 };
    metric_made_walk(
        (struct metric_made_walk){
            .seed = 11, .price = 0.004, .sigma = 0.02, .steps = 1 },
        bars, BARS, TF_15M);
    for (size_t k = 0; k < ARRAY_LEN(lengths); k++) {
        double worst = 0.0;
        autocorr_init(&a, lengths[k]);
        for (int i = 0; i < BARS; i++) {
            autocorr_push(&a, &bars[i], TF_15M);
            struct value rho = autocorr_rho(&a);
            if (i % EVERY == 0 && value_usable(rho))
                worst = fmax(worst, fabs(rho.v - two_passes(i, lengths[k])));
        }
        ASSERT(worst <= 1e-11);
        ASSERT(worst > 0.0);
    }
}

/* Without its mean -1/n and beside its error 1/sqrt(n): 400 windows that do
 * not overlap, so the mean of rho + 1/n has a standard error of .005. */
static void white_noise_has_none(void)
{
    double sum = 0.0, squares = 0.0;
    int windows = 0;
    metric_made_walk(
        (struct metric_made_walk){
            .seed = 12, .price = 100.0, .sigma = 0.01, .steps = 1 },
        bars, BARS, TF_1H);
    autocorr_init(&a, 100);
    for (int i = 0; i < BARS; i++) {
        autocorr_push(&a, &bars[i], TF_1H);
        if (i == 0 || i % 100 != 0)
            continue;
        double rho = autocorr_unbiased(&a).v;
        sum += rho;
        squares += rho * rho;
        windows++;
    }
    ASSERT_INT(windows, 399);
    ASSERT(fabs(sum / windows) < 0.015);
    double sd = sqrt(squares / windows);
    ASSERT(fabs(sd - 0.0986) < 0.012);
    ASSERT(test_near(autocorr_standard_error(&a), 0.1, 1e-15));
}

/* Closes that alternate: every return is minus the one before. With n even
 * the mean is 0, so rho = -(n - 1)/n. */
static void a_bounce_is_almost_minus_one(void)
{
    metric_made_flat(100.0, bars, 200, TF_1H);
    autocorr_init(&a, 100);
    for (int i = 0; i < 200; i++) {
        bars[i].close = i % 2 ? 101.0 : 100.0;
        autocorr_push(&a, &bars[i], TF_1H);
    }
    ASSERT_NEAR(autocorr_rho(&a).v, -0.99, 1e-12);
    ASSERT_NEAR(autocorr_unbiased(&a).v, -0.98, 1e-12);
}

static void constant_growth_is_flat(void)
{
    metric_made_flat(100.0, bars, 300, TF_1H);
    autocorr_init(&a, 100);
    for (int i = 0; i < 300; i++) {
        bars[i].close = i < 150 ? 100.0 : 100.0 * exp(0.01 * (i - 150));
        autocorr_push(&a, &bars[i], TF_1H);
        enum value_status want = VALUE_FLAT;
        if (i < 100)
            want = VALUE_WARMUP;
        else if (i > 150 && i < 250)
            want = VALUE_REAL; /* the corner lies inside the window */
        ASSERT_INT(autocorr_rho(&a).status, want);
        ASSERT_INT(autocorr_unbiased(&a).status, want);
    }
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

void autocorr_test(void);
void autocorr_test(void)
{
    TEST_SUITE("metrics/autocorr");
    TEST(agrees_with_statsmodels);
    TEST(agrees_with_two_passes_over_many_bars);
    TEST(white_noise_has_none);
    TEST(a_bounce_is_almost_minus_one);
    TEST(constant_growth_is_flat);
    TEST(obeys_the_laws_of_a_metric);
}
