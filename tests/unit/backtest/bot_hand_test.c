/* A grid of four lines, worked on paper, with a stop and orders to leave.
 *
 * Lines 100, 110, 120, 130; 1000 of capital; fee .001; steps of .5; start at
 * 114; stop at 95. The middles are 105, 115, 125: cells 1 and 2 begin full. The
 * amount is 1000 / (1.001 (100 + 114 + 114)) = 3.0457, so 3. Bought 6 at 114
 * for 684 and .684 of fees: cash 315.316.
 *
 * Bar 1, 114 122 109 116, low first: cell 1 sells at 120 for 3 * 120 * .999 =
 * 359.64: cash 674.956, base 3. High first: it also buys at 110 again for 3 *
 * 110 * 1.001 = 330.33: cash 344.626, base 6. Realised 3 (119.88 - 114.114) =
 * 17.298.
 *
 * A market order gets (1 - .0002 - .001) of the open, the stop (1 - .001) of
 * its price.
 */
#include "backtest/bot.h"
#include "base/value.h"
#include "position/shadow_scene.h"
#include "test.h"

#define NEAR 1e-11

void bot_hand_test(void);

static const struct bot_terms terms = {
    { .fee = 0.001, .tick = 0.01, .step = 0.5 },
    .half_spread = 0.0002,
    .slip = 0.001,
};

static struct bot begun(void)
{
    static struct bot b;
    struct grid g = scene_grid(100, 130, 3, 1000, NO_VALUE);
    const char *why = NULL;
    g.stop.below = 95;
    ASSERT_FATAL(bot_begin(&b, &g, &terms, 114, &why));
    return b;
}

static struct bot after_one_bar(void)
{
    struct bot b = begun();
    struct bar bar = shadow_scene_bar(0, 114, 122, 109, 116);
    bot_walk(&b, &bar);
    return b;
}

static void money_is(const struct bot_money *m, double cash, double base,
                     double e, double realised, double fees)
{
    ASSERT_NEAR(m->cash, cash, NEAR);
    ASSERT_NEAR(m->base, base, NEAR);
    ASSERT_NEAR(m->e, e, 1e-9);
    ASSERT_NEAR(m->realised, realised, NEAR);
    ASSERT(fabs(m->unrealised - (e - realised)) < 1e-9);
    ASSERT_NEAR(m->fees, fees, NEAR);
}

static void it_walks_both_orders(void)
{
    struct bot b = after_one_bar();
    struct bot_money high_first = bot_money_at(&b, true, 116);

    /* 674.956 + 3 * 116 * .999 - 1000; 344.626 + 6 * 116 * .999 - 1000 */
    money_is(&b.now, 674.956, 3, 22.608, 17.298, 1.044);
    money_is(&high_first, 344.626, 6, 39.93, 17.298, 1.374);
    ASSERT_NEAR(b.peak, 22.608, 1e-9);
    ASSERT_NEAR(b.peak_unrealised, 22.608 - 17.298, 1e-9);
}

/* At 118 for 117.8584: 3 bring 353.5752, less .3535752; 6 twice that. */
static void it_leaves_at_the_open(void)
{
    struct bot b = after_one_bar();
    struct bar next = shadow_scene_bar(1, 118, 125, 90, 91);
    struct bot_sale sale = bot_leave(&b, &next);

    ASSERT(!sale.stopped);
    money_is(&sale.nominal, 1028.1776248, 0, 28.1776248, 17.298, 1.3975752);
    money_is(&sale.reverse, 1051.0692496, 0, 51.0692496, 17.298, 2.0811504);
    money_is(&b.now, 674.956, 3, 22.608, 17.298, 1.044); /* it goes on */
}

/* The jump to 108 buys at 110 first: 344.626, 6. At 107.8704 they bring
 * 647.2224, less .6472224. */
static void a_jump_fills_before_it_leaves(void)
{
    struct bot b = after_one_bar();
    struct bar next = shadow_scene_bar(1, 108, 109, 107, 108);
    struct bot_sale sale = bot_leave(&b, &next);

    ASSERT(!sale.stopped);
    money_is(&sale.nominal, 991.2011776, 0, -8.7988224, 17.298,
             1.044 + 0.33 + 0.6472224);
}

static void a_jump_over_the_stop_leaves_nothing_to_sell(void)
{
    struct bot b = after_one_bar();
    struct bar next = shadow_scene_bar(1, 94, 96, 93, 95);
    ASSERT(bot_leave(&b, &next).stopped);
    next.open = 95.01;
    ASSERT(!bot_leave(&b, &next).stopped);
}

/* 116 to 108 buys at 110 (344.626, 6), 112, then down: buys at 100 for 300.3
 * (44.326, 9), and sells 9 at 95 * .999 = 94.905 for 854.145, less .854145. */
static void the_stop_sells_all_below_its_price(void)
{
    struct bot b = after_one_bar();
    struct bar bar = shadow_scene_bar(1, 108, 112, 94, 96);
    bot_walk(&b, &bar);

    /* The sale of the inventory is no cell's profit: realised stays what the
     * one cell made, and what the sale lost is the difference to e. */
    money_is(&b.now, 897.616855, 0, -102.383145, 17.298,
             1.044 + 0.33 + 0.3 + 0.854145);
    struct bot_money other = bot_money_at(&b, true, 96);
    /* Here 344.626 and 6 went before, and the low comes first: 100 buys 3 more,
     * and 9 are sold as above. */
    money_is(&other, 344.626 - 300.3 + 853.290855, 0, -102.383145, 17.298,
             1.374 + 0.3 + 0.854145);
    bar = shadow_scene_bar(2, 96, 125, 96, 125);
    bot_walk(&b, &bar);
    ASSERT_NEAR(b.now.e, -102.383145, 1e-9); /* it stands still */
    ASSERT_NEAR(b.peak, 22.608, 1e-9);
}

void bot_hand_test(void)
{
    TEST_SUITE("backtest/bot by hand");
    TEST(it_walks_both_orders);
    TEST(it_leaves_at_the_open);
    TEST(a_jump_fills_before_it_leaves);
    TEST(a_jump_over_the_stop_leaves_nothing_to_sell);
    TEST(the_stop_sells_all_below_its_price);
}
