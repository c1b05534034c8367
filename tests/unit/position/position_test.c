#include "position/position.h"

#include "base/array.h"
#include "base/decimal_of.h"
#include "position/books.h"
#include "position/shadow.h"
#include "test.h"

static void says_nothing(struct interval x)
{
    ASSERT_INT(x.nominal.status, VALUE_UNAVAILABLE);
    ASSERT(isnan(x.nominal.v) && isnan(x.lo) && isnan(x.hi));
}

static void no_data_is_not_no_position(void)
{
    struct position p = position_none("no source is built yet");
    ASSERT_INT(p.source, POSITION_NONE);
    ASSERT_STR(p.reason, "no source is built yet");
    says_nothing(p.inventory);
    says_nothing(p.avg_cost);
    says_nothing(p.pnl.e);
    says_nothing(p.pnl.peak);
    says_nothing(p.pnl.drawdown);
    says_nothing(p.realised);
    says_nothing(p.unrealised);
    says_nothing(p.fees);
}

static void sources_have_the_names_of_the_documents(void)
{
    static const char *const names[] = { "none", "exchange", "robot", "model" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        ASSERT_STR(position_source_name((enum position_source)i), names[i]);
}

static void lies(struct interval x, double nominal, double lo, double hi)
{
    ASSERT_INT(x.nominal.status, VALUE_REAL);
    ASSERT_NEAR(x.nominal.v, nominal, 1e-12);
    ASSERT_NEAR(x.lo, lo, 1e-12);
    ASSERT_NEAR(x.hi, hi, 1e-12);
}

static void is(struct interval x, double v)
{
    lies(x, v, v, v);
}

static void lacks(struct interval x, enum value_status why)
{
    ASSERT_INT(x.nominal.status, why);
    ASSERT(isnan(x.nominal.v) && isnan(x.lo) && isnan(x.hi));
}

/* .02 BTC that cost 1681.68; what was sold brought 3.315. */
static struct books some_books(void)
{
    struct books b = books_new();
    b.base = of("0.02");
    b.cost = of("1681.68");
    b.realised = of("3.315");
    b.cash = of("-1678.365");
    b.fees = of("3.365");
    return b;
}

/* e at 83,000: 1660 - 1.66 - 1678.365. */
static void fills_make_a_position(void)
{
    struct books b = some_books();
    struct position p = position_from_books(&b, value_real(83000, 1), .001,
                                            9.975, "the exchange is asked");
    ASSERT_INT(p.source, POSITION_EXCHANGE);
    ASSERT_STR(p.reason, "the exchange is asked");
    is(p.inventory, .02);
    is(p.avg_cost, 84084);
    is(p.pnl.e, -20.025);
    is(p.pnl.peak, 9.975);
    is(p.pnl.drawdown, 30);
    is(p.realised, 3.315);
    is(p.unrealised, -21.68);
    is(p.fees, 3.365);
}

/* e at 90,000 and no fee: 121.635, a new peak; at 83,000: below zero. */
static void a_peak_is_remembered_and_at_least_zero(void)
{
    struct books b = some_books();
    struct value high = value_real(90000, 1), low = value_real(83000, 1);
    struct position p = position_from_books(&b, high, 0, 100, "");
    is(p.pnl.peak, 121.635);
    is(p.pnl.drawdown, 0);
    p = position_from_books(&b, low, 0, 0, "");
    is(p.pnl.e, -18.365);
    is(p.pnl.peak, 0);
    is(p.pnl.drawdown, 18.365);
    p = position_from_books(&b, high, 0, NO_VALUE, "");
    is(p.pnl.e, 121.635);
    says_nothing(p.pnl.peak);
    says_nothing(p.pnl.drawdown);
}

static void a_price_that_may_not_be_used_leaves_the_holding(void)
{
    struct books b = some_books();
    struct value stale = { 83000, VALUE_STALE, 1 };
    struct position p = position_from_books(&b, stale, .001, 5, "");
    is(p.inventory, .02);
    is(p.avg_cost, 84084);
    is(p.realised, 3.315);
    is(p.fees, 3.365);
    lacks(p.pnl.e, VALUE_STALE);
    lacks(p.pnl.peak, VALUE_STALE);
    lacks(p.pnl.drawdown, VALUE_STALE);
    lacks(p.unrealised, VALUE_STALE);
}

static void holding_nothing_is_a_position_too(void)
{
    struct books b = books_new();
    struct position p =
        position_from_books(&b, value_real(83000, 1), .001, 0, "");
    is(p.inventory, 0);
    lacks(p.avg_cost, VALUE_FLAT);
    is(p.pnl.e, 0);
    is(p.pnl.drawdown, 0);
    is(p.unrealised, 0);
}

static void oversold_books_know_only_the_fees(void)
{
    struct books b = some_books();
    b.oversold = true;
    struct position p =
        position_from_books(&b, value_real(83000, 1), .001, 0, "");
    ASSERT_INT(p.source, POSITION_EXCHANGE);
    is(p.fees, 3.365);
    says_nothing(p.inventory);
    says_nothing(p.avg_cost);
    says_nothing(p.pnl.e);
    says_nothing(p.pnl.peak);
    says_nothing(p.pnl.drawdown);
    says_nothing(p.realised);
    says_nothing(p.unrealised);
}

static struct shadow_books some_shadow(void)
{
    return (struct shadow_books){
        .nominal = { .base = 2,
                     .e = 7,
                     .realised = 5,
                     .fees = 1.5,
                     .avg_cost = 99,
                     .peak = 20 },
        .reverse = { .base = 3,
                     .e = 4,
                     .realised = 6,
                     .fees = 1.25,
                     .avg_cost = 98,
                     .peak = 12 },
        .base_lo = 1,
        .base_hi = 4,
        .e_lo = -2,
        .e_hi = 9,
    };
}

/* The drawdowns of the walks are 13 and 8: a peak is of its own walk. */
static void a_modelled_position_is_an_interval(void)
{
    struct shadow_books s = some_shadow();
    struct position p =
        position_from_shadow(&s, value_real(101, 1), "no key was given");
    ASSERT_INT(p.source, POSITION_MODEL);
    ASSERT_STR(p.reason, "no key was given");
    lies(p.inventory, 2, 1, 4);
    lies(p.avg_cost, 99, 98, 99);
    lies(p.pnl.e, 7, -2, 9);
    lies(p.pnl.peak, 20, 12, 20);
    lies(p.pnl.drawdown, 13, 8, 13);
    lies(p.realised, 5, 5, 6);
    lies(p.unrealised, 4, 4, 9);
    lies(p.fees, 1.5, 1.25, 1.5);
}

static void a_walk_that_holds_nothing_has_no_cost(void)
{
    struct shadow_books s = some_shadow();
    struct value close = value_real(101, 1);
    s.reverse.base = 0;
    s.reverse.avg_cost = NO_VALUE;
    struct position p = position_from_shadow(&s, close, "");
    lies(p.avg_cost, 99, 99, 99);
    lies(p.unrealised, 4, 0, 4);
    s.nominal.base = 0;
    s.nominal.avg_cost = NO_VALUE;
    p = position_from_shadow(&s, close, "");
    lacks(p.avg_cost, VALUE_FLAT);
    is(p.unrealised, 0);
    lies(p.inventory, 0, 1, 4);
    p = position_from_shadow(&s, value_none(VALUE_UNAVAILABLE), "");
    lies(p.realised, 5, 5, 6);
    says_nothing(p.pnl.e);
    says_nothing(p.pnl.peak);
    says_nothing(p.pnl.drawdown);
    says_nothing(p.unrealised);
}

void position_test(void);
void position_test(void)
{
    TEST_SUITE("position");
    TEST(no_data_is_not_no_position);
    TEST(sources_have_the_names_of_the_documents);
    TEST(fills_make_a_position);
    TEST(a_peak_is_remembered_and_at_least_zero);
    TEST(a_price_that_may_not_be_used_leaves_the_holding);
    TEST(holding_nothing_is_a_position_too);
    TEST(oversold_books_know_only_the_fees);
    TEST(a_modelled_position_is_an_interval);
    TEST(a_walk_that_holds_nothing_has_no_cost);
}
