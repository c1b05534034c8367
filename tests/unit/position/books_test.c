#include "position/books.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/decimal_of.h"
#include "base/moment.h"
#include "base/value.h"
#include "books_rows.h"
#include "test.h"

static struct books b;

static struct fill fill_of(enum fill_side side, const char *price,
                           const char *size, const char *funds)
{
    return (struct fill){ .id = b.last_id + 1,
                          .at_ms = (b.last_id + 1) * MS_PER_HOUR,
                          .side = side,
                          .price = of(price),
                          .size = of(size),
                          .funds = of(funds) };
}

static enum books_fault enter(const struct fill *f)
{
    return books_enter(&b, f, "BTC", "USDT");
}

static void trade(enum fill_side side, const char *price, const char *size,
                  const char *funds, const char *fee, const char *currency)
{
    struct fill f = fill_of(side, price, size, funds);
    f.fee = of(fee);
    snprintf(f.fee_currency, sizeof(f.fee_currency), "%s", currency);
    ASSERT_INT(enter(&f), BOOKS_OK);
    /* cash + base * price = realised + base * price - cost */
    ASSERT_INT(decimal_cmp(decimal_add(b.cash, b.cost), b.realised), 0);
}

/* Base, cost, realised, fees: what follows each fill of an example. */
static void hold(const char *base, const char *cost, const char *realised,
                 const char *fees)
{
    says(b.base, base);
    says(b.cost, cost);
    says(b.realised, realised);
    says(b.fees, fees);
}

/* Two buys at 0.1 %, a sell of a third, a sell of the rest; by hand:
 *   .02 for 1700 + 1.7; .01 for 820 + .82: .03 cost 2522.52, 84084 each;
 *   .01 brings 845 - .845, cost 840.84: 3.315 more;
 *   .02 bring 1660 - 1.66, cost 1681.68: 23.34 less. */
static void a_worked_example(void)
{
    struct decimal avg;
    b = books_new();
    ASSERT_INT(b.last_ms, MOMENT_NONE);
    ASSERT(!books_avg_cost(&b, &avg));
    trade(FILL_BUY, "85000", "0.02", "1700", "1.7", "USDT");
    hold("0.02", "1701.7", "0", "1.7");
    trade(FILL_BUY, "82000", "0.01", "820", "0.82", "USDT");
    hold("0.03", "2522.52", "0", "2.52");
    ASSERT(books_avg_cost(&b, &avg));
    says(avg, "84084");
    ASSERT_NEAR(books_unrealised(&b, 84500), 12.48, 1e-12);
    ASSERT_NEAR(books_net(&b, 84500, .001), 12.48 - 2.535, 1e-12);

    trade(FILL_SELL, "84500", "0.01", "845", "0.845", "USDT");
    hold("0.02", "1681.68", "3.315", "3.365");
    says(b.cash, "-1678.365");
    ASSERT_NEAR(books_unrealised(&b, 83000), -21.68, 1e-12);
    ASSERT_NEAR(books_net(&b, 83000, 0), 3.315 - 21.68, 1e-12);

    trade(FILL_SELL, "83000", "0.02", "1660", "1.66", "USDT");
    hold("0", "0", "-20.025", "5.025");
    says(b.cash, "-20.025");
    ASSERT(!books_avg_cost(&b, &avg));
    ASSERT_NEAR(books_net(&b, 83000, .001), -20.025, 1e-15);
    ASSERT_NEAR(books_unrealised(&b, 83000), 0, 0);
    ASSERT_INT(b.count, 4);
    ASSERT_INT(b.buys, 2);
    ASSERT_INT(b.sells, 2);
    ASSERT_INT(b.last_ms, 4 * MS_PER_HOUR);
    ASSERT(!b.oversold && !b.mixed_fees);
    ASSERT_STR(b.other_currency, "");
}

/* .001 of 1 BTC stays with the exchange; .333 sold costs .333 BTC more. */
static void a_fee_in_base_lessens_the_amount(void)
{
    struct decimal avg;
    b = books_new();
    trade(FILL_BUY, "999", "1", "999", "0.001", "BTC");
    hold("0.999", "999", "0", "0.999");
    ASSERT(books_avg_cost(&b, &avg));
    says(avg, "1000");
    trade(FILL_SELL, "1100", "0.333", "366.3", "0.333", "BTC");
    hold("0.333", "333", "-299.7", "367.299");
    says(b.cash, "-632.7");
}

static struct decimal dust;

static bool is_dust(double base, double step, double funds, double price)
{
    const struct books_least least = { base, step, funds, price };
    dust = DECIMAL_ZERO;
    return books_dust(&b, &least, &dust);
}

/* KuCoin's BTC-USDT: .00001 at least, in steps of 1e-8; two fees in base. */
static void dust_is_what_cannot_be_ordered(void)
{
    b = books_new();
    ASSERT(!is_dust(NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE));
    ASSERT(is_dust(1e-5, 1e-8, NO_VALUE, NO_VALUE));
    says(dust, "0.00001");
    ASSERT(is_dust(NO_VALUE, 1e-8, NO_VALUE, NO_VALUE));
    says(dust, "0.00000001");
    ASSERT(is_dust(0.1, 1, NO_VALUE, NO_VALUE));
    says(dust, "1");
    trade(FILL_BUY, "1000", "1", "1000", "0.001", "BTC");
    trade(FILL_BUY, "1000", "1", "1000", "1", "USDT");
    trade(FILL_BUY, "1000", "1", "1000", "0.001", "BTC");
    ASSERT_INT(b.base_fees, 2);
    ASSERT(is_dust(1e-5, 1e-8, NO_VALUE, NO_VALUE));
    says(dust, "0.00001002");
    ASSERT(is_dust(1e-8, 1e-8, NO_VALUE,
                   NO_VALUE)); /* one order's worth at most */
    says(dust, "0.00000002");
}

/* Nor is an order taken that is worth less than minFunds: .1 quote is .0001
 * base at 1000, and .00001 at 10000. */
static void dust_is_what_is_worth_no_order(void)
{
    b = books_new();
    ASSERT(is_dust(1e-5, 1e-8, .1, 1000));
    says(dust, "0.0001");
    ASSERT(is_dust(1e-5, 1e-8, .1, 20000));
    says(dust, "0.00001");
    ASSERT(is_dust(1e-5, 1e-8, .1, NO_VALUE));
    says(dust, "0.00001");
    ASSERT(is_dust(NO_VALUE, 1e-8, .1, 1000));
    says(dust, "0.0001");
    ASSERT(!is_dust(NO_VALUE, NO_VALUE, .1, NO_VALUE));
    trade(FILL_BUY, "1000", "1", "1000", "0.001", "BTC");
    ASSERT(is_dust(1e-5, 1e-8, .1, 1000));
    says(dust, "0.00010001");
}

static void a_fee_in_a_third_currency_is_kept_apart(void)
{
    b = books_new();
    trade(FILL_BUY, "100", "2", "200", "0.0123", "KCS");
    trade(FILL_SELL, "110", "1", "110", "0.0077", "KCS");
    hold("1", "100", "10", "0");
    says(b.other_fees, "0.02");
    ASSERT_STR(b.other_currency, "KCS");
    ASSERT(!b.mixed_fees);
    trade(FILL_SELL, "110", "0.5", "55", "3", "BNB");
    hold("0.5", "50", "15", "0");
    says(b.other_fees, "0.02");
    ASSERT_STR(b.other_currency, "KCS");
    ASSERT(b.mixed_fees);
}

static void a_rebate_is_a_fee_below_zero(void)
{
    b = books_new();
    trade(FILL_BUY, "100", "2", "200", "-0.02", "USDT");
    hold("2", "199.98", "0", "-0.02");
    trade(FILL_SELL, "110", "1", "110", "-0.01", "USDT");
    hold("1", "99.99", "10.02", "-0.03");
    trade(FILL_SELL, "110", "0.4", "44", "-0.1", "BTC");
    hold("0.7", "69.993", "24.023", "-11.03");
}

/* Fees of dust: nothing of the cost stays behind, and none is below zero. */
static void a_fee_may_be_worth_more_than_its_fill(void)
{
    b = books_new();
    trade(FILL_BUY, "100", "1", "100", "1", "BTC");
    hold("0", "0", "-100", "100");
    trade(FILL_BUY, "100", "1", "100", "-150", "USDT");
    hold("1", "0", "-50", "-50");
    trade(FILL_SELL, "100", "0.5", "50", "60", "USDT");
    hold("0.5", "0", "-60", "10");
    trade(FILL_SELL, "100", "0.1", "10", "-0.2", "BTC");
    hold("0.6", "0", "-50", "-10");
    ASSERT(!b.oversold);
}

/* One third of 100, thrice: what is rounded stays in the cost, and the last
 * sale takes it. */
static void a_share_loses_nothing(void)
{
    b = books_new();
    trade(FILL_BUY, "33", "3", "100", "0", "");
    trade(FILL_SELL, "50", "1", "50", "0", "");
    hold("2", "66.666666666666666667", "16.666666666666666667", "0");
    trade(FILL_SELL, "50", "1", "50", "0", "");
    hold("1", "33.333333333333333333", "33.333333333333333333", "0");
    trade(FILL_SELL, "50", "1", "50", "0", "");
    hold("0", "0", "50", "0");
}

/* More sold than bought: all that it brought is realised, and the buy that
 * fills the gap of 3 takes 3/4 of what it paid off again. */
static void what_was_not_bought_is_told(void)
{
    struct decimal avg;
    b = books_new();
    trade(FILL_BUY, "10", "1", "10", "0", "");
    trade(FILL_SELL, "12", "4", "48", "0", "");
    hold("-3", "0", "38", "0");
    ASSERT(b.oversold);
    ASSERT(!books_avg_cost(&b, &avg));
    trade(FILL_SELL, "12", "1", "12", "0", "");
    hold("-4", "0", "50", "0");
    trade(FILL_BUY, "11", "1", "11", "0", "");
    hold("-3", "0", "39", "0");
    trade(FILL_BUY, "11", "4", "44", "0.4", "USDT");
    hold("1", "11.1", "5.7", "0.4");
    trade(FILL_BUY, "20", "1", "20", "0", "");
    hold("2", "31.1", "5.7", "0.4");
    trade(FILL_SELL, "20", "2", "40", "0", "");
    hold("0", "0", "14.6", "0.4");
    ASSERT(b.oversold);
}

static void refuses(const struct fill *f, enum books_fault want)
{
    struct books before = b;
    ASSERT_INT(enter(f), want);
    ASSERT_INT(b.count, before.count);
    ASSERT_INT(b.last_id, before.last_id);
    ASSERT_INT(b.last_ms, before.last_ms);
    ASSERT_INT(b.buys + b.sells, before.buys + before.sells);
    ASSERT_INT(decimal_cmp(b.base, before.base), 0);
    ASSERT_INT(decimal_cmp(b.cash, before.cash), 0);
    ASSERT_INT(decimal_cmp(b.fees, before.fees), 0);
    ASSERT_INT(decimal_cmp(b.other_fees, before.other_fees), 0);
    ASSERT_STR(b.other_currency, before.other_currency);
    ASSERT_INT(b.oversold, before.oversold);
}

/* Ids beyond 2^53, one apart: a double could not tell them. */
static void a_fill_is_entered_once(void)
{
    b = books_new();
    struct fill f = fill_of(FILL_BUY, "10", "1", "10");
    f.id = INT64_C(9007199254740993);
    ASSERT_INT(enter(&f), BOOKS_OK);
    refuses(&f, BOOKS_AGAIN);
    f.id--;
    refuses(&f, BOOKS_AGAIN);
    f.id = INT64_C(9007199254740994);
    ASSERT_INT(enter(&f), BOOKS_OK);
    says(b.base, "2");
}

static void a_fill_that_is_not_sound_is_refused(void)
{
    b = books_new();
    const struct fill good = fill_of(FILL_BUY, "10", "1", "10");
    struct fill f = good;
    f.id = 0;
    refuses(&f, BOOKS_NOT_SOUND);
    for (int i = 0; i < 6; i++) {
        f = good;
        struct decimal *one = i < 2 ? &f.price : i < 4 ? &f.size : &f.funds;
        *one = i % 2 ? of("-1") : DECIMAL_ZERO;
        refuses(&f, BOOKS_NOT_SOUND);
    }
    f = good;
    f.fee = of("0.1");
    refuses(&f, BOOKS_NOT_SOUND);
    ASSERT_INT(enter(&good), BOOKS_OK);
}

static void what_cannot_be_trusted_is_refused(void)
{
    static const char most[] = "999999999999999.999999999999999999";
    struct decimal large = decimal_add(of(most), of(most));
    b = books_new();
    const struct fill good = fill_of(FILL_BUY, "10", "1", "10");
    struct fill f = good;
    for (int i = 0; i < 4; i++) {
        f = good;
        f.side = i % 2 ? FILL_SELL : FILL_BUY;
        snprintf(f.fee_currency, sizeof(f.fee_currency), "KCS");
        *(i == 0   ? &f.price
          : i == 1 ? &f.size
          : i == 2 ? &f.funds
                   : &f.fee) = large;
        refuses(&f, BOOKS_TOO_LARGE);
    }
    /* The worth of a fee in base does not fit. */
    f = fill_of(FILL_BUY, most, "1", "10");
    f.fee = of("1000000");
    snprintf(f.fee_currency, sizeof(f.fee_currency), "BTC");
    refuses(&f, BOOKS_TOO_LARGE);
    /* Each is fine, their sum is not. */
    trade(FILL_BUY, "1", most, "1", "0", "");
    f = good;
    f.id = b.last_id + 1;
    refuses(&f, BOOKS_TOO_LARGE);
    for (int i = BOOKS_OK; i <= BOOKS_TOO_LARGE; i++)
        ASSERT(strlen(books_fault_text((enum books_fault)i)) > 6);
}

/* --- Ten thousand sequences, and the sums that Python has ----------------- */

static uint64_t draws;

static int64_t below(int64_t n)
{
    draws =
        draws * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)(draws >> 33) % n;
}

static struct decimal units(int64_t n, int64_t places)
{
    struct decimal d = { n };
    for (int64_t i = places; i < DECIMAL_PLACES; i++)
        d.units *= 10;
    return d;
}

static struct decimal size_drawn(enum fill_side side)
{
    int64_t n = 1 + below(1000000);
    struct decimal drawn = units(n, below(9));
    int64_t how = below(8);
    if (side == FILL_BUY || how == 1 || decimal_sign(b.base) <= 0)
        return drawn;
    if (how == 0)
        return b.base;
    struct decimal part = { b.base.units * (1 + below(999)) / 1000 };
    part.units -= part.units % 10000000000;
    return decimal_sign(part) ? part : b.base;
}

static void draw_fee(struct fill *f)
{
    static const char *const currencies[] = { "",    "BTC",  "USDT",
                                              "KCS", "USDT", "BTC" };
    int64_t kind = below(6);
    struct decimal rate = units(below(30), 4);
    snprintf(f->fee_currency, sizeof(f->fee_currency), "%s", currencies[kind]);
    if (kind == 0)
        return;
    f->fee = rate;
    if (kind != 3)
        ASSERT(decimal_mul(kind == 1 || kind == 5 ? f->size : f->funds, rate,
                           &f->fee));
    if (kind > 3)
        f->fee = decimal_minus(f->fee);
}

/* cash + base * price = realised + base * price - cost, exactly. */
static bool adds_up(void)
{
    return decimal_cmp(decimal_add(b.cash, b.cost), b.realised) == 0 &&
           (decimal_sign(b.base) > 0 ? decimal_sign(b.cost) >= 0
                                     : decimal_sign(b.cost) == 0) &&
           b.buys + b.sells == b.count &&
           (decimal_sign(b.base) >= 0 || b.oversold);
}

static bool run_sequence(uint64_t seed)
{
    bool good = true;
    draws = seed;
    b = books_new();
    for (int64_t i = 0, n = 1 + below(30); i < n; i++) {
        struct fill f = { .id = i + 1 };
        f.side = below(5) < 3 ? FILL_BUY : FILL_SELL;
        int64_t price = 1 + below(10000000);
        f.price = units(price, below(6));
        f.size = size_drawn(f.side);
        good = decimal_mul(f.price, f.size, &f.funds) && good;
        if (decimal_sign(f.funds) == 0)
            f.funds.units = 1;
        draw_fee(&f);
        good = enter(&f) == BOOKS_OK && adds_up() && good;
    }
    return good;
}

static void books_are_those_of_another_bookkeeper(void)
{
    for (int row = 0; row < BOOKS_ROWS; row++) {
        const struct books_row *want = &books_rows[row];
        struct books sum = books_new();
        int oversold = 0, good = 0;
        for (int i = 0; i < BOOKS_SEQUENCES; i++) {
            good += run_sequence((uint64_t)(row * BOOKS_SEQUENCES + i + 1));
            sum.base = decimal_add(sum.base, b.base);
            sum.cost = decimal_add(sum.cost, b.cost);
            sum.realised = decimal_add(sum.realised, b.realised);
            sum.fees = decimal_add(sum.fees, b.fees);
            sum.other_fees = decimal_add(sum.other_fees, b.other_fees);
            oversold += b.oversold;
        }
        ASSERT_INT(good, BOOKS_SEQUENCES);
        says(sum.base, want->base);
        says(sum.cost, want->cost);
        says(sum.realised, want->realised);
        says(sum.fees, want->fees);
        says(sum.other_fees, want->other_fees);
        ASSERT_INT(oversold, want->oversold);
    }
}

void books_test(void);
void books_test(void)
{
    TEST_SUITE("books");
    TEST(a_worked_example);
    TEST(a_fee_in_base_lessens_the_amount);
    TEST(dust_is_what_cannot_be_ordered);
    TEST(dust_is_what_is_worth_no_order);
    TEST(a_fee_in_a_third_currency_is_kept_apart);
    TEST(a_rebate_is_a_fee_below_zero);
    TEST(a_fee_may_be_worth_more_than_its_fill);
    TEST(a_share_loses_nothing);
    TEST(what_was_not_bought_is_told);
    TEST(a_fill_is_entered_once);
    TEST(a_fill_that_is_not_sound_is_refused);
    TEST(what_cannot_be_trusted_is_refused);
    TEST(books_are_those_of_another_bookkeeper);
}
