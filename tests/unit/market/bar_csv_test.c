#include "market/bar_csv.h"

#include <string.h>

#include "base/array.h"
#include "test.h"

static void a_line_becomes_a_bar(void)
{
    struct bar b = { .flags = 7 };
    struct error err = { 0 };

    ASSERT_INT(
        bar_csv_parse("1606780800,19693.8,19712.9,19514.6,19561.7,48.363677",
                      &b, &err),
        0);
    ASSERT(b.open_ms == INT64_C(1606780800000));
    ASSERT(b.open == 19693.8 && b.high == 19712.9);
    ASSERT(b.low == 19514.6 && b.close == 19561.7);
    ASSERT(b.volume == 48.363677);
    ASSERT_INT(b.flags, 0);
}

static void a_small_price_may_have_an_exponent(void)
{
    struct bar b = { 0 };
    ASSERT_INT(bar_csv_parse("900,1e-06,2E-06,1e-6,.0000015,0", &b, NULL), 0);
    ASSERT(b.open == 1e-6 && b.high == 2e-6);
    ASSERT(b.close == 0.0000015 && b.volume == 0.0);
}

/* The reason names the column, so that a person finds it. */
static void a_bad_line_is_refused_with_its_column(void)
{
    // clang-format off
    static const struct {
        const char *line, *why;
    } rows[] = {
        { "",                        "not the six columns" },
        { "900,1,2,1,2",             "not the six columns" },
        { "900,1,2,1,2,3,4",         "not the six columns" },
        { "900,1,2,1,2,3,",          "not the six columns" },
        { "time,open,high,low,close,volume", "column 1 (time): 'time'" },
        { "900.0,1,2,1,2,3",         "column 1 (time): '900.0'" },
        { "-900,1,2,1,2,3",          "column 1 (time): '-900'" },
        { "1606780800000,1,2,1,2,3", "column 1 (time)" },
        { "900,,2,1,2,3",            "column 2 (open): ''" },
        { "900,1,nan,1,2,3",         "column 3 (high): 'nan'" },
        { "900,1,2,0x1,2,3",         "column 4 (low): '0x1'" },
        { "900,1,2,1, 2,3",          "column 5 (close): ' 2'" },
        { "900,1,2,1,2,3\n",         "column 6 (volume)" },
        { "900,1,2,1,2,1e999",       "column 6 (volume): '1e999'" },
        { "900,1,2,1,2,1234567890123456789012345678901234", "too long" },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bar b = { .open_ms = 5 };
        struct error err = { 0 };
        ASSERT_INT(bar_csv_parse(rows[i].line, &b, &err), -1);
        ASSERT_INT(err.fault, FAULT_DATA);
        ASSERT_STR(strstr(err.msg, rows[i].why) ? rows[i].why : err.msg,
                   rows[i].why);
        ASSERT(b.open_ms == 5);
    }
}

static void a_written_bar_reads_back_to_the_same_bits(void)
{
    // clang-format off
    static const struct bar bars[] = {
        { 1606780800000, 19693.8, 19712.9, 19514.6, 19561.7, 48.363677, 0 },
        { 0, 0.1 + 0.2, 1.0 / 3.0, 1e-12, 5e-324, 0.0, 0 },
        { 253402300799000, 1.7976931348623157e308, 9007199254740993.0,
          123456789.01234567, 2.2250738585072014e-308, 1e22, 0 },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(bars); i++) {
        char line[BAR_CSV_TEXT];
        struct bar back = { 0 };
        bar_csv_format(&bars[i], line);
        ASSERT_INT(bar_csv_parse(line, &back, NULL), 0);
        ASSERT(back.open_ms == bars[i].open_ms);
        ASSERT(back.open == bars[i].open && back.high == bars[i].high);
        ASSERT(back.low == bars[i].low && back.close == bars[i].close);
        ASSERT(back.volume == bars[i].volume);
    }
}

static void a_bar_is_written_as_people_write_it(void)
{
    static const struct bar b = { 1767225600000, 60000.0, 60012.5, 59990.1,
                                  60001.0,       4.25,    BAR_GAP };
    char line[BAR_CSV_TEXT];

    bar_csv_format(&b, line);
    ASSERT_STR(line, "1767225600,60000,60012.5,59990.1,60001,4.25");
    ASSERT_STR(BAR_CSV_HEADER, "time,open,high,low,close,volume");
}

/* Line by line, whoever wrote the ends; the last needs none. */
static void a_text_is_taken_line_by_line(void)
{
    char text[] = "one\r\n\ntwo\r\rthree\nfour";
    char *at = text;

    ASSERT_STR(bar_csv_line(&at), "one");
    ASSERT_STR(bar_csv_line(&at), "");
    ASSERT_STR(bar_csv_line(&at), "two\r\rthree"); /* no line ends there */
    ASSERT_STR(bar_csv_line(&at), "four");
    ASSERT(at == text + sizeof(text) - 1);
    ASSERT_STR(bar_csv_line(&at), ""); /* and there it stays */
    ASSERT(at == text + sizeof(text) - 1);
}

void bar_csv_test(void);

void bar_csv_test(void)
{
    TEST_SUITE("market/bar_csv");
    TEST(a_line_becomes_a_bar);
    TEST(a_small_price_may_have_an_exponent);
    TEST(a_bad_line_is_refused_with_its_column);
    TEST(a_written_bar_reads_back_to_the_same_bits);
    TEST(a_bar_is_written_as_people_write_it);
    TEST(a_text_is_taken_line_by_line);
}
