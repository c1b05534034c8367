/* The origin's literal rules are told in both profiles, whatever is active. */
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static void literal(bool out[TRIGGER_COUNT])
{
    struct trigger_inputs in = scene_look(&s);
    triggers_literal(&in, out);
}

/* In the calibrated profile they are what the seed would answer, also where the
 * calibrated rows say no. */
static void they_are_the_answers_of_the_seed(void)
{
    static const double pis[] = { .05, .89, NO_VALUE };
    for (int calm = 0; calm < 2; calm++)
        for (int i = 0; i < 3; i++) {
            struct trigger_result seed[TRIGGER_COUNT];
            bool told[TRIGGER_COUNT];
            scene_begin(&s);
            if (calm)
                scene_trade(&s, 8, 100);
            else
                scene_alarm(&s);
            scene_pi(&s, pis[i]);
            literal(told);
            s.config.profile = PROFILE_SEED;
            struct trigger_inputs in = scene_look(&s);
            triggers_ask(&in, seed);
            for (int k = 0; k < TRIGGER_COUNT; k++) {
                test_int(told[k], seed[k].answer == ANSWER_YES,
                         TEST_HERE(triggers[k].id));
                bool has = triggers[k].rule[PROFILE_SEED].ask != NULL;
                test_int(told[k], !calm && has, TEST_HERE(triggers[k].id));
            }
        }
}

/* Those that need pi in the calibrated profile, without it. */
static void a_literal_rule_may_be_true_where_the_row_says_no(void)
{
    static const enum trigger_id gated[] = { M_TREND, L_TRANS, L_HL, L_VER,
                                             L_Z };
    scene_begin(&s);
    scene_alarm(&s);
    scene_pi(&s, .05);
    s.memory.counts.pi_closes = 0;
    struct verdict v = scene_step(&s);
    for (size_t i = 0; i < sizeof(gated) / sizeof(gated[0]); i++) {
        test_true(v.literal[gated[i]], false, TEST_HERE(triggers[gated[i]].id));
        test_int(v.triggers[gated[i]].answer, ANSWER_NO,
                 TEST_HERE(triggers[gated[i]].id));
    }
    ASSERT(!v.literal[L_HAZ] && !v.literal[W_HAZ] && !v.literal[M_EQUITY]);
}

static void modes_and_shadow_do_not_silence_them(void)
{
    bool told[TRIGGER_COUNT];
    scene_begin(&s);
    scene_alarm(&s);
    s.config.shadow = true;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        s.config.mode[i] = i % 2 ? TRIGGER_OFF : TRIGGER_SHADOW;
    literal(told);
    for (int i = 0; i < TRIGGER_COUNT; i++)
        ASSERT_INT(told[i], triggers[i].rule[PROFILE_SEED].ask != NULL);
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.state, STATE_NORMAL);
    for (int i = 0; i < TRIGGER_COUNT; i++)
        ASSERT_INT(v.literal[i], told[i]);
}

static void what_is_unknown_is_not_true(void)
{
    bool told[TRIGGER_COUNT];
    scene_begin(&s);
    scene_alarm(&s);
    scene_step(&s);
    scene_pass(&s, 3);
    literal(told);
    for (int i = 0; i < TRIGGER_COUNT; i++)
        ASSERT_INT(told[i], i == M_STOP); /* latched */
}

void literal_test(void);
void literal_test(void)
{
    TEST_SUITE("exit/trigger: literal rules");
    TEST(they_are_the_answers_of_the_seed);
    TEST(a_literal_rule_may_be_true_where_the_row_says_no);
    TEST(modes_and_shadow_do_not_silence_them);
    TEST(what_is_unknown_is_not_true);
}
