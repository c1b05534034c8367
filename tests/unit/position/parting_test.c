/* Was the grid left? Fills and balances made by hand; what follows from them is
 * SPEC 9 in words: orders gone, inventory to zero, sub-account emptied. */
#include "position/parting.h"

#include "base/moment.h"
#include "test.h"

void parting_test(void);

#define S INT64_C(1000)

static struct fill a_fill(enum fill_side side, int64_t at_ms, const char *price,
                          const char *size)
{
    struct fill f = { .id = at_ms + 1, .at_ms = at_ms, .side = side };
    ASSERT(decimal_parse(price, &f.price) && decimal_parse(size, &f.size));
    return f;
}

static void sales_belong_together_that_nothing_parts(void)
{
    struct parting_sale s = parting_new().sale;
    struct fill f = a_fill(FILL_SELL, 0, "100", "2");

    ASSERT_INT(s.until_ms, MOMENT_NONE);
    parting_enter(&s, &f);
    f = a_fill(FILL_SELL, 300 * S, "103", "1");
    parting_enter(&s, &f);
    f = a_fill(FILL_SELL, 301 * S, "99.5", "0.5");
    parting_enter(&s, &f);
    ASSERT_INT(s.from_ms, 0);
    ASSERT_INT(s.until_ms, 301 * S);
    ASSERT_NEAR(s.base, 3.5, 1e-12);
    ASSERT_NEAR(s.low, 99.5, 0);
    ASSERT_NEAR(s.high, 103, 0);
    f = a_fill(FILL_SELL, 602 * S, "98", "1"); /* 301 s later */
    parting_enter(&s, &f);
    ASSERT_INT(s.from_ms, 602 * S);
    ASSERT_NEAR(s.base, 1, 0);
    f = a_fill(FILL_BUY, 603 * S, "97", "1");
    parting_enter(&s, &f);
    ASSERT_INT(s.until_ms, MOMENT_NONE);
    ASSERT_NEAR(s.low, NO_VALUE, 0);
}

static struct books books(int64_t buys, const char *base)
{
    struct books b = books_new();
    b.buys = buys;
    ASSERT(decimal_parse(base, &b.base));
    return b;
}

static void fills_and_orders_say_it(void)
{
    struct books b = books(3, "0");
    struct decimal dust, zero = DECIMAL_ZERO;
    ASSERT(decimal_parse("0.00001", &dust));
    ASSERT_INT(parting_of_books(&b, 0, &zero), ANSWER_YES);
    ASSERT_INT(parting_of_books(&b, 1, &zero), ANSWER_NO);
    b = books(0, "0"); /* it has bought nothing yet */
    ASSERT_INT(parting_of_books(&b, 0, &zero), ANSWER_NO);
    b = books(3, "0.00000999");
    ASSERT_INT(parting_of_books(&b, 0, &zero), ANSWER_NO);
    ASSERT_INT(parting_of_books(&b, 0, &dust), ANSWER_YES);
    b = books(3, "0.00001");
    ASSERT_INT(parting_of_books(&b, 0, &dust), ANSWER_NO);
    b = books(3, "-1");
    b.oversold = true;
    ASSERT_INT(parting_of_books(&b, 0, &dust), ANSWER_UNKNOWN);
}

static void what_may_be_dust_says_nothing(void)
{
    struct books b = books(3, "0.00000999");
    ASSERT_INT(parting_of_books(&b, 0, NULL), ANSWER_UNKNOWN);
    ASSERT_INT(parting_of_books(&b, 1, NULL), ANSWER_NO);
    b = books(3, "0");
    ASSERT_INT(parting_of_books(&b, 0, NULL), ANSWER_YES);
}

/* Of a state that was written before the most base was kept. */
static void nothing_is_empty_whatever_the_most_was(void)
{
    const struct parting_funds nothing = { 0, 0, 0 }, some = { .5, 0, 20000 };
    struct parting p = parting_new();
    p.most = 10000;
    p.held_ms = 0;
    ASSERT(isnan(p.most_base));
    ASSERT(parting_is_emptied(&p, &nothing));
    ASSERT(!parting_is_emptied(&p, &some));
}

static enum answer left(struct parting *p, double base, double quote,
                        double close, int64_t slot_ms)
{
    const struct parting_funds now = { base, quote, base * close + quote };
    return parting_of_balances(p, &now, slot_ms);
}

static void an_account_is_empty_that_was_full(void)
{
    struct parting p = parting_new();
    const struct parting_funds none = { 0, 0, 0 };
    ASSERT_INT(left(&p, 0, 0, 100, 0), ANSWER_NO);
    ASSERT_INT(left(&p, 50, 5000, 100, 900 * S), ANSWER_NO);
    ASSERT_INT(p.held_ms, 900 * S);
    ASSERT_INT(left(&p, NO_VALUE, 0, 100, 1800 * S), ANSWER_UNKNOWN);
    ASSERT_INT(left(&p, 0, 10.01, 100, 2700 * S), ANSWER_NO);
    ASSERT_INT(p.held_ms, 2700 * S);
    ASSERT_INT(left(&p, 0.05, 10, 100, 3600 * S), ANSWER_UNKNOWN);
    ASSERT_INT(left(&p, 0.05, 10, 100, 4500 * S), ANSWER_YES);
    ASSERT_INT(p.held_ms, 2700 * S);
    ASSERT(parting_is_emptied(&p, &none));
}

/* All of it in base, and a price that loses 99.95 %: nothing was taken out. */
static void a_price_that_falls_empties_nothing(void)
{
    struct parting p = parting_new();
    ASSERT_INT(left(&p, 100, 0, 100, 900 * S), ANSWER_NO);
    for (int64_t i = 2; i < 8; i++)
        ASSERT_INT(left(&p, 100, 0, 0.05, i * 900 * S), ANSWER_NO);
    ASSERT_INT(p.held_ms, 7 * 900 * S);
}

static void what_is_not_known_changes_nothing_for_an_hour(void)
{
    struct parting p = parting_new();
    parting_conclude(&p, ANSWER_UNKNOWN, 900 * S);
    ASSERT_INT(p.left_ms, MOMENT_NONE);
    parting_conclude(&p, ANSWER_YES, 900 * S);
    parting_conclude(&p, ANSWER_YES, 1800 * S);
    ASSERT_INT(p.left_ms, 1800 * S);
    parting_conclude(&p, ANSWER_UNKNOWN, 5400 * S);
    ASSERT_INT(p.left_ms, 1800 * S);
    parting_conclude(&p, ANSWER_UNKNOWN, 5401 * S); /* an hour */
    ASSERT_INT(p.left_ms, MOMENT_NONE);
    parting_conclude(&p, ANSWER_YES, 6300 * S);
    parting_conclude(&p, ANSWER_NO, 7200 * S);
    ASSERT_INT(p.left_ms, MOMENT_NONE);
}

void parting_test(void)
{
    TEST_SUITE("position/parting");
    TEST(sales_belong_together_that_nothing_parts);
    TEST(fills_and_orders_say_it);
    TEST(what_may_be_dust_says_nothing);
    TEST(nothing_is_empty_whatever_the_most_was);
    TEST(an_account_is_empty_that_was_full);
    TEST(a_price_that_falls_empties_nothing);
    TEST(what_is_not_known_changes_nothing_for_an_hour);
}
