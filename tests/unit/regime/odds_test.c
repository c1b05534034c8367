/* Expected probabilities: the printed vectors of the notes (3.2), and the same
 * with 40 digits by Python's decimal. */
#include "regime/odds.h"

#include "base/array.h"
#include "test.h"

static const struct regime_model *const model = &regime_model_shipped;

static struct regime_odds odds_at(double t, double m, double v)
{
    struct scores s = { value_real(t, 100), value_real(m, 101),
                        value_real(v, 114) };
    return regime_odds_of(model, &s);
}

static double sum_of(const double p[CLASS_COUNT])
{
    return p[0] + p[1] + p[2] + p[3];
}

static void printed_vectors_hold_to_three_decimals(void)
{
    static const double rows[][7] = {
        { 50, 50, 0, .425, .293, .084, .199 },
        { 80, 20, .2, .099, .175, .128, .598 },
        { 25, 80, -.1, .704, .215, .038, .043 },
        { 55, 40, .35, .170, .181, .222, .427 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double p[CLASS_COUNT];
        regime_softmax(model, rows[i][0], rows[i][1], rows[i][2], p);
        for (int k = 0; k < CLASS_COUNT; k++)
            ASSERT(fabs(p[k] - rows[i][3 + k]) <= .0005 + 1e-12);
    }
}

static void vectors_hold_to_the_last_digits(void)
{
    static const double rows[][7] = {
        { 50, 50, 0, 0.42459576222660078, 0.29301903377433308,
          0.083557713153352711, 0.19882749084571338 },
        { 80, 20, .2, 0.099108413418250982, 0.17472867391760138,
          0.1284955580455904, 0.59766735461855724 },
        { 25, 80, -.1, 0.70382014575810814, 0.21491935156214262,
          0.037877711375657902, 0.043382791304091312 },
        { 55, 40, .35, 0.16975937584984868, 0.18129435811084263,
          0.22215203686157595, 0.42679422917773274 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct regime_odds o = odds_at(rows[i][0], rows[i][1], rows[i][2]);
        for (int k = 0; k < CLASS_COUNT; k++)
            ASSERT_NEAR(o.p[k], rows[i][3 + k], 1e-14);
        ASSERT_INT(o.status, VALUE_REAL);
        ASSERT_INT(o.n_used, 114);
    }
}

static void they_add_up_to_one_everywhere(void)
{
    for (double t = 0; t <= 100; t += 5)
        for (double m = 0; m <= 100; m += 5)
            for (double v = -3; v <= 3; v += .5) {
                struct regime_odds o = odds_at(t, m, v);
                ASSERT_NEAR(sum_of(o.p), 1, 1e-15);
            }
}

static void absurd_scores_overflow_nothing(void)
{
    static const double far[] = { -1e6, -700, 700, 1e6 };
    for (size_t i = 0; i < ARRAY_LEN(far); i++) {
        struct regime_odds o = odds_at(50, 50, far[i]);
        ASSERT_NEAR(sum_of(o.p), 1, 1e-15);
        for (int k = 0; k < CLASS_COUNT; k++)
            ASSERT(o.p[k] >= 0 && o.p[k] <= 1);
        ASSERT_NEAR(o.p[far[i] > 0 ? CLASS_TRANSITION : CLASS_RANGE_OK], 1,
                    1e-12);
    }
}

/* The same added to the weights of all classes changes nothing; weights that
 * change places take their probabilities along. */
static void only_differences_between_classes_count(void)
{
    struct regime_model moved = *model, swapped = *model;
    double p[CLASS_COUNT], q[CLASS_COUNT], r[CLASS_COUNT];
    for (int k = 0; k < CLASS_COUNT; k++)
        for (int i = 0; i < TERM_COUNT; i++) {
            moved.weight[k][i] += 7.5 - 2 * i;
            swapped.weight[k][i] = model->weight[CLASS_COUNT - 1 - k][i];
        }
    for (double t = 0; t <= 100; t += 12.5) {
        regime_softmax(model, t, 30, .3, p);
        regime_softmax(&moved, t, 30, .3, q);
        regime_softmax(&swapped, t, 30, .3, r);
        for (int k = 0; k < CLASS_COUNT; k++) {
            ASSERT_NEAR(q[k], p[k], 1e-13);
            ASSERT_NEAR(r[CLASS_COUNT - 1 - k], p[k], 1e-14);
        }
    }
}

static void trend_reversion_and_expansion_pull_where_they_should(void)
{
    struct regime_odds from = odds_at(50, 50, 0);
    struct regime_odds trend = odds_at(80, 50, 0);
    struct regime_odds revert = odds_at(50, 80, 0);
    struct regime_odds wild = odds_at(50, 50, .3);
    ASSERT(trend.p[CLASS_TREND] > from.p[CLASS_TREND]);
    ASSERT(trend.p[CLASS_RANGE_OK] < from.p[CLASS_RANGE_OK]);
    ASSERT(revert.p[CLASS_RANGE_OK] > from.p[CLASS_RANGE_OK]);
    ASSERT(revert.p[CLASS_TREND] < from.p[CLASS_TREND]);
    ASSERT(wild.p[CLASS_TRANSITION] > from.p[CLASS_TRANSITION]);
    ASSERT(wild.p[CLASS_RANGE_OK] < from.p[CLASS_RANGE_OK]);
}

static void a_missing_score_is_no_odds_but_a_reason(void)
{
    struct scores full = { value_real(50, 100), value_real(50, 101),
                           value_real(0, 114) };
    for (int i = 0; i < 3; i++) {
        struct scores s = full;
        struct value *const parts[] = { &s.t, &s.m, &s.v };
        *parts[i] = value_none(VALUE_FLAT);
        struct regime_odds o = regime_odds_of(model, &s);
        ASSERT_INT(o.status, VALUE_FLAT);
        ASSERT(!regime_odds_usable(&o));
        ASSERT(isnan(o.p[0]) && isnan(o.p[3]) && isnan(o.term[1][2]));
        *parts[(i + 1) % 3] = value_none(VALUE_WARMUP);
        ASSERT_INT(regime_odds_of(model, &s).status, VALUE_WARMUP);
        *parts[(i + 2) % 3] = value_none(VALUE_UNAVAILABLE);
        ASSERT_INT(regime_odds_of(model, &s).status, VALUE_UNAVAILABLE);
    }
    full.m.status = VALUE_FILLED;
    struct regime_odds o = regime_odds_of(model, &full);
    ASSERT_INT(o.status, VALUE_FILLED);
    ASSERT(regime_odds_usable(&o));
}

/* (80, 20, .2): u = (1, 1.2, -1.2, .8). TREND leads RANGE_WEAK by
 * base -.3878, T 1.2 (.4482 + .13), M -1.2 (-.3469 + .0597),
 * V .8 (.3209 + .4030). */
static void the_lead_of_the_winner_is_explained_in_full(void)
{
    struct regime_odds o = odds_at(80, 20, .2);
    struct explanation e = regime_explain(&o);
    ASSERT_INT(e.winner, CLASS_TREND);
    ASSERT_INT(e.runner_up, CLASS_RANGE_WEAK);
    ASSERT_NEAR(e.by[TERM_BASE], -.3878, 1e-12);
    ASSERT_NEAR(e.by[TERM_T], .69384, 1e-12);
    ASSERT_NEAR(e.by[TERM_M], .34464, 1e-12);
    ASSERT_NEAR(e.by[TERM_V], .57912, 1e-12);
    ASSERT_NEAR(e.total, 1.2298, 1e-12);

    for (double t = 0; t <= 100; t += 10)
        for (double m = 0; m <= 100; m += 10) {
            o = odds_at(t, m, (t - m) / 300);
            e = regime_explain(&o);
            double by =
                e.by[TERM_BASE] + e.by[TERM_T] + e.by[TERM_M] + e.by[TERM_V];
            ASSERT(fabs(e.total - by) < 1e-12 && e.total >= 0);
            double lead = log(o.p[e.winner] / o.p[e.runner_up]);
            ASSERT(fabs(e.total - lead) < 1e-12);
            for (int k = 0; k < CLASS_COUNT; k++)
                ASSERT(k == (int)e.winner || k == (int)e.runner_up ||
                       o.p[k] <= o.p[e.runner_up]);
        }
}

static void a_tie_goes_to_the_class_that_asks_for_more_care(void)
{
    struct regime_odds o = { .status = VALUE_REAL };
    struct explanation e = regime_explain(&o);
    ASSERT_INT(e.winner, CLASS_TREND);
    ASSERT_INT(e.runner_up, CLASS_TRANSITION);
    o.term[CLASS_RANGE_OK][TERM_V] = o.term[CLASS_RANGE_WEAK][TERM_T] = 1;
    e = regime_explain(&o);
    ASSERT_INT(e.winner, CLASS_RANGE_WEAK);
    ASSERT_INT(e.runner_up, CLASS_RANGE_OK);
    ASSERT_NEAR(e.total, 0, 0);
}

void odds_test(void);
void odds_test(void)
{
    TEST_SUITE("odds");
    TEST(printed_vectors_hold_to_three_decimals);
    TEST(vectors_hold_to_the_last_digits);
    TEST(they_add_up_to_one_everywhere);
    TEST(absurd_scores_overflow_nothing);
    TEST(only_differences_between_classes_count);
    TEST(trend_reversion_and_expansion_pull_where_they_should);
    TEST(a_missing_score_is_no_odds_but_a_reason);
    TEST(the_lead_of_the_winner_is_explained_in_full);
    TEST(a_tie_goes_to_the_class_that_asks_for_more_care);
}
