/* RFC 4648, section 10, and three bytes that need the last two letters. */
#include "base/base64.h"

#include <string.h>

#include "base/array.h"
#include "test.h"

static void what_the_standard_lists_is_written(void)
{
    static const struct {
        const char *bytes, *want;
    } rows[] = {
        { "", "" },
        { "f", "Zg==" },
        { "fo", "Zm8=" },
        { "foo", "Zm9v" },
        { "foob", "Zm9vYg==" },
        { "fooba", "Zm9vYmE=" },
        { "foobar", "Zm9vYmFy" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char out[BASE64_ROOM(6)];
        size_t n = strlen(rows[i].bytes);
        memset(out, '?', sizeof(out));
        base64_encode(rows[i].bytes, n, out);
        ASSERT_STR(out, rows[i].want);
        ASSERT_INT(strlen(out) + 1, BASE64_ROOM(n));
    }
}

static void every_letter_can_be_written(void)
{
    static const unsigned char bytes[] = { 0xfb, 0xff, 0xbf, 0x00 };
    char out[BASE64_ROOM(sizeof(bytes))];
    base64_encode(bytes, sizeof(bytes), out);
    ASSERT_STR(out, "+/+/AA==");
}

void base64_test(void);
void base64_test(void)
{
    TEST_SUITE("base/base64");
    TEST(what_the_standard_lists_is_written);
    TEST(every_letter_can_be_written);
}
