/* What the daemon does next; times counted by hand. The schedule is that of the
 * quarters unless said otherwise, the deadline 14 minutes. */
#include "cron/daemon_plan.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "test.h"

void daemon_plan_test(void);

#define QUARTERS "*/15 * * * *"
#define DEADLINE (14 * MS_PER_MINUTE)

static struct daemon_plan planned(const char *schedule,
                                  const struct daemon_state *s, int64_t now_ms)
{
    struct cron c;
    struct error err = { FAULT_NONE, "" };
    ASSERT_INT(cron_parse(schedule, &c, &err), 0);
    return daemon_plan(&c, NULL, s, now_ms, DEADLINE);
}

static struct daemon_plan plan_of(const char *last, const char *now)
{
    const struct daemon_state s = { .last_ms = moment_parse(last) };
    return planned(QUARTERS, &s, moment_parse(now));
}

static void same(int64_t ms, const char *want)
{
    char text[MOMENT_TEXT] = "";
    if (ms != MOMENT_NONE)
        moment_format(ms, text);
    ASSERT_STR(text, want);
}

static void it_waits_for_the_next_time(void)
{
    struct daemon_plan p =
        plan_of("2026-01-31T12:00Z", "2026-01-31T12:14:59.400Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    ASSERT_INT(p.wait_ms, 600);
    same(p.next_ms, "2026-01-31T12:15:00Z");
    same(p.last_ms, "2026-01-31T12:00:00Z");
}

/* A sleeper is not told that a clock was set. */
static void it_looks_again_before_long(void)
{
    struct daemon_plan p = plan_of("2026-01-31T12:00Z", "2026-01-31T12:00:01Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    ASSERT_INT(p.wait_ms, 15000);
}

static void a_time_that_has_come_is_run(void)
{
    struct daemon_plan p = plan_of("2026-01-31T12:00Z", "2026-01-31T12:15:00Z");
    ASSERT_INT(p.act, DAEMON_RUN);
    same(p.at_ms, "2026-01-31T12:15:00Z");
    same(p.last_ms, "2026-01-31T12:15:00Z");
    same(p.next_ms, "2026-01-31T12:30:00Z");
    ASSERT_INT(p.missed, 0);
}

/* The same moment, asked again, is not run again. */
static void no_time_is_run_twice(void)
{
    struct daemon_plan p = plan_of("2026-01-31T12:15Z", "2026-01-31T12:15:00Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    p = plan_of("2026-01-31T12:15Z", "2026-01-31T12:29:59Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    ASSERT_INT(p.wait_ms, 1000);
}

static void one_run_at_a_time(void)
{
    const struct daemon_state s = { .last_ms =
                                        moment_parse("2026-01-31T12:00Z"),
                                    .running = true };
    struct daemon_plan p =
        planned(QUARTERS, &s, moment_parse("2026-01-31T12:16Z"));
    ASSERT_INT(p.act, DAEMON_WAIT);
    same(p.last_ms, "2026-01-31T12:00:00Z");
    /* Once it has ended the time that came meanwhile is made up for. */
    p = plan_of("2026-01-31T12:00Z", "2026-01-31T12:28Z");
    ASSERT_INT(p.act, DAEMON_RUN);
    same(p.at_ms, "2026-01-31T12:15:00Z");
    /* But not when it is too old: 14 minutes. */
    p = plan_of("2026-01-31T12:00Z", "2026-01-31T12:29:30Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    same(p.next_ms, "2026-01-31T12:30:00Z");
    ASSERT_INT(p.wait_ms, 15000);
}

/* Suspended for a night, or the clock was set forward. */
static void after_a_gap_the_latest_time_is_run_once(void)
{
    struct daemon_plan p = plan_of("2026-01-31T22:00Z", "2026-02-01T07:03Z");
    ASSERT_INT(p.act, DAEMON_RUN);
    same(p.at_ms, "2026-02-01T07:00:00Z");
    ASSERT_INT(p.missed, 35); /* nine hours are 36 quarters */
    p = plan_of("2026-02-01T07:00Z", "2026-02-01T07:03Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    /* A year is no other thing. */
    p = plan_of("2026-01-31T22:00Z", "2027-01-31T22:01Z");
    ASSERT_INT(p.act, DAEMON_RUN);
    same(p.at_ms, "2027-01-31T22:00:00Z");
    ASSERT_INT(p.missed, CRON_MISSED_MAX); /* no more are counted */
}

/* A run of 40 minutes: 12:15 and 12:30 came meanwhile. */
static void what_is_passed_over_is_counted_once(void)
{
    struct daemon_plan p = plan_of("2026-01-31T12:00Z", "2026-01-31T12:40Z");
    ASSERT_INT(p.act, DAEMON_RUN);
    same(p.at_ms, "2026-01-31T12:30:00Z");
    ASSERT_INT(p.missed, 1);
    /* Behind the deadline nothing is run; the next run counts them. */
    p = plan_of("2026-01-31T12:00Z", "2026-01-31T12:44:30Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    ASSERT_INT(p.missed, 0);
    same(p.last_ms, "2026-01-31T12:00:00Z");
    p = plan_of("2026-01-31T12:00Z", "2026-01-31T12:45Z");
    ASSERT_INT(p.act, DAEMON_RUN);
    ASSERT_INT(p.missed, 2);
}

/* More than a hundred within the deadline: none, and the daemon goes on. */
static void too_many_missed_times_are_given_up(void)
{
    const struct daemon_state s = { .last_ms =
                                        moment_parse("2026-01-31T12:00Z") };
    int64_t now_ms = moment_parse("2026-01-31T12:08:25Z"); /* 505 s: 101 */
    struct daemon_plan p = planned("@every 5s", &s, now_ms);
    ASSERT_INT(p.act, DAEMON_WAIT);
    ASSERT_INT(p.missed, CRON_MISSED_MAX + 1);
    same(p.last_ms, "2026-01-31T12:08:25Z");
    const struct daemon_state after = { .last_ms = p.last_ms };
    p = planned("@every 5s", &after, now_ms + 5000);
    ASSERT_INT(p.act, DAEMON_RUN);
    ASSERT_INT(p.missed, 0);
    /* One less is run. */
    p = planned("@every 5s", &s, now_ms - 5000);
    ASSERT_INT(p.act, DAEMON_RUN);
    ASSERT_INT(p.missed, 99);
    same(p.at_ms, "2026-01-31T12:08:20Z");
}

static void a_clock_that_was_set_back_is_followed(void)
{
    /* By a day: the schedule goes on from the new time. */
    struct daemon_plan p = plan_of("2026-01-31T12:00Z", "2026-01-30T12:01Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    same(p.last_ms, "2026-01-30T12:01:00Z");
    p = plan_of("2026-01-30T12:01Z", "2026-01-30T12:15:00Z");
    ASSERT_INT(p.act, DAEMON_RUN);
    same(p.at_ms, "2026-01-30T12:15:00Z");
    /* By a second, right after a run began: it is not run again. */
    p = plan_of("2026-01-31T12:00Z", "2026-01-31T11:59:59.500Z");
    ASSERT_INT(p.act, DAEMON_WAIT);
    same(p.last_ms, "2026-01-31T12:00:00Z");
    same(p.next_ms, "2026-01-31T12:15:00Z");
    /* The limit is a minute. */
    same(plan_of("2026-01-31T12:00Z", "2026-01-31T11:59:00Z").last_ms,
         "2026-01-31T12:00:00Z");
    same(plan_of("2026-01-31T12:00Z", "2026-01-31T11:58:59.999Z").last_ms,
         "2026-01-31T11:58:59.999Z");
}

static void who_is_told_to_end_begins_nothing(void)
{
    struct daemon_state s = { .last_ms = moment_parse("2026-01-31T12:00Z"),
                              .running = true,
                              .stopping = true };
    int64_t now_ms = moment_parse("2026-01-31T12:15Z");
    struct daemon_plan p = planned(QUARTERS, &s, now_ms);
    ASSERT_INT(p.act, DAEMON_WAIT);
    ASSERT_INT(p.next_ms == MOMENT_NONE, 1);
    s.running = false;
    p = planned(QUARTERS, &s, now_ms);
    ASSERT_INT(p.act, DAEMON_LEAVE);
}

/* Berlin, 2026-10-25: 03:00 CEST is 02:00 CET again. "30 2" comes twice. */
static void a_time_that_clocks_show_twice_is_run_twice(void)
{
    struct zone zone = { .name = "Europe/Berlin",
                         .until_ms = moment_parse("2032-01-01"),
                         .count = 2 };
    struct cron c;
    struct error err;
    zone.spans[0] = (struct zone_span){ moment_parse("2026-03-29T01:00Z"),
                                        2 * MS_PER_HOUR, "CEST" };
    zone.spans[1] = (struct zone_span){ moment_parse("2026-10-25T01:00Z"),
                                        MS_PER_HOUR, "CET" };
    ASSERT_INT(cron_parse("30 2 * * *", &c, &err), 0);
    struct daemon_state s = { .last_ms = moment_parse("2026-10-24T00:30Z") };
    struct daemon_plan p =
        daemon_plan(&c, &zone, &s, moment_parse("2026-10-25T00:30Z"), DEADLINE);
    ASSERT_INT(p.act, DAEMON_RUN);
    s.last_ms = p.last_ms;
    p = daemon_plan(&c, &zone, &s, moment_parse("2026-10-25T01:30Z"), DEADLINE);
    ASSERT_INT(p.act, DAEMON_RUN);
    same(p.at_ms, "2026-10-25T01:30:00Z");
    same(p.next_ms, "2026-10-26T01:30:00Z");
}

static enum daemon_health health(const char *at, int exit, const char *now)
{
    struct cron c;
    struct error err;
    const struct daemon_ended last = { *at ? moment_parse(at) : MOMENT_NONE,
                                       exit };
    ASSERT_INT(cron_parse(QUARTERS, &c, &err), 0);
    return daemon_health(&c, NULL, &last, moment_parse(now), 150000);
}

static void it_is_well_while_runs_end_with_0_in_time(void)
{
    ASSERT_INT(health("", 0, "2026-01-31T12:00Z"), DAEMON_NEW);
    ASSERT_INT(health("2026-01-31T12:00Z", 0, "2026-01-31T12:00:30Z"),
               DAEMON_WELL);
    /* The next is due at 12:15 and may take 150 s. */
    ASSERT_INT(health("2026-01-31T12:00Z", 0, "2026-01-31T12:17:30Z"),
               DAEMON_WELL);
    ASSERT_INT(health("2026-01-31T12:00Z", 0, "2026-01-31T12:17:30.001Z"),
               DAEMON_LATE);
    ASSERT_INT(health("2026-01-31T12:00Z", 69, "2026-01-31T12:00:30Z"),
               DAEMON_FAILED);
    ASSERT_INT(health("2026-01-31T12:00Z", 75, "2026-01-31T13:00Z"),
               DAEMON_FAILED);
    /* The clock was set back. */
    ASSERT_INT(health("2026-01-31T12:00Z", 0, "2026-01-30T12:00Z"),
               DAEMON_WELL);
}

/* Runs at 12:00 and 12:15, looks every 5 minutes: 12:05 and 12:10; 12:15 is the
 * run's. A look may take 150 s. */
static void looks_come_between_two_runs(void)
{
    static const struct {
        const char *last, *next;
        int64_t every_ms;
        bool wanted;
        const char *want;
    } rows[] = {
        { "2026-01-31T12:00Z", "2026-01-31T12:15Z", 300000, true,
          "2026-01-31T12:05:00Z" },
        { "2026-01-31T12:05Z", "2026-01-31T12:15Z", 300000, true,
          "2026-01-31T12:10:00Z" },
        { "2026-01-31T12:10Z", "2026-01-31T12:15Z", 300000, true, "" },
        /* one that could not end before the run is not begun */
        { "2026-01-31T12:07:30Z", "2026-01-31T12:15Z", 300000, true,
          "2026-01-31T12:12:30Z" },
        { "2026-01-31T12:07:30.001Z", "2026-01-31T12:15Z", 300000, true, "" },
        /* a run that began late moves them */
        { "2026-01-31T12:03Z", "2026-01-31T12:15Z", 300000, true,
          "2026-01-31T12:08:00Z" },
        { "2026-01-31T12:00Z", "2026-01-31T12:15Z", 300000, false, "" },
        { "2026-01-31T12:00Z", "2026-01-31T12:15Z", 0, true, "" },
        /* however often they come */
        { "2026-01-31T12:00Z", "2026-01-31T12:03Z", 2000, true,
          "2026-01-31T12:00:02Z" },
        { "2026-01-31T12:00:29Z", "2026-01-31T12:03Z", 2000, true, "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct daemon_looks l = { rows[i].every_ms, 150000,
                                        moment_parse(rows[i].last),
                                        rows[i].wanted };
        same(daemon_look_due(&l, moment_parse(rows[i].next)), rows[i].want);
    }
    const struct daemon_looks never = { 300000, 150000, MOMENT_NONE, true };
    same(daemon_look_due(&never, MOMENT_NONE), "");
}

void daemon_plan_test(void)
{
    TEST_SUITE("what the daemon does next");
    TEST(it_waits_for_the_next_time);
    TEST(it_looks_again_before_long);
    TEST(a_time_that_has_come_is_run);
    TEST(no_time_is_run_twice);
    TEST(one_run_at_a_time);
    TEST(after_a_gap_the_latest_time_is_run_once);
    TEST(what_is_passed_over_is_counted_once);
    TEST(too_many_missed_times_are_given_up);
    TEST(a_clock_that_was_set_back_is_followed);
    TEST(who_is_told_to_end_begins_nothing);
    TEST(a_time_that_clocks_show_twice_is_run_twice);
    TEST(it_is_well_while_runs_end_with_0_in_time);
    TEST(looks_come_between_two_runs);
}
