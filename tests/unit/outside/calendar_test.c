/* Calendars as people and spreadsheets write them. Times in milliseconds are
 * those of Python's datetime. */
#include "outside/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "sys/text.h"
#include "sys/xmalloc.h"
#include "test.h"

void calendar_test(void);

#define DECISION_FROM INT64_C(1773855000000) /* 2026-03-18T17:30:00Z */
#define DECISION_TO   INT64_C(1773864000000) /* 2026-03-18T20:00:00Z */
#define PRICES_FROM   INT64_C(1775822400000) /* 2026-04-10T12:00:00Z */
#define PRICES_TO     INT64_C(1775829600000) /* 2026-04-10T14:00:00Z */

#define HEAD "from,to,name\n"
#define ROW  "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,rate decision\n"

static struct calendar calendar;
static struct error err;

static int parse(const char *text)
{
    calendar_release(&calendar);
    memset(&err, 0, sizeof(err));
    return calendar_parse(text, strlen(text), &calendar, &err);
}

static void a_window_holds_from_its_begin_until_before_its_end(void)
{
    ASSERT_INT(parse(HEAD ROW), 0);
    ASSERT_INT(calendar.count, 1);
    ASSERT_INT(calendar.windows[0].from_ms, DECISION_FROM);
    ASSERT_INT(calendar.windows[0].to_ms, DECISION_TO);
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM - 1), "");
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM), "rate decision");
    ASSERT_STR(calendar_event(&calendar, DECISION_TO - 1), "rate decision");
    ASSERT_STR(calendar_event(&calendar, DECISION_TO), "");
    calendar_release(&calendar);
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM), "");
}

static void the_first_of_two_windows_gives_the_name(void)
{
    ASSERT_INT(parse(HEAD "2026-03-18T00:00Z,2026-03-19T00:00Z,day\n" ROW
                          "2026-03-18,2026-03-20,two days\n"),
               0);
    ASSERT_INT(calendar.count, 3);
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM), "day");
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM + 86400000), "two days");
    calendar_release(&calendar);
}

/* Every form says the same two windows. */
static void spreadsheets_write_it_in_many_ways(void)
{
    static const char *const forms[] = {
        HEAD ROW "2026-04-10T12:00:00Z,2026-04-10T14:00:00Z,\"a, \"\"b\"\"\"",
        "\xef\xbb\xbf" HEAD ROW
        "2026-04-10T12:00:00Z,2026-04-10T14:00:00Z,\"a, \"\"b\"\"\"\n",
        "from,to,name\r\n"
        "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,rate decision\r\n"
        "2026-04-10T12:00:00Z,2026-04-10T14:00:00Z,\"a, \"\"b\"\"\"\r\n",
        "# of this year\n\n  from , to,name \n"
        " 2026-03-18T18:30:00+01:00 ,2026-03-18T16:00:00-04:00,\trate "
        "decision  \n"
        "   \n  # the next\n"
        "\"2026-04-10T12:00:00Z\",\"2026-04-10T14:00:00Z\" ,\"a, \"\"b\"\"\" "
        "\n\n",
        "\"from\",\"to\",\"name\"\n"
        "2026-03-18T17:30Z,2026-03-18T20:00Z,rate decision\n"
        "2026-04-10T12:00:00.000Z,2026-04-10T14:00:00.000Z,"
        "\"a, \"\"b\"\"\"\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        ASSERT_INT(parse(forms[i]), 0);
        ASSERT_STR(err.msg, "");
        ASSERT_FATAL(calendar.count == 2);
        ASSERT_INT(calendar.windows[0].from_ms, DECISION_FROM);
        ASSERT_INT(calendar.windows[0].to_ms, DECISION_TO);
        ASSERT_STR(calendar.windows[0].name, "rate decision");
        ASSERT_INT(calendar.windows[1].from_ms, PRICES_FROM);
        ASSERT_INT(calendar.windows[1].to_ms, PRICES_TO);
        ASSERT_STR(calendar.windows[1].name, "a, \"b\"");
    }
    calendar_release(&calendar);
}

static void a_calendar_without_windows_is_one(void)
{
    ASSERT_INT(parse("from,to,name"), 0);
    ASSERT_INT(calendar.count, 0);
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM), "");
}

// clang-format off
#define LONG10 "0123456789"
#define NAME60 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10
static const struct { const char *text, *tells; } wrongs[] = {
    { "", "is empty: its first line must be 'from,to,name'" },
    { "\n# only words\n", "is empty: its first line must be 'from,to,name'" },
    { ROW, "line 1: the first line must be 'from,to,name'" },
    { "from,to\n", "line 1: the first line must be 'from,to,name'" },
    { "name,from,to\n", "line 1: the first line must be 'from,to,name'" },
    { "From,To,Name\n", "line 1: the first line must be 'from,to,name'" },
    { "\n" HEAD "\n" "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z\n",
      "line 4: must have three columns: from,to,name" },
    { HEAD "2026-03-18T17:30:00Z\n", "line 2: must have three columns: from,to,name" },
    { HEAD ROW "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,a,b\n",
      "line 3: has more than three columns: put a name with a comma in double quotes" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,x,\n",
      "line 2: has more than three columns: put a name with a comma in double quotes" },
    { HEAD "2026-03-18 17:30,2026-03-18T20:00:00Z,x\n",
      "line 2: 'from' must be a time such as 2026-03-18T18:00:00Z" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00,x\n",
      "line 2: 'to' must be a time such as 2026-03-18T18:00:00Z" },
    { HEAD "2026-03-18T17:30:00Z,2026-02-30T20:00:00Z,x\n",
      "line 2: 'to' must be a time such as 2026-03-18T18:00:00Z" },
    { HEAD ",2026-02-30T20:00:00Z,x\n",
      "line 2: 'from' must be a time such as 2026-03-18T18:00:00Z" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T17:30:00Z,x\n",
      "line 2: 'to' must be after 'from'" },
    { HEAD "2026-03-18T17:30:00Z,2025-03-18T20:00:00Z,x\n",
      "line 2: 'to' must be after 'from'" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,\n",
      "line 2: 'name' is empty: say what happens then" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,\"\"\n",
      "line 2: 'name' is empty: say what happens then" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z," NAME60 "0123\n",
      "line 2: 'name' is longer than 63 bytes: shorten it" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,a\x1b[31mb\n",
      "line 2: 'name' has a control character: remove it" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,a\xe9" "b\n",
      "line 2: 'name' is not UTF-8: save the file as UTF-8" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,\"open\n",
      "line 2: has a cell that is too long, or a double quote that does not enclose one" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,\"a\"b\n",
      "line 2: has a cell that is too long, or a double quote that does not enclose one" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,a\"b\n",
      "line 2: has a cell that is too long, or a double quote that does not enclose one" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z," NAME60 NAME60 NAME60 "\n",
      "line 2: has a cell that is too long, or a double quote that does not enclose one" },
    { HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,\"" NAME60 NAME60 NAME60 "\"\n",
      "line 2: has a cell that is too long, or a double quote that does not enclose one" },
};
// clang-format on

static void what_is_wrong_is_told_with_its_line(void)
{
    for (size_t i = 0; i < ARRAY_LEN(wrongs); i++) {
        ASSERT_INT(parse(wrongs[i].text), -1);
        ASSERT_STR(err.msg, wrongs[i].tells);
        ASSERT_INT(err.fault, FAULT_DATA);
        ASSERT_INT(calendar.count, 0);
        ASSERT(calendar.windows == NULL);
    }
}

static void a_name_has_room_for_63_bytes(void)
{
    ASSERT_INT(
        parse(HEAD "2026-03-18T17:30:00Z,2026-03-18T20:00:00Z," NAME60 "012\n"),
        0);
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM), NAME60 "012");
    calendar_release(&calendar);
}

static void a_zero_byte_is_no_text(void)
{
    static const char bytes[] = HEAD "2026-03-18T17:30:00Z\0,x,y\n";
    ASSERT_INT(calendar_parse(bytes, sizeof(bytes) - 1, &calendar, &err), -1);
    ASSERT_STR(err.msg, "holds a zero byte: save it as UTF-8 text");
}

static void many_windows_have_a_limit(void)
{
    struct text t = TEXT_INIT((size_t)1 << 20);
    text_puts(&t, HEAD);
    for (int i = 0; i < CALENDAR_WINDOWS_MAX; i++)
        text_puts(&t, ROW);
    ASSERT_INT(parse(text_str(&t)), 0);
    ASSERT_INT(calendar.count, CALENDAR_WINDOWS_MAX);
    text_puts(&t, ROW);
    ASSERT_INT(parse(text_str(&t)), -1);
    ASSERT_STR(err.msg, "line 10002: more than 10000 windows: remove old ones");
    text_release(&t);
}

static void write_file(const char *path, const char *s)
{
    struct text t = TEXT_INIT((size_t)4 << 20);
    text_puts(&t, s);
    ASSERT_INT(text_write_file(&t, path, &err), 0);
    text_release(&t);
}

/* The error of a file, with the file's name in it. */
static void load_fails(const char *path, const char *tells, enum fault fault)
{
    char want[200];
    memset(&err, 0, sizeof(err));
    ASSERT_INT(calendar_load(path, &calendar, &err), -1);
    snprintf(want, sizeof(want), "file '%s': %s", path, tells);
    ASSERT_STR(err.msg, want);
    ASSERT_INT(err.fault, fault);
    ASSERT_INT(calendar.count, 0);
}

static void files_are_read_or_their_name_is_told(void)
{
    char folder[] = "/tmp/gridwatch-calendar-XXXXXX", path[64], pipe_path[64];
    ASSERT_FATAL(mkdtemp(folder) != NULL);
    snprintf(path, sizeof(path), "%s/a.csv", folder);
    snprintf(pipe_path, sizeof(pipe_path), "%s/pipe", folder);
    load_fails(path, "does not exist: name one that does, or none",
               FAULT_MISSING);
    write_file(path, HEAD ROW);
    ASSERT_INT(calendar_load(path, &calendar, &err), 0);
    ASSERT_INT(calendar.count, 1);
    calendar_release(&calendar);
    write_file(path, HEAD ROW "x\n");
    load_fails(path, "line 3: must have three columns: from,to,name",
               FAULT_DATA);
    char *huge = xcalloc(CALENDAR_BYTES_MAX + 2, 1);
    memset(huge, '#', CALENDAR_BYTES_MAX + 1);
    write_file(path, huge);
    load_fails(path, "longer than 1048576 bytes", FAULT_DATA);
    free(huge);
    load_fails(folder, "is not a plain file: name one", FAULT_IO);
    ASSERT_INT(mkfifo(pipe_path, 0600), 0);
    load_fails(pipe_path, "is not a plain file: name one", FAULT_IO);
    unlink(pipe_path);
    unlink(path);
    rmdir(folder);
}

static void the_example_of_the_docs_is_one(void)
{
    struct text page = TEXT_INIT((size_t)1 << 20);
    ASSERT_FATAL(text_read_file(&page, "docs/config.md", &err) == 0);
    char *begin = strstr(page.data, "```csv\n");
    ASSERT_FATAL(begin != NULL);
    *strstr(begin + 7, "```") = '\0';
    ASSERT_INT(parse(begin + 7), 0);
    ASSERT_STR(err.msg, "");
    ASSERT_STR(calendar_event(&calendar, DECISION_FROM), "rate decision");
    ASSERT_STR(calendar_event(&calendar, PRICES_FROM), "prices, United States");
    calendar_release(&calendar);
    text_release(&page);
}

void calendar_test(void)
{
    TEST_SUITE("outside: calendar");
    TEST(a_window_holds_from_its_begin_until_before_its_end);
    TEST(the_first_of_two_windows_gives_the_name);
    TEST(spreadsheets_write_it_in_many_ways);
    TEST(a_calendar_without_windows_is_one);
    TEST(what_is_wrong_is_told_with_its_line);
    TEST(a_name_has_room_for_63_bytes);
    TEST(a_zero_byte_is_no_text);
    TEST(many_windows_have_a_limit);
    TEST(files_are_read_or_their_name_is_told);
    TEST(the_example_of_the_docs_is_one);
}
