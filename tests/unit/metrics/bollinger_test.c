#include "metrics/bollinger.h"

#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metric_made_law.h"
#include "test.h"

#define BARS 100000
static struct bar bars[BARS];
static struct bollinger b;

static void push(double close, int number)
{
    struct bar bar = { .close = close,
                       .open_ms = number * timeframe_ms(TF_1H) };
    bollinger_push(&b, &bar, TF_1H);
}

/* Ten closes of 99, ten of 101: mean 100, sd 1, the last one sd above. */
static void twenty_closes_worked_by_hand(void)
{
    bollinger_init(&b);
    for (int i = 0; i < 20; i++) {
        ASSERT_INT(bollinger_width(&b).status, VALUE_WARMUP);
        ASSERT_INT(bollinger_z(&b).status, VALUE_WARMUP);
        push(i % 2 ? 101.0 : 99.0, 33 + i);
    }
    ASSERT_NEAR(bollinger_sma(&b).v, 100.0, 1e-15);
    ASSERT_NEAR(bollinger_sd(&b).v, 1.0, 1e-15);
    ASSERT_NEAR(bollinger_width(&b).v, 0.04, 1e-15);
    ASSERT_NEAR(bollinger_z(&b).v, 1.0, 1e-14);
    ASSERT_INT(bollinger_pct(&b).status, VALUE_WARMUP);
    ASSERT_INT(bollinger_z(&b).n_used, 20);
}

/* 50 digits, on the 3,000 bars of metric_made_lcg(1): exact_oracle.py.
 * TA-Lib's BBANDS and STDDEV have the same definition and fewer digits: its
 * sd is off by up to 7e-10 of itself on these bars. */
struct golden {
    int at;
    double sma, sd, width, z, pct;
};
// clang-format off
static const struct golden goldens[] = {
    { 18, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE },
    { 19, 197.697, 1.7155963977579342073, 0.034711632402270832786, -0.13814437959285108545, NO_VALUE },
    { 20, 197.505, 1.5926754220493264082, 0.032255900803510319399, -0.48032385595280903971, NO_VALUE },
    { 217, 220.212, 3.2953263874766638964, 0.059857344513044954795, -1.6210837324950197450, NO_VALUE },
    { 218, 219.6265, 3.2567672237972427740, 0.059314649621921631024, -1.6416586242127012233, 0.82 },
    { 284, 219.5, 1.4498137811457028635, 0.026420296695138093185, -2.1864877001616957875, 0.205 },
    { 500, 206.518, 4.2428311302713899080, 0.082178427648367501293, -0.52983489820303268957, 0.975 },
    { 1234, 219.387, 1.2350429142341572902, 0.022518069242647144820, -1.8274668628818879338, 0.285 },
    { 2000, 212.59, 0.83786633778902945016, 0.015764924743196377067, -1.8618721502961253842, 0.015 },
    { 2999, 266.5835, 1.6131747425496098437, 0.024205170125677093199, 2.4774129513604729220, 0.5 },
};
// clang-format on

static void check_golden(const struct golden *g)
{
    ASSERT_NEAR(bollinger_sma(&b).v, g->sma, 1e-14);
    ASSERT_NEAR(bollinger_sd(&b).v, g->sd, 1e-11);
    ASSERT_NEAR(bollinger_width(&b).v, g->width, 1e-11);
    ASSERT_NEAR(bollinger_z(&b).v, g->z, 1e-10);
    ASSERT_NEAR(bollinger_pct(&b).v, g->pct, 0.0);
}

static void agrees_with_fifty_digits(void)
{
    size_t at = 0;
    int squeezes = 0, releases = 0;
    metric_made_lcg(1, bars, 3000, TF_1H);
    bollinger_init(&b);
    for (int i = 0; i < 3000; i++) {
        bollinger_push(&b, &bars[i], TF_1H);
        squeezes += bollinger_squeeze(&b) == ANSWER_YES;
        releases += bollinger_release(&b) == ANSWER_YES;
        if (at < ARRAY_LEN(goldens) && goldens[at].at == i)
            check_golden(&goldens[at++]);
    }
    ASSERT_INT(at, ARRAY_LEN(goldens));
    ASSERT_INT(squeezes, 296); /* of 2,782 */
    ASSERT_INT(releases, 164);
}

static double widths[BARS];

static double naive_width(int t)
{
    double mean = 0.0, ss = 0.0;
    for (int i = t - 19; i <= t; i++)
        mean += bars[i].close / 20;
    for (int i = t - 19; i <= t; i++)
        ss += (bars[i].close - mean) * (bars[i].close - mean);
    return 4.0 * sqrt(ss / 20) / mean;
}

static double naive_pct(int t)
{
    int below = 0;
    for (int i = t - 199; i < t; i++)
        below += widths[i] < widths[t];
    return (below + 1) / 200.0;
}

static void make_walk(uint64_t seed)
{
    metric_made_walk(
        (struct metric_made_walk){
            .seed = seed, .price = 2e-5, .sigma = 0.01, .steps = 1 },
        bars, BARS, TF_15M);
}

/* Widths that are equal to nine decimals share a rank: half a place each. */
static void agrees_with_two_passes_for_long(void)
{
    double most = 0.0;
    int off = 0;
    make_walk(51);
    bollinger_init(&b);
    for (int i = 0; i < BARS; i++) {
        bollinger_push(&b, &bars[i], TF_15M);
        if (i < 19)
            continue;
        widths[i] = naive_width(i);
        most = fmax(most, fabs(bollinger_width(&b).v / widths[i] - 1.0));
        if (i < 218)
            continue;
        double diff = fabs(bollinger_pct(&b).v - naive_pct(i));
        ASSERT(diff < 0.0051);
        off += diff > 1e-12;
    }
    ASSERT(most < 1e-12);
    ASSERT(off < 10);
}

static void ranks_of_equal_widths_are_the_middle(void)
{
    bollinger_init(&b);
    for (int i = 0; i < 400; i++) {
        push(5.0, i);
        if (i < 218)
            ASSERT_INT(bollinger_pct(&b).status, VALUE_WARMUP);
        else
            ASSERT_NEAR(bollinger_pct(&b).v, 100.5 / 200, 1e-15);
    }
    ASSERT_INT(bollinger_squeeze(&b), ANSWER_NO);
    ASSERT_INT(bollinger_release(&b), ANSWER_NO);
}

/* At one tick the widths repeat, whatever the last bits of the sums are. */
static void repeated_widths_are_equal(void)
{
    bollinger_init(&b);
    for (int i = 0; i < 400; i++) {
        push(i % 2 ? 0.1 : 0.3, i);
        if (i >= 218)
            ASSERT_NEAR(bollinger_pct(&b).v, 100.5 / 200, 1e-15);
    }
}

static void a_price_that_never_moved_has_no_width(void)
{
    bollinger_init(&b);
    push(90000.0, 0); /* leaves nothing behind */
    for (int i = 1; i < 60; i++)
        push(38111.7, i);
    ASSERT_INT(bollinger_width(&b).status, VALUE_REAL);
    ASSERT_NEAR(bollinger_width(&b).v, 0.0, 0.0);
    ASSERT_NEAR(bollinger_sd(&b).v, 0.0, 0.0);
    ASSERT_INT(bollinger_z(&b).status, VALUE_FLAT);
    ASSERT_NEAR(bollinger_sma(&b).v, 38111.7, 1e-15);
}

/* .01 in 1e13 is rounding, not movement. */
static void next_to_no_movement_is_none(void)
{
    bollinger_init(&b);
    for (int i = 0; i < 60; i++)
        push(i % 2 ? 1e13 : 1e13 + 0.01, i);
    ASSERT_NEAR(bollinger_width(&b).v, 0.0, 0.0);
    ASSERT_INT(bollinger_width(&b).status, VALUE_REAL);
    ASSERT_INT(bollinger_z(&b).status, VALUE_FLAT);
}

/* The close swings by `swing` %, up and down. */
static int swing(int from, int bars_of_it, double pct)
{
    for (int i = from; i < from + bars_of_it; i++)
        push(i % 2 ? 100.0 + pct : 100.0 - pct, i);
    return from + bars_of_it;
}

/* The swing shrinks: within 25 bars the width is among the lowest 20. Then it
 * grows, and the first wide bar already has a width above those before. */
static void a_squeeze_releases_when_the_bands_open(void)
{
    bollinger_init(&b);
    ASSERT_INT(bollinger_squeeze(&b), ANSWER_UNKNOWN);
    int at = swing(0, 218, 1.0);
    ASSERT_INT(bollinger_squeeze(&b), ANSWER_UNKNOWN);
    at = swing(at, 82, 1.0);
    ASSERT_INT(bollinger_squeeze(&b), ANSWER_NO);
    at = swing(at, 25, 0.1);
    ASSERT_INT(bollinger_squeeze(&b), ANSWER_YES);
    ASSERT_INT(bollinger_release(&b), ANSWER_NO);
    at = swing(at, 2, 5.0);
    ASSERT_INT(bollinger_release(&b), ANSWER_NO); /* rising for 2 bars */
    at = swing(at, 1, 5.0);
    ASSERT_INT(bollinger_squeeze(&b), ANSWER_NO);
    ASSERT_INT(bollinger_release(&b), ANSWER_YES);
    at = swing(at, 2, 5.0);
    ASSERT_INT(bollinger_release(&b), ANSWER_YES); /* squeeze 5 bars ago */
    swing(at, 1, 5.0);
    ASSERT_INT(bollinger_release(&b), ANSWER_NO); /* 6 bars ago */
}

/* Bands that open all the time, so that only the ranks are missing. */
static void a_release_is_unknown_until_six_ranks_are(void)
{
    bollinger_init(&b);
    ASSERT_INT(bollinger_release(&b), ANSWER_UNKNOWN);
    for (int i = 0; i < 240; i++) {
        swing(i, 1, 0.001 * i);
        ASSERT_INT(bollinger_release(&b), i < 223 ? ANSWER_UNKNOWN : ANSWER_NO);
    }
}

static void read_all(const void *state, struct value *out)
{
    const struct bollinger *from = state;
    out[0] = bollinger_width(from);
    out[1] = bollinger_z(from);
    out[2] = bollinger_pct(from);
    out[3] = bollinger_sma(from);
    out[4] = bollinger_sd(from);
}

static void init(void *state)
{
    bollinger_init(state);
}

static void push_bar(void *state, const struct bar *bar, enum timeframe tf)
{
    bollinger_push(state, bar, tf);
}

static const struct metric_law law = {
    .family = { "bollinger", sizeof(struct bollinger), init, push_bar },
    .readings = 5,
    .read = read_all,
    .scale_free = 3,
};

static void obeys_the_laws(void)
{
    metric_law_first(&law, (const int[]){ 19, 19, 218, 19, 19 });
    metric_law_prefix(&law);
    metric_law_snapshot(&law);
    metric_law_start(&law, 100, 218, 0.0);
    metric_law_scale(&law, 1e-11);
    metric_law_hostile(&law, 218);
}

/* RS 2.9. */
static void a_random_walk_looks_as_it_should(void)
{
    int beyond = 0, squeezed = 0, n = BARS - 218;
    make_walk(52);
    bollinger_init(&b);
    for (int i = 0; i < BARS; i++) {
        bollinger_push(&b, &bars[i], TF_15M);
        if (i < 218)
            continue;
        beyond += fabs(bollinger_z(&b).v) > 2.0;
        squeezed += bollinger_squeeze(&b) == ANSWER_YES;
    }
    ASSERT(fabs((double)beyond / n - 0.12) < 0.01);
    ASSERT(fabs((double)squeezed / n - 0.10) < 0.02);
}

void bollinger_test(void);
void bollinger_test(void)
{
    TEST_SUITE("metrics/bollinger");
    TEST(twenty_closes_worked_by_hand);
    TEST(agrees_with_fifty_digits);
    TEST(agrees_with_two_passes_for_long);
    TEST(ranks_of_equal_widths_are_the_middle);
    TEST(repeated_widths_are_equal);
    TEST(a_price_that_never_moved_has_no_width);
    TEST(next_to_no_movement_is_none);
    TEST(a_squeeze_releases_when_the_bands_open);
    TEST(a_release_is_unknown_until_six_ranks_are);
    TEST(obeys_the_laws);
    TEST(a_random_walk_looks_as_it_should);
}
