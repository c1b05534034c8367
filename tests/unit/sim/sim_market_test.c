#include "sim/market.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "sim/decimal.h"
#include "sys/text.h"
#include "test.h"

#define HEADER "time,open,high,low,close,volume\n"

/* The three rows below, compressed by the zstd program. */
static const unsigned char compressed[] = {
    0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x68, 0x2d, 0x02, 0x00, 0x62, 0x84, 0x0e,
    0x12, 0x90, 0xcf, 0x01, 0xc0, 0xd7, 0xdb, 0x61, 0xef, 0xee, 0xef, 0x68,
    0x13, 0x42, 0xc4, 0xd8, 0x65, 0xcd, 0x09, 0xa0, 0x5c, 0xbc, 0x4f, 0x8c,
    0x00, 0x5c, 0x42, 0x9f, 0xf9, 0x34, 0x18, 0x2f, 0xa1, 0x5f, 0x02, 0x5f,
    0xbc, 0xcf, 0x8c, 0x80, 0x7a, 0xd5, 0x45, 0x7b, 0x35, 0xa3, 0x4b, 0xbf,
    0xd1, 0x9d, 0xad, 0xc6, 0x0e, 0x95, 0x8c, 0x57, 0xaf, 0xd1, 0x02, 0x00,
    0x3a, 0x33, 0xa2, 0x8e, 0x0b, 0x05, 0xdd, 0xa8, 0xe9, 0xbe,
};
static const char plain[] = HEADER "900,1,2,0.5,1.5,3\n"
                                   "1800,1.5,1.5,1.5,1.5,0\n"
                                   "2700,1.5,4,1,2,5\n";

static int read_csv(struct sim_book *b, const char *csv, struct error *err)
{
    char text[512];
    snprintf(text, sizeof(text), "%s", csv);
    return sim_book_read_csv(b, text, err);
}

static void rows_without_volume_are_absent(void)
{
    struct sim_book b = { 0 };
    ASSERT_INT(read_csv(&b, plain, NULL), 0);
    ASSERT_INT(b.count, 2);
    ASSERT(b.bars[0].open_ms == 900000 && b.bars[0].volume == 3.0);
    ASSERT(b.bars[1].open_ms == 2700000 && b.bars[1].high == 4.0);
    free(b.bars);
}

static void line_ends_may_be_those_of_other_systems(void)
{
    struct sim_book b = { 0 };
    ASSERT_INT(read_csv(&b,
                        "time,open,high,low,close,volume\r\n"
                        "900,1,2,0.5,1.5,3\r\n1800,1,2,1,1,3",
                        NULL),
               0);
    ASSERT_INT(b.count, 2);
    ASSERT(b.bars[1].volume == 3.0);
    free(b.bars);
}

static void a_bad_row_is_named_by_its_line(void)
{
    // clang-format off
    static const struct {
        const char *csv, *why;
    } rows[] = {
        { "",                                        "line 1: not time," },
        { "900,1,2,1,1,1\n",                         "line 1: not time," },
        { HEADER,                                    "no bar with volume" },
        { HEADER "900,1,1,1,1,0\n",                  "no bar with volume" },
        { HEADER "900,1,2,1,1,1\n900,1,2,1,1,1\n",   "line 3: not after" },
        { HEADER "900,1,2,1,1,1\n\n",                "line 3: " },
        { HEADER "900,1,2,1,1,1\n1800,1,2,x,1,1\n",  "line 3: column 4 (low)" },
        { HEADER "900,1,0.9,1,1,1\n",                "line 2: bad bar" },
        { HEADER "901,1,2,1,1,1\n",                  "line 2: bad bar" },
        { HEADER "900,0,2,0,1,1\n",                  "line 2: bad bar" },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sim_book b = { 0 };
        struct error err = { 0 };
        size_t n = strlen(rows[i].why);
        ASSERT_INT(read_csv(&b, rows[i].csv, &err), -1);
        ASSERT_STR(strncmp(err.msg, rows[i].why, n) == 0 ? rows[i].why
                                                         : err.msg,
                   rows[i].why);
        free(b.bars);
    }
}

/* Writes bytes to a new file whose name ends in `end`. */
static void write_file(char path[64], const char *end, const void *bytes,
                       size_t n)
{
    struct text t = TEXT_INIT(4096);
    snprintf(path, 64, "/tmp/sim_market_%ld%s", (long)getpid(), end);
    ASSERT_INT(text_append(&t, bytes, n), 0);
    ASSERT_INT(text_write_file(&t, path, NULL), 0);
    text_release(&t);
}

/* A second symbol fills the 15 minutes that the rows above leave open. */
static void plain_and_compressed_files_are_alike(void)
{
    static const char more[] = "3600,2,2,2,2,1\n";
    struct sim_market m = { 0 };
    struct error err = { 0 };
    char path[64], text[sizeof(plain) + sizeof(more)];

    snprintf(text, sizeof(text), "%s%s", plain, more);
    write_file(path, ".csv", text, strlen(text));
    ASSERT_INT(sim_market_load(&m, "BTC-USDT", path, &err), 0);
    ASSERT_INT(m.books[0].count, 3);
    ASSERT_INT(m.books[0].places, 1);
    unlink(path);
    write_file(path, ".csv.zst", compressed, sizeof(compressed));
    ASSERT_INT(sim_market_load(&m, "ETH-USDT", path, &err), -1);
    ASSERT(strstr(err.msg, "no two bars are 15 minutes apart") != NULL);
    ASSERT_INT(sim_market_find(&m, "ETH-USDT")->count, 2);
    ASSERT(memcmp(m.books[0].bars, m.books[1].bars, 2 * sizeof(struct bar)) ==
           0);
    unlink(path);
    sim_market_release(&m);
}

static void damaged_files_are_refused_with_their_name(void)
{
    struct sim_market m = { 0 };
    struct error err = { 0 };
    char path[64];

    ASSERT_INT(sim_market_load(&m, "A-B", "/nonexistent/x.csv.zst", &err), -1);
    ASSERT_INT(err.fault, FAULT_MISSING);
    ASSERT(strstr(err.msg, "file '/nonexistent/x.csv.zst'") != NULL);
    write_file(path, ".csv.zst", compressed, sizeof(compressed) - 9);
    ASSERT_INT(sim_market_load(&m, "C-D", path, &err), -1);
    ASSERT(strstr(err.msg, "cut off") != NULL);
    unlink(path);
    write_file(path, ".zst", plain, sizeof(plain) - 1);
    ASSERT_INT(sim_market_load(&m, "E-F", path, &err), -1);
    ASSERT(strstr(err.msg, "not sound zstd") != NULL);
    unlink(path);
    write_file(path, ".csv", plain, sizeof(plain));
    ASSERT_INT(sim_market_load(&m, "G-H", path, &err), -1);
    ASSERT(strstr(err.msg, "zero byte") != NULL);
    unlink(path);
    sim_market_release(&m);
}

static void symbols_are_like_the_exchange_s(void)
{
    static const char *const wrong[] = {
        "",         "BTCUSDT",    "BTC-",     "-USDT",
        "btc-usdt", "BTC-USDT-X", "BTC/USDT", "ABCDEFGHIJKLMNOP-QRSTUVW",
    };
    struct sim_market m = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        ASSERT(sim_market_add(&m, wrong[i], NULL) == NULL);
    struct sim_book *b = sim_market_add(&m, "1INCH-USDT", NULL);
    ASSERT_FATAL(b != NULL);
    ASSERT_STR(b->base, "1INCH");
    ASSERT_STR(b->quote, "USDT");
    ASSERT(sim_market_add(&m, "1INCH-USDT", NULL) == NULL);
    sim_market_release(&m);
}

static void numbers_are_printed_without_an_exponent(void)
{
    // clang-format off
    static const struct {
        double v;
        const char *text;
        int places;
    } rows[] = {
        { 60000.0,     "60000",          0 },
        { 84212.3,     "84212.3",        1 },
        { 0.0,         "0",              0 },
        { 1e-6,        "0.000001",       6 },
        { 1.5e-7,      "0.00000015",     8 },
        { -2.5e-5,     "-0.000025",      6 },
        { 1e22,        "10000000000000000000000", 0 },
        { 1.25e17,     "125000000000000000", 0 },
        { 0.1 + 0.2,   "0.30000000000000004", 12 },
        { 123456789.5, "123456789.5",    1 },
    };
    // clang-format on
    char text[SIM_DECIMAL_TEXT];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        sim_decimal(rows[i].v, text);
        ASSERT_STR(text, rows[i].text);
        ASSERT(strtod(text, NULL) == rows[i].v);
        ASSERT_INT(sim_decimal_places(rows[i].v), rows[i].places);
    }
    sim_decimal(5e-324, text);
    ASSERT(strtod(text, NULL) == 5e-324);
    sim_decimal(1.7976931348623157e308, text);
    ASSERT(strtod(text, NULL) == 1.7976931348623157e308);
    ASSERT(sim_round8(0.1 + 0.2) == 0.3);
    ASSERT(sim_round8(1e9) == 1e9);
}

void sim_market_test(void);

void sim_market_test(void)
{
    TEST_SUITE("sim/market");
    TEST(rows_without_volume_are_absent);
    TEST(line_ends_may_be_those_of_other_systems);
    TEST(a_bad_row_is_named_by_its_line);
    TEST(plain_and_compressed_files_are_alike);
    TEST(damaged_files_are_refused_with_their_name);
    TEST(symbols_are_like_the_exchange_s);
    TEST(numbers_are_printed_without_an_exponent);
}
