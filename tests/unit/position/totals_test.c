#include "position/totals.h"

#include <string.h>

#include "base/moment.h"
#include "test.h"

/* Sums worked by hand from the figures beside them. */
static struct grid grid;
static struct position position;
static struct risk risk;
static struct totals_grid one;
static struct totals sums;

static struct interval modelled(double nominal, double lo, double hi)
{
    return (struct interval){ value_real(nominal, 1), lo, hi };
}

/* A grid on BTC-USDT that holds .05 BTC at 84,000. */
static void begin_grid(void)
{
    grid = (struct grid){ .symbol = "BTC-USDT", .history_count = 1 };
    grid.history[0].event = GRID_STARTED;
    position = position_none("of a test");
    position.source = POSITION_MODEL;
    position.inventory = modelled(.05, .04, .06);
    position.pnl.e = modelled(-12.5, -20, -10);
    risk = (struct risk){ .at_risk = value_real(412.5, 0),
                          .at_risk_hi = value_real(430, 0) };
    risk.give_back_typical[2] = value_real(38.25, 0);
    risk.give_back_adverse[2] = value_real(90.75, 0);
    one = (struct totals_grid){ .grid = &grid,
                                .now_ms = INT64_MAX,
                                .position = &position,
                                .risk = &risk,
                                .close = value_real(84000, 1),
                                .slot_ms = 1800000 };
}

static void begin(void)
{
    sums = (struct totals){ 0 };
    begin_grid();
}

static void says(enum total_figure f, double sum, double lo, double hi)
{
    const struct total *t = &sums.rows[0].figures[f];
    ASSERT_INT(total_whole(t).status, VALUE_REAL);
    ASSERT_NEAR(total_whole(t).v, sum, 1e-12);
    ASSERT_NEAR(total_lo(t), lo, 1e-12);
    ASSERT_NEAR(total_hi(t), hi, 1e-12);
    ASSERT_NEAR(total_at_least(t), lo, 1e-12);
    ASSERT_INT(t->unknown, 0);
}

static void says_in_part(enum total_figure f, double of_known, double at_least,
                         size_t known, size_t unknown)
{
    const struct total *t = &sums.rows[0].figures[f];
    ASSERT_INT(total_whole(t).status, VALUE_UNAVAILABLE);
    ASSERT(isnan(total_whole(t).v));
    ASSERT_NEAR(total_of_known(t), of_known, 1e-12);
    ASSERT_NEAR(total_at_least(t), at_least, 1e-12);
    ASSERT_INT(t->known, known);
    ASSERT_INT(t->unknown, unknown);
}

static void what_is_known_of_all_is_a_sum(void)
{
    begin();
    totals_add(&sums, &one);
    one.slot_ms = 900000;
    position.source = POSITION_EXCHANGE;
    position.inventory = modelled(.1, .1, .1);
    position.pnl.e = modelled(100.25, 100.25, 100.25);
    risk.at_risk = risk.at_risk_hi = value_real(.1, 0);
    risk.give_back_typical[2].v = .2;
    risk.give_back_adverse[2].v = .3;
    totals_add(&sums, &one);

    ASSERT_INT(sums.count, 1);
    ASSERT_STR(sums.rows[0].currency, "USDT");
    ASSERT_INT(sums.rows[0].grids, 2);
    ASSERT_INT(sums.rows[0].modelled, 1);
    ASSERT_INT(sums.rows[0].oldest_ms, 900000);
    ASSERT_INT(sums.left_out, 0);
    says(TOTAL_AT_RISK, 412.6, 412.6, 412.6);
    says(TOTAL_AT_RISK_MOST, 430.1, 430.1, 430.1);
    says(TOTAL_GIVE_BACK_TYPICAL, 38.45, 38.45, 38.45);
    says(TOTAL_GIVE_BACK_ADVERSE, 91.05, 91.05, 91.05);
    says(TOTAL_INVENTORY, 12600, 11760, 13440); /* .15, .14, .16 BTC */
    says(TOTAL_NET_PNL, 87.75, 80.25, 90.25);
}

/* Losses and what a spot grid holds have a bound; net PnL has none. */
static void an_unknown_part_leaves_no_sum(void)
{
    begin();
    totals_add(&sums, &one);
    one.position = NULL;
    one.risk = NULL;
    totals_add(&sums, &one);
    says_in_part(TOTAL_AT_RISK, 412.5, 412.5, 1, 1);
    says_in_part(TOTAL_AT_RISK_MOST, 430, 430, 1, 1);
    says_in_part(TOTAL_GIVE_BACK_TYPICAL, 38.25, 38.25, 1, 1);
    says_in_part(TOTAL_INVENTORY, 4200, 3360, 1, 1);
    says_in_part(TOTAL_NET_PNL, -12.5, NO_VALUE, 1, 1);
}

static void nothing_known_is_not_nothing(void)
{
    begin();
    position = position_none("of a test");
    risk.at_risk = risk.at_risk_hi = value_none(VALUE_UNAVAILABLE);
    risk.give_back_typical[2] = value_none(VALUE_UNAVAILABLE);
    risk.give_back_adverse[2] = value_none(VALUE_STALE);
    totals_add(&sums, &one);
    for (int f = 0; f < TOTAL_FIGURES; f++)
        says_in_part((enum total_figure)f, NO_VALUE, NO_VALUE, 0, 1);
    ASSERT_INT(sums.rows[0].modelled, 0);
}

/* A stale figure is none, and a stale close values nothing. */
static void a_stale_figure_is_unknown(void)
{
    begin();
    totals_add(&sums, &one);
    risk.at_risk.status = VALUE_STALE;
    one.close.status = VALUE_STALE;
    totals_add(&sums, &one);
    says_in_part(TOTAL_AT_RISK, 412.5, 412.5, 1, 1);
    says_in_part(TOTAL_INVENTORY, 4200, 3360, 1, 1);
    says(TOTAL_NET_PNL, -25, -40, -20);
}

/* What a futures grid holds may be worth less than nothing. */
static void an_unknown_short_position_is_no_bound(void)
{
    begin();
    totals_add(&sums, &one);
    grid.market = GRID_FUTURES;
    one.position = NULL;
    totals_add(&sums, &one);
    says_in_part(TOTAL_INVENTORY, 4200, NO_VALUE, 1, 1);
    says_in_part(TOTAL_AT_RISK, 412.5, 412.5, 1, 1);
}

static void each_currency_is_its_own(void)
{
    begin();
    totals_add(&sums, &one);
    memcpy(grid.symbol, "ETH-BTC", 8);
    totals_add(&sums, &one);
    memcpy(grid.quote, "USDT", 5); /* as its file states it */
    totals_add(&sums, &one);
    ASSERT_INT(sums.count, 2);
    ASSERT_STR(sums.rows[1].currency, "BTC");
    ASSERT_INT(sums.rows[0].grids, 2);
    ASSERT_INT(sums.rows[1].grids, 1);
    says(TOTAL_AT_RISK, 825, 825, 825);
}

static void only_what_runs_counts(void)
{
    static const enum grid_event not [] = { GRID_CREATED, GRID_STOPPED,
                                            GRID_EXITED };
    begin();
    for (size_t i = 0; i < 3; i++) {
        grid.history[0].event = not [i];
        totals_add(&sums, &one);
    }
    ASSERT_INT(sums.count, 0);
    grid.history[0].event = GRID_PAUSED; /* it holds what it holds */
    totals_add(&sums, &one);
    ASSERT_INT(sums.rows[0].grids, 1);
}

/* .1 + .2 + .3 is .6 in doubles one way round, and .6000000000000001 in the
 * other; a number too large to be added is unknown. */
static void the_order_is_in_no_bit(void)
{
    static const double parts[2][3] = { { .1, .2, .3 }, { .3, .2, .1 } };
    double got[2];
    for (int way = 0; way < 2; way++) {
        begin();
        for (int i = 0; i < 3; i++) {
            risk.at_risk = value_real(parts[way][i], 0);
            totals_add(&sums, &one);
        }
        got[way] = total_whole(&sums.rows[0].figures[TOTAL_AT_RISK]).v;
    }
    ASSERT(got[0] == .6 && got[1] == .6);
    risk.at_risk = value_real(1e17, 0);
    totals_add(&sums, &one);
    says_in_part(TOTAL_AT_RISK, .6, .6, 3, 1);
}

/* A document that was read has no ends of what is no model's. */
static void an_interval_without_ends_is_its_value(void)
{
    begin();
    position.inventory = modelled(.05, NO_VALUE, NO_VALUE);
    totals_add(&sums, &one);
    says(TOTAL_INVENTORY, 4200, 4200, 4200);
}

static void more_currencies_than_rows_are_said(void)
{
    begin();
    for (int i = 0; i < TOTALS_CURRENCIES + 3; i++) {
        grid.quote[0] = (char)('A' + i);
        totals_add(&sums, &one);
    }
    ASSERT_INT(sums.count, TOTALS_CURRENCIES);
    ASSERT_INT(sums.left_out, 3);
}

/* Its inventory is read from balances, its net PnL comes from the model. */
static void a_robot_with_a_model_is_modelled(void)
{
    begin();
    position.source = POSITION_ROBOT;
    totals_add(&sums, &one);
    ASSERT_INT(sums.rows[0].modelled, 1);
    position.pnl.e.nominal = value_none(VALUE_UNAVAILABLE);
    totals_add(&sums, &one);
    ASSERT_INT(sums.rows[0].modelled, 1);
    ASSERT_INT(sums.rows[0].grids, 2);
}

void totals_test(void);
void totals_test(void)
{
    TEST_SUITE("totals over all grids");
    TEST(what_is_known_of_all_is_a_sum);
    TEST(an_unknown_part_leaves_no_sum);
    TEST(nothing_known_is_not_nothing);
    TEST(a_stale_figure_is_unknown);
    TEST(an_unknown_short_position_is_no_bound);
    TEST(each_currency_is_its_own);
    TEST(only_what_runs_counts);
    TEST(the_order_is_in_no_bit);
    TEST(a_robot_with_a_model_is_modelled);
    TEST(an_interval_without_ends_is_its_value);
    TEST(more_currencies_than_rows_are_said);
}
