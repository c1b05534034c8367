#include "position/risk.h"

#include <math.h>
#include <stdint.h>

#include "base/array.h"
#include "engine/evaluate.h"
#include "test.h"

/* .05 BTC at 84,000 in a grid from 80,000 to 90,000, stop at 78,000. */
static struct grid g;
static struct position p;
static struct risk_inputs in;
static struct risk r;

/* At the stop, but not below; below the close, but not at it. */
static const struct risk_order orders[] = {
    { 77999.9, .01 }, { 78000, .01 }, { 83000, .01 },
    { 82000, .01 },   { 84000, .01 }, { 85000, .01 },
};

static struct interval known(double nominal, double lo, double hi)
{
    return (struct interval){ value_real(nominal, 1), lo, hi };
}

static void begin(void)
{
    g = (struct grid){ .lower = 80000, .upper = 90000, .capital = 5000 };
    g.stop = (struct grid_stop){ 78000, NO_VALUE };
    p = position_none("of a test");
    p.source = POSITION_MODEL;
    p.inventory = known(.05, .03, .07);
    p.pnl.e = known(100, 90, 110);
    in = (struct risk_inputs){
        .grid = &g,
        .position = &p,
        .close = value_real(84000, 1),
        .sigma_15m = value_real(.002, 300),
        .atr_4h = value_real(1200, 14),
        .fee = .001,
        .slippage = .002,
        .orders = orders,
        .order_count = ARRAY_LEN(orders),
        .exit_cost = value_real(12.5, 0),
    };
}

static void ask(void)
{
    risk_of(&in, &r);
}

/* The figures of the inventory, in the order of the struct. */
static size_t money(struct value out[13])
{
    size_t n = 0;
    out[n++] = r.at_risk;
    out[n++] = r.at_risk_lo;
    out[n++] = r.at_risk_hi;
    out[n++] = r.at_risk_simple;
    for (int i = 0; i < RISK_HOURS; i++) {
        out[n++] = r.give_back_typical[i];
        out[n++] = r.give_back_adverse[i];
    }
    out[n++] = r.imbalance;
    return n;
}

static void nothing_of_the_inventory(enum value_status why)
{
    struct value all[13];
    size_t n = money(all);
    ASSERT_INT(n, 13);
    for (size_t i = 0; i < n; i++) {
        ASSERT_INT(all[i].status, why);
        ASSERT(isnan(all[i].v));
    }
}

/* 300 held, 90 on the way down, .003 of what is sold at 78,000. */
static void what_is_at_risk_down_to_the_stop(void)
{
    begin();
    ask();
    ASSERT(r.to_stop);
    ASSERT_NEAR(r.at_risk.v, 408.72, 1e-12);
    ASSERT_NEAR(r.at_risk_lo.v, 284.04, 1e-12);
    ASSERT_NEAR(r.at_risk_hi.v, 533.4, 1e-12);
    ASSERT_NEAR(r.at_risk_simple.v, 300, 1e-12);
    ASSERT_NEAR(r.exit_cost.v, 12.5, 0);
    ASSERT_NEAR(r.imbalance.v, 0.8228517691313036, 1e-12);
    ASSERT_NEAR(r.stop_atr.v, 5.187558050760528, 1e-12);
    p.inventory = known(0, 0, 0);
    ask();
    ASSERT_NEAR(r.at_risk.v, 97.02, 1e-12);
    ASSERT_NEAR(r.at_risk_simple.v, 0, 0);
    ASSERT_NEAR(r.give_back_adverse[3].v, 0, 0);
    ASSERT_NEAR(r.imbalance.v, 0, 0);
    in.order_count = 0;
    ask();
    ASSERT_NEAR(r.at_risk.v, 0, 0);
    ASSERT_INT(r.at_risk.status, VALUE_REAL);
}

static void without_a_stop_the_bound_stands_for_it(void)
{
    begin();
    g.stop.below = NO_VALUE;
    ask();
    ASSERT(!r.to_stop);
    ASSERT_NEAR(r.at_risk.v, 266.8, 1e-12);
    ASSERT_NEAR(r.at_risk_simple.v, 200, 1e-12);
    ASSERT_INT(r.stop_atr.status, VALUE_UNAVAILABLE);
}

static void the_nearer_stop_is_told_in_atr(void)
{
    begin();
    g.stop.above = 90500;
    ask();
    ASSERT_NEAR(r.stop_atr.v, 5.187558050760528, 1e-12);
    g.stop.above = 90100;
    ask();
    ASSERT_NEAR(r.stop_atr.v, 4.907235603968501, 1e-12);
    g.stop.below = NO_VALUE;
    ask();
    ASSERT_NEAR(r.stop_atr.v, 4.907235603968501, 1e-12);
    g.stop = (struct grid_stop){ 78000, NO_VALUE };
    in.close = value_real(77000, 1);
    ask();
    ASSERT_NEAR(r.stop_atr.v, -0.8279684769707532, 1e-12);
    in.atr_4h = value_real(0, 14);
    ask();
    ASSERT_INT(r.stop_atr.status, VALUE_FLAT);
    in.atr_4h = value_none(VALUE_WARMUP);
    ask();
    ASSERT_INT(r.stop_atr.status, VALUE_WARMUP);
}

/* c V s sqrt(4 h): regime-science notes 4.7, the columns 25 % and 10 %. */
static void what_waiting_may_give_back(void)
{
    static const double want[RISK_HOURS][2] = {
        { 8.736, 18.48 },
        { 18.144000000000002, 41.664 },
        { 36.08208242327485, 84.96748441609884 },
        { 54.31988453595976, 127.5694258041479 },
    };
    begin();
    ask();
    for (int i = 0; i < RISK_HOURS; i++) {
        ASSERT_NEAR(r.give_back_typical[i].v, want[i][0], 1e-12);
        ASSERT_NEAR(r.give_back_adverse[i].v, want[i][1], 1e-12);
        ASSERT_INT(risk_hours[i], waiting_hours[i]);
    }
}

/* The stop has sold, or failed: neither is zero at risk nor a known loss. */
static void at_the_stop_or_below_nothing_bounds_the_loss(void)
{
    static const double closes[] = { 78000, 77999.9, 50000 };
    for (size_t i = 0; i < ARRAY_LEN(closes); i++) {
        begin();
        in.close = value_real(closes[i], 1);
        ask();
        ASSERT_INT(r.at_risk.status, VALUE_UNAVAILABLE);
        ASSERT_INT(r.at_risk_lo.status, VALUE_UNAVAILABLE);
        ASSERT_INT(r.at_risk_hi.status, VALUE_UNAVAILABLE);
        ASSERT_INT(r.at_risk_simple.status, VALUE_UNAVAILABLE);
        ASSERT_NEAR(r.give_back_typical[0].v, .52 * .05 * closes[i] * .004,
                    1e-12);
    }
}

static void unknown_orders_leave_the_simple_figure(void)
{
    begin();
    in.orders = NULL;
    ask();
    ASSERT_INT(r.at_risk.status, VALUE_UNAVAILABLE);
    ASSERT_INT(r.at_risk_lo.status, VALUE_UNAVAILABLE);
    ASSERT_INT(r.at_risk_hi.status, VALUE_UNAVAILABLE);
    ASSERT_NEAR(r.at_risk_simple.v, 300, 1e-12);
}

static void futures_and_short_grids_have_no_such_figures(void)
{
    begin();
    g.side = GRID_SHORT;
    ask();
    nothing_of_the_inventory(VALUE_UNAVAILABLE);
    ASSERT_NEAR(r.stop_atr.v, 5.187558050760528, 1e-12);
    ASSERT_NEAR(r.exit_cost.v, 12.5, 0);
    for (int side = GRID_LONG; side <= GRID_NEUTRAL; side++) {
        begin();
        g.market = GRID_FUTURES;
        g.side = (enum grid_side)side;
        ask();
        nothing_of_the_inventory(VALUE_UNAVAILABLE);
    }
    begin();
    g.side = GRID_NEUTRAL;
    ask();
    ASSERT_NEAR(r.at_risk.v, 408.72, 1e-12);
}

static void what_is_missing_is_never_zero(void)
{
    begin();
    p = position_none("of a test");
    ask();
    nothing_of_the_inventory(VALUE_UNAVAILABLE);
    begin();
    p.inventory = known(-.01, -.01, -.01);
    ask();
    nothing_of_the_inventory(VALUE_UNAVAILABLE);
    begin();
    in.close = (struct value){ 84000, VALUE_STALE, 1 };
    in.sigma_15m = value_none(VALUE_STALE);
    ask();
    nothing_of_the_inventory(VALUE_STALE);
    ASSERT_INT(r.stop_atr.status, VALUE_STALE);
    begin();
    in.sigma_15m = value_none(VALUE_WARMUP);
    ask();
    ASSERT_INT(r.give_back_adverse[2].status, VALUE_WARMUP);
    ASSERT_NEAR(r.at_risk.v, 408.72, 1e-12);
    begin();
    in.slippage = NO_VALUE;
    ask();
    ASSERT_INT(r.at_risk.status, VALUE_UNAVAILABLE);
    ASSERT_NEAR(r.at_risk_simple.v, 300, 1e-12);
}

static void a_share_of_what_is_not_known_is_unavailable(void)
{
    static const double capitals[] = { NO_VALUE, 4000, 0, -200 };
    for (size_t i = 0; i < ARRAY_LEN(capitals); i++) {
        begin();
        g.capital = capitals[i];
        ask();
        ASSERT_INT(r.imbalance.status, VALUE_UNAVAILABLE);
    }
    begin();
    p.pnl.e.nominal = value_none(VALUE_STALE);
    ask();
    ASSERT_INT(r.imbalance.status, VALUE_STALE);
    begin();
    g.capital = 4200 - 4.2 - 100; /* all is base */
    ask();
    ASSERT_NEAR(r.imbalance.v, 1, 1e-12);
}

/* A fall to the stop, order by order, against the formula. */
static double lost_on_the_way(double base, double close, double stop,
                              const struct risk_order *o, size_t n)
{
    double quote = 0, held = base;
    for (size_t i = 0; i < n; i++) {
        if (o[i].price >= close || o[i].price < stop)
            continue;
        held += o[i].size;
        quote -= o[i].size * o[i].price;
    }
    quote += held * stop * (1 - .001 - .002);
    return base * close - quote;
}

static void a_fall_to_the_stop_loses_it(void)
{
    uint64_t draws = 20261121;
    struct risk_order o[20];
    for (int k = 0; k < 300; k++) {
        begin();
        for (size_t i = 0; i < ARRAY_LEN(o); i++) {
            draws = draws * UINT64_C(6364136223846793005) + 1;
            o[i] = (struct risk_order){ 76000 + (double)(draws >> 50),
                                        (double)(draws >> 33 & 1023) / 1e4 };
        }
        in.orders = o;
        in.order_count = (size_t)(k % 21);
        in.close = value_real(78000.5 + 30 * k, 1);
        ask();
        ASSERT_NEAR(r.at_risk.v,
                    lost_on_the_way(.05, in.close.v, 78000, o, in.order_count),
                    1e-9);
        ASSERT(r.at_risk_lo.v < r.at_risk.v && r.at_risk.v < r.at_risk_hi.v);
    }
}

static void what_selling_all_now_costs(void)
{
    static const struct risk_order bids[] = { { 99.9, 1 },
                                              { 99.8, 2 },
                                              { 99, 5 } };
    static const struct {
        double base, want;
    } rows[] = {
        { 0, 0 },     { .5, .09995 }, { 1, .1999 },
        { 2, .4997 }, { 3, .7995 },   { 8, 6.2945 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value v = risk_exit_cost(bids, 3, 100, rows[i].base, .001);
        ASSERT_NEAR(v.v, rows[i].want, 1e-9);
        ASSERT_INT(v.status, VALUE_REAL);
    }
    /* .1 + .2 is more than .3 by a bit. */
    static const struct risk_order tenths[] = { { 99, .1 }, { 99, .2 } };
    ASSERT_NEAR(risk_exit_cost(tenths, 2, 100, .3, 0).v, .3, 1e-9);
    static const struct risk_order three[] = { { 99, .3 } };
    ASSERT_NEAR(risk_exit_cost(three, 1, 100, .1 + .2, 0).v, .3, 1e-9);
}

static void a_book_that_does_not_hold_it_says_nothing(void)
{
    static const struct risk_order bids[] = { { 99.9, 1 }, { 99.8, 2 } };
    static const struct risk_order bad[][2] = {
        { { 99.9, 1 }, { 0, 2 } },         { { 99.9, 1 }, { -1, 2 } },
        { { 99.9, 1 }, { NO_VALUE, 2 } },  { { 99.9, 1 }, { 99, -2 } },
        { { 99.9, 1 }, { 99, NO_VALUE } },
    };
    ASSERT_INT(risk_exit_cost(bids, 2, 100, 3.001, .001).status,
               VALUE_UNAVAILABLE);
    ASSERT_INT(risk_exit_cost(NULL, 0, 100, 1, 0).status, VALUE_UNAVAILABLE);
    ASSERT_INT(risk_exit_cost(bids, 2, 100, -1, 0).status, VALUE_UNAVAILABLE);
    ASSERT_INT(risk_exit_cost(bids, 2, 100, NO_VALUE, 0).status,
               VALUE_UNAVAILABLE);
    ASSERT_INT(risk_exit_cost(bids, 2, NO_VALUE, 1, 0).status,
               VALUE_UNAVAILABLE);
    ASSERT_INT(risk_exit_cost(bids, 2, 0, 1, 0).status, VALUE_UNAVAILABLE);
    ASSERT_INT(risk_exit_cost(bids, 2, 100, 1, NO_VALUE).status,
               VALUE_UNAVAILABLE);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        ASSERT_INT(risk_exit_cost(bad[i], 2, 100, 2, 0).status,
                   VALUE_UNAVAILABLE);
}

/* Every figure on nine decimals, and what is not there stays away. */
static void it_is_told_on_nine_decimals(void)
{
    struct value v = value_real(1.23456789049, 1);
    struct risk all_of = { .to_stop = true,
                           .at_risk = v,
                           .at_risk_lo = v,
                           .at_risk_hi = v,
                           .at_risk_simple = v,
                           .give_back_typical = { v, v, v, v },
                           .give_back_adverse = { v, v, v, v },
                           .stop_atr = v,
                           .exit_cost = value_none(VALUE_UNAVAILABLE),
                           .imbalance = value_real(-.0000000006, 1) };
    risk_round(&all_of);
    const struct value all[] = { all_of.at_risk, all_of.at_risk_lo,
                                 all_of.at_risk_hi, all_of.at_risk_simple,
                                 all_of.stop_atr };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        ASSERT_NEAR(all[i].v, 1.23456789, 0);
    for (int i = 0; i < RISK_HOURS; i++) {
        ASSERT_NEAR(all_of.give_back_typical[i].v, 1.23456789, 0);
        ASSERT_NEAR(all_of.give_back_adverse[i].v, 1.23456789, 0);
    }
    ASSERT_NEAR(all_of.imbalance.v, -.000000001, 0);
    ASSERT_INT(all_of.exit_cost.status, VALUE_UNAVAILABLE);
    ASSERT(isnan(all_of.exit_cost.v));
}

void risk_test(void);
void risk_test(void)
{
    TEST_SUITE("risk");
    TEST(what_is_at_risk_down_to_the_stop);
    TEST(without_a_stop_the_bound_stands_for_it);
    TEST(the_nearer_stop_is_told_in_atr);
    TEST(what_waiting_may_give_back);
    TEST(at_the_stop_or_below_nothing_bounds_the_loss);
    TEST(unknown_orders_leave_the_simple_figure);
    TEST(futures_and_short_grids_have_no_such_figures);
    TEST(what_is_missing_is_never_zero);
    TEST(a_share_of_what_is_not_known_is_unavailable);
    TEST(a_fall_to_the_stop_loses_it);
    TEST(what_selling_all_now_costs);
    TEST(a_book_that_does_not_hold_it_says_nothing);
    TEST(it_is_told_on_nine_decimals);
}
