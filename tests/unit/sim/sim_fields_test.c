#include "sim/fields.h"

#include <string.h>

#include "base/array.h"
#include "sim/utf8.h"
#include "test.h"

static int read_form(struct sim_fields *f, const char *body)
{
    return sim_fields_read_form(f, body, strlen(body), NULL);
}

static int read_json(struct sim_fields *f, const char *body)
{
    return sim_fields_read_json(f, body, strlen(body), NULL);
}

static void a_form_is_decoded(void)
{
    struct sim_fields f = { 0 };
    ASSERT_INT(read_form(&f, "a=1&title=M%26A+%c3%A9%2B&empty=&alone&&x=y=z"),
               0);
    ASSERT_INT(f.count, 5);
    ASSERT_STR(sim_fields_get(&f, "a"), "1");
    ASSERT_STR(sim_fields_get(&f, "title"), "M&A \xc3\xa9+");
    ASSERT_STR(sim_fields_get(&f, "empty"), "");
    ASSERT_STR(sim_fields_get(&f, "alone"), "");
    ASSERT_STR(sim_fields_get(&f, "x"), "y=z");
    ASSERT_STR(sim_fields_get(&f, "none"), NULL);
    sim_fields_release(&f);
    ASSERT_INT(f.count, 0);
}

static void names_are_decoded_and_the_last_value_counts(void)
{
    struct sim_fields f = { 0 };
    ASSERT_INT(read_form(&f, "a%5B%5D=1&b=2&a[]=3"), 0);
    ASSERT_INT(f.count, 2);
    ASSERT_STR(sim_fields_get(&f, "a[]"), "3");
    ASSERT_INT(read_form(&f, ""), 0);
    ASSERT_INT(f.count, 2);
    sim_fields_release(&f);
}

static void broken_escapes_and_zero_bytes_are_refused(void)
{
    static const char *const broken[] = { "a=%",   "a=%4", "a=%zz",
                                          "a=%4g", "%=1",  "a=%00" };
    struct sim_fields f = { 0 };
    struct error err = { 0 };

    for (size_t i = 0; i < ARRAY_LEN(broken); i++)
        ASSERT_INT(read_form(&f, broken[i]), -1);
    ASSERT_INT(sim_fields_read_form(&f, "a=1\0b", 5, NULL), -1);
    ASSERT_INT(sim_fields_read_form(&f, "a=12%4", 6, &err), -1);
    ASSERT_STR(err.msg, "broken escape '%4'");
    sim_fields_release(&f);
}

static void too_many_fields_are_refused(void)
{
    char body[] = "a00=1&";
    struct sim_fields f = { 0 };
    for (int i = 0; i < SIM_FIELDS_MAX; i++) {
        body[1] = (char)('0' + i / 10);
        body[2] = (char)('0' + i % 10);
        ASSERT_INT(read_form(&f, body), 0);
    }
    ASSERT_INT(read_form(&f, "a00=2"), 0);
    ASSERT_INT(read_form(&f, "one=more"), -1);
    sim_fields_release(&f);
}

static void a_json_object_becomes_texts(void)
{
    struct sim_fields f = { 0 };
    ASSERT_INT(read_json(&f, "{\"message\":\"a\\u00e9\\n\",\"priority\":-1,"
                             "\"timestamp\":1795176461,\"html\":true,"
                             "\"monospace\":false,\"x\":0.5,\"device\":null}"),
               0);
    ASSERT_STR(sim_fields_get(&f, "message"), "a\xc3\xa9\n");
    ASSERT_STR(sim_fields_get(&f, "priority"), "-1");
    ASSERT_STR(sim_fields_get(&f, "timestamp"), "1795176461");
    ASSERT_STR(sim_fields_get(&f, "html"), "1");
    ASSERT_STR(sim_fields_get(&f, "monospace"), "0");
    ASSERT_STR(sim_fields_get(&f, "x"), "0.5");
    ASSERT_STR(sim_fields_get(&f, "device"), NULL);
    sim_fields_release(&f);
}

static void other_json_is_refused(void)
{
    static const char *const wrong[] = {
        "", "[]", "\"a\"", "{", "{\"a\":1,", "{\"a\":[]}", "{\"a\":1} x"
    };
    struct sim_fields f = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        ASSERT_INT(read_json(&f, wrong[i]), -1);
    sim_fields_release(&f);
}

/* RFC 3629: its examples and the forms it forbids. */
static void utf8_is_counted_in_code_points(void)
{
    ASSERT_INT(sim_utf8_length(""), 0);
    ASSERT_INT(sim_utf8_length("abc"), 3);
    ASSERT_INT(sim_utf8_length("A\xe2\x89\xa2\xce\x91."), 4);
    ASSERT_INT(sim_utf8_length("\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4"), 3);
    ASSERT_INT(sim_utf8_length("\xf0\xa3\x8e\xb4"), 1);
    ASSERT_INT(sim_utf8_length("\xf4\x8f\xbf\xbf"), 1);
    ASSERT_INT(sim_utf8_length("\xc0\x80"), -1);
    ASSERT_INT(sim_utf8_length("\xe0\x80\xaf"), -1);
    ASSERT_INT(sim_utf8_length("\xed\xa0\x80"), -1);
    ASSERT_INT(sim_utf8_length("\xf4\x90\x80\x80"), -1);
    ASSERT_INT(sim_utf8_length("a\x80"), -1);
    ASSERT_INT(sim_utf8_length("\xe2\x89"), -1);
    ASSERT_INT(sim_utf8_length("\xff"), -1);
}

void sim_fields_test(void);

void sim_fields_test(void)
{
    TEST_SUITE("sim/fields");
    TEST(a_form_is_decoded);
    TEST(names_are_decoded_and_the_last_value_counts);
    TEST(broken_escapes_and_zero_bytes_are_refused);
    TEST(too_many_fields_are_refused);
    TEST(a_json_object_becomes_texts);
    TEST(other_json_is_refused);
    TEST(utf8_is_counted_in_code_points);
}
