/* Worked by hand; the dates are from a calendar. */
#include "hindsight/life.h"

#include <math.h>

#include "base/array.h"
#include "lives_made.h"
#include "test.h"

#define HOUR MS_PER_HOUR
#define DAY  MS_PER_DAY

/* 2021-05-17 was a Monday, so was 1970-01-05. */
static void weeks_begin_on_monday(void)
{
    int64_t monday = moment_parse("2021-05-17");
    ASSERT_INT(life_week(monday), 2681);
    ASSERT_INT(life_week(monday - 1), 2680);
    ASSERT_INT(life_week(monday + 7 * DAY - 1), 2681);
    ASSERT_INT(life_week(moment_parse("1970-01-04")), 0);
    ASSERT_INT(life_week(moment_parse("1970-01-05")), 1);
    ASSERT_INT(life_week(-3 * DAY - 1), -1);
}

/* 1.65 * 500 * .005 * 1.1180339887 / .25 = 18.447560814; with a quarter of
 * that sigma 4.61, below 1 % of 1000. */
static void activation_by_hand(void)
{
    ASSERT_NEAR(life_activation(1000, .005), 18.447560813, 1e-9);
    ASSERT_NEAR(life_activation(1000, .00125), 10.0, 1e-12);
    ASSERT_NEAR(life_activation(1000, 0), 10.0, 1e-12);
    ASSERT(isnan(life_activation(1000, NO_VALUE)));
    ASSERT(isnan(life_activation(1000, -.001)));
}

static void follow_through_is_clipped(void)
{
    static const struct {
        double width, sigma;
        int64_t want;
    } rows[] = { { .06, .005, 72 * HOUR },
                 { .09, .005, 162 * HOUR }, /* 18 sigma: 160 h in the notes */
                 { .03, .005, 24 * HOUR },  /* 18 h */
                 { .20, .005, 336 * HOUR }, /* 800 h */
                 { .06, .0, 336 * HOUR } };
    struct life l = life_quiet();

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        l.half_width = rows[i].width;
        l.sigma_1h = rows[i].sigma;
        ASSERT_INT(life_follow_ms(&l), rows[i].want);
    }
    l.sigma_1h = NO_VALUE;
    ASSERT(life_follow_ms(&l) == MOMENT_NONE);
    l.sigma_1h = .005;
    l.half_width = 0;
    ASSERT(life_follow_ms(&l) == MOMENT_NONE);
}

static void count_hours(struct life *l, bool lower_half)
{
    for (int64_t t = HOUR; t < l->window_end_ms; t += HOUR)
        life_hour_add(l, t, lower_half);
}

/* M at 100 h: 99 hours live, those from 28 h on see it within 72 h. */
static void hours_until_the_event(void)
{
    struct life l = life_quiet();
    l.m_ms[LIFE_BOTH] = 100 * HOUR;
    count_hours(&l, false);
    ASSERT_INT(l.hours[LIFE_BOTH].live, 99);
    ASSERT_INT(l.hours[LIFE_BOTH].follow, 72);
    ASSERT_INT(l.hours[LIFE_BOTH].pending, 0);
    ASSERT_INT(l.hours[LIFE_DOWN].live, 0); /* the upper half */
}

/* No event, 264 h known of a window of 240 h: hours after 192 h are open. */
static void hours_without_an_end_are_pending(void)
{
    struct life l = life_quiet();
    l.known_end_ms = 264 * HOUR;
    count_hours(&l, true);
    ASSERT_INT(l.hours[LIFE_BOTH].live, 192);
    ASSERT_INT(l.hours[LIFE_BOTH].follow, 0);
    ASSERT_INT(l.hours[LIFE_BOTH].pending, 47);
    ASSERT_INT(l.hours[LIFE_DOWN].live, 192);
    ASSERT_INT(l.hours[LIFE_DOWN].pending, 47);
    l = life_quiet(); /* nor does M at 230 h make a yes of them alone */
    l.known_end_ms = 264 * HOUR;
    l.m_ms[LIFE_BOTH] = 230 * HOUR;
    count_hours(&l, true);
    ASSERT_INT(l.hours[LIFE_BOTH].live, 192);
    ASSERT_INT(l.hours[LIFE_BOTH].follow, 192 - 157);
    ASSERT_INT(l.hours[LIFE_BOTH].pending, 37);
}

/* Upward M at 50 h, downward at 230 h: read downward, the grid went on. An
 * hour without H_ft counts nowhere. */
static void an_upward_break_is_none_downward(void)
{
    struct life l = life_quiet();
    l.m_ms[LIFE_BOTH] = 50 * HOUR;
    l.m_ms[LIFE_DOWN] = 230 * HOUR;
    count_hours(&l, true);
    ASSERT_INT(l.hours[LIFE_BOTH].live, 49);
    ASSERT_INT(l.hours[LIFE_BOTH].follow, 49);
    ASSERT_INT(l.hours[LIFE_DOWN].live, 229);
    ASSERT_INT(l.hours[LIFE_DOWN].follow, 72);
    l = life_quiet();
    l.sigma_1h = NO_VALUE;
    count_hours(&l, true);
    ASSERT_INT(l.hours[LIFE_BOTH].live + l.hours[LIFE_BOTH].pending, 0);
}

static void the_first_of_two(void)
{
    struct life l = life_quiet();
    ASSERT(life_event(&l, LIFE_BOTH) == MOMENT_NONE);
    ASSERT(life_alert(&l) == MOMENT_NONE);
    ASSERT_INT(life_end(&l), 10 * DAY);
    ASSERT(life_censored(&l, LIFE_BOTH));
    l.s_ms[LIFE_BOTH] = 90 * HOUR;
    ASSERT_INT(life_event(&l, LIFE_BOTH), 90 * HOUR);
    ASSERT_INT(life_end(&l), 90 * HOUR);
    l.m_ms[LIFE_BOTH] = 80 * HOUR;
    ASSERT_INT(life_event(&l, LIFE_BOTH), 80 * HOUR);
    ASSERT(!life_censored(&l, LIFE_BOTH));
    ASSERT(life_censored(&l, LIFE_DOWN));
    l.first_mandatory_ms = 80 * HOUR;
    ASSERT_INT(life_alert(&l), 80 * HOUR);
    l.first_latest_ms = 70 * HOUR;
    ASSERT_INT(life_alert(&l), 70 * HOUR);
    l.exit_ms = 71 * HOUR;
    ASSERT_INT(life_end(&l), 71 * HOUR);
    ASSERT(!life_censored(&l, LIFE_DOWN));
}

/* What comes after the window is not in it. */
static void an_event_after_the_window_ends_nothing(void)
{
    struct life l = life_quiet();
    l.m_ms[LIFE_BOTH] = l.s_ms[LIFE_BOTH] = 11 * DAY;
    ASSERT(life_censored(&l, LIFE_BOTH));
    ASSERT_INT(life_end(&l), 10 * DAY);
    l.m_ms[LIFE_BOTH] = 10 * DAY;
    ASSERT(!life_censored(&l, LIFE_BOTH));
}

static void boundary_only_waits_for_the_operator(void)
{
    struct life l = life_quiet();
    bool censored = false;

    ASSERT_INT(life_boundary_only(&l, &censored), 10 * DAY);
    ASSERT(censored);
    l.m_ms[LIFE_BOTH] = 80 * HOUR;
    ASSERT_INT(life_boundary_only(&l, &censored), 81 * HOUR);
    ASSERT(!censored);
    l.s_ms[LIFE_BOTH] = 80 * HOUR + HOUR / 2;
    ASSERT_INT(life_boundary_only(&l, &censored), 80 * HOUR + HOUR / 2);
    l.m_ms[LIFE_BOTH] = l.s_ms[LIFE_BOTH] = 10 * DAY + 1;
    ASSERT_INT(life_boundary_only(&l, &censored), 10 * DAY);
    ASSERT(censored);
}

void life_test(void);
void life_test(void)
{
    TEST_SUITE("hindsight/life");
    TEST(weeks_begin_on_monday);
    TEST(activation_by_hand);
    TEST(follow_through_is_clipped);
    TEST(hours_until_the_event);
    TEST(hours_without_an_end_are_pending);
    TEST(an_upward_break_is_none_downward);
    TEST(the_first_of_two);
    TEST(an_event_after_the_window_ends_nothing);
    TEST(boundary_only_waits_for_the_operator);
}
