/* Worked by hand. */
#include "hindsight/forecast.h"

#include <math.h>

#include "base/prng.h"
#include "test.h"

/* Events at .2, .6, .6, .9; others at .1, .2, .2, .6. Of 16 pairs, .9 wins 4,
 * each .6 wins 3 and ties 1, .2 wins 1 and ties 2: 4 + 3.5 + 3.5 + 2. */
static void auc_halves_ties(void)
{
    static const double p[] = { .6, .1, .2, .9, .2, .6, .6, .2 };
    static const bool event[] = { true,  false, true, true,
                                  false, false, true, false };
    double scratch[8];

    ASSERT_NEAR(forecast_auc(p, event, 8, scratch), 13.0 / 16, 1e-15);
    ASSERT(isnan(forecast_auc(p, event, 0, scratch)));
    ASSERT(isnan(forecast_auc(p, event, 1, scratch))); /* events only */
}

static void auc_of_order_and_of_none(void)
{
    static const double p[] = { .1, .2, .3, .4 }, same[] = { .5, .5, .5, .5 };
    static const bool up[] = { false, false, true, true };
    static const bool down[] = { true, true, false, false };
    double scratch[4];

    ASSERT_NEAR(forecast_auc(p, up, 4, scratch), 1.0, 1e-15);
    ASSERT_NEAR(forecast_auc(p, down, 4, scratch), 0.0, 1e-15);
    ASSERT_NEAR(forecast_auc(same, up, 4, scratch), 0.5, 1e-15);
}

/* Every pair counted one by one, on 300 forecasts with many ties. */
static void auc_counts_all_pairs(void)
{
    enum { N = 300 };
    double p[N], scratch[N], won = 0.0, pairs = 0.0;
    bool event[N];
    struct prng prng;

    prng_init(&prng, 11);
    for (int i = 0; i < N; i++) {
        p[i] = (double)(prng_next(&prng) % 20) / 20.0;
        event[i] = prng_uniform(&prng) < p[i];
    }
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            if (!event[i] || event[k])
                continue;
            pairs += 1.0;
            won += p[i] > p[k] ? 1.0 : p[i] < p[k] ? 0.0 : 0.5;
        }
    ASSERT_NEAR(forecast_auc(p, event, N, scratch), won / pairs, 1e-14);
}

/* The base is 1/2, the score (.01 + .04 + .36 + .16) / 4. */
static void brier_by_hand(void)
{
    static const double p[] = { .1, .2, .4, .6 };
    static const bool event[] = { false, false, true, true };
    static const bool always[] = { true, true, true, true };
    struct brier b = forecast_brier(p, event, 4);

    ASSERT_NEAR(b.base, .5, 1e-15);
    ASSERT_NEAR(b.score, .57 / 4, 1e-14);
    ASSERT_NEAR(b.skill, 1 - .57, 1e-14);
    b = forecast_brier(p, always, 4);
    ASSERT_NEAR(b.base, 1.0, 1e-15);
    ASSERT(isnan(b.skill));
    ASSERT(isnan(forecast_brier(p, event, 0).score));
}

void forecast_test(void);
void forecast_test(void)
{
    TEST_SUITE("hindsight/forecast");
    TEST(auc_halves_ties);
    TEST(auc_of_order_and_of_none);
    TEST(auc_counts_all_pairs);
    TEST(brier_by_hand);
}
