#include "base/decimal.h"

#include <math.h>
#include <stdint.h>

#include "base/array.h"
#include "decimal_of.h"
#include "decimal_rows.h"
#include "test.h"

// clang-format off
static const struct {
    const char *text, *shortest;
} texts[] = {
    { "0", "0" },
    { "-0", "0" },
    { "-0.000", "0" },
    { "-12", "-12" },
    { "0.00125", "0.00125" },
    { "84900.00000000000000000000", "84900" },
    { "00084900.50", "84900.5" },
    { ".5", "0.5" },
    { "-.5", "-0.5" },
    { "5.", "5" },
    { "1.000000000000000001", "1.000000000000000001" },
    { "-0.000000000000000001", "-0.000000000000000001" },
    { "0.0000000000000000010", "0.000000000000000001" },
    { "0.1000000000000000000000000000000000000000", "0.1" },
    { "999999999999999", "999999999999999" },
    { "999999999999999.999999999999999999", "999999999999999.999999999999999999" },
    { "-999999999999999.999999999999999999", "-999999999999999.999999999999999999" },
    { "00000000000000000000000000000000000000000000000000001", "1" },
};
// clang-format on

static void a_text_is_read_to_the_last_unit(void)
{
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        says(of(texts[i].text), texts[i].shortest);
}

static void another_text_is_refused(void)
{
    static const char *const bad[] = {
        "",
        "-",
        ".",
        "-.",
        "+1",
        "--1",
        "1-",
        "1e5",
        "1E5",
        "1e",
        "0x10",
        "1,5",
        "1.2.3",
        "..1",
        "1..",
        " 1",
        "1 ",
        " ",
        "\t1",
        "1\n",
        "nan",
        "inf",
        "-Infinity",
        "null",
        "1_000",
        "1.-2",
        "- 1",
        "\xd9\xa1",
        "1'000",
        "1.5 USDT",
        "$1",
        "1000000000000000",
        "-1000000000000000",
        "1000000000000000.5",
        "99999999999999999999999999999999999999999999999999",
        "0.0000000000000000001",
        "1.0000000000000000005",
        "0.00000000000000000000000000000000000000000000000001",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct decimal d = { 77 };
        test_true(!decimal_parse(bad[i], &d), false, TEST_HERE(bad[i]));
        ASSERT_INT(d.units, 77);
    }
}

static bool ask(const struct decimal_row *r, struct decimal *out)
{
    struct decimal a = of(r->a), b = of(r->b);
    switch (r->op) {
    case ROW_ADD:
        *out = decimal_add(a, b);
        return true;
    case ROW_MUL:
        return decimal_mul(a, b, out);
    case ROW_DIV:
        return decimal_div(a, b, out);
    case ROW_SHARE:
        break;
    }
    *out = decimal_share(a, b, of(r->whole));
    return true;
}

/* Whole numbers and fractions of Python, rounded by it. */
static void arithmetic_is_that_of_fractions(void)
{
    size_t too_large = 0;
    for (size_t i = 0; i < decimal_row_count; i++) {
        const struct decimal_row *r = &decimal_rows[i];
        struct decimal d = { 77 };
        bool fits = ask(r, &d);
        ASSERT_INT(fits, r->want != NULL);
        if (r->want)
            says(d, r->want);
        else
            ASSERT_INT(d.units, 77);
        too_large += !r->want;
    }
    ASSERT(decimal_row_count > 200);
    ASSERT(too_large > 10);
}

static void less_is_more_of_the_opposite(void)
{
    for (size_t i = 0; i < decimal_row_count; i++) {
        struct decimal a = of(decimal_rows[i].a), b = of(decimal_rows[i].b);
        struct decimal less = decimal_sub(a, b);
        int way = decimal_sign(less);
        ASSERT_INT(decimal_cmp(decimal_add(less, b), a), 0);
        ASSERT_INT(decimal_cmp(decimal_minus(less), decimal_sub(b, a)), 0);
        ASSERT_INT(decimal_cmp(a, b), way);
        ASSERT_INT(decimal_cmp(b, a), -way);
    }
    ASSERT_INT(decimal_sign(of("-0.000000000000000001")), -1);
    ASSERT_INT(decimal_sign(of("-0")), 0);
    ASSERT_INT(decimal_sign(of("0.000000000000000001")), 1);
}

/* Half a unit goes to the even neighbour, on both sides of zero. */
static void a_half_goes_to_the_even_unit(void)
{
    static const struct {
        const char *a, *half;
    } rows[] = {
        { "0.000000000000000001", "0" },
        { "0.000000000000000003", "0.000000000000000002" },
        { "0.000000000000000005", "0.000000000000000002" },
        { "0.000000000000000007", "0.000000000000000004" },
        { "-0.000000000000000001", "0" },
        { "-0.000000000000000003", "-0.000000000000000002" },
        { "-0.000000000000000005", "-0.000000000000000002" },
    };
    struct decimal d;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct decimal a = of(rows[i].a);
        ASSERT(decimal_div(a, of("2"), &d));
        says(d, rows[i].half);
        ASSERT(decimal_mul(of("0.5"), a, &d));
        says(d, rows[i].half);
        says(decimal_share(a, of("7"), of("14")), rows[i].half);
    }
}

static void a_share_of_all_or_nothing_is_exact(void)
{
    struct decimal a = of("-999999999999999.999999999999999999");
    struct decimal whole = of("999999999999999.999999999999999997");
    says(decimal_share(a, whole, whole), "-999999999999999.999999999999999999");
    says(decimal_share(a, DECIMAL_ZERO, whole), "0");
    says(decimal_share(DECIMAL_ZERO, of("1"), whole), "0");
}

/* The limit of a product and of a quotient is 10^20. */
static void what_is_too_large_is_said(void)
{
    struct decimal d = { 77 };
    ASSERT(!decimal_mul(of("100000000000000"), of("1000000"), &d));
    ASSERT(!decimal_mul(of("-100000000000000"), of("1000000"), &d));
    ASSERT(!decimal_div(of("100"), of("0.000000000000000001"), &d));
    ASSERT(
        !decimal_div(of("999999999999999"), of("-0.000000000000000001"), &d));
    ASSERT_INT(d.units, 77);
    ASSERT(decimal_mul(of("-99999999999999.999999999999"), of("1000000"), &d));
    says(d, "-99999999999999999999.999999");
    ASSERT(decimal_div(of("99.999999999999999999"), of("0.000000000000000001"),
                       &d));
    says(d, "99999999999999999999");

    ASSERT(!decimal_is_large(of("999999999999999.999999999999999999")));
    ASSERT(!decimal_is_large(of("-999999999999999.999999999999999999")));
    struct decimal most = of("999999999999999.999999999999999999");
    struct decimal unit = of("0.000000000000000001");
    ASSERT(decimal_is_large(decimal_add(most, unit)));
    ASSERT(decimal_is_large(decimal_minus(decimal_add(most, unit))));
    ASSERT(!decimal_is_large(DECIMAL_ZERO));
}

/* A hundred thousand texts can be added; what goes beyond stays at 2^127. */
static void sums_do_not_turn_around(void)
{
    struct decimal most = of("999999999999999.999999999999999999");
    struct decimal up = DECIMAL_ZERO, down = DECIMAL_ZERO;
    for (int i = 0; i < 100000; i++) {
        up = decimal_add(up, most);
        down = decimal_sub(down, most);
    }
    says(up, "99999999999999999999.9999999999999");
    says(down, "-99999999999999999999.9999999999999");
    for (int i = 0; i < 100000; i++) {
        up = decimal_add(up, most);
        down = decimal_sub(down, most);
    }
    says(up, "170141183460469231731.687303715884105727");
    says(down, "-170141183460469231731.687303715884105727");
    says(decimal_minus(down), "170141183460469231731.687303715884105727");
    ASSERT(decimal_is_large(up) && decimal_is_large(down));
}

static void a_double_is_the_nearest_one(void)
{
    for (size_t i = 0; i < decimal_double_row_count; i++) {
        const struct decimal_double_row *r = &decimal_double_rows[i];
        ASSERT_NEAR(decimal_double(of(r->text)), r->want, 0);
    }
    ASSERT_NEAR(decimal_double(of("0.3")), 0.3, 0);
    ASSERT_NEAR(decimal_double(of("-0.000000000000000001")), -1e-18, 0);
    ASSERT_NEAR(decimal_double(of("9007199254740.993")), 9007199254740.993, 0);
}

static void a_double_has_the_decimal_of_its_text(void)
{
    static const struct {
        double v;
        const char *want; /* NULL: it does not fit */
    } rows[] = {
        { 0, "0" },
        { -0.0, "0" },
        { .1, "0.1" },
        { .1 + .2, "0.30000000000000004" },
        { -84900.5, "-84900.5" },
        { 1e-5, "0.00001" },
        { 1.5e-7, "0.00000015" },
        { -1e-18, "-0.000000000000000001" },
        { 1.25e-16, "0.000000000000000125" },
        { 1.25e-17, NULL },
        { 1e-19, NULL },
        { 5e-324, NULL },
        { 999999999999999., "999999999999999" },
        { 999999999999999.9, "999999999999999.9" },
        { 1e15, NULL },
        { 1e16, NULL },
        { -1.7e308, NULL },
        { (double)NAN, NULL },
        { (double)INFINITY, NULL },
        { -(double)INFINITY, NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct decimal d = { 77 };
        bool fits = decimal_of_double(rows[i].v, &d);
        ASSERT_INT(fits, rows[i].want != NULL);
        if (rows[i].want)
            says(d, rows[i].want);
        else
            ASSERT_INT(d.units, 77);
    }
}

void decimal_test(void);
void decimal_test(void)
{
    TEST_SUITE("decimal");
    TEST(a_text_is_read_to_the_last_unit);
    TEST(another_text_is_refused);
    TEST(arithmetic_is_that_of_fractions);
    TEST(less_is_more_of_the_opposite);
    TEST(a_half_goes_to_the_even_unit);
    TEST(a_share_of_all_or_nothing_is_exact);
    TEST(what_is_too_large_is_said);
    TEST(sums_do_not_turn_around);
    TEST(a_double_is_the_nearest_one);
    TEST(a_double_has_the_decimal_of_its_text);
}
