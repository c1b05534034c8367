#include "base/error.h"

#include <string.h>

#include "base/array.h"
#include "test.h"

static void says_what_and_returns_minus_one(void)
{
    struct error err = { 0 };
    ASSERT_INT(error_set(&err, FAULT_DATA, "row %d is '%s'", 7, "x"), -1);
    ASSERT_STR(err.msg, "row 7 is 'x'");
    ASSERT_INT(err.fault, FAULT_DATA);
}

static void a_wrap_puts_its_noun_in_front_and_keeps_the_fault(void)
{
    struct error err = { 0 };
    error_set(&err, FAULT_TRANSIENT, "HTTP %d", 429);
    ASSERT_INT(error_wrap(&err, "candles from '%s'", "host"), -1);
    ASSERT_INT(error_wrap(&err, "grid '%s'", "eth-1"), -1);
    ASSERT_STR(err.msg, "grid 'eth-1': candles from 'host': HTTP 429");
    ASSERT_INT(err.fault, FAULT_TRANSIENT);
}

static void the_last_set_wins(void)
{
    struct error err = { 0 };
    error_set(&err, FAULT_IO, "a long first complaint");
    error_set(&err, FAULT_CONFIG, "short");
    ASSERT_STR(err.msg, "short");
    ASSERT_INT(err.fault, FAULT_CONFIG);
}

static void nobody_needs_to_listen(void)
{
    ASSERT_INT(error_set(NULL, FAULT_IO, "%s", "lost"), -1);
    ASSERT_INT(error_wrap(NULL, "%s", "lost"), -1);
}

/* Fills `s` with `n` times `c`. */
static void fill(char *s, size_t n, char c)
{
    memset(s, c, n);
    s[n] = '\0';
}

static void a_long_text_is_cut_at_the_end(void)
{
    struct {
        struct error err;
        char guard[16];
    } box;
    char text[2000];
    size_t most = sizeof(box.err.msg) - 1;

    fill(text, sizeof(text) - 1, 'a');
    fill(box.guard, sizeof(box.guard) - 1, 'g');
    error_set(&box.err, FAULT_DATA, "%s", text);
    ASSERT_INT(strlen(box.err.msg), most);
    ASSERT_INT(strspn(box.err.msg, "a"), most);
    ASSERT_STR(box.guard, "ggggggggggggggg");
}

static void a_text_that_just_fits_is_whole(void)
{
    struct error err;
    char text[sizeof(err.msg)];
    fill(text, sizeof(text) - 1, 'a');
    error_set(&err, FAULT_DATA, "%s", text);
    ASSERT_STR(err.msg, text);
}

static void a_wrap_of_a_long_text_keeps_the_noun(void)
{
    struct error err;
    char text[2000];
    size_t most = sizeof(err.msg) - 1;

    fill(text, sizeof(text) - 1, 'a');
    error_set(&err, FAULT_DATA, "%s", text);
    error_wrap(&err, "file '%s'", "x");
    ASSERT_INT(strlen(err.msg), most);
    ASSERT(strncmp(err.msg, "file 'x': aaa", 13) == 0);

    fill(text, sizeof(text) - 1, 'n');
    error_wrap(&err, "%s", text);
    ASSERT_INT(strlen(err.msg), most);
    ASSERT_INT(strspn(err.msg, "n"), most);
}

static void a_percent_sign_in_an_argument_is_just_text(void)
{
    struct error err = { 0 };
    error_set(&err, FAULT_DATA, "%s", "100 %s %n");
    error_wrap(&err, "%s", "50 %d");
    ASSERT_STR(err.msg, "50 %d: 100 %s %n");
}

static void every_fault_has_its_word(void)
{
    static const char *const words[] = {
        "none",    "usage", "config",  "data", "stale", "transient",
        "refused", "busy",  "missing", "io",   "bug",
    };
    ASSERT_INT(ARRAY_LEN(words), FAULT_BUG + 1);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        ASSERT_STR(fault_name((enum fault)i), words[i]);
}

void error_test(void);
void error_test(void)
{
    TEST_SUITE("error");
    TEST(says_what_and_returns_minus_one);
    TEST(a_wrap_puts_its_noun_in_front_and_keeps_the_fault);
    TEST(the_last_set_wins);
    TEST(nobody_needs_to_listen);
    TEST(a_long_text_is_cut_at_the_end);
    TEST(a_text_that_just_fits_is_whole);
    TEST(a_wrap_of_a_long_text_keeps_the_noun);
    TEST(a_percent_sign_in_an_argument_is_just_text);
    TEST(every_fault_has_its_word);
}
