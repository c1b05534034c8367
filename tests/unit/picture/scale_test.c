/* Prices and times to places; round numbers; labels beside their lines. */
#include "picture/scale.h"

#include <math.h>

#include "base/moment.h"
#include "base/value.h"
#include "test.h"

void scale_test(void);

static const struct frame panel = { .left = 10,
                                    .right = 110,
                                    .top = 20,
                                    .bottom = 220,
                                    .from_ms = 0,
                                    .until_ms = 48 * MS_PER_HOUR,
                                    .low = 50000,
                                    .high = 70000 };

static void a_higher_price_stands_higher(void)
{
    ASSERT_NEAR(frame_y(&panel, 50000), 220, 1e-12);
    ASSERT_NEAR(frame_y(&panel, 70000), 20, 1e-12);
    ASSERT_NEAR(frame_y(&panel, 55000), 170, 1e-12);
    double was = frame_y(&panel, 1);
    bool falls = true;
    for (double price = 1000; price < 200000; price += 999) {
        double y = frame_y(&panel, price);
        falls = falls && y < was;
        was = y;
    }
    ASSERT(falls);
}

static void time_goes_to_the_right(void)
{
    ASSERT_NEAR(frame_x(&panel, 0), 10, 1e-12);
    ASSERT_NEAR(frame_x(&panel, 12 * MS_PER_HOUR), 35, 1e-12);
    ASSERT_NEAR(frame_x(&panel, 48 * MS_PER_HOUR), 110, 1e-12);
}

/* 1000 of the bars may be 6250 in all: .16 of the height is theirs. */
static void near_levels_are_shown_and_far_ones_not(void)
{
    const double levels[] = { 64000, 58000, NO_VALUE, 53000, 60500 };
    struct span_of_values s = span_with(60000, 61000, levels, 5);
    ASSERT_NEAR(s.low, 58000 - 0.04 * 6000, 1e-12);
    ASSERT_NEAR(s.high, 64000 + 0.04 * 6000, 1e-12);
    s = span_with(60000, 61000, levels, 0);
    ASSERT_NEAR(s.low, 59960, 1e-12);
    ASSERT_NEAR(s.high, 61040, 1e-12);
}

static void a_flat_price_has_a_height(void)
{
    struct span_of_values s = span_with(0.08, 0.08, NULL, 0);
    ASSERT(s.low < 0.08 && s.high > 0.08);
    ASSERT_NEAR((s.low + s.high) / 2, 0.08, 1e-9);
}

static void values_get_few_round_ticks(void)
{
    double t[TICKS_MAX];
    ASSERT_INT(ticks_of_values(55240, 64100, 5, t), 5);
    ASSERT_NEAR(t[0], 56000, 1e-12);
    ASSERT_NEAR(t[4], 64000, 1e-12);
    ASSERT_INT(ticks_of_values(0.0756, 0.0864, 5, t), 2);
    ASSERT_NEAR(t[0], 0.080, 1e-9); /* .002 apart they would be 6 */
    ASSERT_NEAR(t[1], 0.085, 1e-9);
    ASSERT_INT(ticks_of_values(3, 3, 5, t), 0);
    ASSERT_INT(ticks_of_values(NO_VALUE, 3, 5, t), 0);
    for (double high = 1; high < 1e6; high *= 1.37)
        ASSERT(ticks_of_values(0.5, high, 4, t) <= 4);
}

static void times_get_round_ticks_in_utc(void)
{
    int64_t from_ms = moment_parse("2026-02-09T17:30:00Z");
    int64_t t[TICKS_MAX];
    char text[SCALE_TEXT];
    ASSERT_INT(ticks_of_time(from_ms, from_ms + 2 * MS_PER_DAY, 5, t), 4);
    ASSERT_INT(t[0], moment_parse("2026-02-10T00:00:00Z"));
    ASSERT_INT(t[1], moment_parse("2026-02-10T12:00:00Z"));
    scale_time(t[0], text);
    ASSERT_STR(text, "10 Feb");
    scale_time(t[1], text);
    ASSERT_STR(text, "12:00");
}

static void price_text(double price, const char *want)
{
    char text[SCALE_TEXT];
    scale_price(price, text);
    ASSERT_STR(text, want);
}

static void prices_have_the_digits_that_count(void)
{
    price_text(57480, "57480");
    price_text(57480.25, "57480.2");
    price_text(0.0812346, "0.081235");
    price_text(0.08, "0.08");
    price_text(0.0000123456, "0.000012346");
    price_text(1234567.8, "1234568");
    price_text(0.5, "0.5");
    price_text(100, "100");
    price_text(0, "0");
}

static void labels_do_not_cover_each_other(void)
{
    struct beside l[] = {
        { 100, 0, 1, 0 }, { 101, 0, 1, 1 }, { 103, 0, 1, 2 }, { 20, 0, 1, 3 }
    };
    ASSERT_INT(beside_spread(l, 4, 10, 110, 12), 4);
    ASSERT_INT(l[0].tag, 3);
    ASSERT_NEAR(l[0].y, 20, 1e-12);
    /* the three end at the bottom, in the order of their lines */
    ASSERT_INT(l[3].tag, 2);
    ASSERT_NEAR(l[3].y, 104, 1e-12);
    ASSERT_NEAR(l[2].y, 92, 1e-12);
    ASSERT_NEAR(l[1].y, 80, 1e-12);
}

static void labels_at_the_top_are_pushed_down(void)
{
    struct beside l[] = { { 9, 0, 1, 0 }, { 11, 0, 1, 1 }, { 30, 0, 1, 2 } };
    ASSERT_INT(beside_spread(l, 3, 10, 200, 12), 3);
    ASSERT_NEAR(l[0].y, 16, 1e-12);
    ASSERT_NEAR(l[1].y, 28, 1e-12);
    ASSERT_NEAR(l[2].y, 40, 1e-12);
}

static void the_least_label_goes_when_there_is_no_room(void)
{
    struct beside l[] = { { 5, 0, 3, 0 }, { 6, 0, 1, 1 }, { 7, 0, 2, 2 } };
    ASSERT_INT(beside_spread(l, 3, 0, 25, 12), 2);
    ASSERT_INT(l[0].tag, 0);
    ASSERT_INT(l[1].tag, 2);
    ASSERT_INT(beside_spread(l, 2, 0, 5, 12), 0);
}

void scale_test(void)
{
    TEST_SUITE("picture: scale");
    TEST(a_higher_price_stands_higher);
    TEST(time_goes_to_the_right);
    TEST(near_levels_are_shown_and_far_ones_not);
    TEST(a_flat_price_has_a_height);
    TEST(values_get_few_round_ticks);
    TEST(times_get_round_ticks_in_utc);
    TEST(prices_have_the_digits_that_count);
    TEST(labels_do_not_cover_each_other);
    TEST(labels_at_the_top_are_pushed_down);
    TEST(the_least_label_goes_when_there_is_no_room);
}
