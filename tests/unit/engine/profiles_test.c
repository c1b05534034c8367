#include "engine/profiles.h"

#include <string.h>

#include "base/moment.h"
#include "metrics/metric_made.h"
#include "test.h"

#define HOURS 6000
#define WEEK  INT64_C(604800000)

static struct bar hours[HOURS];
static struct series series;
static struct profiles profiles;

/* 1h bars from a Monday on. */
static void begin(void)
{
    const struct metric_made_walk how = {
        .seed = 3, .price = 100, .sigma = 0.01, .steps = 4
    };
    memset(&profiles, 0, sizeof(profiles));
    metric_made_walk(how, hours, HOURS, TF_1H);
    metric_made_number(last_monday(INT64_C(1609459200000)) / MS_PER_HOUR, hours,
                       HOURS, TF_1H);
    series = (struct series){ TF_1H, HOURS, hours };
}

static int64_t week(int n)
{
    return hours[0].open_ms + n * WEEK;
}

/* The factor of the n-th week's Wednesday, 15:00, from the whole series. */
static void assert_factor(int n)
{
    static struct season s;
    int64_t open_ms = week(n) + 63 * MS_PER_HOUR;
    season_build(hours, series.count, week(n), &s);
    struct value want = season_factor(&s, open_ms);
    struct value got = profiles_factor(&profiles, &series, open_ms);
    ASSERT_INT(got.status, want.status);
    ASSERT_NEAR(got.v, want.v, 0);
    ASSERT_INT(got.n_used, want.n_used);
}

static void a_factor_is_that_of_the_whole_series(void)
{
    begin();
    ASSERT(!profiles_keep(&profiles, &series, week(9) + 1, false));
    for (int n = 9; n < 24; n++)
        assert_factor(n);
    assert_factor(12); /* earlier weeks are still there, */
    assert_factor(9);
    ASSERT(profiles_keep(&profiles, &series, week(9) + 1, false));
    ASSERT_INT(profiles.count, 22 * 168);
    for (int n = 9; n < 31; n++) /* or are made again */
        assert_factor(n);
    assert_factor(10);
}

static void a_change_of_what_was_read_is_noticed(void)
{
    begin();
    profiles_keep(&profiles, &series, week(10), false);
    assert_factor(10);
    assert_factor(11);
    hours[2 * 168 - 1].high *= 1.1; /* nobody read it */
    ASSERT(profiles_keep(&profiles, &series, week(10), false));
    hours[11 * 168].high *= 1.1; /* nor this */
    ASSERT(profiles_keep(&profiles, &series, week(10), false));
    hours[2 * 168].high *= 1.1;
    ASSERT(profiles_keep(&profiles, &series, week(10), true)); /* believed */
    ASSERT(!profiles_keep(&profiles, &series, week(10), false));
    assert_factor(10);
    assert_factor(11);
    hours[11 * 168 - 1].low *= 0.9;
    ASSERT(!profiles_keep(&profiles, &series, week(10), false));
    assert_factor(11);
    series.count = 700; /* a bar less */
    ASSERT(!profiles_keep(&profiles, &series, week(10), false));
    assert_factor(11);
}

static void earlier_weeks_begin_anew(void)
{
    begin();
    profiles_keep(&profiles, &series, week(12), false);
    assert_factor(12);
    ASSERT(profiles_keep(&profiles, &series, week(13) - 1, false));
    ASSERT(!profiles_keep(&profiles, &series, week(12) - 1, true));
    assert_factor(11);
}

/* Week by week for ever: what no window reaches is dropped. */
static void old_weeks_are_dropped(void)
{
    begin();
    for (int n = 9; n < 34; n++) {
        bool kept = profiles_keep(&profiles, &series, week(n - 1), false);
        ASSERT_INT(kept, n > 9);
        assert_factor(n);
        ASSERT_INT(profiles.count, 9 * 168);
    }
    ASSERT(profiles_keep(&profiles, &series, week(33), false));
    ASSERT(!profiles_keep(&profiles, &series, week(31), false));
}

/* More weeks than there is room for: right, but nothing is kept. */
static void without_room_nothing_is_kept(void)
{
    begin();
    profiles_keep(&profiles, &series, week(8), false);
    assert_factor(8);
    assert_factor(33);
    assert_factor(34);
    ASSERT(profiles.lost);
    ASSERT(!profiles_keep(&profiles, &series, week(8), false));
    ASSERT(!profiles.lost);
    assert_factor(8);
    ASSERT(profiles_keep(&profiles, &series, week(8), false));
}

static void without_hours_there_is_no_factor(void)
{
    begin();
    series = (struct series){ TF_1H, 0, NULL };
    ASSERT(!profiles_keep(&profiles, &series, week(9), false));
    ASSERT_INT(profiles_factor(&profiles, &series, week(9)).status,
               VALUE_UNAVAILABLE);
    ASSERT(profiles_keep(&profiles, &series, week(9), false));
    series = (struct series){ TF_1H, HOURS, hours };
    ASSERT(!profiles_keep(&profiles, &series, week(9), false));
    assert_factor(9);
}

void profiles_test(void);
void profiles_test(void)
{
    TEST_SUITE("engine/profiles");
    TEST(a_factor_is_that_of_the_whole_series);
    TEST(a_change_of_what_was_read_is_noticed);
    TEST(earlier_weeks_begin_anew);
    TEST(old_weeks_are_dropped);
    TEST(without_room_nothing_is_kept);
    TEST(without_hours_there_is_no_factor);
}
