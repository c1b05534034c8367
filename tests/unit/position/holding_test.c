/* One grid's position from slot to slot, worked by hand: lines 100, 110, 120
 * and 130, 1,000 of capital, no fees. Started at 114 the upper two cells are
 * full, so that a cell is 1000 / (114 + 114 + 100) of base. */
#include "position/holding.h"

#include <math.h>
#include <string.h>

#include "base/decimal_of.h"
#include "shadow_scene.h"
#include "test.h"

void holding_test(void);

static const struct shadow_terms terms = { 0, NO_VALUE, NO_VALUE };
static struct window bars;
static struct grid grid;

static void fresh(struct holding *h, double start_price)
{
    grid = scene_grid(100, 130, 3, 1000, start_price);
    *h = holding_new();
    holding_of_life(h, &grid);
    bars = (struct window){ .tf = TF_15M, .short_history = true };
}

static void add(int n, double open, double high, double low, double close)
{
    bars.bars[bars.count++] = shadow_scene_bar(n, open, high, low, close);
}

static const char *walk(struct holding *h)
{
    return holding_walk(h, &grid, &terms, &bars);
}

static struct holding begun(double start_price)
{
    struct holding h;
    fresh(&h, start_price);
    add(0, start_price, start_price, start_price, start_price);
    ASSERT_FATAL(walk(&h) == NULL);
    return h;
}

static void a_model_that_cannot_begin_says_why(void)
{
    struct holding h;
    fresh(&h, 114);
    ASSERT_STR(walk(&h), "the bars at hand do not reach back to the grid's "
                         "start"); /* there are none */
    add(1, 114, 114, 114, 114);
    ASSERT_STR(walk(&h), "the bars at hand do not reach back to the grid's "
                         "start");
    fresh(&h, 114);
    add(-1, 114, 114, 114, 114);
    ASSERT_STR(walk(&h), "no bar has closed since the grid's start");
    fresh(&h, 114);
    add(0, 114, 114, 114, 114);
    h.life_ms = MOMENT_NONE;
    ASSERT_STR(walk(&h), "the grid's file has no start event");
    fresh(&h, 114);
    grid.side = GRID_SHORT;
    add(0, 114, 114, 114, 114);
    ASSERT(walk(&h) != NULL);
    ASSERT_STR(walk(&h), shadow_cannot(&grid));
    ASSERT(!h.shadow.begun);
}

/* The open of the bar that began with it, the last close when nothing traded
 * then, and nothing inside a bar. */
static void a_start_price_that_is_not_stated_is_the_bars(void)
{
    struct holding h;
    fresh(&h, NO_VALUE);
    add(-1, 116, 116, 116, 116);
    add(0, 114, 115, 114, 115);
    ASSERT_STR(walk(&h), NULL);
    ASSERT_NEAR(h.shadow.start_price, 114, 0);
    fresh(&h, NO_VALUE);
    add(-1, 116, 116, 116, 116);
    add(2, 114, 115, 114, 115);
    ASSERT_STR(walk(&h), NULL);
    ASSERT_NEAR(h.shadow.start_price, 116, 0);
    fresh(&h, NO_VALUE);
    grid.history[1].at_ms += MS_PER_SLOT / 3;
    holding_of_life(&h, &grid);
    add(0, 114, 115, 114, 115);
    ASSERT_STR(walk(&h),
               "start_price is not stated, and it began inside a bar");
}

static void a_model_that_stands_is_not_walked_over_a_hole(void)
{
    struct holding h = begun(114);
    bars.count = 0;
    ASSERT_STR(walk(&h), "there are no bars at hand");
    add(2, 114, 114, 114, 114); /* bar 1 is missing */
    ASSERT_STR(walk(&h), "bars are missing since the model's last one");
    bars.count = 0;
    add(1, 114, 114, 113, 113);
    grid.levels = 4;
    ASSERT_STR(walk(&h), "the grid was changed since its start");
    ASSERT_NEAR(h.shadow.last, 114, 0);
    grid.levels = 3;
    grid.stop.below = 90; /* a stop may be moved */
    ASSERT_STR(walk(&h), NULL);
    ASSERT_NEAR(h.shadow.last, 113, 0);
}

static void the_print_is_of_what_the_cells_are_made_of(void)
{
    const struct grid g = scene_grid(100, 130, 3, 1000, 114);
    struct grid all[] = { g, g, g, g, g, g };
    uint64_t print = holding_print(&g);
    all[0].lower = 101;
    all[1].upper = 131;
    all[2].levels = 4;
    all[3].capital = NO_VALUE;
    all[4].start_price = NO_VALUE;
    all[5].spacing = GRID_GEOMETRIC;
    for (int i = 0; i < 6; i++) {
        ASSERT(holding_print(&all[i]) != print);
        for (int k = 0; k < i; k++)
            ASSERT(holding_print(&all[i]) != holding_print(&all[k]));
    }
    struct grid same = g;
    same.stop.below = 90;
    ASSERT(holding_print(&same) == print);
    same = all[3]; /* what is not there has one print, whatever its bits */
    same.capital = -NO_VALUE;
    ASSERT(holding_print(&same) == holding_print(&all[3]));
}

static void another_life_forgets(void)
{
    struct holding h = begun(114);
    holding_of_life(&h, &grid);
    ASSERT(h.shadow.begun);
    grid.history[grid.history_count++] =
        (struct grid_history){ .at_ms = SCENE_START_MS + MS_PER_HOUR,
                               .event = GRID_STARTED };
    holding_of_life(&h, &grid);
    ASSERT(!h.shadow.begun && !h.booked);
    ASSERT_INT(h.life_ms, SCENE_START_MS + MS_PER_HOUR);
    ASSERT_INT(h.fills_until_ms, MOMENT_NONE);
}

/* Down to 99 the lowest cell buys, in either order. Then up to 111, down to 99
 * and back to 105: a sale, and in the reverse order a buy besides. */
static void what_must_have_filled_is_missed(void)
{
    struct holding h = begun(114);
    ASSERT_INT(holding_lacks(&h), 0); /* no books to lack them */
    h.booked = true;
    ASSERT_INT(holding_lacks(&h), 0);
    bars.count = 0;
    add(1, 114, 114, 99, 105);
    ASSERT_STR(walk(&h), NULL);
    ASSERT_INT(holding_lacks(&h), 1);
    ASSERT_INT(holding_lacks(&h), 1); /* asked again, it is the same one */
    h.books.count = 1;
    ASSERT_INT(holding_lacks(&h), 0); /* it came in */
    bars.count = 0;
    add(2, 105, 111, 99, 105);
    ASSERT_STR(walk(&h), NULL);
    int64_t walks[2];
    shadow_fills(&h.shadow, walks);
    ASSERT_INT(walks[0], 2);
    ASSERT_INT(walks[1], 3);
    ASSERT_INT(holding_lacks(&h), 1); /* the fewer of 1 and 2 */
    h.shadow.stopped = true;
    ASSERT_INT(holding_lacks(&h), 0);
}

static void open_buys_are_told_best_first(void)
{
    struct risk_order out[SHADOW_CELLS_MAX];
    struct holding h = begun(128); /* all cells empty: 1000 / 330 each */
    ASSERT_INT(holding_orders(&h, 125, out), 3);
    ASSERT_NEAR(out[0].price, 120, 1e-12);
    ASSERT_NEAR(out[1].price, 110, 1e-12);
    ASSERT_NEAR(out[2].price, 100, 1e-12);
    ASSERT_NEAR(out[0].size, 1000. / 330, 1e-12);
    ASSERT_INT(holding_orders(&h, 120, out), 2); /* below it, not at it */
    ASSERT_INT(holding_orders(&h, 100, out), 0);
    h.shadow.stopped = true;
    ASSERT_INT(holding_orders(&h, 125, out), 0);
    h = begun(114);
    ASSERT_INT(holding_orders(&h, 125, out), 1); /* the others are full */
    ASSERT_NEAR(out[0].price, 100, 1e-12);
}

static void by_the_model_it_is_worth_what_its_cells_are(void)
{
    struct holding h = begun(114);
    struct position p =
        holding_by_shadow(&h, &grid, value_real(116, 1), "no key");
    ASSERT_INT(p.source, POSITION_MODEL);
    ASSERT_STR(p.reason, "no key");
    ASSERT_NEAR(p.inventory.nominal.v, 6.097560976, 0); /* 2 Q, nine digits */
    ASSERT_NEAR(p.pnl.e.nominal.v, 12.195121951, 0);    /* 2 Q (116 - 114) */
    ASSERT_NEAR(p.avg_cost.nominal.v, 114, 1e-12);
    /* Without a price what is held does not change, and has no worth. */
    p = holding_by_shadow(&h, &grid, value_none(VALUE_STALE), "no key");
    ASSERT_NEAR(p.inventory.nominal.v, 6.097560976, 0);
    ASSERT_INT(p.pnl.e.nominal.status, VALUE_STALE);
    ASSERT(isnan(p.pnl.e.nominal.v));
}

static void balances_say_the_inventory_alone(void)
{
    struct holding h = begun(114);
    struct position p =
        holding_by_balance(&h, &grid, 6.25, value_real(116, 1), NULL);
    ASSERT_INT(p.source, POSITION_ROBOT);
    ASSERT_NEAR(p.inventory.nominal.v, 6.25, 0);
    ASSERT_NEAR(p.inventory.lo, 6.25, 0);
    ASSERT_NEAR(p.inventory.hi, 6.25, 0);
    ASSERT_NEAR(p.pnl.e.nominal.v, 12.195121951, 0);
    p = holding_by_balance(&h, &grid, 6.25, value_real(116, 1), "no bars");
    ASSERT_INT(p.source, POSITION_ROBOT);
    ASSERT_STR(p.reason, "no bars");
    ASSERT_NEAR(p.inventory.nominal.v, 6.25, 0);
    ASSERT_INT(p.pnl.e.nominal.status, VALUE_UNAVAILABLE);
    ASSERT(isnan(p.fees.nominal.v));
}

/* .02 for 1,680: 20 above it at 85,000, 20 below it at 83,000. */
static void the_books_remember_their_peak(void)
{
    struct holding h = holding_new();
    h.books.base = of("0.02");
    h.books.cost = of("1680");
    h.books.cash = of("-1680");
    struct position p = holding_by_books(&h, value_real(85000, 1), 0, "asked");
    ASSERT_INT(p.source, POSITION_EXCHANGE);
    ASSERT_NEAR(p.pnl.e.nominal.v, 20, 1e-12);
    ASSERT_NEAR(h.books_peak, 20, 1e-12);
    p = holding_by_books(&h, value_none(VALUE_STALE), 0, "asked");
    ASSERT(isnan(p.pnl.e.nominal.v));
    ASSERT_NEAR(h.books_peak, 20, 1e-12); /* no price takes it away */
    p = holding_by_books(&h, value_real(83000, 1), 0, "asked");
    ASSERT_NEAR(p.pnl.e.nominal.v, -20, 1e-12);
    ASSERT_NEAR(p.pnl.peak.nominal.v, 20, 1e-12);
    ASSERT_NEAR(p.pnl.drawdown.nominal.v, 40, 1e-12);
}

void holding_test(void)
{
    TEST_SUITE("holding");
    TEST(a_model_that_cannot_begin_says_why);
    TEST(a_start_price_that_is_not_stated_is_the_bars);
    TEST(a_model_that_stands_is_not_walked_over_a_hole);
    TEST(the_print_is_of_what_the_cells_are_made_of);
    TEST(another_life_forgets);
    TEST(what_must_have_filled_is_missed);
    TEST(open_buys_are_told_best_first);
    TEST(by_the_model_it_is_worth_what_its_cells_are);
    TEST(balances_say_the_inventory_alone);
    TEST(the_books_remember_their_peak);
}
