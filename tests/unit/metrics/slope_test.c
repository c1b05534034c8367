#include "metrics/slope.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "metrics/wilder.h"
#include "test.h"

#define BARS 50000
static struct bar bars[BARS];
static struct slope s;
static struct wilder atr;

static const struct value one_pct = { 0.01, VALUE_REAL, 100 };

static void push_log(double y, int number)
{
    struct bar b = { .close = exp(y), .open_ms = number * timeframe_ms(TF_4H) };
    slope_push(&s, &b, TF_4H);
}

/* y = 0 1 0 over t = 0 1 2 3 and so on: b = .2, R^2 = .2, by hand. */
static void four_bars_worked_by_hand(void)
{
    static const double y[] = { 0, 1, 0, 1 };
    slope_init(&s, 4);
    for (int i = 0; i < 4; i++) {
        ASSERT_INT(slope_b(&s).status, VALUE_WARMUP);
        ASSERT_INT(slope_r2(&s).status, VALUE_WARMUP);
        ASSERT_INT(slope_z(&s, one_pct).status, VALUE_WARMUP);
        push_log(y[i], 1000 + i);
    }
    ASSERT_NEAR(slope_b(&s).v, 0.2, 1e-15);
    ASSERT_NEAR(slope_r2(&s).v, 0.2, 1e-15);
    ASSERT_NEAR(slope_norm(&s, one_pct).v, 20.0, 1e-14);
    ASSERT_NEAR(slope_z(&s, one_pct).v, 20.0 * 2.0 / 0.72, 1e-14);
    ASSERT_INT(slope_b(&s).n_used, 4);
}

/* 50 digits, on the 3,000 bars of metric_made_lcg(1): exact_oracle.py.
 * TA-Lib's LINEARREG_SLOPE is within 1.1e-15 of b at every bar. */
struct golden {
    int at;
    double b, r2;
};
// clang-format off
static const struct golden goldens[] = {
    { 22, NO_VALUE, NO_VALUE },
    { 23, -0.00058770449114728932450, 0.24120790801380301009 },
    { 24, -0.00032230767893346255690, 0.075637131811375818163 },
    { 100, 0.0015006409224596951189, 0.66131770243366058774 },
    { 500, -0.0030800750797684789473, 0.87234862423576605413 },
    { 1234, -0.000068344281184706792893, 0.0073760758158379618401 },
    { 2000, -0.00021993978623015913215, 0.13393845330204681982 },
    { 2999, 0.00037866559452900198622, 0.21230058981012133216 },
};
// clang-format on

static void agrees_with_fifty_digits(void)
{
    size_t at = 0;
    metric_made_lcg(1, bars, 3000, TF_1H);
    slope_init(&s, 24);
    for (int i = 0; i < 3000; i++) {
        slope_push(&s, &bars[i], TF_1H);
        if (at == ARRAY_LEN(goldens) || goldens[at].at != i)
            continue;
        ASSERT_NEAR(slope_b(&s).v, goldens[at].b, 1e-11);
        ASSERT_NEAR(slope_r2(&s).v, goldens[at++].r2, 1e-11);
    }
    ASSERT_INT(at, ARRAY_LEN(goldens));
}

struct line {
    double b, r2;
};

/* Two passes; R^2 as 1 - SSE / SST. */
static struct line naive(int t, int n)
{
    double my = 0.0, sty = 0.0, stt = 0.0, sst = 0.0, sse = 0.0;
    const struct bar *from = bars + t + 1 - n;
    for (int i = 0; i < n; i++)
        my += log(from[i].close) / n;
    for (int i = 0; i < n; i++) {
        double dt = i - (n - 1) / 2.0, dy = log(from[i].close) - my;
        sty += dt * dy;
        stt += dt * dt;
        sst += dy * dy;
    }
    for (int i = 0; i < n; i++) {
        double fit = sty / stt * (i - (n - 1) / 2.0);
        double off = log(from[i].close) - my - fit;
        sse += off * off;
    }
    return (struct line){ sty / stt, 1.0 - sse / sst };
}

static void make_walk(uint64_t seed, int steps)
{
    metric_made_walk(
        (struct metric_made_walk){
            .seed = seed, .price = 3e4, .sigma = 0.003, .steps = steps },
        bars, BARS, TF_15M);
}

static void agrees_with_two_passes_for_long(void)
{
    double most_b = 0.0, most_r2 = 0.0;
    make_walk(41, 1);
    slope_init(&s, 24);
    for (int i = 0; i < BARS; i++) {
        slope_push(&s, &bars[i], TF_15M);
        if (i < 23)
            continue;
        struct line want = naive(i, 24);
        most_b = fmax(most_b, fabs(slope_b(&s).v - want.b));
        most_r2 = fmax(most_r2, fabs(slope_r2(&s).v - want.r2));
    }
    ASSERT(most_b < 1e-15); /* beside a b of 1e-3 */
    ASSERT(most_r2 < 1e-11);
}

static void steady_growth_is_its_own_slope(void)
{
    slope_init(&s, 24);
    for (int i = 0; i < 300; i++) {
        push_log(-3.0 + 0.002 * i, 77 + i);
        if (i < 23)
            continue;
        ASSERT_NEAR(slope_b(&s).v, 0.002, 1e-12);
        ASSERT_NEAR(slope_r2(&s).v, 1.0, 1e-12);
        ASSERT(slope_r2(&s).v <= 1.0);
    }
}

static void a_price_that_never_moved_is_flat(void)
{
    slope_init(&s, 24);
    for (int i = 0; i < 50; i++)
        push_log(3.7, i);
    ASSERT_INT(slope_b(&s).status, VALUE_FLAT);
    ASSERT_INT(slope_norm(&s, one_pct).status, VALUE_FLAT);
    ASSERT_INT(slope_z(&s, one_pct).status, VALUE_FLAT);
    ASSERT_INT(slope_r2(&s).status, VALUE_FLAT);
}

static void without_an_atr_the_slope_has_no_norm(void)
{
    slope_init(&s, 24);
    for (int i = 0; i < 50; i++)
        push_log(i % 3, i);
    struct value flat = value_none(VALUE_FLAT);
    ASSERT_INT(slope_norm(&s, flat).status, VALUE_FLAT);
    ASSERT_INT(slope_z(&s, value_none(VALUE_WARMUP)).status, VALUE_WARMUP);
    ASSERT(isnan(slope_z(&s, flat).v));
    ASSERT_INT(slope_b(&s).status, VALUE_REAL);
}

/* With an ATR that is always 1 %, norm_slope and z_slope have no prices. */
static void read_all(const void *state, struct value *out)
{
    out[0] = slope_b(state);
    out[1] = slope_norm(state, one_pct);
    out[2] = slope_z(state, one_pct);
    out[3] = slope_r2(state);
}

static void init_24(void *state)
{
    slope_init(state, 24);
}

static void push_24(void *state, const struct bar *b, enum timeframe tf)
{
    slope_push(state, b, tf);
}

static const struct metric_law law = {
    .family = { "slope", sizeof(struct slope), init_24, push_24 },
    .readings = 4,
    .read = read_all,
    .scale_free = 4,
};

static void obeys_the_laws(void)
{
    metric_law_first(&law, (const int[]){ 23, 23, 23, 23 });
    metric_law_prefix(&law);
    metric_law_snapshot(&law);
    metric_law_start(&law, 100, 23, 0.0);
    metric_law_scale(&law, 1e-10);
    metric_law_hostile(&law, 23);
}

/* RS 2.1, 2.8: bars of 60 steps have an ATR of 1.45 sigma, so the sd of z is
 * sqrt(1.2) / 1.45 / .72 = 1.05; R^2 .44 at any n, its 90 % point .84. */
static void a_random_walk_looks_as_it_should(void)
{
    double sum_z = 0.0, sum_zz = 0.0, sum_r2 = 0.0;
    int n = BARS - 100, steep = 0;
    make_walk(42, 60);
    slope_init(&s, 24);
    wilder_init(&atr, 14, PRICE_LOG);
    for (int i = 0; i < BARS; i++) {
        slope_push(&s, &bars[i], TF_15M);
        wilder_push(&atr, &bars[i]);
        if (i < 100)
            continue;
        double z = slope_z(&s, wilder_atr_frac(&atr)).v;
        sum_z += z;
        sum_zz += z * z;
        sum_r2 += slope_r2(&s).v;
        steep += slope_r2(&s).v > 0.84;
    }
    ASSERT(fabs(sum_z / n) < 0.06);
    ASSERT(fabs(sqrt(sum_zz / n) - 1.05) < 0.05);
    ASSERT(fabs(sum_r2 / n - 0.44) < 0.015);
    ASSERT(fabs((double)steep / n - 0.10) < 0.015);
}

void slope_test(void);
void slope_test(void)
{
    TEST_SUITE("metrics/slope");
    TEST(four_bars_worked_by_hand);
    TEST(agrees_with_fifty_digits);
    TEST(agrees_with_two_passes_for_long);
    TEST(steady_growth_is_its_own_slope);
    TEST(a_price_that_never_moved_is_flat);
    TEST(without_an_atr_the_slope_has_no_norm);
    TEST(obeys_the_laws);
    TEST(a_random_walk_looks_as_it_should);
}
