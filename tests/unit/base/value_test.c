#include "base/value.h"

#include <string.h>

#include "base/array.h"
#include "base/prng.h"
#include "test.h"

static void a_real_number_keeps_its_count(void)
{
    struct value x = value_real(-2.5, 14);
    ASSERT_INT(x.status, VALUE_REAL);
    ASSERT_NEAR(x.v, -2.5, 0);
    ASSERT_INT(x.n_used, 14);
}

static void a_number_that_is_not_finite_is_unavailable(void)
{
    static const double bad[] = { (double)NAN, (double)INFINITY,
                                  -(double)INFINITY };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct value x = value_real(bad[i], 14);
        ASSERT_INT(x.status, VALUE_UNAVAILABLE);
        ASSERT(isnan(x.v));
        ASSERT_INT(x.n_used, 0);
    }
}

/* What each status is: may it be compared, and if not, what it answers. */
static const struct {
    enum value_status status;
    const char *name;
    bool usable;
    enum answer missing;
} statuses[] = {
    // clang-format off
    { VALUE_UNAVAILABLE,    "unavailable",    false, ANSWER_UNKNOWN },
    { VALUE_REAL,           "real",           true,  ANSWER_COUNT },
    { VALUE_WARMUP,         "warmup",         false, ANSWER_UNKNOWN },
    { VALUE_FLAT,           "flat",           false, ANSWER_NOT_APPLICABLE },
    { VALUE_FILLED,         "filled",         true,  ANSWER_COUNT },
    { VALUE_STALE,          "stale",          false, ANSWER_UNKNOWN },
    { VALUE_NOT_IDENTIFIED, "not_identified", false, ANSWER_NOT_APPLICABLE },
    // clang-format on
};

static void every_status_is_judged(void)
{
    ASSERT_INT(ARRAY_LEN(statuses), VALUE_STATUS_COUNT);
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        struct value x = { 1.0, statuses[i].status, 1 };
        ASSERT_STR(value_status_name(statuses[i].status), statuses[i].name);
        ASSERT_INT(value_usable(x), statuses[i].usable);
        if (!statuses[i].usable)
            ASSERT_INT(value_missing_answer(x), statuses[i].missing);
    }
}

static void a_missing_value_has_no_number(void)
{
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        if (statuses[i].usable)
            continue;
        struct value x = value_none(statuses[i].status);
        ASSERT_INT(x.status, statuses[i].status);
        ASSERT(isnan(x.v));
        ASSERT(!value_usable(x));
        ASSERT_INT(x.n_used, 0);
    }
}

/* The value that nobody filled in must not look like a number. */
static void an_empty_value_is_unavailable(void)
{
    struct value x = { 0 };
    ASSERT(!value_usable(x));
    ASSERT_INT(value_missing_answer(x), ANSWER_UNKNOWN);
}

/* Rounded half away from zero by an exact decimal library from the binary
 * value of each input. */
static void decisions_are_made_on_nine_decimals(void)
{
    static const struct {
        double v, want;
    } rows[] = {
        { 0.1 + 0.2, 0.3 },
        { 1.0000000005, 1.000000001 },
        { 1.00000000049, 1.0 },
        { -2.0000000015, -2.000000002 },
        { 53638.1234567894, 53638.123456789 },
        { 53638.1234567896, 53638.12345679 },
        { 4e-10, 0.0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_NEAR(decision_round(rows[i].v), rows[i].want, 0);
}

static void rounding_never_makes_or_loses_a_missing_number(void)
{
    ASSERT(isnan(decision_round(NO_VALUE)));
    ASSERT_NEAR(decision_round(1e300), 1e300, 1e-15);
    ASSERT_NEAR(decision_round(-1.7e308), -1.7e308, 1e-15);
}

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof(a)) == 0;
}

/* Held to round() of the C library: halves and their neighbours, minus zero,
 * whole numbers up to the last that has a half beside it, and any bits. */
static void rounding_is_that_of_the_c_library(void)
{
    static const double edges[] = { 0.0,    -0.0,   0x1p-1074,
                                    1e-300, .25,    .75,
                                    1e15,   0x1p51, 0x1.fffffffffffffp51 };
    struct prng p;
    size_t seen = 0;

    for (size_t i = 0; i < ARRAY_LEN(edges); i++) {
        ASSERT(same_bits(round_half_away(edges[i]), round(edges[i])));
        ASSERT(same_bits(round_half_away(-edges[i]), round(-edges[i])));
    }
    for (int k = -4000; k < 4000; k++) {
        double half = k + .5, below = nextafter(half, -HUGE_VAL);
        double above = nextafter(half, HUGE_VAL);
        ASSERT(same_bits(round_half_away(half), round(half)));
        ASSERT(same_bits(round_half_away(below), round(below)));
        ASSERT(same_bits(round_half_away(above), round(above)));
    }
    prng_init(&p, 9);
    while (seen < 100000) {
        uint64_t bits = prng_next(&p);
        double x;
        memcpy(&x, &bits, sizeof(x));
        if (!(fabs(x) < WHOLE_FROM))
            continue;
        seen++;
        ASSERT(same_bits(round_half_away(x), round(x)));
        x = (prng_uniform(&p) - .5) * ldexp(1, (int)(seen % 53));
        ASSERT(same_bits(round_half_away(x), round(x)));
    }
}

static void every_answer_has_its_word(void)
{
    ASSERT_INT(ANSWER_COUNT, 4);
    ASSERT_STR(answer_name(ANSWER_YES), "yes");
    ASSERT_STR(answer_name(ANSWER_NO), "no");
    ASSERT_STR(answer_name(ANSWER_NOT_APPLICABLE), "na");
    ASSERT_STR(answer_name(ANSWER_UNKNOWN), "unknown");
}

void value_test(void);
void value_test(void)
{
    TEST_SUITE("value");
    TEST(a_real_number_keeps_its_count);
    TEST(a_number_that_is_not_finite_is_unavailable);
    TEST(every_status_is_judged);
    TEST(a_missing_value_has_no_number);
    TEST(an_empty_value_is_unavailable);
    TEST(decisions_are_made_on_nine_decimals);
    TEST(rounding_never_makes_or_loses_a_missing_number);
    TEST(rounding_is_that_of_the_c_library);
    TEST(every_answer_has_its_word);
}
