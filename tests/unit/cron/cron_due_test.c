/* Which of the missed times is run; counted by hand. */
#include "cron/cron_due.h"

#include "base/array.h"
#include "base/moment.h"
#include "test.h"

void cron_due_test(void);

#define NONE CRON_NO_DEADLINE

struct row {
    const char *expression, *last, *now;
    int64_t deadline_s;
    const char *at; /* "": nothing */
    const char *next;
    int missed;
};

static const char *say(int64_t ms, char out[MOMENT_TEXT])
{
    out[0] = '\0';
    if (ms != MOMENT_NONE)
        moment_format(ms, out);
    return out;
}

static void hold(const struct row *r, const struct zone *zone)
{
    char text[MOMENT_TEXT];
    struct cron c;
    struct error err = { FAULT_NONE, "" };
    int64_t deadline_ms =
        r->deadline_s == NONE ? CRON_NO_DEADLINE : r->deadline_s * 1000;
    ASSERT_INT(cron_parse(r->expression, &c, &err), 0);
    const struct cron_due due = cron_due(&c, zone, moment_parse(r->last),
                                         moment_parse(r->now), deadline_ms);
    ASSERT_STR(say(due.at_ms, text), r->at);
    ASSERT_STR(say(due.next_ms, text), r->next);
    ASSERT_INT(due.missed, r->missed);
}

#define HOLD_ALL(rows, zone)                                                   \
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)                               \
    hold(&(rows)[i], (zone))

static void the_latest_one_that_was_missed_is_run(void)
{
    static const struct row rows[] = {
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T12:14:59Z", NONE, "",
          "2026-01-31T12:15:00Z", 0 },
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T12:15:00Z", NONE,
          "2026-01-31T12:15:00Z", "2026-01-31T12:30:00Z", 1 },
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T13:05:00Z", NONE,
          "2026-01-31T13:00:00Z", "2026-01-31T13:15:00Z", 4 },
        { "@daily", "2026-01-28T00:00Z", "2026-01-31T23:00Z", NONE,
          "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z", 3 },
        { "0 0 30 2 *", "2026-01-28T00:00Z", "2026-01-31T23:00Z", NONE, "", "",
          0 },
    };
    HOLD_ALL(rows, NULL);
}

/* 300 s after 13:00:00 it is too late, and as Kubernetes counts, at them. */
static void none_is_run_behind_its_deadline(void)
{
    static const struct row rows[] = {
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T13:04:59Z", 300,
          "2026-01-31T13:00:00Z", "2026-01-31T13:15:00Z", 1 },
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T13:05:00Z", 300, "",
          "2026-01-31T13:15:00Z", 0 },
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T13:05:00Z", 3000,
          "2026-01-31T13:00:00Z", "2026-01-31T13:15:00Z", 3 },
        { "*/15 * * * *", "2026-01-31T13:00Z", "2026-01-31T13:05:00Z", 3000, "",
          "2026-01-31T13:15:00Z", 0 },
    };
    HOLD_ALL(rows, NULL);
}

/* 25 hours are 100 quarters. */
static void too_many_are_none(void)
{
    static const struct row rows[] = {
        { "*/15 * * * *", "2026-01-30T00:00Z", "2026-01-31T01:00Z", NONE,
          "2026-01-31T01:00:00Z", "2026-01-31T01:15:00Z", 100 },
        { "*/15 * * * *", "2026-01-30T00:00Z", "2026-01-31T01:15Z", NONE, "",
          "2026-01-31T01:30:00Z", 101 },
        { "*/15 * * * *", "2020-01-30T00:00Z", "2026-01-31T01:15Z", NONE, "",
          "2026-01-31T01:30:00Z", 101 },
        { "*/15 * * * *", "2020-01-30T00:00Z", "2026-01-31T01:15Z", 3600,
          "2026-01-31T01:15:00Z", "2026-01-31T01:30:00Z", 4 },
    };
    HOLD_ALL(rows, NULL);
}

static void what_was_run_is_not_run_again(void)
{
    static const struct row rows[] = {
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T11:40Z", NONE, "",
          "2026-01-31T12:15:00Z", 0 },
        { "*/15 * * * *", "2026-01-31T12:00Z", "2026-01-31T12:00Z", 3600, "",
          "2026-01-31T12:15:00Z", 0 },
        { "@every 1h", "2026-01-31T12:00Z", "2026-01-31T10:30Z", NONE, "",
          "2026-01-31T13:00:00Z", 0 },
    };
    HOLD_ALL(rows, NULL);
}

static void every_keeps_its_distance(void)
{
    static const struct row rows[] = {
        { "@every 1h", "2026-01-31T10:07:30Z", "2026-01-31T13:10Z", NONE,
          "2026-01-31T13:07:30Z", "2026-01-31T14:07:30Z", 3 },
        { "@every 1h", "2026-01-31T10:07:30Z", "2026-01-31T13:10Z", 600,
          "2026-01-31T13:07:30Z", "2026-01-31T14:07:30Z", 1 },
        { "@every 1h", "2026-01-31T10:07:30Z", "2026-01-31T13:10Z", 120, "",
          "2026-01-31T14:07:30Z", 0 },
    };
    HOLD_ALL(rows, NULL);
}

/* 02:30 is there twice on 26 October 2025: 00:30 and 01:30 UTC. */
static void a_time_that_is_shown_twice_is_two(void)
{
    static const struct zone berlin = {
        .name = "Europe/Berlin",
        .until_ms = INT64_C(1956528000000), /* 2032 */
        .count = 2,
        .spans = { { INT64_C(1743296400000), 2 * MS_PER_HOUR, "CEST" },
                   { INT64_C(1761440400000), MS_PER_HOUR, "CET" } },
    };
    static const struct row rows[] = {
        { "30 2 * * *", "2025-10-25T00:30Z", "2025-10-26T01:00Z", NONE,
          "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z", 1 },
        { "30 2 * * *", "2025-10-26T00:30Z", "2025-10-26T01:30Z", NONE,
          "2025-10-26T01:30:00Z", "2025-10-27T01:30:00Z", 1 },
    };
    HOLD_ALL(rows, &berlin);
}

void cron_due_test(void)
{
    TEST_SUITE("cron: what is due");
    TEST(the_latest_one_that_was_missed_is_run);
    TEST(none_is_run_behind_its_deadline);
    TEST(too_many_are_none);
    TEST(what_was_run_is_not_run_again);
    TEST(every_keeps_its_distance);
    TEST(a_time_that_is_shown_twice_is_two);
}
