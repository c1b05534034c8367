/* What can be modelled, where it begins, and the bar that the start cuts. */
#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "shadow_scene.h"
#include "test.h"

static const struct shadow_terms plain = { 0.001, NO_VALUE, NO_VALUE };

static const char *refusal(const struct grid *g,
                           const struct shadow_terms *terms, double first_price)
{
    struct shadow s;
    const char *why = NULL;
    bool ok = shadow_begin(&s, g, terms, first_price, &why);
    ASSERT_INT(s.begun, ok);
    ASSERT_INT(ok, why == NULL);
    return why;
}

static void what_is_not_stated_is_not_modelled(void)
{
    struct grid good = scene_grid(100, 130, 3, 1000, 114);
    ASSERT(!shadow_cannot(&good));
    struct grid g = good;
    g.market = GRID_FUTURES;
    ASSERT_STR(shadow_cannot(&g), "a futures grid is not modelled");
    g = good;
    g.side = GRID_SHORT;
    ASSERT_STR(shadow_cannot(&g), "a short grid is not modelled");
    g.side = GRID_NEUTRAL;
    ASSERT(!shadow_cannot(&g));
    g = good;
    g.trailing = true;
    ASSERT_STR(shadow_cannot(&g), "a trailing grid is not modelled");
    g = good;
    g.spacing = GRID_SPACING_UNSTATED;
    ASSERT_STR(shadow_cannot(&g), "the grid's file states no spacing");
    g = good;
    g.capital = NO_VALUE;
    ASSERT_STR(shadow_cannot(&g), "the grid's file states no capital");
    ASSERT_STR(refusal(&g, &plain, 114), "the grid's file states no capital");
    g = good;
    g.levels = 0;
    ASSERT_STR(shadow_cannot(&g), "the grid's file states no levels");
    g.levels = 1;
    ASSERT_STR(shadow_cannot(&g), "a grid of one level is not modelled");
    g.levels = SHADOW_CELLS_MAX;
    ASSERT(!shadow_cannot(&g));
    g.levels = SHADOW_CELLS_MAX + 1;
    ASSERT_STR(shadow_cannot(&g),
               "the grid has too many levels to be modelled");
}

static void a_start_needs_its_figures(void)
{
    struct grid g = scene_grid(100, 130, 3, 1000, NO_VALUE);
    ASSERT(!refusal(&g, &plain, 114));
    ASSERT_STR(refusal(&g, &plain, NO_VALUE), "the start price is not known");
    ASSERT_STR(refusal(&g, &plain, 0), "the start price is not known");
    struct shadow_terms t = plain;
    t.fee = NO_VALUE;
    ASSERT_STR(refusal(&g, &t, 114), "the fee is not known");
    t = plain;
    t.tick = 0;
    ASSERT_STR(refusal(&g, &t, 114),
               "the tick or the step of the symbol is not above zero");
    t.tick = 20; /* 100, 120, 120, 140 */
    ASSERT_STR(refusal(&g, &t, 114), "two lines of the grid fall on one price");
    t = plain;
    t.step = 4; /* 3.05 fits into none */
    ASSERT_STR(refusal(&g, &t, 114),
               "the capital is too small for the grid's levels");
    g.history_count = 1;
    ASSERT_STR(refusal(&g, &plain, 114), "the grid was never started");
}

static struct shadow begun(const struct grid *g,
                           const struct shadow_terms *terms)
{
    struct shadow s;
    const char *why = NULL;
    ASSERT_FATAL(shadow_begin(&s, g, terms, NO_VALUE, &why));
    return s;
}

/* A bar's low that is written like the line is the line, to the last bit. */
static void lines_are_the_prices_that_are_written(void)
{
    struct grid g = scene_grid(100.1, 100.7, 6, 1000, 100.4);
    struct shadow_terms ticks = { 0, 0.01, NO_VALUE };
    static const double want[] = { 100.1, 100.2, 100.3, 100.4,
                                   100.5, 100.6, 100.7 };
    struct shadow s = begun(&g, &plain), t = begun(&g, &ticks);
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        ASSERT(s.line[i] == want[i] && t.line[i] == want[i]);

    /* python3: [100 * (1.21 ** (i / 4)) for i in range(5)] */
    g = scene_grid(100, 121, 4, 1000, 110);
    g.spacing = GRID_GEOMETRIC;
    static const double roots[] = { 100, 104.8808848170, 110, 115.368973299,
                                    121 };
    static const double rounded[] = { 100, 104.9, 110, 115.35, 121 };
    ticks.tick = 0.05;
    s = begun(&g, &plain), t = begun(&g, &ticks);
    for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
        ASSERT_NEAR(s.line[i], roots[i], 1e-11);
        ASSERT(t.line[i] == rounded[i]);
    }
}

/* Prices of which nine decimals are nothing. */
static void small_coins_have_lines_too(void)
{
    struct grid g = scene_grid(1.1e-9, 1.4e-9, 3, 1000, 1.25e-9);
    struct shadow_terms terms = { 0.001, 1e-12, 1 };
    struct shadow s = begun(&g, &terms);
    static const double want[] = { 1.1e-9, 1.2e-9, 1.3e-9, 1.4e-9 };
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        ASSERT(s.line[i] == want[i]);
    /* The middle of cell 1 is the start price: not above it. */
    ASSERT(!s.cell[1].began_full && s.cell[2].began_full);
    /* 1000 / (1.001 (1.1 + 1.2 + 1.25) 10^-9), by python3's fractions. */
    ASSERT(s.amount == 281408732112);
}

static void the_amount_is_rounded_down(void)
{
    struct grid g = scene_grid(100, 130, 3, 1000, 114);
    struct shadow_terms terms = { 0.001, 0.01, 0.001 };
    ASSERT(begun(&g, &terms).amount == 3.045); /* of 3.04573 */
    terms.step = 0.0001;
    ASSERT(begun(&g, &terms).amount == 3.0457);
    g.capital = 328.328 * 0.3; /* exactly 0.3 */
    terms.step = 0.1;
    ASSERT(begun(&g, &terms).amount == 0.3);
}

/* Geometric: the middle of 100 and 121 is 110, not 110.5. */
static void the_middle_is_of_the_spacing(void)
{
    struct grid g = scene_grid(100, 146.41, 2, 1000, 110.2);
    struct shadow s = begun(&g, &plain);
    ASSERT(s.cell[0].began_full); /* 111.6 */
    g.spacing = GRID_GEOMETRIC;
    s = begun(&g, &plain);
    ASSERT(s.line[1] == 121.0);
    ASSERT(!s.cell[0].began_full && s.cell[1].began_full);
}

/* --- The bar of the start --------------------------------------------------
 */

static struct grid cut_grid(void)
{
    struct grid g = scene_grid(100, 130, 3, 1000, 114);
    g.history[1].at_ms += 400000;
    return g;
}

static void cells_are(const struct shadow *s, const char *want)
{
    char text[SHADOW_TEXT];
    shadow_cells_format(s, text, sizeof(text));
    ASSERT_STR(text, want);
}

/* The lines are 100, 110, 120, 130; cells 1 and 2 began full. */
static void what_it_may_have_touched_moves_the_bounds(void)
{
    struct grid g = cut_grid();
    struct shadow s = begun(&g, &plain);
    /* 120 may have been touched before the start or after it. */
    struct shadow_books b =
        scene_walk(&s, &g, &plain, shadow_scene_bar(0, 118, 121, 112, 115));
    ASSERT(!s.start_known);
    cells_are(&s, "ee0e0:e0 ff0f0:e1f0 ff0f0:f0");
    ASSERT_NEAR(b.base_lo, s.amount, 1e-12);
    ASSERT_NEAR(b.base_hi, 2 * s.amount, 1e-12);
    ASSERT_NEAR(b.nominal.e, 2 * s.amount * (115 * 0.999 - 114 * 1.001), 1e-9);
    ASSERT(s.last == 115 && s.last_ms == SCENE_START_MS + MS_PER_SLOT);

    /* Both lines of cell 1: from 114 to 115 over 120 and 110 in any order, or
     * not at all. */
    s = begun(&g, &plain);
    scene_walk(&s, &g, &plain, shadow_scene_bar(0, 118, 121, 109, 115));
    cells_are(&s, "ee0e0:e0 ff0f0:e1f0-1 ff0f0:f0");

    /* Up to 125 for certain: 120 was passed, and 110 perhaps before. */
    s = begun(&g, &plain);
    scene_walk(&s, &g, &plain, shadow_scene_bar(0, 113, 126, 109, 125));
    cells_are(&s, "ee0e0:e0 fe1e1:e1-2 ff0f0:f0");

    /* Down to 99: 100 was, and perhaps 110 in between. */
    s = begun(&g, &plain);
    scene_walk(&s, &g, &plain, shadow_scene_bar(0, 113, 116, 99, 99));
    cells_are(&s, "ef0f0:f0-1 ff0f0:f0 ff0f0:f0");
}

/* A start price that the bar does not hold is believed. */
static void the_start_price_may_be_outside_of_its_bar(void)
{
    struct grid g = cut_grid();
    struct shadow s = begun(&g, &plain);
    scene_walk(&s, &g, &plain, shadow_scene_bar(0, 122, 124, 121, 123));
    cells_are(&s, "ee0e0:e0 fe1e1:e1 ff0f0:f0");
}

/* The stop may have been touched, or only before the start. */
static void the_stop_may_have_been_touched(void)
{
    struct grid g = cut_grid();
    g.stop.below = 95;
    struct shadow s = begun(&g, &plain);
    struct shadow_books b =
        scene_walk(&s, &g, &plain, shadow_scene_bar(0, 96, 115, 94, 112));
    ASSERT(!s.stopped);
    ASSERT_NEAR(b.nominal.base, 2 * s.amount, 1e-12);
    ASSERT_NEAR(b.base_lo, 0, 1e-12);
    ASSERT_NEAR(b.base_hi, 2 * s.amount, 1e-12); /* above 110 again */
    /* Bought two at 114 and one at 100, sold at 95. */
    double q = s.amount;
    ASSERT_NEAR(s.stop_lo, q * (3 * 95 * 0.999 - (228 + 100) * 1.001), 1e-9);
}

static void bars_before_the_start_and_repeated_ones_are_passed_over(void)
{
    struct grid g = scene_grid(100, 130, 3, 1000, 114);
    struct shadow s = begun(&g, &plain);
    scene_walk(&s, &g, &plain, shadow_scene_bar(-1, 114, 140, 90, 114));
    ASSERT(s.last_ms == SCENE_START_MS);
    cells_are(&s, "ee0e0:e0 ff0f0:f0 ff0f0:f0");
    scene_walk(&s, &g, &plain, shadow_scene_bar(0, 114, 121, 114, 116));
    cells_are(&s, "ee0e0:e0 fe1e1:e1 ff0f0:f0");
    scene_walk(&s, &g, &plain, shadow_scene_bar(0, 114, 140, 90, 130));
    cells_are(&s, "ee0e0:e0 fe1e1:e1 ff0f0:f0");
    /* A high below the open is no bar. */
    scene_walk(&s, &g, &plain, shadow_scene_bar(1, 114, 90, 90, 90));
    ASSERT(s.last == 116 && s.last_ms == SCENE_START_MS + MS_PER_SLOT);
    /* A bar filled in is flat, also when it stands on a line. */
    struct bar filled = shadow_scene_bar(1, 116, 116, 116, 116);
    filled.flags = BAR_FILLED;
    scene_walk(&s, &g, &plain, filled);
    cells_are(&s, "ee0e0:e0 fe1e1:e1 ff0f0:f0");
    ASSERT(s.last_ms == SCENE_START_MS + 2 * MS_PER_SLOT);
}

void shadow_start_test(void);
void shadow_start_test(void)
{
    TEST_SUITE("shadow_start");
    TEST(what_is_not_stated_is_not_modelled);
    TEST(a_start_needs_its_figures);
    TEST(lines_are_the_prices_that_are_written);
    TEST(small_coins_have_lines_too);
    TEST(the_amount_is_rounded_down);
    TEST(the_middle_is_of_the_spacing);
    TEST(what_it_may_have_touched_moves_the_bounds);
    TEST(the_start_price_may_be_outside_of_its_bar);
    TEST(the_stop_may_have_been_touched);
    TEST(bars_before_the_start_and_repeated_ones_are_passed_over);
}
