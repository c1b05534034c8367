/* Fills that the exchange lists after their time was asked for. The numbers are
 * worked out by hand, of grids that trade at 100 without fees. */
#include "position/holding.h"

#include "base/decimal_of.h"
#include "test.h"

void late_fill_test(void);

#define LIFE ((int64_t)1795176000000)
#define MIN  MS_PER_MINUTE

static const struct grid g = { .symbol = "BTC-USDT" };
static struct holding h;
static const char *why;

/* One of 1 at a price, so long after the start; its id grows with its time. */
static struct fill fill_at(int64_t after_ms, enum fill_side side,
                           const char *price)
{
    return (struct fill){ .id = 1 + after_ms,
                          .at_ms = LIFE + after_ms,
                          .side = side,
                          .price = of(price),
                          .size = of("1"),
                          .funds = of(price) };
}

static void begin(void)
{
    h = holding_new();
    h.life_ms = LIFE;
    why = NULL;
}

/* What is listed at the slot that ends so long after the start. */
static int64_t lists(const struct fill *list, size_t n, int64_t slot_ms)
{
    const struct fills_read read = { list, n };
    return holding_book(&h, &g, &read, LIFE + slot_ms, &why);
}

static void holds(const char *base, const char *realised)
{
    says(h.books.base, base);
    says(h.books.realised, realised);
}

/* Bought at 90 and 100, sold at 110. Average 95: 15. While the first was not
 * listed, 100: 10. */
static void a_late_fill_takes_its_place(void)
{
    const struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "90"),
                                fill_at(2 * MIN, FILL_BUY, "100"),
                                fill_at(20 * MIN, FILL_SELL, "110") };
    begin();
    ASSERT_INT(lists(all + 1, 1, 15 * MIN), 0);
    holds("1", "0");
    ASSERT_INT(lists(all + 1, 2, 30 * MIN), 0);
    holds("0", "10");
    ASSERT_INT(h.books.count, 2);
    ASSERT_INT(lists(all, 3, 45 * MIN), 1);
    holds("1", "15");
    ASSERT_INT(h.books.count, 3);
    ASSERT_INT(lists(all, 3, 60 * MIN), 0);
    holds("1", "15");
}

/* Its buy is listed after its sale: oversold until then, and then no more. */
static void a_late_buy_takes_back_that_more_was_sold(void)
{
    const struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "100"),
                                fill_at(2 * MIN, FILL_SELL, "101") };
    begin();
    ASSERT_INT(lists(all + 1, 1, 15 * MIN), 0);
    ASSERT(h.books.oversold);
    ASSERT_INT(lists(all, 2, 30 * MIN), 1);
    ASSERT(!h.books.oversold);
    holds("0", "1");
}

/* What is six hours old is settled; what is listed by then is in the books. */
static void six_hours_are_looked_at_again(void)
{
    const struct fill all[] = { fill_at(10 * MIN, FILL_BUY, "90"),
                                fill_at(30 * MIN, FILL_BUY, "100"),
                                fill_at(375 * MIN, FILL_SELL, "110") };
    begin();
    ASSERT_INT(lists(all, 1, 15 * MIN), 0);
    ASSERT(h.unsettled);
    ASSERT_INT(holding_fills_from_ms(&h, 0), LIFE);
    ASSERT_INT(lists(all, 1, 375 * MIN), 0);
    ASSERT(!h.unsettled && h.settled.count == 1);
    ASSERT_INT(holding_fills_from_ms(&h, 0), LIFE + 10 * MIN);
    /* Listed 5 h 45 min to 6 h late. */
    ASSERT_INT(lists(all, 2, 375 * MIN), 1);
    holds("2", "0");
    ASSERT(h.unsettled && h.settled.count == 1);
    ASSERT_INT(lists(all, 3, 390 * MIN), 0);
    holds("1", "15");
    ASSERT_INT(h.settled.count, 1);
    ASSERT_INT(lists(all, 3, 405 * MIN), 0);
    ASSERT_INT(h.settled.count, 2);
    ASSERT_INT(holding_fills_from_ms(&h, 0), LIFE + 30 * MIN);
    /* An exchange that shows no more than the last six hours. */
    ASSERT_INT(holding_fills_from_ms(&h, LIFE + 40 * MIN), LIFE + 45 * MIN);
    /* The fills that are settled need not be shown. */
    ASSERT_INT(lists(all + 2, 1, 420 * MIN), 0);
    holds("1", "15");
}

static void fills_that_are_gone_are_told(void)
{
    const struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "90"),
                                fill_at(2 * MIN, FILL_BUY, "100"),
                                fill_at(20 * MIN, FILL_SELL, "110") };
    begin();
    ASSERT_INT(lists(all, 2, 15 * MIN), 0);
    ASSERT_INT(lists(all + 1, 2, 30 * MIN), -1);
    ASSERT_STR(why, "the account does not show every fill that its books know");
    holds("2", "0");
    ASSERT_INT(h.fills_until_ms, LIFE + 15 * MIN);
    ASSERT_INT(lists(all, 3, 30 * MIN), 0);
    holds("1", "15");
}

static void an_unsound_fill_changes_nothing(void)
{
    struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "90"),
                          fill_at(2 * MIN, FILL_BUY, "100") };
    begin();
    all[1].funds = DECIMAL_ZERO;
    ASSERT_INT(lists(all, 2, 15 * MIN), -1);
    ASSERT_STR(why, "a fill has no id, price, size or funds");
    ASSERT(!h.booked && h.books.count == 0);
}

/* The sale that the phone hears of when the grid was left. */
static void a_late_sale_belongs_to_the_newest_sales(void)
{
    const struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "90"),
                                fill_at(2 * MIN, FILL_BUY, "100"),
                                fill_at(20 * MIN, FILL_SELL, "80"),
                                fill_at(21 * MIN, FILL_SELL, "70") };
    const struct fill seen[] = { all[0], all[1], all[3] };
    begin();
    ASSERT_INT(lists(seen, 3, 30 * MIN), 0);
    ASSERT_NEAR(h.parting.sale.high, 70, 0);
    ASSERT_INT(lists(all, 4, 45 * MIN), 1);
    ASSERT_INT(h.parting.sale.from_ms, LIFE + 20 * MIN);
    ASSERT_INT(h.parting.sale.until_ms, LIFE + 21 * MIN);
    ASSERT_NEAR(h.parting.sale.base, 2, 0);
    ASSERT_NEAR(h.parting.sale.low, 70, 0);
    ASSERT_NEAR(h.parting.sale.high, 80, 0);
}

void late_fill_test(void)
{
    TEST_SUITE("position/late_fill");
    TEST(a_late_fill_takes_its_place);
    TEST(a_late_buy_takes_back_that_more_was_sold);
    TEST(six_hours_are_looked_at_again);
    TEST(fills_that_are_gone_are_told);
    TEST(an_unsound_fill_changes_nothing);
    TEST(a_late_sale_belongs_to_the_newest_sales);
}
