/* One life at a time: which KPIs it is a case of, and what it says. */
#include <math.h>

#include "lives_made.h"
#include "test.h"

static struct kpi_term term(enum kpi_id id, const struct life *l)
{
    return kpi_table[id].term(l, LIFE_BOTH);
}

/* yes 1, no 0, no case -1, undefined -2, pending -3 */
static int said(enum kpi_id id, const struct life *l, enum life_side side)
{
    struct kpi_term t = kpi_table[id].term(l, side);
    if (t.is_case)
        return t.num > 0;
    return t.undefined ? -2 : t.pending ? -3 : -1;
}

#define BOTH(id, l, want) ASSERT_INT(said((id), (l), LIFE_BOTH), (want))
#define DOWN(id, l, want) ASSERT_INT(said((id), (l), LIFE_DOWN), (want))

/* M at 100 h, an alert at `alert` and the exit an hour later. */
static struct life broken(int alert)
{
    struct life l = life_quiet();
    l.m_ms[LIFE_BOTH] = l.m_ms[LIFE_DOWN] = HOURS(100);
    l.first_latest_ms = HOURS(alert);
    l.reason = LIFE_TRANSITION;
    l.alert_down = true;
    l.exit_ms = HOURS(alert + 1);
    return l;
}

static void an_exit_at_the_very_close_is_late(void)
{
    struct life l = broken(98);
    BOTH(KPI_EAW, &l, 1);
    l.exit_ms = HOURS(100) - 1;
    BOTH(KPI_EAW, &l, 1);
    l.exit_ms = HOURS(100);
    BOTH(KPI_EAW, &l, 0);
    BOTH(KPI_EAW_RANGE, &l, 0);
    l.exit_ms = MOMENT_NONE;
    BOTH(KPI_EAW, &l, 0);
    l = life_quiet();
    BOTH(KPI_EAW, &l, -1); /* censored */
    l.exit_ms = HOURS(5);
    BOTH(KPI_EAW, &l, 1);
}

/* A MANDATORY by the trend or by equity comes without M. */
static void the_policys_own_mandatory_counts(void)
{
    struct life l = broken(90);
    l.first_mandatory_ms = HOURS(91);
    BOTH(KPI_EAW, &l, 0);
    BOTH(KPI_EAW_RANGE, &l, 1);
    DOWN(KPI_EAW, &l, 1); /* its side was the upper one */
    l.mandatory_down = true;
    DOWN(KPI_EAW, &l, 0);
}

static void a_stop_at_the_exit_was_not_avoided(void)
{
    struct life l = broken(98);
    BOTH(KPI_SLAR, &l, 1);
    BOTH(KPI_SLAR_LITERAL, &l, -1); /* it was never stopped */
    l.s_ms[LIFE_BOTH] = HOURS(101);
    BOTH(KPI_SLAR, &l, 1);
    BOTH(KPI_SLAR_LITERAL, &l, 1);
    l.s_ms[LIFE_BOTH] = l.exit_ms;
    BOTH(KPI_SLAR, &l, 0);
    BOTH(KPI_SLAR_LITERAL, &l, 0);
    DOWN(KPI_SLAR, &l, 1); /* above, that stop */
    l.exit_ms = MOMENT_NONE;
    BOTH(KPI_SLAR, &l, 0);
    l.s_ms[LIFE_BOTH] = HOURS(241); /* after the window */
    BOTH(KPI_SLAR, &l, 1);
    BOTH(KPI_SLAR_LITERAL, &l, -1);
}

static void mandatory_signals_are_counted_as_they_are(void)
{
    struct life l = life_quiet();
    ASSERT(!term(KPI_MEC, &l).is_case);
    l.mandatory = 3;
    l.met = 2;
    ASSERT_NEAR(term(KPI_MEC, &l).num, 2, 0);
    ASSERT_NEAR(term(KPI_MEC, &l).den, 3, 0);
}

/* H_ft is 72 h: M at 100 h follows an alert at 28 h, not one at 27 h. */
static void follow_through_counts_from_the_alert(void)
{
    struct life l = broken(28);
    l.delay_ms = HOURS(80);
    BOTH(KPI_TTDR, &l, 1);
    BOTH(KPI_FALSE_EXITS, &l, 0);
    l.first_latest_ms = HOURS(27);
    BOTH(KPI_TTDR, &l, 0);
    BOTH(KPI_FALSE_EXITS, &l, 1);
    l.first_latest_ms = HOURS(100); /* no forecast */
    BOTH(KPI_TTDR, &l, -1);
    l.first_latest_ms = HOURS(60);
    l.reason = LIFE_GUARD;
    BOTH(KPI_TTDR, &l, -1);
    l.reason = LIFE_TRANSITION;
    l.alert_down = false;
    BOTH(KPI_TTDR, &l, 1);
    DOWN(KPI_TTDR, &l, -1);
    l.sigma_1h = NO_VALUE;
    BOTH(KPI_TTDR, &l, -2);
}

/* Known until 336 h: an alert at 264 h can be judged, a later one not yet. */
static void what_may_still_follow_is_pending(void)
{
    struct life l = broken(0);
    l.m_ms[LIFE_BOTH] = MOMENT_NONE;
    l.first_latest_ms = HOURS(264);
    BOTH(KPI_TTDR, &l, 0);
    l.first_latest_ms++;
    BOTH(KPI_TTDR, &l, -3);
    BOTH(KPI_FALSE_EXITS, &l, -3);
    l.m_ms[LIFE_BOTH] = HOURS(300);
    BOTH(KPI_TTDR, &l, -3); /* or only those that came would be counted */
    BOTH(KPI_LEAD_HOURS, &l, -3);
    l.first_latest_ms = HOURS(264);
    BOTH(KPI_TTDR, &l, 1);
    BOTH(KPI_LEAD_HOURS, &l, 1);
}

/* The same of a MANDATORY, also of one that was true at once, and of regret. */
static void early_news_does_not_count_before_its_time(void)
{
    struct life l = broken(0);
    l.first_mandatory_ms = HOURS(265);
    l.m_ms[LIFE_BOTH] = HOURS(300);
    BOTH(KPI_FALSE_MANDATORY, &l, -3);
    l.m_ms[LIFE_BOTH] = HOURS(265);
    BOTH(KPI_FALSE_MANDATORY, &l, -3);
    l.first_mandatory_ms = l.m_ms[LIFE_BOTH] = HOURS(264);
    BOTH(KPI_FALSE_MANDATORY, &l, 0);
    l = broken(264);
    l.m_ms[LIFE_BOTH] = HOURS(270);
    l.end_equity = 0;
    l.later_equity = 10;
    BOTH(KPI_REGRET, &l, -3);
    l.exit_ms = HOURS(264);
    BOTH(KPI_REGRET, &l, 1);
}

/* Leaving at an alert of the upper side is neither in time nor late for what
 * comes below; unless that came first. */
static void an_exit_upward_is_no_case_downward(void)
{
    struct life l = broken(98);
    l.alert_down = false;
    BOTH(KPI_EAW, &l, 1);
    DOWN(KPI_EAW, &l, -1);
    DOWN(KPI_EAW_RANGE, &l, -1);
    DOWN(KPI_SLAR, &l, -1);
    l.exit_ms = HOURS(100);
    DOWN(KPI_EAW, &l, 0);
    DOWN(KPI_EAW_RANGE, &l, 0);
    l.exit_ms = HOURS(99);
    l.mandatory_down = true;
    l.first_mandatory_ms = HOURS(98);
    DOWN(KPI_EAW, &l, 0);
}

static void leads_of_misses_are_zero(void)
{
    struct life l = broken(88);
    ASSERT_NEAR(term(KPI_LEAD_HOURS, &l).num, 12, 1e-15);
    BOTH(KPI_MISSED, &l, 0);
    l.first_latest_ms = HOURS(100);
    ASSERT_NEAR(term(KPI_LEAD_HOURS, &l).num, 0, 1e-15);
    ASSERT(term(KPI_LEAD_HOURS, &l).is_case);
    BOTH(KPI_MISSED, &l, 1);
    l.first_latest_ms = MOMENT_NONE;
    ASSERT(term(KPI_LEAD_HOURS, &l).is_case);
    BOTH(KPI_MISSED, &l, 1);
    l.m_ms[LIFE_BOTH] = HOURS(241); /* after the window: nobody watched */
    BOTH(KPI_MISSED, &l, -1);
    BOTH(KPI_LEAD_HOURS, &l, -1);
    l = broken(27); /* a false exit has no lead */
    BOTH(KPI_LEAD_HOURS, &l, -1);
}

static void a_mandatory_is_false_when_nothing_follows(void)
{
    struct life l = broken(90);
    BOTH(KPI_FALSE_MANDATORY, &l, -1);
    l.first_mandatory_ms = HOURS(100); /* M itself */
    BOTH(KPI_FALSE_MANDATORY, &l, 0);
    l.first_mandatory_ms = HOURS(28);
    BOTH(KPI_FALSE_MANDATORY, &l, 0);
    DOWN(KPI_FALSE_MANDATORY, &l, -1);
    l.first_mandatory_ms = HOURS(27);
    BOTH(KPI_FALSE_MANDATORY, &l, 1);
    l.m_ms[LIFE_BOTH] = MOMENT_NONE;
    l.first_mandatory_ms = HOURS(265);
    BOTH(KPI_FALSE_MANDATORY, &l, -3);
}

static void profit_kept_of_a_peak_that_counts(void)
{
    struct life l = broken(90);
    l.peak_equity = 20;
    l.end_equity = 16;
    l.end_realised = 30;
    l.peak_unrealised = 8;
    ASSERT_NEAR(term(KPI_PRR_MEDIAN, &l).num, .8, 1e-15);
    ASSERT_NEAR(term(KPI_PRR_BOT_UI, &l).num, 1.5, 1e-15);
    ASSERT_NEAR(term(KPI_PRR_LITERAL, &l).num, 2.0, 1e-15);
    ASSERT_NEAR(term(KPI_PRR_SUMS, &l).den, 20, 1e-15);
    BOTH(KPI_PRR_SHARE, &l, 1);
    l.end_equity = 14;
    BOTH(KPI_PRR_SHARE, &l, 0);
    l.end_equity = -60;
    ASSERT_NEAR(term(KPI_PRR_MEAN, &l).num, -1, 1e-15);
    l.peak_equity = 18; /* below A* = 18.4 */
    BOTH(KPI_PRR_MEDIAN, &l, -1);
    BOTH(KPI_PRR_ELIGIBLE, &l, 0);
    l.peak_equity = 0;
    BOTH(KPI_PRR_MEDIAN, &l, -2);
    BOTH(KPI_PRR_SHARE, &l, -2);
    BOTH(KPI_PRR_ELIGIBLE, &l, 0);
    l.peak_unrealised = 0;
    BOTH(KPI_PRR_LITERAL, &l, -2);
    l = life_quiet();
    l.peak_equity = 40; /* still running */
    BOTH(KPI_PRR_MEDIAN, &l, -1);
    BOTH(KPI_PRR_ELIGIBLE, &l, -1);
}

/* .2 % of 1000 is 2. */
static void regret_is_more_than_a_trifle(void)
{
    struct life l = broken(90);
    l.end_equity = 5;
    l.later_equity = 7;
    BOTH(KPI_REGRET, &l, 0);
    l.later_equity = 7.01;
    BOTH(KPI_REGRET, &l, 1);
    l.exit_ms = HOURS(100); /* not early */
    BOTH(KPI_REGRET, &l, -1);
    l = broken(90);
    l.m_ms[LIFE_BOTH] = MOMENT_NONE;
    l.exit_ms = HOURS(265);
    BOTH(KPI_REGRET, &l, -3);
    l.exit_ms = HOURS(264);
    BOTH(KPI_REGRET, &l, -2);
}

static void alerts_and_lives_by_the_clock(void)
{
    struct life l = broken(95); /* left after 96 h: four days */
    l.alerts[0] = 5;
    l.alerts[1] = 2;
    l.alerts[2] = 1;
    ASSERT_NEAR(term(KPI_ALERTS, &l).num, 8, 1e-15);
    ASSERT_NEAR(term(KPI_ALERTS, &l).den, 4, 1e-15);
    ASSERT_NEAR(term(KPI_ALERTS_WARNING, &l).num, 5, 1e-15);
    ASSERT_NEAR(term(KPI_ALERTS_LATEST, &l).num, 2, 1e-15);
    ASSERT_NEAR(term(KPI_ALERTS_MANDATORY, &l).num, 1, 1e-15);
    ASSERT_NEAR(term(KPI_LIFE_HOURS, &l).num, 96, 1e-15);
    ASSERT_NEAR(term(KPI_LIFE_HOURS, &l).den, 1, 1e-15);
    ASSERT_NEAR(term(KPI_LIFE_BOUNDARY, &l).num, 101, 1e-15);
    ASSERT_NEAR(term(KPI_LIFE_BOUNDARY, &l).den, 1, 1e-15);
    l = life_quiet();
    ASSERT_NEAR(term(KPI_LIFE_HOURS, &l).num, 240, 1e-15);
    ASSERT_NEAR(term(KPI_LIFE_HOURS, &l).den, 0, 1e-15);
    ASSERT(term(KPI_LIFE_HOURS, &l).is_case);
    BOTH(KPI_CENSORED, &l, 1);
    l.end_equity = -30;
    ASSERT_NEAR(term(KPI_PNL, &l).num, -30, 1e-15);
}

/* Upward it left after 100 h, downward never: read downward nothing ended it,
 * and an exit at an upward alert is no case of what comes below. */
static void downward_only(void)
{
    struct life l = broken(99);
    l.m_ms[LIFE_DOWN] = MOMENT_NONE;
    l.alert_down = false;
    l.exit_ms = HOURS(101);
    BOTH(KPI_EAW, &l, 0);
    DOWN(KPI_EAW, &l, -1);
    DOWN(KPI_MISSED, &l, -1);
    l.exit_ms = MOMENT_NONE;
    DOWN(KPI_EAW, &l, -1);
    DOWN(KPI_CENSORED, &l, 1);
}

void kpi_terms_test(void);
void kpi_terms_test(void)
{
    TEST_SUITE("hindsight/kpi terms");
    TEST(an_exit_at_the_very_close_is_late);
    TEST(the_policys_own_mandatory_counts);
    TEST(a_stop_at_the_exit_was_not_avoided);
    TEST(mandatory_signals_are_counted_as_they_are);
    TEST(follow_through_counts_from_the_alert);
    TEST(what_may_still_follow_is_pending);
    TEST(early_news_does_not_count_before_its_time);
    TEST(an_exit_upward_is_no_case_downward);
    TEST(leads_of_misses_are_zero);
    TEST(a_mandatory_is_false_when_nothing_follows);
    TEST(profit_kept_of_a_peak_that_counts);
    TEST(regret_is_more_than_a_trifle);
    TEST(alerts_and_lives_by_the_clock);
    TEST(downward_only);
}
