#include "regime/score.h"

#include <stdlib.h>

#include "base/array.h"
#include "null_walk.h"
#include "test.h"

static const struct regime_model *const model = &regime_model_shipped;

static struct score_inputs inputs(double er24, double adx, double z_slope,
                                  double t_df, double vr8, double ver)
{
    return (struct score_inputs){
        value_real(er24, 25),  value_real(adx, 100), value_real(z_slope, 24),
        value_real(t_df, 101), value_real(vr8, 102), value_real(ver, 114),
    };
}

static struct score_inputs middling(void)
{
    return inputs(.2, 25, .5, -1.5, 1, 1);
}

/* The median of |Z| is .6744897501960817. */
static void medians_of_the_random_walk_score_fifty(void)
{
    double er = .6744897501960817 / sqrt(48 / 3.14159265358979323846);
    struct score_inputs in = inputs(er, 21.9, .6744897501960817, -1.55, 1, 1);
    struct scores s = regime_scores(model, &in);
    ASSERT_NEAR(s.t.v, 50, 1e-12);
    ASSERT_NEAR(s.m.v, 50, 1e-12);
    ASSERT_NEAR(s.v.v, 0, 0);
    ASSERT_NEAR(regime_z_er(model, er), .6744897501960817, 1e-14);
}

/* Quantiles of the notes, points midway between two of them, and the tails. */
static void null_shares_are_lines_between_the_quantiles(void)
{
    static const double adx[][2] = {
        { 10.1, .01 },  { 12.1, .05 },
        { 13.6, .10 },  { 16.9, .25 },
        { 21.9, .50 },  { 29.0, .75 },
        { 37.2, .90 },  { 42.7, .95 },
        { 52.9, .99 },  { 33.1, .825 },
        { 11.1, .03 },  { 8.1, .005 },
        { 6.1, 0 },     { 63.1, .995 },
        { 73.3, 1 },    { 0, 0 },
        { 100, 1 },     { -1e300, 0 },
        { 1e300, 1 },   { 72.28, .9995 },
        { 6.3, .0005 }, { 48.0, .9707843137254902 },
    };
    static const double df[][2] = {
        { -3.47, .01 },  { -2.89, .05 }, { -2.58, .10 },  { -2.08, .25 },
        { -1.55, .50 },  { -.99, .75 },  { -.42, .90 },   { -.08, .95 },
        { -4.05, .005 }, { -4.63, 0 },   { .26, .975 },   { .60, 1 },
        { -9, 0 },       { 5, 1 },       { -1.27, .625 }, { -2.735, .075 },
    };
    for (size_t i = 0; i < ARRAY_LEN(adx); i++)
        ASSERT_NEAR(null_curve_share(&model->adx, adx[i][0]), adx[i][1], 1e-12);
    for (size_t i = 0; i < ARRAY_LEN(df); i++)
        ASSERT_NEAR(null_curve_share(&model->df, df[i][0]), df[i][1], 1e-12);
}

static void null_shares_never_fall(void)
{
    double before = 0;
    for (double x = -1; x < 101; x += 0.01) {
        double share = null_curve_share(&model->adx, x);
        ASSERT(share >= before && share <= 1);
        ASSERT(share > before || x < 6.11 || x > 73.29);
        before = share;
    }
    before = 0;
    for (double x = -6; x < 3; x += 0.001) {
        double share = null_curve_share(&model->df, x);
        ASSERT(share >= before && share <= 1);
        ASSERT(share > before || x < -4.62 || x > .599);
        before = share;
    }
}

/* Worked with NormalDist of Python's statistics, F by hand. */
static void scores_worked_by_hand(void)
{
    static const double rows[][9] = {
        { .3, 33.1, 1.2, -1.27, .85, 1.1, 78.46409588181572, 53.32312306370066,
          0.09531017980432493 },
        { .05, 12.85, -.1, -2.735, .7, .8, 10.320265207240833,
          88.31723730342715, -0.2231435513142097 },
        { .55, 63.1, -2.5, .26, 1.5, 1.6, 98.36712236366435, 3.639517613640736,
          0.47000362924573563 },
        { 0, 8.1, 0, -4.05, .4, 1, 0.16666666666666669, 98.61249340259104, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const double *r = rows[i];
        struct score_inputs in = inputs(r[0], r[1], r[2], r[3], r[4], r[5]);
        struct scores s = regime_scores(model, &in);
        ASSERT_NEAR(s.t.v, r[6], 1e-12);
        ASSERT_NEAR(s.m.v, r[7], 1e-12);
        ASSERT_NEAR(s.v.v, r[8], 1e-12);
        ASSERT_INT(s.t.status, VALUE_REAL);
        ASSERT_INT(s.t.n_used, 100);
        ASSERT_INT(s.m.n_used, 102);
        ASSERT_INT(s.v.n_used, 114);
    }
}

static void each_component_moves_its_own_score_one_way(void)
{
    struct score_inputs in = middling();
    struct scores from = regime_scores(model, &in);
    struct value *const parts[] = { &in.er24, &in.adx_log, &in.z_slope,
                                    &in.t_df, &in.vr8,     &in.ver };
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        double keep = parts[i]->v;
        parts[i]->v += 0.1;
        struct scores to = regime_scores(model, &in);
        ASSERT(i < 3 ? to.t.v > from.t.v : !(to.t.v != from.t.v));
        ASSERT(i == 3 || i == 4 ? to.m.v < from.m.v : !(to.m.v != from.m.v));
        ASSERT(i == 5 ? to.v.v > from.v.v : !(to.v.v != from.v.v));
        parts[i]->v = keep;
    }
}

static void a_fall_is_as_much_of_a_trend_as_a_rise(void)
{
    struct score_inputs up = middling(), down = middling();
    up.z_slope.v = 1.7;
    down.z_slope.v = -1.7;
    ASSERT_NEAR(regime_scores(model, &up).t.v, regime_scores(model, &down).t.v,
                0);
}

static void scores_stay_within_their_range(void)
{
    static const double far[] = { -1e300, -1e9, 0, 1e9, 1e300 };
    for (size_t i = 0; i < ARRAY_LEN(far); i++)
        for (size_t k = 0; k < ARRAY_LEN(far); k++) {
            struct score_inputs in =
                inputs(fabs(far[i]), far[k], far[i], far[k], far[i], 1);
            struct scores s = regime_scores(model, &in);
            ASSERT(s.t.v >= 0 && s.t.v <= 100);
            ASSERT(s.m.v >= 0 && s.m.v <= 100);
        }
}

/* With er24 = 0 and z_slope = 0 their shares are 0: T is that of ADX over the
 * number of components. F_ADX(29.0) = .75, F_DF(-.99) = .75. */
static void a_missing_component_is_left_out_of_the_mean(void)
{
    struct score_inputs in = inputs(0, 29, 0, -.99, 1, 1);
    ASSERT_NEAR(regime_scores(model, &in).t.v, 25, 1e-12);
    ASSERT_NEAR(regime_scores(model, &in).m.v, 37.5, 1e-12);
    in.er24 = value_none(VALUE_FLAT);
    ASSERT_NEAR(regime_scores(model, &in).t.v, 37.5, 1e-12);
    ASSERT_INT(regime_scores(model, &in).t.status, VALUE_REAL);
    in.vr8 = value_none(VALUE_WARMUP);
    ASSERT_NEAR(regime_scores(model, &in).m.v, 25, 1e-12);
    ASSERT_INT(regime_scores(model, &in).m.n_used, 101);
    in.vr8 = value_real(1, 102);
    in.t_df = value_none(VALUE_WARMUP);
    ASSERT_NEAR(regime_scores(model, &in).m.v, 50, 1e-12);
}

static void too_few_components_are_no_score_but_a_reason(void)
{
    static const struct {
        enum value_status first, second, want;
    } rows[] = {
        { VALUE_FLAT, VALUE_FLAT, VALUE_FLAT },
        { VALUE_FLAT, VALUE_NOT_IDENTIFIED, VALUE_FLAT },
        { VALUE_NOT_IDENTIFIED, VALUE_NOT_IDENTIFIED, VALUE_NOT_IDENTIFIED },
        { VALUE_WARMUP, VALUE_FLAT, VALUE_WARMUP },
        { VALUE_WARMUP, VALUE_STALE, VALUE_STALE },
        { VALUE_STALE, VALUE_UNAVAILABLE, VALUE_UNAVAILABLE },
        { VALUE_UNAVAILABLE, VALUE_FLAT, VALUE_UNAVAILABLE },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct score_inputs in = middling();
        in.adx_log = in.t_df = value_none(rows[i].first);
        ASSERT(value_usable(regime_scores(model, &in).t));
        ASSERT(value_usable(regime_scores(model, &in).m));
        in.z_slope = in.vr8 = in.ver = value_none(rows[i].second);
        struct scores s = regime_scores(model, &in);
        ASSERT_INT(s.t.status, rows[i].want);
        ASSERT_INT(s.m.status, rows[i].want);
        ASSERT_INT(s.v.status, rows[i].second);
        ASSERT(isnan(s.t.v) && isnan(s.m.v) && isnan(s.v.v));
        ASSERT_INT(s.t.n_used + s.m.n_used + s.v.n_used, 0);
    }
}

static void filled_components_make_a_filled_score(void)
{
    struct score_inputs in = middling();
    in.z_slope.status = in.vr8.status = in.ver.status = VALUE_FILLED;
    struct scores s = regime_scores(model, &in);
    ASSERT_INT(s.t.status, VALUE_FILLED);
    ASSERT_INT(s.m.status, VALUE_FILLED);
    ASSERT_INT(s.v.status, VALUE_FILLED);
    ASSERT(isfinite(s.t.v) && isfinite(s.m.v) && isfinite(s.v.v));
}

static void an_expansion_of_nothing_is_flat(void)
{
    struct score_inputs in = middling();
    in.ver = value_real(0, 114);
    ASSERT_INT(regime_scores(model, &in).v.status, VALUE_FLAT);
    in.ver = value_real(-1, 114);
    ASSERT_INT(regime_scores(model, &in).v.status, VALUE_FLAT);
}

/* Sections 3.1 and 7.3 of the notes: means of 50 within 2. 2,000 draws about
 * 100 bars apart have a standard error of about .6 for T and for M. */
static void simulated_random_walks_score_fifty_on_average(void)
{
    struct null_walk walk;
    double t = 0, m = 0, er = 0, adx = 0;
    int t_above = 0, m_above = 0;
    const int draws = 2000;

    null_walk_init(&walk, 20260101);
    for (int i = 0; i < draws; i++) {
        struct score_inputs in = null_walk_draw(&walk);
        struct scores s = regime_scores(model, &in);
        t += s.t.v / draws;
        m += s.m.v / draws;
        er += in.er24.v / draws;
        adx += in.adx_log.v / draws;
        t_above += s.t.v > 50;
        m_above += s.m.v > 50;
    }
    ASSERT(fabs(t - 50) < 2);
    ASSERT(fabs(m - 50) < 2);
    ASSERT(fabs(er - .205) < .01);
    ASSERT(fabs(adx - 24) < 1);
    ASSERT(abs(t_above - draws / 2) < draws / 20);
    ASSERT(abs(m_above - draws / 2) < draws / 20);
}

void score_test(void);
void score_test(void)
{
    TEST_SUITE("score");
    TEST(medians_of_the_random_walk_score_fifty);
    TEST(null_shares_are_lines_between_the_quantiles);
    TEST(null_shares_never_fall);
    TEST(scores_worked_by_hand);
    TEST(each_component_moves_its_own_score_one_way);
    TEST(a_fall_is_as_much_of_a_trend_as_a_rise);
    TEST(scores_stay_within_their_range);
    TEST(a_missing_component_is_left_out_of_the_mean);
    TEST(too_few_components_are_no_score_but_a_reason);
    TEST(filled_components_make_a_filled_score);
    TEST(an_expansion_of_nothing_is_flat);
    TEST(simulated_random_walks_score_fifty_on_average);
}
