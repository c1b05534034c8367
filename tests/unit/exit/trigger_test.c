#include "exit/trigger.h"

#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

/* Enter at .40, leave below .30; .25 and .20. Answers to nine decimals. */
// clang-format off
static const struct {
    const char *name;
    enum trigger_id id;
    bool active;
    double pi;
    enum answer want;
} thresholds[] = {
    { "L_HAZ far below",                L_HAZ, false, .05,         ANSWER_NO },
    { "L_HAZ just below",               L_HAZ, false, .399999,     ANSWER_NO },
    { "L_HAZ below by a rounding",      L_HAZ, false, .3999999994, ANSWER_NO },
    { "L_HAZ at, but for the last bit", L_HAZ, false, .3999999996, ANSWER_YES },
    { "L_HAZ at",                       L_HAZ, false, .40,         ANSWER_YES },
    { "L_HAZ just above",               L_HAZ, false, .400001,     ANSWER_YES },
    { "L_HAZ at the cap",               L_HAZ, false, .89,         ANSWER_YES },
    { "L_HAZ missing",                  L_HAZ, false, NO_VALUE,    ANSWER_UNKNOWN },
    { "L_HAZ active, below entry",      L_HAZ, true,  .35,         ANSWER_YES },
    { "L_HAZ active, at leave",         L_HAZ, true,  .30,         ANSWER_YES },
    { "L_HAZ active, below leave",      L_HAZ, true,  .299999,     ANSWER_NO },
    { "L_HAZ active, missing",          L_HAZ, true,  NO_VALUE,    ANSWER_UNKNOWN },
    { "W_HAZ just below",               W_HAZ, false, .249999,     ANSWER_NO },
    { "W_HAZ at",                       W_HAZ, false, .25,         ANSWER_YES },
    { "W_HAZ just above",               W_HAZ, false, .250001,     ANSWER_YES },
    { "W_HAZ missing",                  W_HAZ, false, NO_VALUE,    ANSWER_UNKNOWN },
    { "W_HAZ active, at leave",         W_HAZ, true,  .20,         ANSWER_YES },
    { "W_HAZ active, below leave",      W_HAZ, true,  .199999,     ANSWER_NO },
    { "W_HAZ active, missing",          W_HAZ, true,  NO_VALUE,    ANSWER_UNKNOWN },
};
// clang-format on

static void thresholds_hold_at_their_limits(void)
{
    for (size_t i = 0; i < ARRAY_LEN(thresholds); i++) {
        scene_begin(&s);
        scene_trade(&s, 4, 100);
        scene_pi(&s, thresholds[i].pi);
        s.memory.triggers[thresholds[i].id].active = thresholds[i].active;
        struct trigger_result r = scene_ask(&s, thresholds[i].id);
        test_int(r.answer, thresholds[i].want, TEST_HERE(thresholds[i].name));
        ASSERT_INT(r.hits, r.answer == ANSWER_YES);
        ASSERT_INT(r.of, 1);
    }
}

static void each_row_reads_its_own_memory(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    scene_pi(&s, .22);
    s.memory.triggers[L_HAZ].active = true;
    ASSERT_INT(scene_ask(&s, W_HAZ).answer, ANSWER_NO);
    scene_pi(&s, .35);
    s.memory.triggers[L_HAZ].active = false;
    s.memory.triggers[W_HAZ].active = true;
    ASSERT_INT(scene_ask(&s, L_HAZ).answer, ANSWER_NO);
}

static void an_answer_carries_value_limit_and_distance(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    scene_pi(&s, .33);
    struct trigger_result r = scene_ask(&s, L_HAZ);
    ASSERT_NEAR(r.value.v, .33, 0);
    ASSERT_INT(r.value.n_used, 500);
    ASSERT_NEAR(r.limit, .40, 0);
    ASSERT_NEAR(r.distance, .07, 1e-12);
    ASSERT_INT(r.side, SIDE_DOWN);
    ASSERT_INT(r.seen_ms, MOMENT_NONE); /* no bar decided */
    ASSERT_INT(r.evidence, EVIDENCE_NONE);
    ASSERT_INT(r.gate, ANSWER_NOT_APPLICABLE);
    s.memory.triggers[L_HAZ].active = true;
    r = scene_ask(&s, L_HAZ);
    ASSERT_INT(r.seen_ms, s.now_ms);
    ASSERT_NEAR(r.limit, .30, 0);
    ASSERT_NEAR(r.distance, -.03, 1e-12);
    ASSERT_INT(r.evidence, EVIDENCE_BAR);
    s.hazard.pi_up.v = .34;
    ASSERT_INT(scene_ask(&s, L_HAZ).side, SIDE_UP);
}

static void a_missing_value_has_no_distance_and_no_side(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    scene_pi(&s, NO_VALUE);
    struct trigger_result r = scene_ask(&s, L_HAZ);
    ASSERT(isnan(r.distance) && isnan(r.value.v));
    ASSERT_INT(r.value.status, VALUE_STALE);
    ASSERT_INT(r.side, SIDE_NONE);
    ASSERT_NEAR(r.limit, .40, 0);
}

static void the_kind_of_absence_decides_the_answer(void)
{
    static const struct {
        enum value_status status;
        enum answer want;
    } rows[] = {
        { VALUE_UNAVAILABLE, ANSWER_UNKNOWN },
        { VALUE_WARMUP, ANSWER_UNKNOWN },
        { VALUE_STALE, ANSWER_UNKNOWN },
        { VALUE_FLAT, ANSWER_NOT_APPLICABLE },
        { VALUE_NOT_IDENTIFIED, ANSWER_NOT_APPLICABLE },
    };
    const struct limits limits = { .4, .3 };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct value x = { .9, rows[i].status, 5 };
        ASSERT_INT(threshold_ask(x, limits, false).answer, rows[i].want);
        ASSERT_INT(threshold_ask(x, limits, true).answer, rows[i].want);
    }
    struct value filled = { .9, VALUE_FILLED, 5 };
    ASSERT_INT(threshold_ask(filled, limits, false).answer, ANSWER_YES);
}

static const char *name_of(int id)
{
    return triggers[id].id;
}

/* Of the rows that the profile has, all but M_BLIND: with a price it says no.
 */
static enum answer alarm_answer(enum profile profile, int id)
{
    if (!triggers[id].rule[profile].ask)
        return ANSWER_NOT_APPLICABLE;
    return id == M_BLIND ? ANSWER_NO : ANSWER_YES;
}

static void in_an_alarm_every_row_says_yes(void)
{
    for (int profile = 0; profile < PROFILE_COUNT; profile++) {
        scene_begin(&s);
        scene_alarm(&s);
        s.config.profile = (enum profile)profile;
        for (int i = 0; i < TRIGGER_COUNT; i++) {
            struct trigger_result r = scene_ask(&s, (enum trigger_id)i);
            test_int(r.answer, alarm_answer((enum profile)profile, i),
                     TEST_HERE(name_of(i)));
            test_true(r.hits <= r.of, false, TEST_HERE(name_of(i)));
            test_int(r.seen_ms != MOMENT_NONE, r.answer == ANSWER_YES,
                     TEST_HERE(name_of(i)));
            test_int(r.evidence != EVIDENCE_NONE, r.answer == ANSWER_YES,
                     TEST_HERE(name_of(i)));
        }
    }
}

static void in_the_calm_no_row_says_yes(void)
{
    for (int profile = 0; profile < PROFILE_COUNT; profile++) {
        scene_begin(&s);
        scene_trade(&s, 16, 100);
        s.config.profile = (enum profile)profile;
        for (int i = 0; i < TRIGGER_COUNT; i++) {
            enum answer a = scene_ask(&s, (enum trigger_id)i).answer;
            test_true(a == ANSWER_NO || a == ANSWER_NOT_APPLICABLE, false,
                      TEST_HERE(name_of(i)));
        }
    }
}

static void a_row_that_is_off_is_not_asked(void)
{
    scene_begin(&s);
    scene_alarm(&s);
    for (int off = 0; off < TRIGGER_COUNT; off++) {
        s.config.mode[off] = TRIGGER_OFF;
        for (int i = 0; i < TRIGGER_COUNT; i++)
            ASSERT_INT(scene_ask(&s, (enum trigger_id)i).answer,
                       i == off ? ANSWER_NOT_APPLICABLE
                                : alarm_answer(PROFILE_CALIBRATED, i));
        struct trigger_result r = scene_ask(&s, (enum trigger_id)off);
        ASSERT_INT(r.value.status, VALUE_UNAVAILABLE);
        ASSERT(isnan(r.limit) && isnan(r.distance));
        ASSERT_INT(r.seen_ms, MOMENT_NONE);
        s.config.mode[off] = TRIGGER_ACTIVE;
    }
}

static void a_row_in_shadow_answers_like_any_other(void)
{
    scene_begin(&s);
    scene_alarm(&s);
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        s.config.mode[i] = TRIGGER_SHADOW;
        ASSERT_INT(scene_ask(&s, (enum trigger_id)i).answer,
                   alarm_answer(PROFILE_CALIBRATED, i));
    }
}

/* SPEC 7, row by row. */
// clang-format off
static const struct {
    const char *id;
    enum exit_state raises;
    bool together, seed;
    const char *timeframe;
} ladder[] = {
    { "M_TREND",    STATE_MANDATORY, false, true,  "1h" },
    { "M_BOUNDARY", STATE_MANDATORY, false, true,  "1h" },
    { "M_STOP",     STATE_MANDATORY, false, true,  "15m" },
    { "M_EQUITY",   STATE_MANDATORY, false, false, "15m" },
    { "M_BLIND",    STATE_MANDATORY, false, false, "15m" },
    { "L_TRANS",    STATE_LATEST,    false, true,  "1h" },
    { "L_HL",       STATE_LATEST,    false, true,  "1h" },
    { "L_VER",      STATE_LATEST,    false, true,  "1h" },
    { "L_Z",        STATE_LATEST,    false, true,  "1h" },
    { "L_HAZ",      STATE_LATEST,    false, false, "15m" },
    { "L_GUARD",    STATE_LATEST,    false, false, "15m" },
    { "L_CRISIS",   STATE_LATEST,    false, false, "15m" },
    { "W_TRANS",    STATE_WARNING,   true,  true,  "15m" },
    { "W_CONF",     STATE_WARNING,   true,  true,  "1h" },
    { "W_ER",       STATE_WARNING,   true,  true,  "1h" },
    { "W_MR",       STATE_WARNING,   true,  true,  "1h" },
    { "W_VER",      STATE_WARNING,   true,  true,  "1h" },
    { "W_EVENT",    STATE_WARNING,   true,  false, "15m" },
    { "W_SIGNAL",   STATE_WARNING,   true,  false, "15m" },
    { "W_HAZ",      STATE_WARNING,   false, false, "15m" },
    { "W_TREND",    STATE_WARNING,   false, false, "1h" },
};
// clang-format on

static void the_table_says_what_each_row_raises(void)
{
    ASSERT_INT(ARRAY_LEN(ladder), TRIGGER_COUNT);
    for (size_t i = 0; i < ARRAY_LEN(ladder); i++) {
        ASSERT_STR(triggers[i].id, ladder[i].id);
        ASSERT_STR(triggers[i].timeframe, ladder[i].timeframe);
        ASSERT_INT(triggers[i].raises, ladder[i].raises);
        ASSERT_INT(triggers[i].together, ladder[i].together);
        ASSERT_INT(triggers[i].rule[PROFILE_SEED].ask != NULL, ladder[i].seed);
        for (int k = 0; k < PROFILE_COUNT; k++) {
            const struct trigger_rule *r = &triggers[i].rule[k];
            ASSERT(!r->ask || (r->metric && r->unit && r->meaning));
        }
        ASSERT(triggers[i].rule[PROFILE_CALIBRATED].ask != NULL);
    }
}

static void words_are_those_of_the_documents(void)
{
    static const char *const states[] = { "UNKNOWN", "NORMAL", "WARNING",
                                          "LATEST_ACCEPTABLE_EXIT",
                                          "MANDATORY_EXIT" };
    static const char *const sides[] = { "none", "down", "up" };
    static const char *const modes[] = { "active", "shadow", "off" };
    static const char *const evidence[] = { "none", "bar", "ticker", "latch",
                                            "label" };
    for (int i = 0; i < STATE_COUNT; i++)
        ASSERT_STR(exit_state_name((enum exit_state)i), states[i]);
    for (int i = 0; i < SIDE_COUNT; i++)
        ASSERT_STR(range_side_name((enum range_side)i), sides[i]);
    for (int i = 0; i < (int)ARRAY_LEN(modes); i++)
        ASSERT_STR(trigger_mode_name((enum trigger_mode)i), modes[i]);
    for (int i = 0; i < EVIDENCE_COUNT; i++)
        ASSERT_STR(trigger_evidence_name((enum trigger_evidence)i),
                   evidence[i]);
    ASSERT_STR(profile_name(PROFILE_SEED), "seed");
    ASSERT_STR(profile_name(PROFILE_CALIBRATED), "calibrated");
}

void trigger_test(void);
void trigger_test(void)
{
    TEST_SUITE("exit/trigger");
    TEST(thresholds_hold_at_their_limits);
    TEST(each_row_reads_its_own_memory);
    TEST(an_answer_carries_value_limit_and_distance);
    TEST(a_missing_value_has_no_distance_and_no_side);
    TEST(the_kind_of_absence_decides_the_answer);
    TEST(in_an_alarm_every_row_says_yes);
    TEST(in_the_calm_no_row_says_yes);
    TEST(a_row_that_is_off_is_not_asked);
    TEST(a_row_in_shadow_answers_like_any_other);
    TEST(the_table_says_what_each_row_raises);
    TEST(words_are_those_of_the_documents);
}
