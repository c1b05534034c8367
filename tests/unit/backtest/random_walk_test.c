/* The walk is what it says: sound bars, no drift, one volatility, no memory.
 * Limits are three standard errors of the estimates over the four years that
 * are told beside the KPIs, with their seed. */
#include "backtest/random_walk.h"

#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "test.h"

#define COUNT (1461 * 96)

static struct bar bars[COUNT], again[COUNT];
static double returns[COUNT];

static void the_bars_are_sound(void)
{
    walk_make(1, COUNT, bars);
    for (size_t i = 0; i < COUNT; i++) {
        ASSERT(bar_check(&bars[i], TF_15M) == BAR_OK);
        ASSERT_INT(bars[i].open_ms,
                   INT64_C(1578268800000) + (int64_t)i * MS_PER_SLOT);
        if (i)
            ASSERT(fabs(bars[i].open / bars[i - 1].close - 1) < 1e-12);
        ASSERT(bars[i].high > bars[i].low);
    }
}

static void nothing_is_to_be_foreseen(void)
{
    double sum = 0, squares = 0, lag = 0, range = 0;

    walk_make(1, COUNT, bars);
    for (size_t i = 0; i < COUNT; i++) {
        returns[i] = log(bars[i].close / bars[i].open) / WALK_SIGMA;
        sum += returns[i];
        squares += returns[i] * returns[i];
        range += log(bars[i].high / bars[i].low) / WALK_SIGMA;
        if (i)
            lag += returns[i] * returns[i - 1];
    }
    ASSERT(fabs(sum / COUNT) < 3 / sqrt(COUNT));
    ASSERT(fabs(squares / COUNT - 1) < 3 * sqrt(2.0 / COUNT));
    ASSERT(fabs(lag / COUNT) < 3 / sqrt(COUNT));
    /* Feller (1951): the range of a Brownian path has mean sqrt(8 / pi) = 1.596
     * deviations; 60 steps see a little less of it. */
    ASSERT(range / COUNT > 1.40 && range / COUNT < 1.60);
}

static void a_seed_is_a_market(void)
{
    walk_make(1, COUNT, bars);
    walk_make(1, COUNT, again);
    ASSERT(memcmp(bars, again, sizeof(bars)) == 0);
    walk_make(2, COUNT, again);
    ASSERT(memcmp(bars, again, sizeof(bars)) != 0);
}

void random_walk_test(void);

void random_walk_test(void)
{
    TEST_SUITE("backtest/random_walk");
    TEST(the_bars_are_sound);
    TEST(nothing_is_to_be_foreseen);
    TEST(a_seed_is_a_market);
}
