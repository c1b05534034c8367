/* Fills that the exchange lists after their time was asked for. The numbers are
 * worked out by hand, of grids that trade near 100 without fees. */
#include "position/holding.h"

#include <string.h>

#include "base/array.h"
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

/* Bought 3, and a stop sold them within 70 s, over the end of a quarter: at 80
 * before it, at 75 and 70 after it. The last is listed when the first is
 * settled: 6 h later. */
static void a_sale_that_began_settled_is_told_whole(void)
{
    const int64_t quarter = 15 * MIN;
    const struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "90"),
                                fill_at(2 * MIN, FILL_BUY, "100"),
                                fill_at(3 * MIN, FILL_BUY, "100"),
                                fill_at(quarter - 10000, FILL_SELL, "80"),
                                fill_at(quarter + 10000, FILL_SELL, "75"),
                                fill_at(quarter + MIN, FILL_SELL, "70") };
    const struct parting_sale *sale = &h.parting.sale;
    begin();
    ASSERT_INT(lists(all, 5, 375 * MIN), 0);
    ASSERT_INT(h.settled.count, 4);
    ASSERT_NEAR(sale->base, 2, 0);
    ASSERT_INT(lists(all, 6, 390 * MIN), 1);
    ASSERT_INT(h.books.count, 6);
    ASSERT_INT(sale->from_ms, LIFE + quarter - 10000);
    ASSERT_INT(sale->until_ms, LIFE + quarter + MIN);
    ASSERT_NEAR(sale->base, 3, 0);
    ASSERT_NEAR(sale->low, 70, 0);
    ASSERT_NEAR(sale->high, 80, 0);
    /* And once all of it is settled. */
    ASSERT_INT(lists(all, 6, 405 * MIN), 0);
    ASSERT_INT(h.settled.count, 6);
    ASSERT_INT(lists(all + 5, 1, 420 * MIN), 0);
    ASSERT_NEAR(sale->base, 3, 0);
    ASSERT_NEAR(sale->high, 80, 0);
}

/* A buy that came late between two sales parts them: what was sold before it
 * is no part of the newest. */
static void a_late_buy_parts_the_sales(void)
{
    const struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "90"),
                                fill_at(2 * MIN, FILL_BUY, "90"),
                                fill_at(20 * MIN, FILL_SELL, "80"),
                                fill_at(21 * MIN, FILL_BUY, "75"),
                                fill_at(22 * MIN, FILL_SELL, "70") };
    const struct fill seen[] = { all[0], all[1], all[2], all[4] };
    begin();
    ASSERT_INT(lists(seen, 4, 30 * MIN), 0);
    ASSERT_NEAR(h.parting.sale.base, 2, 0);
    ASSERT_INT(lists(all, 5, 45 * MIN), 1);
    ASSERT_NEAR(h.parting.sale.base, 1, 0);
    ASSERT_INT(h.parting.sale.from_ms, LIFE + 22 * MIN);
}

/* As many are listed as were known, or more: one of them is gone all the same.
 */
static void one_that_is_gone_is_not_made_up_for(void)
{
    const struct fill all[] = { fill_at(1 * MIN, FILL_BUY, "90"),
                                fill_at(2 * MIN, FILL_BUY, "100"),
                                fill_at(3 * MIN, FILL_BUY, "100"),
                                fill_at(4 * MIN, FILL_BUY, "110") };
    const struct fill seen[] = { all[0], all[3] };
    const struct fill other[] = { all[1], all[3] };
    begin();
    ASSERT_INT(lists(seen, 2, 15 * MIN), 0);
    ASSERT_INT(lists(other, 2, 30 * MIN), -1);
    ASSERT_STR(why, "the account does not show every fill that its books know");
    holds("2", "0");
    ASSERT_INT(lists(all + 1, 3, 30 * MIN), -1);
    ASSERT_INT(h.books.count, 2);
    ASSERT_INT(lists(all, 4, 30 * MIN), 2);
    holds("4", "0");
    ASSERT_INT(lists(all, 4, 45 * MIN), 0);
}

/* Of more fills than HOLDING_KNOWN_MAX the newest are known one by one, and
 * those before them by their number: 5 of 69, in steps of a second. */
static void of_many_the_oldest_are_known_by_their_number(void)
{
    enum { ALL = HOLDING_KNOWN_MAX + 5 };
    struct fill all[ALL + 2], seen[ALL];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        all[i] = fill_at((int64_t)i * 1000, FILL_BUY, "100");
    /* Of the first half minute one is late, and one in the middle. */
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (i != 2 && i != 40)
            seen[n++] = all[i];
    begin();
    ASSERT_INT(n, ALL);
    ASSERT_INT(lists(seen, ALL, 15 * MIN), 0);
    ASSERT_INT(lists(all, ALL + 2, 30 * MIN), 2);
    ASSERT_INT(h.books.count, ALL + 2);

    /* 68 of 69, the 10th gone, and two that are late. */
    begin();
    ASSERT_INT(lists(seen, ALL, 15 * MIN), 0);
    memmove(&all[9], &all[10], (ALL - 8) * sizeof(all[0]));
    ASSERT_INT(lists(all, ALL + 1, 30 * MIN), -1);

    /* One of the first five gone: fewer are there than were. */
    begin();
    ASSERT_INT(lists(seen, ALL, 15 * MIN), 0);
    ASSERT_INT(lists(seen + 1, ALL - 1, 30 * MIN), -1);
    ASSERT_INT(lists(seen, ALL, 30 * MIN), 0);
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
    TEST(a_sale_that_began_settled_is_told_whole);
    TEST(a_late_buy_parts_the_sales);
    TEST(one_that_is_gone_is_not_made_up_for);
    TEST(of_many_the_oldest_are_known_by_their_number);
}
