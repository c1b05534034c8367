#include "regime/model.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/hash.h"
#include "test.h"

/* Typed and hashed by tests/oracles/regime_reference.py model. Another value
 * is another model: its version must be another, too. */
static void the_shipped_constants_are_those_of_the_reference(void)
{
    ASSERT_STR(regime_model_shipped.name, "softmax-tmv");
    ASSERT_INT(regime_model_shipped.version, 1);
    ASSERT_INT(regime_model_hash(&regime_model_shipped), 0x369213b8);
}

static void the_hash_is_that_of_the_text(void)
{
    char text[REGIME_MODEL_TEXT];
    size_t n = regime_model_text(&regime_model_shipped, text, sizeof(text));
    ASSERT_INT(n, strlen(text));
    ASSERT_INT(hash_feed(HASH_START, text, n),
               regime_model_hash(&regime_model_shipped));
    ASSERT(strncmp(text, "softmax-tmv 1\nadx.count 11\nadx.at 6.1 10.1 ", 43) ==
           0);
    ASSERT(strstr(text, "\nweight.TREND -0.0699 0.4482 -0.3469 0.3209\n"));
    ASSERT(strstr(text, "\ncrisis.hold_bars 16\n"));
}

static void a_text_that_does_not_fit_is_cut(void)
{
    char whole[REGIME_MODEL_TEXT], part[40];
    size_t n = regime_model_text(&regime_model_shipped, whole, sizeof(whole));
    memset(part, 'x', sizeof(part));
    ASSERT_INT(regime_model_text(&regime_model_shipped, part, 20), n);
    ASSERT_INT(strlen(part), 19);
    ASSERT(strncmp(part, whole, 19) == 0);
    ASSERT_INT(part[20], 'x');
    ASSERT_INT(regime_model_text(&regime_model_shipped, part, 0), n);
}

/* Every number that is in the struct is in the hash. */
static void any_other_number_is_another_hash(void)
{
    uint32_t shipped = regime_model_hash(&regime_model_shipped);
    struct regime_model m = regime_model_shipped;
    double *const numbers[] = {
        &m.adx.at[4],
        &m.adx.share[10],
        &m.df.at[0],
        &m.df.share[9],
        &m.er_bars,
        &m.vr_sd,
        &m.score_centre,
        &m.score_scale,
        &m.v_scale,
        &m.weight[CLASS_RANGE_OK][TERM_BASE],
        &m.weight[CLASS_RANGE_WEAK][TERM_T],
        &m.weight[CLASS_TRANSITION][TERM_M],
        &m.weight[CLASS_TREND][TERM_V],
        &m.ema_alpha,
        &m.pool_1h,
        &m.limits.transition_enter,
        &m.limits.range_enter,
        &m.limits.trend_enter,
        &m.limits.trend_leave,
        &m.limits.dead_band,
        &m.crisis.return_sigmas,
        &m.crisis.range_atrs,
        &m.crisis.ver,
    };
    int32_t *const counts[] = { &m.version, &m.adx.count, &m.df.count,
                                &m.limits.range_bars, &m.crisis.hold_bars };

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        double keep = *numbers[i];
        *numbers[i] += 1e-12 * fmax(1, fabs(keep));
        ASSERT(regime_model_hash(&m) != shipped);
        *numbers[i] = keep;
        ASSERT_INT(regime_model_hash(&m), shipped);
    }
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        ++*counts[i];
        ASSERT(regime_model_hash(&m) != shipped);
        --*counts[i];
    }
    m.pool_needs_4h = !m.pool_needs_4h;
    ASSERT(regime_model_hash(&m) != shipped);
    m = regime_model_shipped;
    m.name = "softmax-tmw";
    ASSERT(regime_model_hash(&m) != shipped);
}

static void the_curves_rise_from_nothing_to_all(void)
{
    const struct null_curve *const curves[] = { &regime_model_shipped.adx,
                                                &regime_model_shipped.df };
    for (size_t i = 0; i < ARRAY_LEN(curves); i++) {
        const struct null_curve *c = curves[i];
        ASSERT(c->count <= NULL_POINTS);
        ASSERT_NEAR(c->share[0], 0, 0);
        ASSERT_NEAR(c->share[c->count - 1], 1, 0);
        for (int k = 1; k < c->count; k++)
            ASSERT(c->at[k] > c->at[k - 1] && c->share[k] > c->share[k - 1]);
    }
}

static void terms_have_the_names_of_the_scores(void)
{
    ASSERT_STR(regime_term_name(TERM_BASE), "base");
    ASSERT_STR(regime_term_name(TERM_T), "T");
    ASSERT_STR(regime_term_name(TERM_M), "M");
    ASSERT_STR(regime_term_name(TERM_V), "V");
}

void model_test(void);
void model_test(void)
{
    TEST_SUITE("model");
    TEST(the_shipped_constants_are_those_of_the_reference);
    TEST(the_hash_is_that_of_the_text);
    TEST(a_text_that_does_not_fit_is_cut);
    TEST(any_other_number_is_another_hash);
    TEST(the_curves_rise_from_nothing_to_all);
    TEST(terms_have_the_names_of_the_scores);
}
