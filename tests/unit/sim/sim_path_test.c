/* The rule of sim/account_path.h, on all bars of a walk. */
#include "base/moment.h"
#include "sim/account_path.h"
#include "sim/sim_bot_world.h"
#include "test.h"

void sim_path_test(void);

static struct sim_market walk(void)
{
    struct sim_market m = { 0 };
    struct sim_walk seven = { .seed = 7 };
    ASSERT_INT(sim_market_walk(&m, "BTC-USDT", &seven, NULL), 0);
    return m;
}

static int place_of(const int64_t *points, int64_t price)
{
    for (int i = 0; i < SIM_PATH_POINTS; i++)
        if (points[i] == price)
            return i;
    return -1;
}

static void a_bar_goes_from_open_to_close_by_way_of_high_and_low(void)
{
    struct sim_market m = walk();
    const struct sim_book *b = &m.books[0];
    int64_t points[SIM_PATH_POINTS];
    int wrong = 0, outside = 0, high_first = 0;

    for (size_t i = 0; i < b->count; i++) {
        /* The walk's prices are multiples of 0.1. */
        int64_t high = (int64_t)(b->bars[i].high * 10.0 + 0.5);
        int64_t low = (int64_t)(b->bars[i].low * 10.0 + 0.5);
        sim_path_points(b, i, points);
        wrong += points[0] != (int64_t)(b->bars[i].open * 10.0 + 0.5);
        wrong += points[15] != (int64_t)(b->bars[i].close * 10.0 + 0.5);
        wrong += place_of(points, high) < 0 || place_of(points, low) < 0;
        high_first += place_of(points, high) < place_of(points, low);
        for (int n = 0; n < SIM_PATH_POINTS; n++)
            outside += points[n] > high || points[n] < low;
    }
    ASSERT_INT(wrong, 0);
    ASSERT_INT(outside, 0);
    /* Open or close may be an extreme; else it is a fair coin of 4320. */
    ASSERT(high_first > 1900 && high_first < 2420);
    sim_market_release(&m);
}

static void the_legs_join_and_the_first_is_the_jump(void)
{
    struct sim_market m = walk();
    const struct sim_book *b = &m.books[0];
    int64_t points[SIM_PATH_POINTS], at = 0, end_ms = 0;
    int torn = 0;

    for (size_t i = 0; i < 300; i++) {
        sim_path_points(b, i, points);
        for (int n = 0; n < SIM_PATH_LEGS; n++) {
            struct sim_leg leg = sim_path_leg(b, i, points, n);
            torn +=
                i + (size_t)n > 0 && (leg.from != at || leg.start_ms != end_ms);
            torn += leg.length_ms != (n ? MS_PER_MINUTE : 0);
            at = leg.to;
            end_ms = leg.start_ms + leg.length_ms;
        }
    }
    ASSERT_INT(torn, 0);
    ASSERT_INT(end_ms, b->bars[300].open_ms);
    sim_market_release(&m);
}

static void the_jump_is_from_the_close_before(void)
{
    struct sim s = sim_bot_world(0);
    const struct sim_book *b = &s.market.books[0];
    int64_t points[SIM_PATH_POINTS];

    sim_path_points(b, 1, points);
    struct sim_leg jump = sim_path_leg(b, 1, points, 0);
    ASSERT_INT(jump.from, 1120);
    ASSERT_INT(jump.to, 990);
    ASSERT_INT(jump.start_ms, b->bars[1].open_ms);
    ASSERT_INT(jump.length_ms, 0);
    sim_world_end(&s);
}

static void the_same_question_has_the_same_answer(void)
{
    struct sim_market m = walk();
    int64_t a[SIM_PATH_POINTS], b[SIM_PATH_POINTS];
    int other = 0;
    sim_path_points(&m.books[0], 5, a);
    sim_path_points(&m.books[0], 6, b);
    sim_path_points(&m.books[0], 5, b);
    for (int i = 0; i < SIM_PATH_POINTS; i++)
        other += a[i] != b[i];
    ASSERT_INT(other, 0);
    sim_market_release(&m);
}

/* 7 ticks down in 60 s: a tick every 8571.43 ms. */
static void a_price_is_touched_when_the_price_has_come_that_far(void)
{
    const struct sim_leg down = { 100, 93, 1000, 60000 };
    ASSERT_INT(sim_leg_time(&down, 99), 9572);
    ASSERT_INT(sim_leg_price(&down, 9571), 100);
    ASSERT_INT(sim_leg_price(&down, 9572), 99);
    ASSERT_INT(sim_leg_time(&down, 93), 61000);
    ASSERT_INT(sim_leg_price(&down, 60999), 94);
    ASSERT_INT(sim_leg_price(&down, 61000), 93);
    ASSERT_INT(sim_leg_price(&down, 1000), 100);
    const struct sim_leg jump = { 100, 120, 1000, 0 };
    ASSERT_INT(sim_leg_time(&jump, 110), 1000);
    ASSERT_INT(sim_leg_price(&jump, 1000), 120);
}

void sim_path_test(void)
{
    TEST_SUITE("sim_path");
    TEST(a_bar_goes_from_open_to_close_by_way_of_high_and_low);
    TEST(the_legs_join_and_the_first_is_the_jump);
    TEST(the_jump_is_from_the_close_before);
    TEST(the_same_question_has_the_same_answer);
    TEST(a_price_is_touched_when_the_price_has_come_that_far);
}
