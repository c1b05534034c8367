/* A grid of four lines, worked on paper.
 *
 * Lines 100, 110, 120, 130; 1000 of capital; fee 0.001; start at 114. The
 * middle of cell 0 is 105: empty. Of cell 1, 115, and of cell 2, 125: full. The
 * amount is 1000 / (1.001 (100 + 114 + 114)) = 1000 / 328.328 = 3.0457, in
 * steps of 0.5: 3. Bought to begin with 6 at 114: 684 and 0.684 of fees; cash
 * 315.316.
 */
#include "shadow_scene.h"

#include "base/value.h"
#include "test.h"

#define NEAR 1e-12

static const struct shadow_terms terms = { .fee = 0.001,
                                           .tick = 0.01,
                                           .step = 0.5 };

static struct grid hand_grid(void)
{
    struct grid g = scene_grid(100, 130, 3, 1000, 114);
    g.stop.below = 95;
    return g;
}

static struct shadow begun(const struct grid *g)
{
    struct shadow s;
    const char *why = NULL;
    ASSERT_FATAL(shadow_begin(&s, g, &terms, NO_VALUE, &why));
    return s;
}

static void path_is(const struct shadow_path *p, double base, double cash,
                    double e, double realised, double fees)
{
    ASSERT_NEAR(p->base, base, NEAR);
    ASSERT_NEAR(p->cash, cash, NEAR);
    ASSERT_NEAR(p->e, e, 1e-10);
    ASSERT_NEAR(p->realised, realised, NEAR);
    ASSERT_NEAR(p->fees, fees, NEAR);
}

/* The allowance is 1e-9 of 1000. */
static void bounds_are(const struct shadow_books *b, double base_lo,
                       double base_hi, double e_lo, double e_hi)
{
    ASSERT_NEAR(b->base_lo, base_lo, NEAR);
    ASSERT_NEAR(b->base_hi, base_hi, NEAR);
    ASSERT_NEAR(b->e_lo, e_lo - 1e-6, 1e-10);
    ASSERT_NEAR(b->e_hi, e_hi + 1e-6, 1e-10);
    ASSERT(b->e_lo_holds);
}

static void it_begins_with_what_is_above(void)
{
    struct grid g = hand_grid();
    struct shadow s = begun(&g);
    ASSERT_INT(s.count, 3);
    for (int i = 0; i <= 3; i++)
        ASSERT(s.line[i] == 100.0 + 10 * i);
    ASSERT(!s.cell[0].began_full && s.cell[1].began_full &&
           s.cell[2].began_full);
    ASSERT(s.amount == 3);
    ASSERT(s.begun && s.start_known && !s.stopped);

    struct shadow_books b;
    shadow_value(&s, &g, &terms, 114, &b);
    /* 315.316 + 6 * 114 * 0.999 - 1000 */
    path_is(&b.nominal, 6, 315.316, -1.368, 0, 0.684);
    path_is(&b.reverse, 6, 315.316, -1.368, 0, 0.684);
    bounds_are(&b, 6, 6, -1.368, -1.368);
    ASSERT_NEAR(b.nominal.avg_cost, 114.114, NEAR);
    ASSERT_INT(b.nominal.sells, 0);
    ASSERT(b.nominal.peak == 0);
}

/* 114, then 109 and 122 in some order, then 116. Low first: cell 1 sells at 120
 * for 3 * 120 * 0.999 = 359.64. High first: it also buys at 110 again, for
 * 3 * 110 * 1.001 = 330.33. */
static void one_bar_two_orders(void)
{
    struct grid g = hand_grid();
    struct shadow s = begun(&g);
    struct shadow_books b =
        scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 122, 109, 116));
    /* Realised: 3 (119.88 - 114.114). */
    path_is(&b.nominal, 3, 674.956, 22.608, 17.298, 0.684 + 0.36);
    path_is(&b.reverse, 6, 344.626, 39.93, 17.298, 0.684 + 0.36 + 0.33);
    bounds_are(&b, 3, 6, 22.608, 39.93);
    ASSERT_NEAR(b.nominal.avg_cost, 114.114, NEAR);
    ASSERT_NEAR(b.reverse.avg_cost, (110.11 + 114.114) / 2, NEAR);
    ASSERT_INT(b.nominal.sells, 1);
    ASSERT_INT(b.reverse.sells, 1);
    ASSERT(s.last == 116 && s.last_ms == SCENE_START_MS + 900000);

    char text[SHADOW_TEXT];
    shadow_cells_format(&s, text, sizeof(text));
    ASSERT_STR(text, "ee0e0:e0 fe1f1:e1f1 ff0f0:f0");
}

/* The gap from 116 to 108 buys at 110. Then 112, 99, 101 (a falling bar: high
 * first): cell 0 buys at 100 for 300.3. Low first: it also sells at 110, for
 * 329.67. */
static void a_gap_and_a_falling_bar(void)
{
    struct grid g = hand_grid();
    struct shadow s = begun(&g);
    scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 122, 109, 116));
    struct shadow_books b =
        scene_walk(&s, &g, &terms, shadow_scene_bar(1, 108, 112, 99, 101));
    path_is(&b.nominal, 9, 44.326, -47.583, 17.298, 0.684 + 0.36 + 0.33 + 0.3);
    /* Cell 0: 3 (109.89 - 100.1) more. */
    path_is(&b.reverse, 6, 373.996, -20.61, 17.298 + 29.37,
            0.684 + 0.36 + 0.33 + 0.3 + 0.33);
    bounds_are(&b, 6, 9, -47.583, -20.61);
    ASSERT_NEAR(b.nominal.peak, 22.608, 1e-10);
    ASSERT_NEAR(b.reverse.peak, 39.93, 1e-10);
    ASSERT_INT(b.nominal.sells, 1);
    ASSERT_INT(b.reverse.sells, 2);
}

/* From 116 (cell 1 empty) the gap to 108 buys at 110, what follows sells at
 * 120: whoever leaves the gap out misses a round of the path that goes up
 * first. */
static void only_the_gap_bought(void)
{
    struct grid g = hand_grid();
    struct shadow s = begun(&g);
    scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 121, 112, 116));
    struct shadow_books b =
        scene_walk(&s, &g, &terms, shadow_scene_bar(1, 108, 121, 107, 107));
    /* A falling bar: 121 first, then 107. Cell 1 sells twice and is full. */
    ASSERT_INT(b.nominal.sells, 2);
    ASSERT_NEAR(b.nominal.cash, 315.316 + 2 * 359.64 - 2 * 330.33, NEAR);
    ASSERT_NEAR(b.base_lo, 6, NEAR);
    ASSERT_NEAR(b.base_hi, 6, NEAR);
    char text[SHADOW_TEXT];
    shadow_cells_format(&s, text, sizeof(text));
    ASSERT_STR(text, "ee0e0:e0 ff2f2:f2 ff0f0:f0");
}

/* From 101: 102, 94, 97. All is full at 95 and goes for 9 * 95 * 0.999 =
 * 854.145. A bot that did not stop holds it still. */
static void the_stop_sells_or_does_not(void)
{
    struct grid g = hand_grid();
    struct shadow s = begun(&g);
    scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 122, 109, 116));
    scene_walk(&s, &g, &terms, shadow_scene_bar(1, 108, 112, 99, 101));
    struct shadow_books b =
        scene_walk(&s, &g, &terms, shadow_scene_bar(2, 101, 102, 94, 97));
    ASSERT(s.stopped && s.stopped_at == 95);
    path_is(&b.nominal, 0, 898.471, -101.529, -101.529, 1.674 + 0.855);
    /* Low first: cell 0, empty on this walk, buys at 100 on the way down. */
    path_is(&b.reverse, 0, 927.841, -72.159, -72.159, 2.004 + 0.3 + 0.855);
    ASSERT(isnan(b.nominal.avg_cost));
    ASSERT_NEAR(s.stop_lo, -101.529, 1e-10);
    ASSERT_NEAR(s.stop_hi, -72.159, 1e-10);
    /* Not stopped, at 97: 44.326 and 73.696 of cash, 9 of base. */
    bounds_are(&b, 0, 9, -101.529, 73.696 + 9 * 97 * 0.999 - 1000);

    /* Back to 111: the walks stand still, the bounds go on. Cell 0 sells at
     * 110; high first (111, 97, 111) it buys at 100 and sells once more. At
     * best 73.696 + 2 * 329.67 - 300.3 of cash, 6 of base. */
    b = scene_walk(&s, &g, &terms, shadow_scene_bar(3, 97, 111, 97, 111));
    path_is(&b.nominal, 0, 898.471, -101.529, -101.529, 1.674 + 0.855);
    bounds_are(&b, 0, 6, -101.529, 432.736 + 6 * 111 * 0.999 - 1000);
}

/* The price jumps from 114 to 90, over the stop: the walks sell at 95, but the
 * sale may have been at 90. Cell 0 was bought on the way. */
static void a_jump_over_the_stop(void)
{
    struct grid g = hand_grid();
    struct shadow s = begun(&g);
    struct shadow_books b =
        scene_walk(&s, &g, &terms, shadow_scene_bar(0, 90, 92, 88, 91));
    double cash = 315.316 - 300.3;
    ASSERT(s.stopped_at == 95);
    ASSERT_NEAR(b.nominal.e, cash + 854.145 - 1000, 1e-10);
    ASSERT_NEAR(s.stop_lo, cash + 9 * 90 * 0.999 - 1000, 1e-10);
    bounds_are(&b, 0, 9, cash + 9 * 90 * 0.999 - 1000, cash - 145.855);
}

/* A stop above: everything was sold on the way. */
static void the_stop_above_has_nothing_left(void)
{
    struct grid g = hand_grid();
    g.stop = (struct grid_stop){ NO_VALUE, 140 };
    struct shadow s = begun(&g);
    struct shadow_books b =
        scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 141, 114, 139));
    double cash = 315.316 + 3 * 120 * 0.999 + 3 * 130 * 0.999;
    ASSERT(s.stopped);
    path_is(&b.nominal, 0, cash, cash - 1000, cash - 1000, 0.684 + 0.36 + 0.39);
    /* Who did not stop and went high first bought at 120 on the way to 114 and
     * sold at 130 again: 3 (129.87 - 120.12). */
    bounds_are(&b, 0, 0, cash - 1000, cash - 1000 + 29.25);
}

/* A round that does not pay its fees: the lower end is no theorem then. */
static void a_step_that_fees_eat_is_told(void)
{
    struct grid g = hand_grid();
    struct shadow_terms dear = { .fee = 0.06, .tick = 0.01, .step = NO_VALUE };
    struct shadow s;
    const char *why = NULL;
    ASSERT_FATAL(shadow_begin(&s, &g, &dear, NO_VALUE, &why));
    struct shadow_books b =
        scene_walk(&s, &g, &dear, shadow_scene_bar(0, 114, 122, 109, 116));
    ASSERT(!b.e_lo_holds);
    ASSERT(b.e_lo <= b.nominal.e && b.e_lo <= b.reverse.e);
    ASSERT(b.e_hi >= b.nominal.e && b.e_hi >= b.reverse.e);
}

/* 114, then 95 and 135 in some order, then 116: every cell within makes a round
 * in either order. The bar is four steps of 10 high, so that each may have made
 * one more: 29.37 in cell 0, and with what is held at the end 63.93 in cell 1
 * and 63.81 in cell 2, full after two sells both. The lower end counts one:
 * 29.37, 17.298 (cell 1 empty) and 34.56. */
static void a_high_bar_may_have_made_another_round(void)
{
    struct grid g = scene_grid(100, 130, 3, 1000, 114);
    struct shadow s = begun(&g);
    struct shadow_books b =
        scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 135, 95, 116));
    char text[SHADOW_TEXT];
    shadow_cells_format(&s, text, sizeof(text));
    ASSERT_STR(text, "ee1e1:e1-2 fe1f1:e1-2f1-2 ff1f1:f1-2");
    bounds_are(&b, 3, 6, 81.228, 186.48);

    s = begun(&g); /* a tick lower, and none of them may */
    scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 134.99, 95, 116));
    shadow_cells_format(&s, text, sizeof(text));
    ASSERT_STR(text, "ee1e1:e1 fe1f1:e1f1 ff1f1:f1");

    s = begun(&g); /* nor one that the bar left at one side */
    scene_walk(&s, &g, &terms, shadow_scene_bar(0, 114, 145, 105, 116));
    shadow_cells_format(&s, text, sizeof(text));
    ASSERT_STR(text, "ee0e0:e0 fe1f1:e1-2f1-2 ff1f1:f1-2");
}

void shadow_hand_test(void);
void shadow_hand_test(void)
{
    TEST_SUITE("shadow_hand");
    TEST(it_begins_with_what_is_above);
    TEST(one_bar_two_orders);
    TEST(a_gap_and_a_falling_bar);
    TEST(only_the_gap_bought);
    TEST(the_stop_sells_or_does_not);
    TEST(a_jump_over_the_stop);
    TEST(the_stop_above_has_nothing_left);
    TEST(a_step_that_fees_eat_is_told);
    TEST(a_high_bar_may_have_made_another_round);
}
