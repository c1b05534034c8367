#include "base/number.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "test.h"

/* From Python's float.__repr__ and '%.15g', '%.16g', '%.17g' formatting. */
static void known_numbers_are_written_shortest(void)
{
    static const struct {
        double v;
        const char *want;
    } rows[] = {
        { 0.43, "0.43" },
        { 53638.0, "53638" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 1.0 / 3.0, "0.3333333333333333" },
        { 97000.123456, "97000.123456" },
        { -1.5, "-1.5" },
        { 0.0, "0" },
        { -0.0, "-0" },
        { 1e-4, "0.0001" },
        { 1e-5, "1.0e-05" },
        { 1e14, "100000000000000" },
        { 1e15, "1.0e+15" },
        { 1e23, "1.0e+23" },
        { 0x1p53, "9007199254740992" },
        { 0x1p-1074, "4.94065645841247e-324" },
        { 0x1p-1022, "2.2250738585072014e-308" },
        { 0x1.fffffffffffffp+1023, "1.7976931348623157e+308" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[NUMBER_TEXT];
        number_format(rows[i].v, text);
        ASSERT_STR(text, rows[i].want);
    }
}

/* Steele and Vigna's splitmix64, by its published constants. */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t seed(void)
{
    const char *given = getenv("TEST_SEED");
    return given ? strtoull(given, NULL, 0) : 20210519;
}

static bool comes_back(double v)
{
    char text[NUMBER_TEXT];
    double back = 0.0;
    number_format(v, text);
    return number_parse(text, &back) && !memcmp(&v, &back, sizeof(v));
}

static void any_bits_read_back_the_same(void)
{
    uint64_t start = seed(), state = start;
    int finite = 0, wrong = 0;
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = next_bits(&state);
        double v;
        memcpy(&v, &bits, sizeof(v));
        if (!isfinite(v))
            continue;
        finite++;
        if (!comes_back(v) && !wrong++)
            printf("TEST_SEED=%" PRIu64 ": %a does not come back\n", start, v);
    }
    ASSERT_INT(wrong, 0);
    ASSERT(finite > 190000);
}

/* The definition, by the C library. */
static bool is_shortest(double v)
{
    char got[NUMBER_TEXT], want[NUMBER_TEXT];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(want, sizeof(want), "%.*g", digits, v);
        if (strtod(want, NULL) == v)
            break;
    }
    number_format(v, got);
    if (!strchr(want, 'e') && strcmp(got, want)) {
        ASSERT_STR(got, want);
        return false;
    }
    return true;
}

/* v, the doubles around it and the negative ones: true if all are well. */
static bool are_shortest(double v)
{
    double around = v;
    bool ok = true;
    for (int i = 0; i < 3; i++)
        around = nextafter(around, 0.0);
    for (int i = 0; i < 7; i++, around = nextafter(around, DBL_MAX))
        ok = is_shortest(around) && is_shortest(-around) && ok;
    return ok;
}

/* Where significands and digits change their length. */
static void powers_and_their_neighbours_are_written_shortest(void)
{
    int wrong = 0;
    for (int i = -20; i <= 60; i++)
        for (unsigned k = 1; k < 64; k += 2)
            wrong += !are_shortest(ldexp(k, i));
    for (int i = -6; i <= 17; i++)
        for (int k = 1; k < 1000; k++)
            wrong += !are_shortest(k * pow(10.0, i));
    ASSERT_INT(wrong, 0);
}

/* Numbers of all sizes that are written without an exponent: with all their
 * bits, with few digits, and halves between two numbers of 15 digits. */
static void random_numbers_are_written_shortest(void)
{
    uint64_t start = seed(), state = start;
    int wrong = 0;
    for (int i = 0; i < 200000 && wrong < 5; i++) {
        uint64_t bits = next_bits(&state);
        double v = ldexp((double)(bits >> 11), -(int)(bits % 70));
        double few = (double)(next_bits(&state) >> (bits % 60)) /
                     pow(10.0, (double)(bits >> 8 & 15));
        double half = (double)(bits >> 14) / 8.0;
        if ((!is_shortest(v) || !is_shortest(-few) || !is_shortest(half)) &&
            !wrong++)
            printf("TEST_SEED=%" PRIu64 ": number %d\n", start, i);
    }
    ASSERT_INT(wrong, 0);
}

/* Prices as an exchange writes them: what came in goes out. */
static void prices_keep_their_digits(void)
{
    uint64_t start = seed(), state = start;
    int wrong = 0;
    for (int i = 0; i < 50000; i++) {
        char price[NUMBER_TEXT], text[NUMBER_TEXT];
        double v = 0.0;
        int whole = (int)(next_bits(&state) % 100000);
        int part = (int)(next_bits(&state) % 1000000);
        snprintf(price, sizeof(price), "%d.%05d9", whole + 1, part / 10);
        if (!number_parse(price, &v))
            wrong++;
        number_format(v, text);
        if (strcmp(price, text) && !wrong++)
            printf("TEST_SEED=%" PRIu64 ": %s became %s\n", start, price, text);
    }
    ASSERT_INT(wrong, 0);
}

static void decimal_numbers_are_read(void)
{
    static const struct {
        const char *text;
        double want;
    } rows[] = {
        { "0", 0.0 },      { "-0.5", -0.5 },   { "+2", 2.0 },
        { ".5", 0.5 },     { "5.", 5.0 },      { "1e3", 1000.0 },
        { "1E-2", 0.01 },  { "1.5e+1", 15.0 }, { "007", 7.0 },
        { "1e-999", 0.0 }, { "1e308", 1e308 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double v = 99.0;
        ASSERT(number_parse(rows[i].text, &v));
        ASSERT_NEAR(v, rows[i].want, 0);
    }
}

static void anything_else_is_no_number(void)
{
    static const char *const bad[] = {
        "",      " 1",  "1 ",    "-",     "+",        ".",   "e5",       "1e",
        "1e+",   "--1", "1,5",   "1.2.3", "0x10",     "nan", "inf",      "-inf",
        "1e999", "12a", "1_000", "1e5.5", "infinity", "1\n", "\xc2\xbd",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        double v = 99.0;
        if (number_parse(bad[i], &v))
            ASSERT_STR(bad[i], "refused");
        ASSERT_NEAR(v, 99.0, 0);
    }
}

static void integers_are_read_to_the_last_one(void)
{
    static const struct {
        const char *text;
        int64_t want;
    } rows[] = {
        { "0", 0 },
        { "-0", 0 },
        { "42", 42 },
        { "-42", -42 },
        { "010", 10 },
        { "1621389600250", 1621389600250 },
        { "9223372036854775807", INT64_MAX },
        { "-9223372036854775808", INT64_MIN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t n = 99;
        ASSERT(integer_parse(rows[i].text, &n));
        ASSERT_INT(n, rows[i].want);
    }
}

static void anything_else_is_no_integer(void)
{
    static const char *const bad[] = {
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x10",
        "--1",
        "9223372036854775808",
        "1-",
        "one",
        "-9223372036854775809",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        int64_t n = 99;
        if (integer_parse(bad[i], &n))
            ASSERT_STR(bad[i], "refused");
        ASSERT_INT(n, 99);
    }
}

void number_test(void);
void number_test(void)
{
    TEST_SUITE("number");
    TEST(known_numbers_are_written_shortest);
    TEST(any_bits_read_back_the_same);
    TEST(powers_and_their_neighbours_are_written_shortest);
    TEST(random_numbers_are_written_shortest);
    TEST(prices_keep_their_digits);
    TEST(decimal_numbers_are_read);
    TEST(anything_else_is_no_number);
    TEST(integers_are_read_to_the_last_one);
    TEST(anything_else_is_no_integer);
}
