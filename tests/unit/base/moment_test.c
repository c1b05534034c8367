#include "base/moment.h"

#include <string.h>

#include "base/array.h"
#include "test.h"

/* Seconds by `date -u -d TEXT +%s` (GNU coreutils). */
static const struct {
    const char *text;
    int64_t seconds;
} known[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1999-12-31T23:59:59Z", 946684799 },
    { "2000-02-29T12:00:00Z", 951825600 },
    { "2000-03-01T00:00:00Z", 951868800 },
    { "2016-02-29T06:07:08Z", 1456726028 },
    { "2021-05-19T02:00:00Z", 1621389600 },
    { "2024-12-31T23:59:59Z", 1735689599 },
    { "2038-01-19T03:14:08Z", 2147483648 },
    { "2100-02-28T23:59:59Z", 4107542399 },
    { "2100-03-01T00:00:00Z", 4107542400 },
    { "9999-12-31T23:59:59Z", 253402300799 },
};

static void known_moments_are_written_and_read(void)
{
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        char text[MOMENT_TEXT];
        moment_format(known[i].seconds * 1000, text);
        ASSERT_STR(text, known[i].text);
        ASSERT_INT(moment_parse(known[i].text), known[i].seconds * 1000);
    }
}

static void milliseconds_are_written_when_there_are_any(void)
{
    char text[MOMENT_TEXT];
    moment_format(INT64_C(1621389600250), text);
    ASSERT_STR(text, "2021-05-19T02:00:00.250Z");
    ASSERT_INT(moment_parse(text), 1621389600250);
    moment_format(INT64_C(1621389600007), text);
    ASSERT_STR(text, "2021-05-19T02:00:00.007Z");
    moment_format(INT64_C(253402300799999), text);
    ASSERT_STR(text, "9999-12-31T23:59:59.999Z");
}

/* By `date -u -d`, as above. */
static void short_forms_and_offsets_are_read(void)
{
    ASSERT_INT(moment_parse("2024-02-29"), 1709164800000);
    ASSERT_INT(moment_parse("2021-05-19T02:00Z"), 1621389600000);
    ASSERT_INT(moment_parse("2021-05-19T02:00:00+02:00"), 1621382400000);
    ASSERT_INT(moment_parse("2021-05-19T02:00:00-05:30"), 1621409400000);
    ASSERT_INT(moment_parse("2021-05-19T02:00+00:00"), 1621389600000);
}

static void anything_else_is_no_moment(void)
{
    static const char *const bad[] = {
        "",
        "2021",
        "2021-05",
        "2021-5-19",
        "2021-05-19 02:00:00Z",
        "2021-05-19T02",
        "2021-05-19T02:00",
        "2021-05-19T02:00:00",
        "2021-05-19T02:00:00z",
        "2021-05-19T02:00:00ZZ",
        "2021-05-19T02:00:00Z ",
        " 2021-05-19T02:00:00Z",
        "2021-05-19T02:00:00.25Z",
        "2021-05-19T02:00:00.2500Z",
        "2021-05-19T02:00.250Z",
        "2021-05-19T24:00:00Z",
        "2021-05-19T02:60:00Z",
        "2021-05-19T02:00:60Z",
        "2021-05-19T02:00:00+0200",
        "2021-05-19T02:00:00+24:00",
        "2021-05-19T02:00:00+02:60",
        "2021-00-19",
        "2021-13-19",
        "2021-05-00",
        "2021-05-32",
        "2021-02-29",
        "2100-02-29",
        "2021-04-31",
        "-021-05-19",
        "12021-05-19",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "1621389600",
        "now",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (moment_parse(bad[i]) != MOMENT_NONE)
            ASSERT_STR(bad[i], "refused");
    ASSERT_INT(moment_parse(bad[0]), MOMENT_NONE);
}

/* No prefix of a good text is read past its end. */
static void a_text_may_end_anywhere(void)
{
    const char *whole = "2021-05-19T02:00:00.250+02:00";
    for (size_t n = 0; n < strlen(whole); n++) {
        char part[MOMENT_TEXT] = "";
        memcpy(part, whole, n);
        ASSERT_INT(moment_parse(part) == MOMENT_NONE,
                   n != strlen("2021-05-19"));
    }
}

static int days_in_month(int year, int month)
{
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* A calendar that is turned page by page for 500 years. */
static void every_day_follows_the_one_before(void)
{
    struct civil page = { .year = 1970, .month = 1, .day = 1 };
    int wrong = 0;
    for (int64_t ms = 0; page.year < 2470; ms += MS_PER_DAY) {
        struct civil c = moment_civil(ms);
        wrong += c.year != page.year || c.month != page.month ||
                 c.day != page.day || civil_moment(page) != ms;
        if (++page.day > days_in_month(page.year, page.month)) {
            page.day = 1;
            page.year += page.month == 12;
            page.month = page.month % 12 + 1;
        }
    }
    ASSERT_INT(wrong, 0);
}

static void the_parts_of_a_day_are_told_apart(void)
{
    struct civil c = moment_civil(INT64_C(1456726028009));
    ASSERT_INT(c.hour, 6);
    ASSERT_INT(c.minute, 7);
    ASSERT_INT(c.second, 8);
    ASSERT_INT(c.ms, 9);
    ASSERT_INT(civil_moment(c), 1456726028009);
}

static void a_floor_is_never_after(void)
{
    ASSERT_INT(moment_floor(0, 1000), 0);
    ASSERT_INT(moment_floor(999, 1000), 0);
    ASSERT_INT(moment_floor(1000, 1000), 1000);
    ASSERT_INT(moment_floor(-1, 1000), -1000);
    ASSERT_INT(moment_floor(-1000, 1000), -1000);
    ASSERT_INT(moment_floor(-1001, 1000), -2000);
}

static void a_slot_is_at_least_the_settle_delay_old(void)
{
    int64_t slot = INT64_C(1621389600000);
    ASSERT_INT(slot_of(slot + 9999, 10000), slot - 900000);
    ASSERT_INT(slot_of(slot + 10000, 10000), slot);
    ASSERT_INT(slot_of(slot + 900000 + 9999, 10000), slot);
    ASSERT_INT(slot_of(slot, 0), slot);
    ASSERT_INT(slot_of(slot - 1, 0), slot - 900000);
}

void moment_test(void);
void moment_test(void)
{
    TEST_SUITE("moment");
    TEST(known_moments_are_written_and_read);
    TEST(milliseconds_are_written_when_there_are_any);
    TEST(short_forms_and_offsets_are_read);
    TEST(anything_else_is_no_moment);
    TEST(a_text_may_end_anywhere);
    TEST(every_day_follows_the_one_before);
    TEST(the_parts_of_a_day_are_told_apart);
    TEST(a_floor_is_never_after);
    TEST(a_slot_is_at_least_the_settle_delay_old);
}
