#include "metrics/efficiency.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS 200000
static struct bar bars[BARS];
static struct efficiency e10, e24;

static void push(struct efficiency *e, double close, int number)
{
    struct bar b = { .close = close, .open_ms = number * timeframe_ms(TF_1H) };
    efficiency_push(e, &b, TF_1H);
}

static void four_closes_worked_by_hand(void)
{
    static const double closes[] = { 100, 101, 100, 102 };
    efficiency_init(&e10, 3);
    for (int i = 0; i < 4; i++) {
        ASSERT_INT(efficiency_ratio(&e10).status, VALUE_WARMUP);
        push(&e10, closes[i], 50 + i);
    }
    ASSERT_NEAR(efficiency_ratio(&e10).v, 0.5, 1e-15); /* 2 of 1 + 1 + 2 */
    ASSERT_INT(efficiency_ratio(&e10).n_used, 4);
    ASSERT_NEAR(efficiency_z(&e10).v, 0.5 * sqrt(6.0 / acos(-1.0)), 1e-15);
}

/* ER sqrt(2 n / pi), with 40 digits in another language. */
static void a_ratio_has_its_z(void)
{
    ASSERT_NEAR(efficiency_z_of(1.0, 10), 2.5231325220201599, 1e-15);
    ASSERT_NEAR(efficiency_z_of(1.0, 24), 3.9088200952233594, 1e-15);
    ASSERT_NEAR(efficiency_z_of(0.35, 24), 1.3680870333281756, 1e-15);
    ASSERT_NEAR(efficiency_z_of(0.0, 24), 0.0, 0);
    ASSERT(isnan(efficiency_z_of(NO_VALUE, 24)));
}

/* Fractions, on the 3,000 bars of metric_made_lcg(1): exact_oracle.py. */
struct golden {
    int at;
    double er10, er24;
};
// clang-format off
static const struct golden goldens[] = {
    { 9, NO_VALUE, NO_VALUE },
    { 10, 0.39186295503211991435, NO_VALUE },
    { 23, 0.33722060252672497570, NO_VALUE },
    { 24, 0.49393090569561157796, 0.022315789473684210526 },
    { 100, 0.10299003322259136213, 0.012726571538758195141 },
    { 500, 0.21951219512195121951, 0.44476151651039543416 },
    { 1234, 0.23834196891191709845, 0.0049545829892650701899 },
    { 2000, 0.17206982543640897756, 0.15544041450777202073 },
    { 2999, 0.31368421052631578947, 0.12127943136383829409 },
};
// clang-format on

static void agrees_with_fractions(void)
{
    size_t at = 0;
    metric_made_lcg(1, bars, 3000, TF_1H);
    efficiency_init(&e10, 10);
    efficiency_init(&e24, 24);
    for (int i = 0; i < 3000; i++) {
        efficiency_push(&e10, &bars[i], TF_1H);
        efficiency_push(&e24, &bars[i], TF_1H);
        if (at == ARRAY_LEN(goldens) || goldens[at].at != i)
            continue;
        ASSERT_NEAR(efficiency_ratio(&e10).v, goldens[at].er10, 1e-12);
        ASSERT_NEAR(efficiency_ratio(&e24).v, goldens[at++].er24, 1e-12);
    }
    ASSERT_INT(at, ARRAY_LEN(goldens));
}

static double naive(int t, int n)
{
    double way = 0.0;
    for (int i = t - n + 1; i <= t; i++)
        way += fabs(bars[i].close - bars[i - 1].close);
    return fabs(bars[t].close - bars[t - n].close) / way;
}

static void make_walk(uint64_t seed)
{
    metric_made_walk(
        (struct metric_made_walk){
            .seed = seed, .price = 0.3, .sigma = 0.003, .steps = 1 },
        bars, BARS, TF_15M);
}

static void agrees_with_plain_sums_for_long(void)
{
    double most = 0.0;
    make_walk(31);
    efficiency_init(&e24, 24);
    for (int i = 0; i < BARS; i++) {
        efficiency_push(&e24, &bars[i], TF_15M);
        if (i >= 24)
            most = fmax(most, fabs(efficiency_ratio(&e24).v - naive(i, 24)));
    }
    ASSERT(most < 1e-13);
}

static void a_straight_way_is_one_and_never_more(void)
{
    double close = 0.1;
    efficiency_init(&e10, 10);
    for (int i = 0; i < 500; i++) {
        push(&e10, close, i);
        close *= 1.0037;
        if (i < 10)
            continue;
        ASSERT_NEAR(efficiency_ratio(&e10).v, 1.0, 1e-14);
        ASSERT(efficiency_ratio(&e10).v <= 1.0);
    }
}

/* Up and down by the same step: the way back is complete. */
static void a_way_back_is_zero_and_real(void)
{
    efficiency_init(&e10, 10);
    for (int i = 0; i < 50; i++)
        push(&e10, i % 2 ? 101.0 : 100.0, i);
    ASSERT_INT(efficiency_ratio(&e10).status, VALUE_REAL);
    ASSERT_NEAR(efficiency_ratio(&e10).v, 0.0, 0.0);
}

static void a_price_that_never_moved_is_flat(void)
{
    efficiency_init(&e10, 10);
    for (int i = 0; i < 50; i++)
        push(&e10, 38111.7, i);
    ASSERT_INT(efficiency_ratio(&e10).status, VALUE_FLAT);
    ASSERT_INT(efficiency_z(&e10).status, VALUE_FLAT);
    ASSERT(isnan(efficiency_z(&e10).v));
    push(&e10, 38111.8, 50);
    ASSERT_NEAR(efficiency_ratio(&e10).v, 1.0, 0.0);
}

static void read_both(const void *state, struct value *out)
{
    out[0] = efficiency_ratio(state);
    out[1] = efficiency_z(state);
}

static void init_24(void *state)
{
    efficiency_init(state, 24);
}

static void push_24(void *state, const struct bar *b, enum timeframe tf)
{
    efficiency_push(state, b, tf);
}

static const struct metric_law law = {
    .family = { "efficiency", sizeof(struct efficiency), init_24, push_24 },
    .readings = 2,
    .read = read_both,
    .scale_free = 2,
};

static void obeys_the_laws(void)
{
    metric_law_first(&law, (const int[]){ 24, 24 });
    metric_law_prefix(&law);
    metric_law_snapshot(&law);
    metric_law_start(&law, 100, 24, 0.0);
    metric_law_scale(&law, 1e-12);
    metric_law_hostile(&law, 24);
}

/* RS 2.3; the closes of neighbours share bars, hence the wide limits. */
static void a_random_walk_looks_as_it_should(void)
{
    double sum10 = 0.0, sum24 = 0.0, sum_z = 0.0;
    int above = 0, n = BARS - 24;
    make_walk(32);
    efficiency_init(&e10, 10);
    efficiency_init(&e24, 24);
    for (int i = 0; i < BARS; i++) {
        efficiency_push(&e10, &bars[i], TF_15M);
        efficiency_push(&e24, &bars[i], TF_15M);
        if (i < 24)
            continue;
        sum10 += efficiency_ratio(&e10).v;
        sum24 += efficiency_ratio(&e24).v;
        sum_z += efficiency_z(&e24).v;
        above += efficiency_z(&e24).v > 1.645;
    }
    ASSERT_NEAR(sum10 / n, 0.319, 0.02);
    ASSERT(fabs(sum24 / n - 0.205) < 0.005);
    ASSERT_NEAR(sum_z / n, sqrt(2.0 / acos(-1.0)), 0.02);
    ASSERT(fabs((double)above / n - 0.10) < 0.01);
}

void efficiency_test(void);
void efficiency_test(void)
{
    TEST_SUITE("metrics/efficiency");
    TEST(four_closes_worked_by_hand);
    TEST(a_ratio_has_its_z);
    TEST(agrees_with_fractions);
    TEST(agrees_with_plain_sums_for_long);
    TEST(a_straight_way_is_one_and_never_more);
    TEST(a_way_back_is_zero_and_real);
    TEST(a_price_that_never_moved_is_flat);
    TEST(obeys_the_laws);
    TEST(a_random_walk_looks_as_it_should);
}
