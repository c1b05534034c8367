/* L_TRANS, L_VER and L_CRISIS at their limits. L_HAZ is in trigger_test.c, L_HL
 * in slower_test.c, L_Z in come_back_test.c, L_GUARD in guard_test.c. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/gate_of_pi.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static void begin(enum profile profile)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    s.config.profile = profile;
}

// clang-format off
static const struct {
    const char *name;
    enum regime_label label_1h;
    int32_t run_1h;
    enum regime_label label_4h;
    int32_t run_4h;
    enum answer want;
    int64_t hits, of;
} runs[] = {
    { "neither",            REGIME_RANGE_OK,   30, REGIME_RANGE_OK,   9, ANSWER_NO,      0, 4 },
    { "TREND is another",   REGIME_TREND,      30, REGIME_TREND,      9, ANSWER_NO,      0, 4 },
    { "1h 3",               REGIME_TRANSITION, 3,  REGIME_RANGE_OK,   9, ANSWER_NO,      3, 4 },
    { "1h 4",               REGIME_TRANSITION, 4,  REGIME_RANGE_OK,   9, ANSWER_YES,     4, 4 },
    { "1h 5",               REGIME_TRANSITION, 5,  REGIME_RANGE_OK,   9, ANSWER_YES,     4, 4 },
    { "4h 1",               REGIME_RANGE_OK,   30, REGIME_TRANSITION, 1, ANSWER_NO,      1, 2 },
    { "4h 2",               REGIME_RANGE_OK,   30, REGIME_TRANSITION, 2, ANSWER_YES,     2, 2 },
    { "4h 3",               REGIME_RANGE_OK,   30, REGIME_TRANSITION, 3, ANSWER_YES,     2, 2 },
    { "1h 3 and 4h 1",      REGIME_TRANSITION, 3,  REGIME_TRANSITION, 1, ANSWER_NO,      3, 4 },
    { "1h 1 and 4h 1",      REGIME_TRANSITION, 1,  REGIME_TRANSITION, 1, ANSWER_NO,      1, 2 },
    { "1h unknown, 4h 2",   REGIME_UNKNOWN,    30, REGIME_TRANSITION, 2, ANSWER_YES,     2, 2 },
    { "1h unknown, 4h 1",   REGIME_UNKNOWN,    30, REGIME_TRANSITION, 1, ANSWER_UNKNOWN, 1, 2 },
    { "4h unknown, 1h 4",   REGIME_TRANSITION, 4,  REGIME_UNKNOWN,    9, ANSWER_YES,     4, 4 },
    { "4h unknown, 1h 3",   REGIME_TRANSITION, 3,  REGIME_UNKNOWN,    9, ANSWER_UNKNOWN, 3, 4 },
    { "both unknown",       REGIME_UNKNOWN,    30, REGIME_UNKNOWN,    9, ANSWER_UNKNOWN, 0, 4 },
};
// clang-format on

static void a_transition_counts_on_either_timeframe(void)
{
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
        begin(PROFILE_SEED);
        s.regime.label_1h = runs[i].label_1h;
        s.regime.run_1h = runs[i].run_1h;
        s.regime.label_4h = runs[i].label_4h;
        s.regime.run_4h = runs[i].run_4h;
        struct trigger_result r = scene_ask(&s, L_TRANS);
        test_int(r.answer, runs[i].want, TEST_HERE(runs[i].name));
        test_int(r.hits, runs[i].hits, TEST_HERE(runs[i].name));
        test_int(r.of, runs[i].of, TEST_HERE(runs[i].name));
        ASSERT_NEAR(r.limit, (double)runs[i].of, 0);
        ASSERT_NEAR(r.distance, (double)(runs[i].of - runs[i].hits), 0);
        s.config.profile = PROFILE_CALIBRATED;
        scene_pi(&s, .37);
        ASSERT_INT(scene_ask(&s, L_TRANS).answer, runs[i].want);
    }
}

static void a_flat_regime_is_no_transition(void)
{
    begin(PROFILE_SEED);
    s.regime.label_1h = s.regime.label_4h = REGIME_UNKNOWN;
    for (int k = 0; k < CLASS_COUNT; k++)
        s.regime.p[k] = value_none(VALUE_FLAT);
    ASSERT_INT(scene_ask(&s, L_TRANS).answer, ANSWER_NOT_APPLICABLE);
}

static void a_transition_needs_the_gate(void)
{
    begin(PROFILE_CALIBRATED);
    scene_label(&s, REGIME_TRANSITION, 4);
    hold_to_the_gate(&s, L_TRANS);
}

/* pi at the gate on four successive 1h closes, whatever the labels say. */
// clang-format off
static const struct {
    const char *name;
    int64_t closes;
    double pi;
    int32_t run; /* of TRANSITION */
    enum answer want;
    int64_t hits;
} closes[] = {
    { "none",                     0, .05,      0, ANSWER_NO,      0 },
    { "3 closes",                 3, .38,      0, ANSWER_NO,      3 },
    { "4 closes",                 4, .38,      0, ANSWER_YES,     4 },
    { "5 closes",                 5, .38,      0, ANSWER_YES,     4 },
    { "4, and lower since",       4, .05,      0, ANSWER_YES,     4 },
    { "4, and unknown since",     4, NO_VALUE, 0, ANSWER_UNKNOWN, 4 },
    { "3, and unknown since",     3, NO_VALUE, 0, ANSWER_UNKNOWN, 3 },
    { "3, and a run of 3",        3, .38,      3, ANSWER_NO,      3 },
    { "none, and a run of 4",     0, .38,      4, ANSWER_YES,     4 },
    { "a run of 4 below the gate", 0, .36,     4, ANSWER_NO,      4 },
};
// clang-format on

static void pi_may_confirm_itself(void)
{
    for (size_t i = 0; i < ARRAY_LEN(closes); i++) {
        begin(PROFILE_CALIBRATED);
        scene_pi(&s, closes[i].pi);
        if (closes[i].run)
            scene_label(&s, REGIME_TRANSITION, closes[i].run);
        s.regime.run_4h = 0;
        s.memory.counts.pi_closes = closes[i].closes;
        struct trigger_result r = scene_ask(&s, L_TRANS);
        test_int(r.answer, closes[i].want, TEST_HERE(closes[i].name));
        test_int(r.hits, closes[i].hits, TEST_HERE(closes[i].name));
        ASSERT_INT(r.of, 4);
    }
}

// clang-format off
static const struct {
    double ver;
    enum answer want;
} expansions[] = {
    { 1.2,          ANSWER_NO },
    { 1.25,         ANSWER_NO },  /* above, not at */
    { 1.2500000004, ANSWER_NO },
    { 1.2500000006, ANSWER_YES },
    { 1.250000001,  ANSWER_YES },
    { 2,            ANSWER_YES },
};
// clang-format on

static void an_expansion_is_above_its_limit(void)
{
    for (size_t i = 0; i < ARRAY_LEN(expansions); i++) {
        begin(PROFILE_CALIBRATED);
        scene_pi(&s, .37);
        s.metrics.values[METRIC_VER_1H] = value_real(expansions[i].ver, 300);
        ASSERT_INT(scene_ask(&s, L_VER).answer, expansions[i].want);
        s.config.profile = PROFILE_SEED; /* reads the other one */
        ASSERT_INT(scene_ask(&s, L_VER).answer, ANSWER_NO);
        s.metrics.values[METRIC_VER_RAW_1H] = s.metrics.values[METRIC_VER_1H];
        ASSERT_INT(scene_ask(&s, L_VER).answer, expansions[i].want);
    }
}

static void an_expansion_needs_the_gate(void)
{
    begin(PROFILE_CALIBRATED);
    s.metrics.values[METRIC_VER_1H] = value_real(1.3, 300);
    s.metrics.values[METRIC_VER_RAW_1H] = value_real(1.3, 300);
    hold_to_the_gate(&s, L_VER);
}

/* 1.5 of a mean of 1.0; against 1.2 it is 1.25, against 1.19 1.2605. */
static void an_expansion_is_held_to_the_larger_baseline(void)
{
    static const struct {
        double frozen, want;
        enum answer answer;
    } rows[] = {
        { 1.2, 1.25, ANSWER_NO },
        { 1.19, 1.260504202, ANSWER_YES },
        { .5, 1.5, ANSWER_YES },
        { NO_VALUE, 1.5, ANSWER_YES },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_CALIBRATED);
        scene_pi(&s, .37);
        s.metrics.values[METRIC_VER_1H] = value_real(1.5, 300);
        s.metrics.values[METRIC_VER_RAW_1H] = value_real(1.5, 300);
        s.memory.baseline.ver_mean = isnan(rows[i].frozen)
                                         ? value_none(VALUE_WARMUP)
                                         : value_real(rows[i].frozen, 1);
        struct trigger_result r = scene_ask(&s, L_VER);
        ASSERT_INT(r.answer, rows[i].answer);
        ASSERT_NEAR(r.value.v, rows[i].want, 1e-12);
        s.config.profile = PROFILE_SEED;
        ASSERT_NEAR(scene_ask(&s, L_VER).value.v, 1.5, 0);
    }
}

static void a_crisis_is_answered_as_it_stands(void)
{
    static const enum answer answers[] = { ANSWER_YES, ANSWER_NO,
                                           ANSWER_UNKNOWN,
                                           ANSWER_NOT_APPLICABLE };
    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        begin(PROFILE_CALIBRATED);
        s.crisis.answer = answers[i];
        s.crisis.size[CRISIS_RETURN] = value_real(3, 96);       /* of 6 */
        s.crisis.size[CRISIS_RANGE] = value_real(4, 14);        /* of 5 */
        s.crisis.size[CRISIS_EXPANSION] = value_real(1.5, 300); /* of 2.5 */
        struct trigger_result r = scene_ask(&s, L_CRISIS);
        ASSERT_INT(r.answer, answers[i]);
        ASSERT_NEAR(r.value.v, .8, 0);
        ASSERT_NEAR(r.limit, 1, 0);
        ASSERT_NEAR(r.distance, .2, 1e-12);
        ASSERT_INT(r.gate, ANSWER_NOT_APPLICABLE);
    }
    s.crisis.answer = ANSWER_YES;
    ASSERT_INT(scene_ask(&s, L_CRISIS).evidence, EVIDENCE_LATCH);
    s.crisis.hit = true;
    ASSERT_INT(scene_ask(&s, L_CRISIS).evidence, EVIDENCE_BAR);
    scene_pass(&s, 3); /* an outage is never a crisis */
    ASSERT_INT(scene_ask(&s, L_CRISIS).answer, ANSWER_UNKNOWN);
}

static void a_crisis_may_need_pi(void)
{
    begin(PROFILE_CALIBRATED);
    s.crisis.answer = ANSWER_YES;
    s.config.l_crisis.pi = .25;
    scene_pi(&s, .24);
    ASSERT_INT(scene_ask(&s, L_CRISIS).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, L_CRISIS).gate, ANSWER_NO);
    scene_pi(&s, .25);
    ASSERT_INT(scene_ask(&s, L_CRISIS).answer, ANSWER_YES);
    ASSERT_INT(scene_ask(&s, L_CRISIS).gate, ANSWER_YES);
    s.crisis.answer = ANSWER_NO;
    ASSERT_INT(scene_ask(&s, L_CRISIS).answer, ANSWER_NO);
}

void latest_test(void);
void latest_test(void)
{
    TEST_SUITE("exit/trigger: L_TRANS, L_VER, L_CRISIS");
    TEST(a_transition_counts_on_either_timeframe);
    TEST(a_flat_regime_is_no_transition);
    TEST(a_transition_needs_the_gate);
    TEST(pi_may_confirm_itself);
    TEST(an_expansion_is_above_its_limit);
    TEST(an_expansion_needs_the_gate);
    TEST(an_expansion_is_held_to_the_larger_baseline);
    TEST(a_crisis_is_answered_as_it_stands);
    TEST(a_crisis_may_need_pi);
}
