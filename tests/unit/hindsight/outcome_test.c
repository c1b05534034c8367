/* A range from 90 to 110, stops at 85 and 115, one ATR(4h) is 4. Bars begin at
 * 00:00; what is not said stands still at 100. */
#include "hindsight/outcome.h"

#include "base/moment.h"
#include "base/value.h"
#include "test.h"

#define BARS 400

static struct bar bars[BARS];

static struct outcome_range quiet(void)
{
    for (int i = 0; i < BARS; i++)
        bars[i] =
            (struct bar){ (int64_t)i * MS_PER_SLOT, 100, 100, 100, 100, 1, 0 };
    return (struct outcome_range){ .lower = 90,
                                   .upper = 110,
                                   .stop_below = 85,
                                   .stop_above = 115,
                                   .atr = 4,
                                   .close = 100,
                                   .horizon_ms = MS_PER_DAY };
}

/* The bars of hour `hour` close at `price`. */
static void hour_at(int hour, double price)
{
    for (int i = 4 * hour; i < 4 * hour + 4; i++)
        bars[i].open = bars[i].high = bars[i].low = bars[i].close = price;
}

static void from_hour(int hour, double price)
{
    for (; hour < BARS / 4; hour++)
        hour_at(hour, price);
}

static void expect(const struct outcome_range *r, size_t count,
                   enum outcome want, int slot)
{
    struct outcome_label l = outcome_of(r, bars, count);
    ASSERT_STR(outcome_name(l.outcome), outcome_name(want));
    if (slot < 0)
        ASSERT(l.break_ms == MOMENT_NONE);
    else
        ASSERT_INT(l.break_ms / MS_PER_SLOT, slot);
}

static void one_close_outside_is_no_break(void)
{
    struct outcome_range r = quiet();
    hour_at(3, 89);
    hour_at(5, 111);
    hour_at(6, 89); /* two closes outside, but on two sides */
    hour_at(8, 90); /* on the bound is inside */
    hour_at(9, 90);
    expect(&r, BARS, OUTCOME_RANGE, -1);
    expect(&r, 96, OUTCOME_RANGE, -1);
    expect(&r, 95, OUTCOME_UNKNOWN, -1);
    expect(&r, 0, OUTCOME_UNKNOWN, -1);
}

/* Closes at 04:00 and 05:00; then 4 more down. */
static void two_closes_break_and_the_price_goes_on(void)
{
    struct outcome_range r = quiet();
    from_hour(3, 89);
    from_hour(7, 85.5);
    expect(&r, BARS, OUTCOME_FALSE, 20); /* 3.5 in 24 h is not enough */
    bars[40].low = 85;
    bars[40].close = 85.5;
    r.stop_below = NO_VALUE;
    expect(&r, BARS, OUTCOME_FOLLOW, 20);
    struct outcome_label l = outcome_of(&r, bars, BARS);
    ASSERT(l.down && !l.by_stop);
    bars[39].high = 93; /* 4 back, and before that */
    expect(&r, BARS, OUTCOME_FALSE, 20);
    bars[39].high = 85.5;
    bars[40].high = 93; /* both in one bar */
    expect(&r, BARS, OUTCOME_FALSE, 20);
    expect(&r, 40, OUTCOME_BREAK, 20);
    expect(&r, 20, OUTCOME_BREAK, 20);
    expect(&r, 19, OUTCOME_UNKNOWN, -1);
}

static void upward_is_the_mirror(void)
{
    struct outcome_range r = quiet();
    from_hour(3, 111);
    from_hour(8, 115);
    r.stop_above = NO_VALUE;
    expect(&r, BARS, OUTCOME_FOLLOW, 20);
    ASSERT(!outcome_of(&r, bars, BARS).down);
    bars[24].low = 107;
    expect(&r, BARS, OUTCOME_FALSE, 20);
}

/* The bar that opens at 03:15 touches 85. */
static void a_stop_breaks_at_once(void)
{
    struct outcome_range r = quiet();
    bars[13].low = 85;
    struct outcome_label l = outcome_of(&r, bars, BARS);
    ASSERT(l.by_stop && l.down);
    ASSERT_INT(l.break_ms / MS_PER_SLOT, 14);
    r.stop_below = NO_VALUE;
    expect(&r, BARS, OUTCOME_RANGE, -1);
    bars[13].high = 115;
    l = outcome_of(&r, bars, BARS);
    ASSERT(l.by_stop && !l.down);
}

/* Who is asked while the price is outside has the first of the two. */
static void a_close_outside_already_counts(void)
{
    struct outcome_range r = quiet();
    hour_at(0, 89);
    expect(&r, BARS, OUTCOME_RANGE, -1);
    r.close = 89.5;
    expect(&r, BARS, OUTCOME_FALSE, 4);
    r.close = 110.5;
    expect(&r, BARS, OUTCOME_RANGE, -1);
    r.close = NO_VALUE;
    expect(&r, BARS, OUTCOME_RANGE, -1);
}

/* The last moment of the horizon counts, the next does not; bars before it
 * begins do not count. */
static void the_horizon_is_closed_at_its_end(void)
{
    struct outcome_range r = quiet();
    from_hour(22, 89);
    expect(&r, BARS, OUTCOME_FALSE, 96);
    r.horizon_ms -= 1;
    expect(&r, BARS, OUTCOME_RANGE, -1);
    r = quiet();
    hour_at(1, 89);
    hour_at(2, 89);
    r.from_ms = 8 * MS_PER_SLOT;
    expect(&r, BARS, OUTCOME_RANGE, -1);
}

/* The exchange omits buckets without trades: 03:45 is absent, so 03:30 is the
 * hour's last bar; the hour after it has none at all. */
static void an_hour_closes_with_its_last_bar(void)
{
    struct outcome_range r = quiet();
    struct bar kept[BARS];
    size_t n = 0;

    hour_at(3, 89);
    hour_at(5, 89);
    for (int i = 0; i < BARS; i++)
        if (i != 15 && i / 4 != 4)
            kept[n++] = bars[i];
    struct outcome_label l = outcome_of(&r, kept, n);
    ASSERT_INT(l.break_ms / MS_PER_SLOT, 24);
    ASSERT(l.down && !l.by_stop);
}

void outcome_test(void);
void outcome_test(void)
{
    TEST_SUITE("hindsight/outcome");
    TEST(one_close_outside_is_no_break);
    TEST(two_closes_break_and_the_price_goes_on);
    TEST(upward_is_the_mirror);
    TEST(a_stop_breaks_at_once);
    TEST(a_close_outside_already_counts);
    TEST(the_horizon_is_closed_at_its_end);
    TEST(an_hour_closes_with_its_last_bar);
}
