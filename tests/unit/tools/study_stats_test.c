/* Worked by hand, or taken from where it was published. */
#include "tools/study_stats.h"

#include <math.h>

#include "base/array.h"
#include "base/prng.h"
#include "base/value.h"
#include "test.h"

static struct forecast said(double p, bool event, int32_t block)
{
    return (
        struct forecast){ .p = p, .raw = p, .block = block, .event = event };
}

/* Events at .2, .6, .6, .9; others at .1, .2, .2, .6. Of 16 pairs, .9 wins
 * 4, each .6 wins 3 and ties 1, .2 wins 1 and ties 2: 4 + 3.5 + 3.5 + 2. */
static void auc_counts_pairs_and_halves_ties(void)
{
    struct forecast f[] = { said(.6, true, 0),  said(.1, false, 0),
                            said(.2, true, 0),  said(.9, true, 0),
                            said(.2, false, 0), said(.6, false, 0),
                            said(.6, true, 0),  said(.2, false, 0) };
    ASSERT_NEAR(stats_score(f, ARRAY_LEN(f)).auc, 13.0 / 16.0, 1e-15);
}

/* The base is 1/2, so the skill is 1 - 4 Brier. Each bin holds one forecast, so
 * REL is the Brier score itself, and RES and UNC are 1/4. */
static void brier_and_murphy_by_hand(void)
{
    struct forecast f[] = { said(.1, false, 0), said(.2, false, 0),
                            said(.4, true, 0), said(.6, true, 0) };
    struct score s = stats_score(f, ARRAY_LEN(f));
    ASSERT_NEAR(s.base, 0.5, 1e-15);
    ASSERT_NEAR(s.mean_p, 1.3 / 4, 1e-15);
    ASSERT_NEAR(s.brier, (.01 + .04 + .36 + .16) / 4, 1e-14);
    ASSERT_NEAR(s.skill, 1.0 - .57, 1e-14);
    ASSERT_NEAR(s.rel, s.brier, 1e-14);
    ASSERT_NEAR(s.res, 0.25, 1e-14);
    ASSERT_NEAR(s.unc, 0.25, 1e-14);
    ASSERT_NEAR(s.auc, 1.0, 1e-15);
}

/* Two forecasts of .25 in one bin, one of which happened, and two of .75, both
 * of which did: REL = (.25^2 + .25^2) / 2, RES = (.25^2 + .25^2) / 2 about a
 * base of .75, UNC = 3/16, and the Brier score is exactly their sum. */
static void murphy_adds_up_where_a_bin_has_one_p(void)
{
    struct forecast f[] = { said(.25, true, 0), said(.25, false, 0),
                            said(.75, true, 0), said(.75, true, 0) };
    struct score s = stats_score(f, ARRAY_LEN(f));
    ASSERT_NEAR(s.rel, 0.0625, 1e-14);
    ASSERT_NEAR(s.res, 0.0625, 1e-14);
    ASSERT_NEAR(s.unc, 0.1875, 1e-14);
    ASSERT_NEAR(s.brier, s.rel - s.res + s.unc, 1e-14);
}

static void what_always_happens_has_no_skill(void)
{
    struct forecast f[] = { said(.5, true, 0), said(.7, true, 0) };
    struct score s = stats_score(f, ARRAY_LEN(f));
    ASSERT(isnan(s.skill));
    ASSERT(isnan(s.auc));
    ASSERT_NEAR(s.base, 1.0, 1e-15);
    ASSERT(isnan(stats_score(f, 0).brier));
}

static void bins_are_tenths(void)
{
    struct bin bins[STATS_BINS] = { { 0, 0, 0 } };
    ASSERT_INT(bin_of(0.0), 0);
    ASSERT_INT(bin_of(0.1), 1);
    ASSERT_INT(bin_of(0.999), 9);
    ASSERT_INT(bin_of(1.0), 9);
    ASSERT(isnan(bins_error(bins)));
    bins_add(bins, .15, true);
    bins_add(bins, .15, false);
    bins_add(bins, .95, true);
    /* |.3 - 1| in the second, |.95 - 1| in the last, three in all. */
    ASSERT_NEAR(bins_error(bins), .75 / 3, 1e-14);
    ASSERT_NEAR(bins_worst(bins, 1), .35, 1e-14);
    ASSERT_NEAR(bins_worst(bins, 3), 0.0, 1e-14);
}

/* Ten blocks of five that are all or nothing tell as much as ten trials: the
 * variance of a ratio between blocks is p (1 - p) / 9. */
static void trials_that_agree_count_once(void)
{
    double counts[10], events[10];
    for (int i = 0; i < 10; i++) {
        counts[i] = 5;
        events[i] = i < 4 ? 5 : 0;
    }
    ASSERT_NEAR(stats_effective(counts, events, 10), 9.0, 1e-12);
    for (int i = 0; i < 10; i++)
        events[i] = 2;
    ASSERT_NEAR(stats_effective(counts, events, 10), 50.0, 1e-12);
    events[3] = counts[3] = 0;
    for (int i = 0; i < 10; i++)
        events[i] = 0;
    ASSERT_NEAR(stats_effective(counts, events, 10), 9.0, 1e-12);
}

/* 40,000 forecasts of .3 that are right, in 400 blocks. The standard error of
 * the frequency is sqrt(.21 / 40000) = .00229 when each stands alone, and ten
 * times that when the hundred of a block go together. */
static void the_bootstrap_draws_blocks(void)
{
    static struct forecast alone[40000], together[40000];
    struct prng prng;
    double error = 0.00229;
    bool happens = false;

    prng_init(&prng, 5);
    for (int32_t i = 0; i < 40000; i++) {
        alone[i] = said(.3, prng_uniform(&prng) < .3, i / 100);
        if (i % 100 == 0)
            happens = prng_uniform(&prng) < .3;
        together[i] = said(.3, happens, i / 100 + 7);
    }
    struct bootstrap a = stats_bootstrap(alone, 40000, 1);
    struct bootstrap b = stats_bootstrap(together, 40000, 1);
    ASSERT_INT(a.blocks, 400);
    ASSERT_INT(b.blocks, 400);
    ASSERT_NEAR(a.bias.hi - a.bias.lo, 3.92 * error, .1);
    ASSERT_NEAR(b.bias.hi - b.bias.lo, 39.2 * error, .1);
    /* One p for all tells nothing apart. */
    ASSERT_NEAR(a.auc.lo, .5, 1e-12);
    ASSERT_NEAR(a.auc.hi, .5, 1e-12);
}

/* Normal scores a and b: AUC = Phi((a - b) / sqrt 2) = Phi(1 / sqrt 2). By
 * Hanley and McNeil (Radiology 143, 1982) its standard error with 2,000 of
 * each is .0076. */
static void the_bootstrap_knows_the_error_of_an_auc(void)
{
    static struct forecast f[4000];
    struct prng prng;

    prng_init(&prng, 6);
    for (int32_t i = 0; i < 4000; i++) {
        bool event = i % 2;
        double x = prng_normal(&prng) + event;
        f[i] = said(1.0 / (1.0 + exp(-x)), event, i);
    }
    struct score s = stats_score(f, 4000);
    struct bootstrap b = stats_bootstrap(f, 4000, 2);
    ASSERT_NEAR(s.auc, .7602, .02);
    ASSERT_NEAR((b.auc.lo + b.auc.hi) / 2, s.auc, .003);
    ASSERT_NEAR(b.auc.hi - b.auc.lo, 3.92 * .00755, .1);
}

/* The squares about 3.75 add up to 28.75, and t with 3 degrees of freedom is
 * 3.182. */
static void mean_by_hand(void)
{
    double x[] = { 8, 1, 4, 2 };
    struct estimate e = stats_mean(x, 4);
    ASSERT_NEAR(e.mean, 3.75, 1e-12);
    ASSERT_NEAR(e.half, 3.182 * sqrt(28.75 / 3 / 4), 1e-12);
}

void study_stats_test(void);
void study_stats_test(void)
{
    TEST_SUITE("tools/study_stats");
    TEST(auc_counts_pairs_and_halves_ties);
    TEST(brier_and_murphy_by_hand);
    TEST(murphy_adds_up_where_a_bin_has_one_p);
    TEST(what_always_happens_has_no_skill);
    TEST(bins_are_tenths);
    TEST(trials_that_agree_count_once);
    TEST(the_bootstrap_draws_blocks);
    TEST(the_bootstrap_knows_the_error_of_an_auc);
    TEST(mean_by_hand);
}
