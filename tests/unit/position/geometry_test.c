/* Distances by hand: a range of 56000 to 64000 and an ATR of 1000 is half a
 * range of 4 ATR. */
#include "position/geometry.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "position/shadow_scene.h"
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
    geometry_words(&g, MS_PER_HOUR, words);
    ASSERT_STR(words, "the stop is 0.4 ATR(4h) beyond the range: so close that "
                      "no rule can warn in time; 54000 would be 2 ATR");
    g = of(GRID_LONG, 54500, NO_VALUE, 1000);
    geometry_words(&g, MS_PER_HOUR, words);
    ASSERT_STR(words, "the stop is 1.5 ATR(4h) beyond the range: at 1 ATR 91 "
                      "of 100 exits 1 h after the alert come in time, at 2 ATR "
                      "95; 54000 would be 2 ATR");
    geometry_words(&g, 4 * MS_PER_HOUR, words);
    ASSERT(strstr(words, "at 1 ATR 80 of 100 exits 4 h after") != NULL);
    g = of(GRID_LONG, 50000, NO_VALUE, 30000); /* 2 ATR below it is no price */
    geometry_words(&g, MS_PER_HOUR, words);
    ASSERT(strstr(words, "would be") == NULL);
    g = of(GRID_LONG, 54000, NO_VALUE, 1000);
    geometry_words(&g, MS_PER_HOUR, words);
    ASSERT_STR(words, "");
    g = of(GRID_LONG, NO_VALUE, NO_VALUE, 1000);
    geometry_words(&g, MS_PER_HOUR, words);
    ASSERT_STR(words, "no stop is set on a side that costs: M_STOP does not "
                      "watch there, and money is shown to the bound");
}

/* Two cells, 90 to 100 and 100 to 110, start price 100: the lower one begins
 * empty, the upper one full at 100. From 110 down to 90 without fees both were
 * bought at their lines, 90 and 100, and are worth 90 each: 10 lost of the 190
 * that they cost. With 1 % a fill: 90.9 + 101 - 2 * 89.1 = 13.7 of 191.9. */
static struct grid two_cells(enum grid_spacing spacing, double upper)
{
    return (struct grid){ .id = "a",
                          .symbol = "BTC-USDT",
                          .spacing = spacing,
                          .lower = 90,
                          .upper = upper,
                          .levels = 2,
                          .capital = 5000,
                          .start_price = 100 };
}

static void the_range_costs_what_its_lines_say(void)
{
    struct grid g = two_cells(GRID_ARITHMETIC, 110);
    ASSERT_NEAR(geometry_range_loss(&g, 0), 10. / 190, 1e-15);
    ASSERT_NEAR(geometry_range_loss(&g, .01), 13.7 / 191.9, 1e-14);
    g.start_price = 111; /* all cells begin empty: the same here */
    ASSERT_NEAR(geometry_range_loss(&g, 0), 10. / 190, 1e-15);
    g.start_price = 90; /* all begin full */
    ASSERT_NEAR(geometry_range_loss(&g, 0), 10. / 180, 1e-15);
    g.start_price = 9; /* mistyped: it was 10 of 18 */
    ASSERT_NEAR(geometry_range_loss(&g, 0), 10. / 180, 1e-15);
    /* 90, 120, 160; the middles 104 and 139 lie above the start price, so that
     * both begin full at 100: 30 of 200. At 110 only the upper one does. */
    g = two_cells(GRID_GEOMETRIC, 160);
    ASSERT_NEAR(geometry_range_loss(&g, 0), 30. / 200, 1e-14);
    g.start_price = 110;
    ASSERT_NEAR(geometry_range_loss(&g, 0), 30. / 200, 1e-14);
    g.start_price = 120;
    ASSERT_NEAR(geometry_range_loss(&g, 0), 30. / 210, 1e-14);
}

static void nothing_is_assumed_of_a_range(void)
{
    struct grid g = two_cells(GRID_ARITHMETIC, 110);
    g.start_price = NO_VALUE; /* the worst start: both cells full at 90 */
    ASSERT_NEAR(geometry_range_loss(&g, 0), 10. / 180, 1e-15);
    for (double p = 90; p <= 110; p++) {
        g.start_price = p;
        ASSERT(geometry_range_loss(&g, 0) <= 10. / 180);
    }
    g = two_cells(GRID_SPACING_UNSTATED, 110);
    ASSERT(isnan(geometry_range_loss(&g, 0)));
    g = two_cells(GRID_ARITHMETIC, 110);
    g.levels = 0;
    ASSERT(isnan(geometry_range_loss(&g, 0)));
    g = two_cells(GRID_ARITHMETIC, 110);
    g.side = GRID_SHORT;
    ASSERT(isnan(geometry_range_loss(&g, 0)));
    g.side = GRID_LONG;
    ASSERT(!isnan(geometry_range_loss(&g, 0)));
    ASSERT(isnan(geometry_range_loss(&g, NO_VALUE)));
}

/* The ledger, cell by cell: up to the upper bound, down to the lower one. */
static void the_ledger_loses_as_much(void)
{
    static const double starts[] = { 91, 100, 104.3, 109.5 };
    const struct shadow_terms terms = { .001, NO_VALUE, NO_VALUE };
    const char *why;

    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        struct grid g = scene_grid(90, 110, 20, 1000, starts[i]);
        struct shadow s;
        ASSERT(shadow_begin(&s, &g, &terms, NO_VALUE, &why));
        double p = starts[i];
        double top =
            scene_walk(&s, &g, &terms, shadow_scene_bar(0, p, 110, p, 110))
                .nominal.e;
        double low =
            scene_walk(&s, &g, &terms, shadow_scene_bar(1, 110, 110, 90, 90))
                .nominal.e;
        ASSERT_NEAR(geometry_range_loss(&g, .001), (top - low) / 1000, 1e-12);
    }
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
    TEST(the_range_costs_what_its_lines_say);
    TEST(nothing_is_assumed_of_a_range);
    TEST(the_ledger_loses_as_much);
}
