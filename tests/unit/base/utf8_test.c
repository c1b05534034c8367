/* Sequences are of the Unicode Standard, tables 3-6 and 3-7, and of RFC 3629.
 */
#include "base/utf8.h"

#include <string.h>

#include "base/array.h"
#include "test.h"

static void well_formed_text_is_valid(void)
{
    ASSERT(utf8_valid(""));
    ASSERT(utf8_valid("plain\n"));
    ASSERT(utf8_valid("\xc2\x80 \xdf\xbf")); /* two bytes */
    ASSERT(utf8_valid("\xe0\xa0\x80 \xed\x9f\xbf \xef\xbf\xbf")); /* three */
    ASSERT(utf8_valid("\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"));      /* four */
}

static void ill_formed_text_is_not_valid(void)
{
    static const char *const bad[] = {
        "\x80",             /* continuation alone */
        "\xc0\xaf",         /* overlong slash */
        "\xc1\xbf",         /* overlong */
        "\xe0\x9f\xbf",     /* overlong, three bytes */
        "\xf0\x8f\xbf\xbf", /* overlong, four bytes */
        "\xed\xa0\x80",     /* surrogate */
        "\xf4\x90\x80\x80", /* above U+10FFFF */
        "\xf5\x80\x80\x80", /* no such first byte */
        "\xe2\x82",         /* cut */
        "a\xff",            /* never a byte of UTF-8 */
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        ASSERT(!utf8_valid(bad[i]));
}

static void code_points_are_counted_not_bytes(void)
{
    ASSERT_INT(utf8_count(""), 0);
    ASSERT_INT(utf8_count("abc"), 3);
    ASSERT_INT(utf8_count("\xc3\xa4\xe2\x82\xac\xf0\x9f\x9a\xa8"), 3);
    ASSERT_INT(utf8_count("\xe2\x82"), 2); /* two stray bytes */
}

static void a_text_that_fits_stays_as_it_is(void)
{
    char out[UTF8_ROOM(5)];
    ASSERT(!utf8_cut("12\xe2\x82\xac"
                     "45",
                     5, out));
    ASSERT_STR(out, "12\xe2\x82\xac"
                    "45");
    ASSERT(!utf8_cut("", 5, out));
    ASSERT_STR(out, "");
}

static void a_long_text_ends_in_an_ellipsis(void)
{
    char out[UTF8_ROOM(4)];
    ASSERT(utf8_cut("12345", 4, out));
    ASSERT_STR(out, "123\xe2\x80\xa6");
    ASSERT_INT(utf8_count(out), 4);
    ASSERT(utf8_cut("\xf0\x9f\x9a\xa8\xf0\x9f\x9a\xa8\xf0\x9f\x9a\xa8"
                    "\xf0\x9f\x9a\xa8\xf0\x9f\x9a\xa8",
                    4, out));
    ASSERT_STR(out, "\xf0\x9f\x9a\xa8\xf0\x9f\x9a\xa8\xf0\x9f\x9a\xa8"
                    "\xe2\x80\xa6");
}

static void room_for_nothing_and_for_one_is_kept(void)
{
    char out[UTF8_ROOM(1)] = "x";
    ASSERT(utf8_cut("ab", 1, out));
    ASSERT_STR(out, "\xe2\x80\xa6");
    ASSERT(utf8_cut("ab", 0, out));
    ASSERT_STR(out, "");
}

static void stray_bytes_are_replaced(void)
{
    char out[UTF8_ROOM(10)];
    ASSERT(!utf8_cut("a\xff\xc3\xa4\xe2\x82", 10, out));
    ASSERT_STR(out, "a?\xc3\xa4??");
    ASSERT(utf8_valid(out));
}

static void a_line_has_no_control_characters(void)
{
    char out[UTF8_ROOM(10)];
    utf8_cut_line("a\nb\tc\x7f\x1b", 10, out);
    ASSERT_STR(out, "a b c  ");
    utf8_cut("a\nb", 10, out);
    ASSERT_STR(out, "a\nb");
}

void utf8_test(void);
void utf8_test(void)
{
    TEST_SUITE("base/utf8");
    TEST(well_formed_text_is_valid);
    TEST(ill_formed_text_is_not_valid);
    TEST(code_points_are_counted_not_bytes);
    TEST(a_text_that_fits_stays_as_it_is);
    TEST(a_long_text_ends_in_an_ellipsis);
    TEST(room_for_nothing_and_for_one_is_kept);
    TEST(stray_bytes_are_replaced);
    TEST(a_line_has_no_control_characters);
}
