/* What an expression must be; where, and how it is mended. */
#include <string.h>

#include "base/array.h"
#include "cron/cron.h"
#include "test.h"

void cron_parse_test(void);

static const struct {
    const char *text, *say;
} refused[] = {
    { "", "column 1: there must be five fields, not 0: " },
    { "   ", "column 4: there must be five fields, not 0: " },
    { "* * * *", "column 8: there must be five fields, not 4: " },
    { "* * * * * *", "column 11: there must be five fields, not 6: " },
    { "60 * * * *", "column 1: the minute must be 0 to 59" },
    { "*  24 * * *", "column 4: the hour must be 0 to 23: midnight is 0" },
    { "* * 0 * *", "column 5: the day of the month must be 1 to 31" },
    { "* * * 13 *", "column 7: the month must be 1 to 12" },
    { "* * * * 7",
      "column 9: the day of the week must be 0 to 6: Sunday is 0 or SUN" },
    { "* * * * 5-7", "column 11: the day of the week must be 0 to 6" },
    { "* * * * MONDAY", "column 9: the day of the week must be a number or SUN "
                        "to SAT: 1-3 is a range" },
    { "* * JAN * *", "column 5: the day of the month must be a number: " },
    { "5-1 * * * *", "column 1: a range of the minute must not end before it "
                     "begins: write two, with a comma between" },
    { "0,10-5 * * * *", "column 3: a range of the minute must not end" },
    { "1-2-3 * * * *", "column 3: the minute must be a number: " },
    { "1/2/3 * * * *", "column 3: a step must be a number from 1 on" },
    { "*/0 * * * *", "column 3: a step must be a number from 1 on" },
    { "*/ * * * *", "column 3: a step must be a number from 1 on" },
    { "-1 * * * *", "column 1: the minute must be a number: " },
    { "1- * * * *", "column 3: the minute must be a number: " },
    { "1,,2 * * * *", "column 3: nothing stands there: write the minute, or * "
                      "for any" },
    { "1, * * * *", "column 3: nothing stands there" },
    { "/5 * * * *", "column 1: nothing stands there" },
    { "*-5 * * * *", "column 1: the minute must be a number: " },
    { "+5 * * * *", "column 1: the minute must be a number: " },
    { "9999999999 * * * *", "column 1: the minute must be a number: " },
    { "TZ=UTC 0 0 * * *", "column 1: no time zone stands here: it has an "
                          "option of its own" },
    { "CRON_TZ=UTC @daily", "column 1: no time zone stands here" },
    { "@Daily", "column 1: there are @hourly, @daily, @midnight, " },
    { "@daily 5", "column 8: nothing follows @daily: remove it" },
    { "@every", "column 7: after @every stands a span of h, m, s and ms" },
    { "@every 5", "column 8: after @every stands a span" },
    { "@every 1h 5m", "column 11: after @every stands a span" },
    { "@every -5m", "column 8: after @every stands a span" },
    { "@every .s", "column 8: after @every stands a span" },
    { "@every 5d", "column 8: after @every stands a span" },
    { "@every 99999999999999h", "column 8: after @every stands a span" },
    { "@every 999ms", "column 8: the span must be at least 1s" },
    { "@every 0s", "column 8: the span must be at least 1s" },
};

static void what_is_wrong_has_its_column_and_a_way_to_mend(void)
{
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        struct cron c;
        struct error err = { FAULT_NONE, "accepted" };
        size_t len = strlen(refused[i].say);
        int rc = cron_parse(refused[i].text, &c, &err);
        ASSERT_INT(rc, -1);
        ASSERT_INT(err.fault, FAULT_CONFIG);
        err.msg[len] = '\0'; /* what follows is not held */
        ASSERT_STR(err.msg, refused[i].say);
    }
}

static struct cron parsed(const char *text)
{
    struct cron c;
    struct error err = { FAULT_NONE, "" };
    ASSERT_INT(cron_parse(text, &c, &err), 0);
    ASSERT_STR(err.msg, "");
    return c;
}

static void fields_are_sets(void)
{
    struct cron c = parsed("5,50-59/3 */12 ? jan,Mar-MAY fri-SAT");
    ASSERT_INT(c.minutes,
               1ull << 5 | 1ull << 50 | 1ull << 53 | 1ull << 56 | 1ull << 59);
    ASSERT_INT(c.hours, 1 << 0 | 1 << 12);
    ASSERT_INT(c.month_days, 0xfffffffe);
    ASSERT_INT(c.months, 1 << 1 | 1 << 3 | 1 << 4 | 1 << 5);
    ASSERT_INT(c.week_days, 1 << 5 | 1 << 6);
    ASSERT_INT(parsed("7/20 * * * *").minutes, 1 << 7 | 1 << 27 | 1ull << 47);
}

/* One that steps by more than one is a restriction, as robfig has it. */
static void a_star_is_no_restriction(void)
{
    ASSERT(parsed("0 0 * * 1").any_month_day);
    ASSERT(!parsed("0 0 * * 1").any_week_day);
    ASSERT(parsed("0 0 1 * ?").any_week_day);
    ASSERT(parsed("0 0 */1 * 1").any_month_day);
    ASSERT(!parsed("0 0 */2 * 1").any_month_day);
    ASSERT(!parsed("0 0 1-31 * 1").any_month_day);
    ASSERT(parsed("0 0 5,* * 1").any_month_day);
}

static void words_stand_for_fields(void)
{
    static const char *const same[][2] = {
        { "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },
        { "@midnight", "@daily" },    { "@weekly", "0 0 * * SUN" },
        { "@monthly", "0 0 1 * ?" },  { "@yearly", "0 0 1 JAN *" },
        { " @annually ", "@yearly" }, { "\t1 2 3 4 5\n", "1  2 3\t4 5" },
    };
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        const struct cron a = parsed(same[i][0]), b = parsed(same[i][1]);
        ASSERT_INT(memcmp(&a, &b, sizeof(a)), 0);
    }
}

static void every_is_whole_seconds(void)
{
    ASSERT_INT(parsed("@every 90s").every_ms, 90000);
    ASSERT_INT(parsed("@every 1h30m").every_ms, 5400000);
    ASSERT_INT(parsed("@every 1.5h").every_ms, 5400000);
    ASSERT_INT(parsed("@every .5m").every_ms, 30000);
    ASSERT_INT(parsed("@every 1.15h").every_ms, 4140000);
    ASSERT_INT(parsed("@every 2.05m").every_ms, 123000);
    ASSERT_INT(parsed("@every 2m3.7s").every_ms, 123000);
    ASSERT_INT(parsed("@every 1500ms").every_ms, 1000);
    ASSERT_INT(parsed("* * * * *").every_ms, 0);
}

void cron_parse_test(void)
{
    TEST_SUITE("cron: expressions");
    TEST(what_is_wrong_has_its_column_and_a_way_to_mend);
    TEST(fields_are_sets);
    TEST(a_star_is_no_restriction);
    TEST(words_stand_for_fields);
    TEST(every_is_whole_seconds);
}
