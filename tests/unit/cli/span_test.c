/* Spans and ends of time as people type them. */
#include "cli/span.h"

#include "base/array.h"
#include "base/moment.h"
#include "test.h"

static void a_span_is_a_whole_number_and_its_unit(void)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = { { "90m", 5400000 },
                 { "1h", 3600000 },
                 { "8h", 28800000 },
                 { "2d", 172800000 },
                 { "0m", 0 },
                 { "0012h", 43200000 },
                 { "3660d", INT64_C(316224000000) } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t ms = -1;
        ASSERT(span_parse(rows[i].text, &ms));
        ASSERT_INT(ms, rows[i].ms);
    }
}

static void anything_else_is_none(void)
{
    static const char *const rows[] = { "",       "8",     "h",        "8s",
                                        "8hours", "1.5h",  "-1h",      "+1h",
                                        " 8h",    "8h ",   "8 h",      "3661d",
                                        "8H",     "1h30m", "99999999m" };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t ms = -1;
        ASSERT(!span_parse(rows[i], &ms));
        ASSERT_INT(ms, -1);
    }
}

static struct error err;

static int read_ends(const char *since, const char *until, struct span *out)
{
    static const struct arg_option rows[] = { { "since", '\0', "TIME", "" },
                                              { "until", '\0', "TIME", "" } };
    const struct command command = { .options = { rows, 2 } };
    const struct args args = { .value = { { NULL }, { since, until } } };
    const struct context c = { .command = &command,
                               .args = &args,
                               .at_ms = 10 * MS_PER_DAY };
    err = (struct error){ FAULT_NONE, "" };
    return span_read(&c, out, &err);
}

static void ends_are_times_or_spans_back(void)
{
    struct span s;
    ASSERT_INT(read_ends(NULL, NULL, &s), 0);
    ASSERT_INT(s.from_ms, INT64_MIN);
    ASSERT_INT(s.to_ms, INT64_MAX);
    ASSERT_INT(read_ends("12h", NULL, &s), 0);
    ASSERT_INT(s.from_ms, 9 * MS_PER_DAY + 12 * MS_PER_HOUR);
    ASSERT_INT(read_ends("1970-01-02", "1970-01-03T01:30Z", &s), 0);
    ASSERT_INT(s.from_ms, MS_PER_DAY);
    ASSERT_INT(s.to_ms, 2 * MS_PER_DAY + 90 * MS_PER_MINUTE);
}

static void what_is_no_end_is_told(void)
{
    struct span s;
    ASSERT_INT(read_ends("yesterday", NULL, &s), -1);
    ASSERT_STR(err.msg, "--since 'yesterday' is not a time such as "
                        "2026-01-31T14:15Z, nor a span such as 12h or 7d");
    ASSERT_INT(read_ends("1970-01-03", "1970-01-03", &s), -1);
    ASSERT_STR(err.msg, "--until is not after --since");
    ASSERT_INT(err.fault, FAULT_USAGE);
}

void span_test(void);
void span_test(void)
{
    TEST_SUITE("cli/span");
    TEST(a_span_is_a_whole_number_and_its_unit);
    TEST(anything_else_is_none);
    TEST(ends_are_times_or_spans_back);
    TEST(what_is_no_end_is_told);
}
