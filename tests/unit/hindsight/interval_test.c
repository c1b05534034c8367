#include "hindsight/interval.h"

#include <math.h>

#include "base/array.h"
#include "test.h"

/* Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3. */
static void wilson_as_published(void)
{
    static const struct {
        double yes, n, low, high;
    } rows[] = { { 81, 263, .2553, .3662 },
                 { 15, 148, .0624, .1605 },
                 { 0, 20, .0000, .1611 },
                 { 1, 29, .0061, .1718 } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bounds w = wilson_95(rows[i].yes / rows[i].n, rows[i].n);
        ASSERT(fabs(w.lo - rows[i].low) < 6e-5);
        ASSERT(fabs(w.hi - rows[i].high) < 6e-5);
    }
}

/* None of n, or all of them: the bound on that side is the share itself. */
static void wilson_ends_at_the_ends(void)
{
    for (double n = 1; n < 500; n++) {
        ASSERT(wilson_95(0, n).lo == 0.0 && wilson_95(0, n).hi > 0.0);
        ASSERT(wilson_95(1, n).hi == 1.0 && wilson_95(1, n).lo < 1.0);
    }
}

/* At .4 between the second and third of four: 2 + .2 (4 - 2). */
static void quantiles_by_hand(void)
{
    static const double x[] = { 1, 2, 4, 8 };
    ASSERT_NEAR(quantile_of(x, 4, .4), 2.4, 1e-12);
    ASSERT_NEAR(quantile_of(x, 4, 0), 1.0, 1e-12);
    ASSERT_NEAR(quantile_of(x, 4, 1), 8.0, 1e-12);
    ASSERT(isnan(quantile_of(x, 0, .5)));
}

/* 0 .. 200 in disorder: of 201 values 5 lie below the 2.5 % quantile. */
static void the_middle_leaves_out_both_ends(void)
{
    double x[201];
    for (int i = 0; i < 201; i++)
        x[i] = (i * 83) % 201;
    struct bounds b = middle_95(x, 201);
    ASSERT_NEAR(b.lo, 5.0, 1e-12);
    ASSERT_NEAR(b.hi, 195.0, 1e-12);
}

/* regime-science notes 5.2: 73, 84, 288 and 61 trials. */
static void sample_sizes_as_published(void)
{
    static const struct {
        double share, limit;
        int want;
    } rows[] = {
        { .95, .90, 73 }, { .98, .95, 84 }, { .75, .70, 288 }, { .80, .70, 61 }
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_INT(lround(trials_needed(rows[i].share, rows[i].limit, 1.0)),
                   rows[i].want);
    ASSERT_INT(lround(trials_needed(.95, .90, 14.0)), 1022);
    ASSERT(isnan(trials_needed(.9, .9, 1.0)));
}

/* All of n, or none: as many as Wilson's interval asks for. */
static void sample_sizes_at_the_ends(void)
{
    double all = trials_needed(1, .95, 1.0), none = trials_needed(0, .05, 1.0);
    ASSERT_NEAR(wilson_95(1, all).lo, .95, 1e-12);
    ASSERT_NEAR(wilson_95(0, none).hi, .05, 1e-12);
    ASSERT_NEAR(trials_needed(1, .95, 3.0), 3 * all, 1e-9);
}

void interval_test(void);
void interval_test(void)
{
    TEST_SUITE("hindsight/interval");
    TEST(wilson_as_published);
    TEST(wilson_ends_at_the_ends);
    TEST(quantiles_by_hand);
    TEST(the_middle_leaves_out_both_ends);
    TEST(sample_sizes_as_published);
    TEST(sample_sizes_at_the_ends);
}
