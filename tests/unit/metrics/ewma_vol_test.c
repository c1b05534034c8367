#include "metrics/ewma_vol.h"

#include "base/array.h"
#include "test.h"

static struct ewma_vol e;

static void push_all(const double *closes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ewma_vol_push(&e, closes[i]);
}

/* Half-life 1: the newest squared return weighs 1/2, the one before 1/4; the
 * correction divides by 3/4. r1 = ln 1.1, r2 = ln .9:
 * sqrt((r1^2/4 + r2^2/2) / .75), with 60 digits. */
static void two_returns_worked_by_hand(void)
{
    static const double closes[] = { 100, 110, 99 };
    ewma_vol_init(&e, 1.0, 1);
    push_all(closes, 2);
    ASSERT_NEAR(ewma_vol_value(&e).v, 0.09531017980432486, 1e-14);
    ASSERT_INT(ewma_vol_value(&e).n_used, 1);
    push_all(closes + 2, 1);
    ASSERT_NEAR(ewma_vol_value(&e).v, 0.10212036508241775, 1e-14);
    ASSERT_INT(ewma_vol_value(&e).n_used, 2);
}

/* Closes 1000 + 37 i mod 101; sqrt(sum w r^2 / sum w) with w = 2^(-age/96),
 * summed newest to oldest with 60 digits in another language. */
static void agrees_with_a_sum_of_weights(void)
{
    static const struct {
        int n;
        double want;
    } rows[] = {
        { 97, 0.046390830006290044 },
        { 98, 0.046255893572203204 },
        { 200, 0.046229068385463778 },
        { 300, 0.046345892456123451 },
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        ewma_vol_init(&e, 96.0, 96);
        for (int i = 0; i < rows[k].n; i++)
            ewma_vol_push(&e, 1000 + i * 37 % 101);
        ASSERT_INT(ewma_vol_value(&e).status, VALUE_REAL);
        ASSERT_NEAR(ewma_vol_value(&e).v, rows[k].want, 1e-12);
        ASSERT_INT(ewma_vol_value(&e).n_used, rows[k].n - 1);
    }
}

static void is_real_from_its_warm_up_on(void)
{
    ewma_vol_init(&e, 96.0, 96);
    ASSERT_INT(ewma_vol_value(&e).status, VALUE_WARMUP);
    for (int closes = 1; closes <= 98; closes++) {
        ewma_vol_push(&e, closes % 2 ? 100 : 101);
        struct value x = ewma_vol_value(&e);
        ASSERT_INT(x.status, closes - 1 >= 96 ? VALUE_REAL : VALUE_WARMUP);
        ASSERT_INT(isnan(x.v), closes - 1 < 96);
    }
}

static void without_a_return_there_is_no_value(void)
{
    ewma_vol_init(&e, 96.0, 0);
    ewma_vol_push(&e, 100);
    ASSERT_INT(ewma_vol_value(&e).status, VALUE_WARMUP);
}

static void a_price_that_never_moved_is_flat(void)
{
    ewma_vol_init(&e, 96.0, 96);
    for (int i = 0; i < 200; i++)
        ewma_vol_push(&e, 38111.7);
    ASSERT_INT(ewma_vol_value(&e).status, VALUE_FLAT);
    ASSERT(isnan(ewma_vol_value(&e).v));
    ewma_vol_push(&e, 38111.8);
    ASSERT_INT(ewma_vol_value(&e).status, VALUE_REAL);
    ASSERT(ewma_vol_value(&e).v > 0);
}

/* Every return is .01, so is the volatility: the correction leaves no bias. */
static void equal_returns_are_their_own_volatility(void)
{
    double close = 1.0;
    ewma_vol_init(&e, 96.0, 1);
    for (int i = 0; i < 2046; i++) {
        ewma_vol_push(&e, close);
        close *= i % 2 ? exp(0.01) : exp(-0.01);
        if (i > 0)
            ASSERT_NEAR(ewma_vol_value(&e).v, 0.01, 1e-11);
    }
}

static void the_unit_of_the_price_does_not_matter(void)
{
    static const double scales[] = { 1e-12, 1e-8, 1e8 };
    for (size_t k = 0; k < ARRAY_LEN(scales); k++) {
        ewma_vol_init(&e, 96.0, 96);
        for (int i = 0; i < 300; i++)
            ewma_vol_push(&e, scales[k] * (1000 + i * 37 % 101));
        ASSERT_NEAR(ewma_vol_value(&e).v, 0.046345892456123451, 1e-12);
    }
}

void ewma_vol_test(void);
void ewma_vol_test(void)
{
    TEST_SUITE("metrics/ewma_vol");
    TEST(two_returns_worked_by_hand);
    TEST(agrees_with_a_sum_of_weights);
    TEST(is_real_from_its_warm_up_on);
    TEST(without_a_return_there_is_no_value);
    TEST(a_price_that_never_moved_is_flat);
    TEST(equal_returns_are_their_own_volatility);
    TEST(the_unit_of_the_price_does_not_matter);
}
