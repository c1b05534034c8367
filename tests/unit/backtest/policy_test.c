/* Policies: when each tells its operators to leave, by hand. */
#include "backtest/policy.h"
#include "backtest/trial.h"

#include <string.h>

#include "base/array.h"
#include "test.h"

void policy_test(void);

#define SLOTS 40
#define START (INT64_C(1767225600000))

static struct sign signs[SLOTS];
static double e[SLOTS];
static struct trial_plan plan;
static struct policy_scene scene;

/* Nothing speaks: the close is in the middle of 90 .. 110, e is 0. */
static void nothing_speaks(void)
{
    plan = (struct trial_plan){ .grid = { .lower = 90, .upper = 110 } };
    for (int i = 0; i < SLOTS; i++) {
        signs[i] =
            (struct sign){ .slot_ms = START + (i + 1) * MS_PER_SLOT,
                           .close = 100,
                           .volatility = volatility_haz(value_real(.001, 96)),
                           .adx = 20,
                           .transition = .3,
                           .turbulent = .5 };
        e[i] = 0;
    }
    scene = (struct policy_scene){ .plan = &plan,
                                   .signs = signs,
                                   .e = e,
                                   .count = SLOTS,
                                   .activation = 10,
                                   .event_ms = MOMENT_NONE,
                                   .delay_ms = 2 * MS_PER_SLOT };
}

static struct cue cue_of(const char *id)
{
    const struct policy *p = policy_named(id);
    ASSERT_FATAL(p != NULL);
    return policy_cue(p, &scene);
}

static void without_a_sign_none_tells(void)
{
    nothing_speaks();
    for (size_t i = 0; i < POLICY_COUNT; i++) {
        struct cue cue = policy_cue(&policies[i], &scene);
        if (policies[i].kind != POLICY_ORACLE)
            ASSERT_INT(cue.latest_ms, MOMENT_NONE);
        ASSERT_INT(cue.mandatory_ms, MOMENT_NONE);
        ASSERT(cue.at_boundary == policies[i].at_boundary);
    }
    ASSERT(!cue_of("hold").at_boundary);
    ASSERT(cue_of("boundary").at_boundary);
}

/* Each rule's own sign, at slot 20 and no other's. */
static void each_tells_at_its_own_sign(void)
{
    static const char *const ids[] = { "adx_25",   "adx_37",    "bollinger",
                                       "donchian", "two_state", "transition",
                                       "pi",       "pi_guard" };
    for (size_t k = 0; k < ARRAY_LEN(ids); k++) {
        nothing_speaks();
        struct sign *s = &signs[20];
        s->adx = k == 0 ? 26 : k == 1 ? 38 : 20;
        s->outside_bands = k == 2;
        s->outside_channel = k == 3;
        s->turbulent = k == 4 ? .91 : .9;
        s->transition = k == 5 ? .6 : .59;
        s->close =
            k >= 6 ? 91
                   : 100; /* pi there: .480, by the formula worked elsewhere */
        s->volatility = volatility_haz(value_real(k >= 6 ? .004 : .001, 96));
        for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
            struct cue cue = cue_of(ids[i]);
            bool means = i == k || (k == 1 && i == 0) || (k >= 6 && i >= 6);
            ASSERT_INT(cue.latest_ms, means ? s->slot_ms : MOMENT_NONE);
            if (means)
                ASSERT_INT(cue.reason, LIFE_TRANSITION);
        }
    }
}

/* What is not known is no sign. */
static void an_unknown_price_is_no_sign(void)
{
    nothing_speaks();
    signs[20].close = NO_VALUE;
    signs[20].volatility = volatility_haz(value_none(VALUE_STALE));
    signs[20].adx = signs[20].transition = signs[20].turbulent = NO_VALUE;
    for (size_t i = 0; i < POLICY_COUNT; i++)
        if (policies[i].kind == POLICY_RULE)
            ASSERT_INT(policy_cue(&policies[i], &scene).latest_ms, MOMENT_NONE);
}

/* A row in shadow raises nothing: it is not why the grid is to be left. */
static void a_row_in_shadow_is_no_reason(void)
{
    struct evaluation v = { .verdict = { .state = STATE_LATEST } };
    enum trigger_mode mode[TRIGGER_COUNT];

    for (int i = 0; i < TRIGGER_COUNT; i++)
        mode[i] = TRIGGER_ACTIVE;
    v.verdict.triggers[L_GUARD].answer = ANSWER_YES;
    v.verdict.triggers[L_CRISIS].answer = ANSWER_YES;
    ASSERT_INT(trial_reason(&v, mode), LIFE_GUARD);
    mode[L_GUARD] = TRIGGER_SHADOW;
    ASSERT_INT(trial_reason(&v, mode), LIFE_OTHER);
    v.verdict.triggers[L_Z].answer = ANSWER_YES;
    ASSERT_INT(trial_reason(&v, mode), LIFE_TRANSITION);
    mode[L_Z] = TRIGGER_SHADOW;
    ASSERT_INT(trial_reason(&v, mode), LIFE_OTHER);
}

/* A peak of 12 is at least A* = 10; 9.6 is .80 of it, 9.7 is more. */
static void the_guard_keeps_four_fifths_of_a_peak(void)
{
    nothing_speaks();
    for (int i = 0; i < SLOTS; i++)
        e[i] = 9.7;
    e[5] = 12;
    e[9] = 9.6;
    e[8] = NO_VALUE;
    struct cue cue = cue_of("pi_guard");
    ASSERT_INT(cue.latest_ms, signs[9].slot_ms);
    ASSERT_INT(cue.reason, LIFE_GUARD);
    ASSERT_INT(cue_of("pi").latest_ms, MOMENT_NONE);
    scene.activation = 12.1;
    ASSERT_INT(cue_of("pi_guard").latest_ms, MOMENT_NONE);
}

/* The best moment before the event is slot 12; slot 30 comes after it. Who is
 * told leaves two slots later. */
static void the_oracle_leaves_at_the_best_moment_before_the_event(void)
{
    nothing_speaks();
    e[12] = 3;
    e[30] = 9;
    e[1] = 5; /* nobody told after the start could be out by then */
    scene.event_ms = signs[25].slot_ms;
    ASSERT_INT(cue_of("oracle").latest_ms, signs[10].slot_ms);
    scene.event_ms = MOMENT_NONE;
    ASSERT_INT(cue_of("oracle").latest_ms, signs[28].slot_ms);
    scene.event_ms = signs[1].slot_ms;
    ASSERT_INT(cue_of("oracle").latest_ms, MOMENT_NONE);
}

/* No rule sees what comes: all that is behind its cue may change. */
static void no_rule_reads_the_future(void)
{
    for (size_t i = 0; i < POLICY_COUNT; i++) {
        if (policies[i].kind != POLICY_RULE)
            continue;
        nothing_speaks();
        signs[20].adx = 40;
        signs[20].outside_bands = signs[20].outside_channel = true;
        signs[20].turbulent = signs[20].transition = 1;
        signs[20].close = 89;
        int64_t cue_ms = policy_cue(&policies[i], &scene).latest_ms;
        for (int k = 21; k < SLOTS; k++) {
            memset(&signs[k], 0x5a, sizeof(signs[k]));
            e[k] = -500;
        }
        scene.event_ms = signs[0].slot_ms;
        ASSERT_INT(policy_cue(&policies[i], &scene).latest_ms, cue_ms);
    }
}

static void every_policy_has_a_name_of_its_own(void)
{
    for (size_t i = 0; i < POLICY_COUNT; i++) {
        ASSERT(policy_named(policies[i].id) == &policies[i]);
        ASSERT(strlen(policies[i].help) > 8);
    }
    ASSERT(policy_named("none") == NULL);
}

void policy_test(void)
{
    TEST_SUITE("backtest/policy");
    TEST(without_a_sign_none_tells);
    TEST(each_tells_at_its_own_sign);
    TEST(an_unknown_price_is_no_sign);
    TEST(a_row_in_shadow_is_no_reason);
    TEST(the_guard_keeps_four_fifths_of_a_peak);
    TEST(the_oracle_leaves_at_the_best_moment_before_the_event);
    TEST(no_rule_reads_the_future);
    TEST(every_policy_has_a_name_of_its_own);
}
