/* Pages of candles read without a tree: the same as with one, of every text. */
#include "exchange/kucoin_plain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "exchange/kucoin_bodies.h"
#include "exchange/kucoin_page.h"
#include "test.h"

#define HEAD      "{\"code\":\"200000\",\"data\":["
#define GOOD      "[\"1800\",\"2\",\"2\",\"3\",\"1\",\"5\",\"10\"]"
#define PAGE(row) HEAD GOOD "," row "]}"

static struct kucoin_body body(const char *s)
{
    return (struct kucoin_body){ s, strlen(s) };
}

static bool is_plain(const char *text, struct kucoin_rows *rows)
{
    *rows = (struct kucoin_rows){ 0 };
    return kucoin_plain_parse(body(text), TF_15M, rows);
}

static void the_exchanges_own_pages_are_plain(void)
{
    struct kucoin_rows rows;
    ASSERT_FATAL(is_plain(BODY_CANDLES_15MIN, &rows));
    ASSERT_FATAL(rows.count == 8);
    ASSERT_INT(rows.idle, 0);
    ASSERT_INT(rows.bars[1].open_ms, 1795175100000);
    ASSERT_NEAR(rows.bars[1].open, 84605.2, 0);
    ASSERT_NEAR(rows.bars[1].close, 84498.2, 0);
    ASSERT_NEAR(rows.bars[1].high, 84638.8, 0);
    ASSERT_NEAR(rows.bars[1].low, 84477.6, 0);
    ASSERT_NEAR(rows.bars[1].volume, 18.5967182, 0);
    ASSERT_INT(rows.bars[1].flags, 0);
    kucoin_rows_release(&rows);

    ASSERT(is_plain(BODY_CANDLES_EMPTY, &rows));
    ASSERT_INT(rows.count, 0);
    kucoin_rows_release(&rows);
}

static void rows_of_zero_volume_are_counted(void)
{
    struct kucoin_rows rows;
    ASSERT(is_plain(HEAD "[\"2700\",\"2\",\"2\",\"2\",\"2\",\"-0\",\"0\"]," GOOD
                         ",[\"900\",\"2\",\"2\",\"2\",\"2\",\"0.0\",\"0\"]]}",
                    &rows));
    ASSERT_INT(rows.count, 1);
    ASSERT_INT(rows.idle, 2);
    kucoin_rows_release(&rows);
}

/* The volume of a row, as it is read; -1 when the row is not taken. */
static double volume_of(const char *number)
{
    char text[200];
    struct kucoin_rows rows;
    double v = 0;
    snprintf(text, sizeof(text),
             HEAD "[\"900\",\"2\",\"2\",\"3\",\"1\",\"%s\",\"1\"]]}", number);
    if (!is_plain(text, &rows))
        return -1;
    if (rows.count)
        v = rows.bars[0].volume;
    kucoin_rows_release(&rows);
    return v;
}

/* strtod rounds correctly; so must this, also where digits and power of ten
 * are no doubles any more. */
static void numbers_have_the_bits_that_strtod_gives(void)
{
    static const char *const numbers[] = {
        "1",
        "007",
        "5.",
        ".5",
        "0.1",
        "0.3",
        "2.5e-7",
        "1.5E+3",
        "84605.2",
        "1572384.13823094",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "90071992547409.93",
        "9007199254740.995",
        "0.000000000000000001",
        "0.0000000000000000001",
        "123456789012345678",
        "1234567890123456789",
        "99999999999999999999",
        "0.123456789012345678901234567890",
        "1e22",
        "1e23",
        "0.00000000000000000000000000000001",
    };
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        double want = strtod(numbers[i], NULL);
        double got = volume_of(numbers[i]);
        ASSERT(memcmp(&want, &got, sizeof(want)) == 0);
    }
    uint64_t dice = 88172645463325252; /* xorshift64 */
    int other = 0;
    for (int i = 0; i < 20000; i++) {
        char number[48];
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        uint64_t whole = dice >> (dice % 50);
        snprintf(number, sizeof(number), "%" PRIu64 ".%0*" PRIu64,
                 whole % 10000000, 1 + (int)(dice % 12), dice >> 30);
        double want = strtod(number, NULL);
        double got = volume_of(number);
        other += memcmp(&want, &got, sizeof(want)) != 0;
    }
    ASSERT_INT(other, 0);
}

static void what_is_not_of_the_form_is_not_taken(void)
{
    static const char *const texts[] = {
        "",
        "{\"code\":\"200000\",\"data\":",
        "{\"code\":\"200\",\"data\":[]}",
        "{\"code\":200000,\"data\":[]}",
        "{\"data\":[],\"code\":\"200000\"}",
        "{\"code\": \"200000\",\"data\":[]}",
        "{\"code\":\"200000\",\"data\":[]} ",
        "{\"code\":\"200000\",\"data\":[]}x",
        "{\"code\":\"200000\",\"data\":[],\"msg\":\"\"}",
        "{\"code\":\"400100\",\"msg\":\"\"}",
        BODY_BAD_GATEWAY,
        HEAD "," GOOD "]}",
        HEAD GOOD ",]}",
        HEAD GOOD GOOD "]}",
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\",\"1\"]"),
        PAGE("[900,\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"900\",\"2\",2,\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"900\", \"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"-900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"1795175100000\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"253402300800\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"901\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"0\",\"5\",\"1\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"-5\",\"1\"]"),
        PAGE("[\"900\",\"2\",\"3\",\"1\",\"2\",\"5\",\"1\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\".\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1.2.3\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"0x10\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"3\",\"1\",\"5\",\"1e999\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"inf\",\"1\",\"5\",\"1\"]"),
        PAGE("[\"900\",\"2\",\"2\",\"\\u0033\",\"1\",\"5\",\"1\"]"),
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct kucoin_rows rows;
        ASSERT(!is_plain(texts[i], &rows));
        ASSERT(rows.bars == NULL && !rows.count && !rows.idle);
    }
    struct kucoin_rows none = { 0 };
    ASSERT(!kucoin_plain_parse((struct kucoin_body){ NULL, 0 }, TF_15M, &none));
}

/* Does a page say what the reader with a tree says of it? */
static bool same_as_tree(struct kucoin_body text)
{
    struct kucoin_page page;
    struct kucoin_envelope e;
    struct kucoin_rows rows = { 0 };
    struct error err = { FAULT_NONE, "" };
    kucoin_page_read(text, TF_15M, &page);
    int rc = kucoin_candles_parse(text, TF_15M, &e, &rows, &err);
    bool same = page.err.fault == err.fault && !strcmp(page.err.msg, err.msg) &&
                page.envelope.is_json == e.is_json &&
                page.envelope.success == e.success &&
                page.envelope.known == e.known &&
                !strcmp(page.envelope.code, e.code) &&
                !strcmp(page.envelope.msg, e.msg) &&
                page.rows.count == (rc ? 0 : rows.count) &&
                page.rows.idle == (rc ? 0 : rows.idle);
    for (size_t i = 0; same && i < page.rows.count; i++) {
        const struct bar *a = &page.rows.bars[i], *b = &rows.bars[i];
        same = a->open_ms == b->open_ms && a->flags == b->flags &&
               !memcmp(&a->open, &b->open, 5 * sizeof(double));
    }
    kucoin_page_release(&page);
    kucoin_rows_release(&rows);
    return same;
}

/* Each byte of a page once as each byte that could matter, once left out, and
 * the page cut before it. */
static void a_page_with_any_byte_changed_says_what_a_tree_says(void)
{
    static const char page[] =
        HEAD "[\"1800\",\"2.5\",\"2\",\"3\",\"1\",\"5\",\"10\"],"
             "[\"900\",\"2\",\"2e0\",\"30000000000000000000\",\"1\",\"0\","
             "\"0.1\"]]}";
    static const char bytes[] = "\"[]{},:0123456789.-+eE \\/x\t\n\x01\x80";
    size_t n = sizeof(page) - 1;
    int other = 0;
    ASSERT(same_as_tree(body(page)));
    for (size_t i = 0; i < n; i++) {
        char text[sizeof(page)];
        for (size_t k = 0; k < sizeof(bytes); k++) { /* the zero as well */
            memcpy(text, page, sizeof(page));
            text[i] = bytes[k];
            other += !same_as_tree((struct kucoin_body){ text, n });
        }
        memcpy(text, page, sizeof(page));
        memmove(text + i, text + i + 1, n - i);
        other += !same_as_tree((struct kucoin_body){ text, n - 1 });
        memcpy(text, page, i);
        text[i] = '\0';
        other += !same_as_tree((struct kucoin_body){ text, i });
    }
    ASSERT_INT(other, 0);
}

/* Nothing may be read behind the end of what was sent: a copy without room for
 * more is an error for the sanitizer and for valgrind. */
static void nothing_is_read_behind_the_end(void)
{
    static const char page[] = BODY_CANDLES_15MIN;
    int taken = 0;
    for (size_t n = 0; n < sizeof(page) - 1; n++) {
        struct kucoin_rows rows = { 0 };
        char *cut = malloc(n ? n : 1);
        ASSERT_FATAL(cut != NULL);
        memcpy(cut, page, n);
        taken +=
            kucoin_plain_parse((struct kucoin_body){ cut, n }, TF_15M, &rows);
        free(cut);
    }
    ASSERT_INT(taken, 0);
}

void kucoin_plain_test(void);
void kucoin_plain_test(void)
{
    TEST_SUITE("exchange/kucoin_plain");
    TEST(the_exchanges_own_pages_are_plain);
    TEST(rows_of_zero_volume_are_counted);
    TEST(numbers_have_the_bits_that_strtod_gives);
    TEST(what_is_not_of_the_form_is_not_taken);
    TEST(a_page_with_any_byte_changed_says_what_a_tree_says);
    TEST(nothing_is_read_behind_the_end);
}
