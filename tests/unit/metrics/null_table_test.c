/* The committed tables against published figures and closed forms. */
#include "metrics/null_table.h"

#include <math.h>

#include "base/array.h"
#include "base/value.h"
#include "test.h"

static void levels_ascend_and_mirror_each_other(void)
{
    for (int i = 1; i < NULL_LEVELS; i++)
        ASSERT(null_levels[i] > null_levels[i - 1]);
    for (int i = 0; i < NULL_LEVELS; i++)
        ASSERT_NEAR(null_levels[i] + null_levels[NULL_LEVELS - 1 - i], 1, 1e-9);
    ASSERT(null_levels[0] == 0.001);
}

static void quantiles_ascend_and_stand_at_their_level(void)
{
    for (int id = NULL_NONE + 1; id < NULL_COUNT; id++) {
        const double *q = null_tables[id].quantile;
        int falling = 0, astray = 0;
        for (int i = 1; i < NULL_LEVELS - 1; i++) {
            double p = null_percentile((enum null_id)id, q[i]);
            bool alone = q[i] > q[i - 1] && q[i] < q[i + 1];
            falling += !(q[i] >= q[i - 1]);
            astray += alone && p != null_levels[i];
        }
        ASSERT_INT(falling, 0);
        ASSERT_INT(astray, 0);
        ASSERT(q[0] < q[NULL_LEVELS / 2]);
        ASSERT(null_name((enum null_id)id)[0] != '\0');
    }
}

/* 0, 1, 2 ... but for a plateau and an infinite end. */
static struct null_quantiles made_table(void)
{
    struct null_quantiles t;
    for (int i = 0; i < NULL_LEVELS; i++)
        t.quantile[i] = i;
    t.quantile[11] = t.quantile[12] = 10.0;
    for (int i = NULL_LEVELS - 3; i < NULL_LEVELS; i++)
        t.quantile[i] = HUGE_VAL;
    return t;
}

static void between_quantiles_the_percentile_is_linear(void)
{
    struct null_quantiles t = made_table();
    ASSERT_NEAR(null_quantiles_percentile(&t, 8.0), 0.10, 1e-12);
    ASSERT_NEAR(null_quantiles_percentile(&t, 8.25), 0.1125, 1e-12);
    ASSERT_NEAR(null_quantiles_percentile(&t, 16.5), 0.525, 1e-12);
}

static void a_value_of_several_quantiles_stands_in_their_middle(void)
{
    struct null_quantiles t = made_table();
    ASSERT_NEAR(null_quantiles_percentile(&t, 10.0), 0.25, 1e-12);
    ASSERT_NEAR(null_quantiles_percentile(&t, 10.0 - 1e-9), 0.20, 1e-6);
    ASSERT_NEAR(null_quantiles_percentile(&t, 10.0 + 1e-9), 0.30, 1e-6);
    ASSERT_NEAR(null_quantiles_percentile(&t, HUGE_VAL), 0.997, 1e-12);
    ASSERT_NEAR(null_quantiles_percentile(&t, 1e300), 0.99, 1e-12);
}

static void no_percentile_is_zero_or_one(void)
{
    struct null_quantiles t = made_table();
    ASSERT(null_quantiles_percentile(&t, -5.0) == 0.001);
    ASSERT(null_quantiles_percentile(&t, -HUGE_VAL) == 0.001);
    ASSERT(null_percentile(NULL_ADX, 1e9) == 0.999);
    ASSERT(null_percentile(NULL_ADX, HUGE_VAL) == 0.999);
    ASSERT(null_percentile(NULL_ADX, -1.0) == 0.001);
}

static void without_a_value_or_a_null_there_is_no_percentile(void)
{
    ASSERT(isnan(null_percentile(NULL_ADX, NO_VALUE)));
    ASSERT(isnan(null_percentile(NULL_NONE, 0.5)));
    ASSERT(isnan(null_percentile(NULL_NONE, NO_VALUE)));
}

static void a_percentile_never_falls(void)
{
    for (int id = NULL_NONE + 1; id < NULL_COUNT; id++) {
        const double *q = null_tables[id].quantile;
        double from = q[0], to = q[NULL_LEVELS / 2], before = 0.0;
        int falling = 0;
        for (int i = -100; i < 2000; i++) {
            double v = from + (to - from) * i / 500.0;
            double p = null_percentile((enum null_id)id, v);
            falling += !(p >= before && p <= 0.999);
            before = p;
        }
        ASSERT_INT(falling, 0);
    }
}

/* Shares below a value that others found.
 * RS: the project's notes on regimes, sections 2.2 to 2.13, figures measured
 *     with another program and printed with two or three digits.
 * Fuller: Introduction to Statistical Time Series, 1976, table 8.5.2, the
 *     t of a regression with intercept, n = 100 and 250. */
// clang-format off
static const struct {
    enum null_id id;
    double value, share, tolerance;
} published[] = {
    /* RS 2.2 */
    { NULL_ADX, 10.1, .01, .004 }, { NULL_ADX, 12.1, .05, .004 },
    { NULL_ADX, 13.6, .10, .004 }, { NULL_ADX, 16.9, .25, .005 },
    { NULL_ADX, 21.9, .50, .006 }, { NULL_ADX, 29.0, .75, .006 },
    { NULL_ADX, 37.2, .90, .005 }, { NULL_ADX, 42.7, .95, .004 },
    { NULL_ADX, 52.9, .99, .003 },
    { NULL_ADX, 20.0, .41, .008 }, { NULL_ADX, 25.0, .62, .008 },
    { NULL_ADX, 30.0, .77, .008 }, { NULL_ADX, 40.0, .93, .008 },
    /* RS 2.3 */
    { NULL_ER24, .420, .90, .005 }, { NULL_ER10, .648, .90, .005 },
    /* RS 2.5 */
    { NULL_T_DF_100, -3.47, .01, .003 }, { NULL_T_DF_100, -2.89, .05, .004 },
    { NULL_T_DF_100, -2.58, .10, .005 }, { NULL_T_DF_100, -2.08, .25, .006 },
    { NULL_T_DF_100, -1.55, .50, .008 }, { NULL_T_DF_100,  -.99, .75, .008 },
    { NULL_T_DF_100,  -.42, .90, .005 }, { NULL_T_DF_100,  -.08, .95, .005 },
    /* Fuller */
    { NULL_T_DF_100, -3.51, .01, .002 }, { NULL_T_DF_100, -3.17, .025, .002 },
    { NULL_T_DF_100, -2.89, .05, .002 }, { NULL_T_DF_100, -2.58, .10, .003 },
    { NULL_T_DF_100,  -.42, .90, .003 }, { NULL_T_DF_100,  -.05, .95, .003 },
    { NULL_T_DF_100,   .26, .975, .002 }, { NULL_T_DF_100,  .63, .99, .002 },
    { NULL_T_DF_200, -3.46, .01, .002 }, { NULL_T_DF_200, -3.14, .025, .002 },
    { NULL_T_DF_200, -2.88, .05, .002 }, { NULL_T_DF_200, -2.57, .10, .003 },
    { NULL_T_DF_200,  -.42, .90, .003 }, { NULL_T_DF_200,  -.06, .95, .003 },
    { NULL_T_DF_200,   .24, .975, .002 }, { NULL_T_DF_200,  .62, .99, .002 },
    /* RS 2.5: medians of .16 n */
    { NULL_HALF_LIFE_100, 15.8, .50, .01 },
    { NULL_HALF_LIFE_200, 31.8, .50, .01 },
    /* RS 2.6, 2.18 */
    { NULL_VR8, .62, .10, .02 }, { NULL_VR8, 1.4, .90, .02 },
    /* RS 2.12: .062 and .0003 above, constant volatility, known seasons */
    { NULL_VER_1H, 1.10, .938, .01 }, { NULL_VER_1H, 1.25, .999, 0 },
};
// clang-format on

static void tables_agree_with_published_figures(void)
{
    for (size_t i = 0; i < ARRAY_LEN(published); i++) {
        double share = null_percentile(published[i].id, published[i].value);
        ASSERT(fabs(share - published[i].share) <= published[i].tolerance);
    }
    /* RS 2.9: |z20| > 2 on 12 % of bars. */
    double beyond =
        null_percentile(NULL_Z20, -2.0) + 1.0 - null_percentile(NULL_Z20, 2.0);
    ASSERT(fabs(beyond - 0.12) < 0.005);
}

struct moments {
    double mean, sd;
};

/* Of a distribution that is linear between its quantiles. */
static struct moments table_moments(enum null_id id)
{
    const double *q = null_tables[id].quantile;
    double sum = null_levels[0] * (q[0] + q[NULL_LEVELS - 1]);
    double squares = null_levels[0] *
                     (q[0] * q[0] + q[NULL_LEVELS - 1] * q[NULL_LEVELS - 1]);
    for (int i = 1; i < NULL_LEVELS; i++) {
        double a = q[i - 1], b = q[i], p = null_levels[i] - null_levels[i - 1];
        sum += p * (a + b) / 2.0;
        squares += p * (a * a + a * b + b * b) / 3.0;
    }
    return (struct moments){ sum, sqrt(squares - sum * sum) };
}

static void moments_are_those_that_were_measured(void)
{
    struct moments adx = table_moments(NULL_ADX);
    struct moments vr8 = table_moments(NULL_VR8);

    ASSERT(fabs(adx.mean - 24.0) < 0.25);
    ASSERT(fabs(adx.sd - 9.6) < 0.25);
    ASSERT(fabs(table_moments(NULL_ER24).mean - 0.205) < 0.003);
    ASSERT(fabs(table_moments(NULL_ER10).mean - 0.319) < 0.003);
    ASSERT(fabs(table_moments(NULL_RHO1).sd - 0.0986) < 0.001);
    ASSERT(fabs(table_moments(NULL_RHO1).mean) < 0.0025);
    ASSERT(fabs(vr8.mean - 1.0) < 0.006);
    ASSERT(fabs(vr8.sd - 0.296) < 0.015);
    /* Of a second program in another language, with estimated seasons for
     * the first two, on the limit of small moves. */
    ASSERT(fabs(table_moments(NULL_VER_15M).sd - 0.0763) < 0.002);
    ASSERT(fabs(table_moments(NULL_VER_1H).sd - 0.0639) < 0.002);
    ASSERT(fabs(table_moments(NULL_VER_4H).sd - 0.0587) < 0.002);
    ASSERT(fabs(table_moments(NULL_TREND_SCORE).mean - 50.0) < 2.0);
    ASSERT(fabs(table_moments(NULL_MEAN_REVERSION_SCORE).mean - 50.0) < 2.0);
}

/* The percentile at `scale` times a normal z is about Phi(z). */
static double off_normal(enum null_id id, double scale)
{
    double worst = 0.0;
    for (double z = -2.5; z <= 2.5; z += 0.25)
        worst =
            fmax(worst, fabs(null_percentile(id, scale * z) - null_normal(z)));
    return worst;
}

static void closed_forms_are_near(void)
{
    double worst = 0.0;

    ASSERT_NEAR(null_normal(1.6448536269514722), 0.95, 1e-14);
    ASSERT_NEAR(null_normal(-1.6448536269514722), 0.05, 1e-13);
    ASSERT_NEAR(null_half_normal(1.6448536269514722), 0.90, 1e-14);
    ASSERT(null_half_normal(-1.0) == 0.0 && null_half_normal(0.0) == 0.0);
    ASSERT(off_normal(NULL_RHO1, 0.0986) < 0.008);
    ASSERT(off_normal(NULL_Z_SLOPE, 1.0) < 0.015);
    ASSERT(off_normal(NULL_NORM_SLOPE, 0.72 / sqrt(24.0)) < 0.015);
    for (double z = 0.1; z < 2.5; z += 0.1)
        worst =
            fmax(worst,
                 fabs(null_percentile(NULL_ER24, z / sqrt(48.0 / acos(-1.0))) -
                      null_half_normal(z)));
    ASSERT(worst < 0.01);
}

/* RS 2.5: 4 to 5 % raw, 46 % corrected (n = 200). */
static void half_lives_are_infinite_as_often_as_they_should(void)
{
    double raw = null_percentile(NULL_HALF_LIFE_200, HUGE_VAL);
    double corrected = null_percentile(NULL_HALF_LIFE_C_200, HUGE_VAL);
    const double *q = null_tables[NULL_HALF_LIFE_C_200].quantile;

    ASSERT(raw > 0.97 && raw < 0.99);
    ASSERT(corrected > 0.75 && corrected < 0.80);
    ASSERT(isfinite(q[16]) && isinf(q[17])); /* between .50 and .55 */
    q = null_tables[NULL_HALF_LIFE_100].quantile;
    ASSERT(isfinite(q[26]) && isinf(q[27])); /* between .95 and .97 */
}

void null_table_test(void);

void null_table_test(void)
{
    TEST_SUITE("metrics/null_table");
    TEST(levels_ascend_and_mirror_each_other);
    TEST(quantiles_ascend_and_stand_at_their_level);
    TEST(between_quantiles_the_percentile_is_linear);
    TEST(a_value_of_several_quantiles_stands_in_their_middle);
    TEST(no_percentile_is_zero_or_one);
    TEST(without_a_value_or_a_null_there_is_no_percentile);
    TEST(a_percentile_never_falls);
    TEST(tables_agree_with_published_figures);
    TEST(moments_are_those_that_were_measured);
    TEST(closed_forms_are_near);
    TEST(half_lives_are_infinite_as_often_as_they_should);
}
