#include "metrics/wilder.h"

#include "test.h"

static struct wilder w;

static struct bar at_price(double p)
{
    return (struct bar){ .open = p, .high = p, .low = p, .close = p };
}

static void push_price(double p, int times)
{
    struct bar b = at_price(p);
    for (int i = 0; i < times; i++)
        wilder_push(&w, &b);
}

static void a_price_that_never_moved_is_flat(void)
{
    wilder_init(&w, 14, PRICE_RAW);
    push_price(38111.7, 200);
    ASSERT_INT(wilder_atr(&w).status, VALUE_FLAT);
    ASSERT_INT(wilder_natr(&w).status, VALUE_FLAT);
    ASSERT_INT(wilder_plus_di(&w).status, VALUE_FLAT);
    ASSERT_INT(wilder_minus_di(&w).status, VALUE_FLAT);
    ASSERT_INT(wilder_dx(&w).status, VALUE_FLAT);
    ASSERT_INT(wilder_adx(&w).status, VALUE_FLAT);
    ASSERT_NEAR(wilder_true_range(&w).v, 0.0, 0.0);
}

/* From 200 flat bars, ADX begins at 0: one rise gives a DX of 100. */
static void the_first_move_after_rest_counts_in_full(void)
{
    wilder_init(&w, 14, PRICE_RAW);
    push_price(100.0, 200);
    push_price(101.0, 1);
    ASSERT_NEAR(wilder_plus_di(&w).v, 100.0, 1e-15);
    ASSERT_NEAR(wilder_minus_di(&w).v, 0.0, 0.0);
    ASSERT_NEAR(wilder_dx(&w).v, 100.0, 1e-15);
    ASSERT_NEAR(wilder_adx(&w).v, 100.0 / 14, 1e-15);
    ASSERT_NEAR(wilder_atr(&w).v, 1.0 / 14, 1e-15);
    push_price(102.0, 1);
    ASSERT_NEAR(wilder_adx(&w).v, 100.0 * (13.0 / 14 / 14 + 1.0 / 14), 1e-14);
}

/* Bars inside the one before have a range and no direction. */
static void without_direction_adx_is_held(void)
{
    struct bar wide = at_price(100.0);
    wide.high = 101.0;
    wide.low = 99.0;
    wilder_init(&w, 14, PRICE_RAW);
    for (int i = 0; i < 200; i++)
        wilder_push(&w, &wide);
    ASSERT_NEAR(wilder_atr(&w).v, 2.0, 1e-14);
    ASSERT_NEAR(wilder_plus_di(&w).v, 0.0, 0.0);
    ASSERT_INT(wilder_plus_di(&w).status, VALUE_REAL);
    ASSERT_INT(wilder_dx(&w).status, VALUE_FLAT);
    ASSERT_INT(wilder_adx(&w).status, VALUE_FLAT);

    struct bar higher = wide;
    higher.high = 102.0;
    wilder_push(&w, &higher);
    ASSERT_NEAR(wilder_adx(&w).v, 100.0 / 14, 1e-14);
}

/* Straight up, rest until all sums are nothing, up: ADX was 100 and stays. */
static void a_long_rest_holds_adx(void)
{
    wilder_init(&w, 14, PRICE_RAW);
    for (int i = 0; i < 200; i++)
        push_price(100.0 + i, 1);
    ASSERT_NEAR(wilder_adx(&w).v, 100.0, 1e-12);
    push_price(299.0, 300);
    ASSERT_INT(wilder_adx(&w).status, VALUE_REAL);
    ASSERT_NEAR(wilder_adx(&w).v, 100.0, 1e-12);
    push_price(299.0, 700);
    ASSERT_INT(wilder_adx(&w).status, VALUE_FLAT);
    ASSERT_INT(wilder_atr(&w).status, VALUE_FLAT);
    push_price(300.0, 1);
    ASSERT_NEAR(wilder_adx(&w).v, 100.0, 1e-12);
}

static void a_gap_belongs_to_the_true_range(void)
{
    wilder_init(&w, 14, PRICE_RAW);
    push_price(100.0, 1);
    ASSERT_INT(wilder_true_range(&w).status, VALUE_WARMUP);
    push_price(107.0, 1);
    ASSERT_NEAR(wilder_true_range(&w).v, 7.0, 0.0);
    push_price(95.0, 1);
    ASSERT_NEAR(wilder_true_range(&w).v, 12.0, 0.0);
    wilder_init(&w, 14, PRICE_LOG);
    push_price(100.0, 1);
    push_price(110.0, 1);
    ASSERT_NEAR(wilder_true_range(&w).v, 0.095310179804324860, 1e-14);
}

static void equal_moves_up_and_down_count_as_none(void)
{
    struct bar b = at_price(100.0);
    wilder_init(&w, 14, PRICE_RAW);
    for (int i = 0; i < 50; i++) {
        wilder_push(&w, &b);
        b.high += 0.5;
        b.low -= 0.5;
    }
    ASSERT_INT(wilder_plus_di(&w).status, VALUE_REAL);
    ASSERT_NEAR(wilder_plus_di(&w).v + wilder_minus_di(&w).v, 0.0, 0.0);
    ASSERT_INT(wilder_adx(&w).status, VALUE_FLAT);
}

void wilder_flat_test(void);
void wilder_flat_test(void)
{
    TEST_SUITE("metrics/wilder, edges");
    TEST(a_price_that_never_moved_is_flat);
    TEST(the_first_move_after_rest_counts_in_full);
    TEST(without_direction_adx_is_held);
    TEST(a_long_rest_holds_adx);
    TEST(a_gap_belongs_to_the_true_range);
    TEST(equal_moves_up_and_down_count_as_none);
}
