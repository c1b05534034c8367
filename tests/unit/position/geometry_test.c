/* Distances by hand: a range of 56000 to 64000 and an ATR of 1000 is half a
 * range of 4 ATR. */
#include "position/geometry.h"

#include <string.h>

#include "test.h"

static struct grid grid(enum grid_side side, double below, double above)
{
    struct grid g = { .id = "a",
                      .symbol = "BTC-USDT",
                      .side = side,
                      .lower = 56000,
                      .upper = 64000,
                      .stop = { below, above } };
    return g;
}

static struct geometry of(enum grid_side side, double below, double above,
                          double atr)
{
    struct grid g = grid(side, below, above);
    return geometry_of(&g, value_real(atr, 100));
}

static void the_stop_counts_from_its_bound(void)
{
    struct geometry g = of(GRID_LONG, 54000, NO_VALUE, 1000);
    ASSERT_INT(g.grade, GEOMETRY_GOOD);
    ASSERT_NEAR(g.half_atr, 4.0, 0);
    ASSERT_NEAR(g.stop_atr, 2.0, 0);
    ASSERT_NEAR(g.good_stop, 54000, 0);
    ASSERT_INT(of(GRID_LONG, 54001, NO_VALUE, 1000).grade, GEOMETRY_CLOSE);
    ASSERT_INT(of(GRID_LONG, 55000, NO_VALUE, 1000).grade, GEOMETRY_CLOSE);
    ASSERT_INT(of(GRID_LONG, 55001, NO_VALUE, 1000).grade, GEOMETRY_TOO_CLOSE);
    ASSERT_INT(of(GRID_LONG, 52000, NO_VALUE, 1001).grade, GEOMETRY_NARROW);
}

static void only_the_sides_that_cost_count(void)
{
    ASSERT_INT(of(GRID_SHORT, 55999, 66000, 1000).grade, GEOMETRY_GOOD);
    ASSERT_NEAR(of(GRID_SHORT, 55999, 66000, 1000).stop_atr, 2.0, 0);
    ASSERT_INT(of(GRID_LONG, 54000, 64001, 1000).grade, GEOMETRY_GOOD);
    ASSERT_INT(of(GRID_NEUTRAL, 54000, 64900, 1000).grade, GEOMETRY_TOO_CLOSE);
    ASSERT_NEAR(of(GRID_NEUTRAL, 54000, 64900, 1000).stop_atr, 0.9, 1e-12);
    ASSERT_NEAR(of(GRID_NEUTRAL, 54000, 64900, 1000).good_stop, 66000, 0);
}

static void no_stop_is_said_and_a_close_one_before_it(void)
{
    ASSERT_INT(of(GRID_LONG, NO_VALUE, NO_VALUE, 1000).grade, GEOMETRY_NO_STOP);
    ASSERT_INT(of(GRID_LONG, NO_VALUE, 66000, 1000).grade, GEOMETRY_NO_STOP);
    ASSERT_INT(of(GRID_NEUTRAL, 55900, NO_VALUE, 1000).grade,
               GEOMETRY_TOO_CLOSE);
    ASSERT_INT(of(GRID_NEUTRAL, 53000, NO_VALUE, 1000).grade, GEOMETRY_NO_STOP);
}

static void without_an_atr_nothing_is_concluded(void)
{
    struct grid g = grid(GRID_LONG, 55999, NO_VALUE);
    ASSERT_INT(geometry_of(&g, value_none(VALUE_WARMUP)).grade,
               GEOMETRY_UNKNOWN);
    ASSERT_INT(geometry_of(&g, value_real(0, 100)).grade, GEOMETRY_UNKNOWN);
    g.stop.below = NO_VALUE;
    ASSERT_INT(geometry_of(&g, value_none(VALUE_WARMUP)).grade,
               GEOMETRY_NO_STOP);
}

static void the_words_say_how_far_and_where_to(void)
{
    char words[GEOMETRY_WORDS];
    struct geometry g = of(GRID_LONG, 55554, NO_VALUE, 1000);
    geometry_words(&g, words);
    ASSERT_STR(words, "the stop is 0.4 ATR(4h) beyond the range: so close that "
                      "no rule can warn in time; 54000 would be 2 ATR");
    g = of(GRID_LONG, 54500, NO_VALUE, 1000);
    geometry_words(&g, words);
    ASSERT(strstr(words, "the stop is 1.5 ATR(4h)") == words);
    g = of(GRID_LONG, 50000, NO_VALUE, 30000); /* 2 ATR below it is no price */
    geometry_words(&g, words);
    ASSERT(strstr(words, "would be") == NULL);
    g = of(GRID_LONG, 54000, NO_VALUE, 1000);
    geometry_words(&g, words);
    ASSERT_STR(words, "");
}

void geometry_test(void);
void geometry_test(void)
{
    TEST_SUITE("position: geometry");
    TEST(the_stop_counts_from_its_bound);
    TEST(only_the_sides_that_cost_count);
    TEST(no_stop_is_said_and_a_close_one_before_it);
    TEST(without_an_atr_nothing_is_concluded);
    TEST(the_words_say_how_far_and_where_to);
}
