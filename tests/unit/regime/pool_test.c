/* Expected values: the softmax vectors mixed with 40 digits by Python's
 * decimal, exp(.85 ln p_1h + .15 ln p_4h) over its sum. */
#include "regime/pool.h"

#include "base/array.h"
#include "test.h"

static const struct regime_model *const model = &regime_model_shipped;

static struct regime_odds odds_at(double t, double m, double v)
{
    struct scores s = { value_real(t, 100), value_real(m, 101),
                        value_real(v, 114) };
    return regime_odds_of(model, &s);
}

static void pooled_vectors_worked_by_hand(void)
{
    static const struct {
        double fast[3], slow[3], want[CLASS_COUNT];
    } rows[] = {
        { { 50, 50, 0 },
          { 80, 20, .2 },
          { 0.36462944568849986, 0.28964893497801136, 0.095208918640569892,
            0.25051270069291892 } },
        { { 80, 20, .2 },
          { 25, 80, -.1 },
          { 0.1614966901178928, 0.21887759526455097, 0.1299160727613704,
            0.48970964185618582 } },
        { { 55, 40, .35 },
          { 50, 50, 0 },
          { 0.2024680310726526, 0.20251743929979291, 0.19941239215981127,
            0.39560213746774325 } },
        { { 25, 80, -.1 },
          { 55, 40, .35 },
          { 0.6398729291437566, 0.2357588848573875, 0.055577620343954102,
            0.068790565654901825 } },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const double *f = rows[i].fast, *s = rows[i].slow;
        struct regime_odds fast = odds_at(f[0], f[1], f[2]);
        struct regime_odds slow = odds_at(s[0], s[1], s[2]);
        struct regime_odds both = regime_odds_pool(model, &fast, &slow);
        for (int k = 0; k < CLASS_COUNT; k++)
            ASSERT_NEAR(both.p[k], rows[i].want[k], 1e-13);
        ASSERT_INT(both.status, VALUE_REAL);
    }
}

static void a_pool_of_two_alike_is_the_same(void)
{
    struct regime_odds one = odds_at(70, 35, .1);
    struct regime_odds both = regime_odds_pool(model, &one, &one);
    for (int k = 0; k < CLASS_COUNT; k++)
        ASSERT_NEAR(both.p[k], one.p[k], 1e-14);
    ASSERT_NEAR(both.p[0] + both.p[1] + both.p[2] + both.p[3], 1, 1e-15);
}

/* Probabilities that underflow to 0 still have their logits. */
static void timeframes_that_exclude_each_other_still_pool(void)
{
    struct regime_odds up = odds_at(50, 50, 1e6), down = odds_at(50, 50, -1e6);
    struct regime_odds both = regime_odds_pool(model, &up, &down);
    ASSERT_NEAR(both.p[CLASS_TRANSITION], 1, 1e-12);
    ASSERT(isfinite(both.p[CLASS_RANGE_OK]));
}

static void the_explanation_of_a_pool_is_mixed_like_its_logits(void)
{
    struct regime_odds fast = odds_at(80, 20, .2), slow = odds_at(50, 50, 0);
    struct regime_odds both = regime_odds_pool(model, &fast, &slow);
    struct explanation e = regime_explain(&both);
    ASSERT_INT(e.winner, CLASS_TREND);
    ASSERT_INT(e.runner_up, CLASS_RANGE_WEAK);
    ASSERT_NEAR(e.by[TERM_BASE], -.3878, 1e-12);
    ASSERT_NEAR(e.by[TERM_T], .85 * .69384, 1e-12);
    ASSERT_NEAR(e.by[TERM_M], .85 * .34464, 1e-12);
    ASSERT_NEAR(e.by[TERM_V], .85 * .57912, 1e-12);
}

static void without_one_timeframe_there_is_no_pool(void)
{
    struct regime_odds known = odds_at(80, 20, .2);
    struct regime_odds missing = regime_odds_none(VALUE_WARMUP);
    struct regime_odds o = regime_odds_pool(model, &known, &missing);
    ASSERT_INT(o.status, VALUE_WARMUP);
    ASSERT(isnan(o.p[0]));
    o = regime_odds_pool(model, &missing, &known);
    ASSERT_INT(o.status, VALUE_WARMUP);
    ASSERT(isnan(o.p[3]));
    known.status = VALUE_FILLED;
    o = regime_odds_pool(model, &known, &known);
    ASSERT_INT(o.status, VALUE_FILLED);
}

static void the_switch_lets_1h_stand_alone_but_never_4h(void)
{
    struct regime_model alone = *model;
    alone.pool_needs_4h = false;
    struct regime_odds known = odds_at(80, 20, .2);
    struct regime_odds missing = regime_odds_none(VALUE_WARMUP);
    struct regime_odds o = regime_odds_pool(&alone, &known, &missing);
    ASSERT_INT(o.status, VALUE_REAL);
    for (int k = 0; k < CLASS_COUNT; k++)
        ASSERT_NEAR(o.p[k], known.p[k], 0);
    o = regime_odds_pool(&alone, &missing, &known);
    ASSERT_INT(o.status, VALUE_WARMUP);
}

/* The smoothed pool is the mean of the two rows of the table above. */
static void the_pool_is_smoothed_and_labelled_over_its_own_closes(void)
{
    struct regime_odds fast[] = { odds_at(50, 50, 0), odds_at(80, 20, .2) };
    struct regime_odds slow[] = { odds_at(80, 20, .2), odds_at(25, 80, -.1) };
    struct regime_pool pool;

    regime_pool_init(&pool);
    ASSERT_INT(regime_pool_raw(&pool, CLASS_TREND).status, VALUE_UNAVAILABLE);
    for (int i = 0; i < 2; i++)
        regime_pool_push(&pool, model, &fast[i], &slow[i]);
    ASSERT_NEAR(regime_pool_raw(&pool, CLASS_TREND).v, 0.48970964185618582,
                1e-13);
    ASSERT_INT(regime_pool_raw(&pool, CLASS_TREND).n_used, 114);
    ASSERT_NEAR(regime_track_p(&pool.track, CLASS_TREND).v,
                (0.25051270069291892 + 0.48970964185618582) / 2, 1e-13);
    ASSERT_NEAR(regime_track_q(&pool.track).v,
                (0.25051270069291892 + 0.48970964185618582 +
                 0.095208918640569892 + 0.1299160727613704) /
                    2,
                1e-13);
    /* q is .48: a range, although the raw q of .62 is not. */
    ASSERT_INT(pool.track.label, REGIME_RANGE_OK);
    regime_pool_push(&pool, model, &fast[1], &slow[1]);
    ASSERT_INT(pool.track.label, REGIME_TRANSITION);

    struct regime_odds none = regime_odds_none(VALUE_STALE);
    regime_pool_push(&pool, model, &fast[1], &none);
    ASSERT_INT(pool.track.label, REGIME_UNKNOWN);
    ASSERT_INT(regime_pool_raw(&pool, CLASS_TREND).status, VALUE_STALE);
    ASSERT(isnan(regime_pool_raw(&pool, CLASS_TREND).v));
}

void pool_test(void);
void pool_test(void)
{
    TEST_SUITE("pool");
    TEST(pooled_vectors_worked_by_hand);
    TEST(a_pool_of_two_alike_is_the_same);
    TEST(timeframes_that_exclude_each_other_still_pool);
    TEST(the_explanation_of_a_pool_is_mixed_like_its_logits);
    TEST(without_one_timeframe_there_is_no_pool);
    TEST(the_switch_lets_1h_stand_alone_but_never_4h);
    TEST(the_pool_is_smoothed_and_labelled_over_its_own_closes);
}
