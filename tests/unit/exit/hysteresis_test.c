/* L_HAZ enters at pi .40 and leaves below .30, W_HAZ at .25 and below .20. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

/* What each says at a pi, depending on what it said before. */
// clang-format off
static const struct {
    double pi;
    bool l_calm, l_active, w_calm, w_active;
} table[] = {
    /*               L_HAZ         W_HAZ */
    { .05,          false, false, false, false },
    { .199999999,   false, false, false, false },
    { .1999999996,  false, false, false, true },
    { .20,          false, false, false, true },
    { .249999999,   false, false, false, true },
    { .2499999996,  false, false, true,  true },
    { .25,          false, false, true,  true },
    { .299999999,   false, false, true,  true },
    { .2999999996,  false, true,  true,  true },
    { .30,          false, true,  true,  true },
    { .35,          false, true,  true,  true },
    { .399999999,   false, true,  true,  true },
    { .3999999996,  true,  true,  true,  true },
    { .40,          true,  true,  true,  true },
    { .89,          true,  true,  true,  true },
};
// clang-format on

static bool says_yes(double pi, enum trigger_id id, bool active)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    scene_pi(&s, pi);
    s.memory.triggers[id].active = active;
    return scene_ask(&s, id).answer == ANSWER_YES;
}

static void the_past_decides_between_the_limits(void)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        double pi = table[i].pi;
        ASSERT_INT(says_yes(pi, L_HAZ, false), table[i].l_calm);
        ASSERT_INT(says_yes(pi, L_HAZ, true), table[i].l_active);
        ASSERT_INT(says_yes(pi, W_HAZ, false), table[i].w_calm);
        ASSERT_INT(says_yes(pi, W_HAZ, true), table[i].w_active);
    }
}

/* Every walk over low, between, high and unknown, three slots long: active
 * after it as the two rules say, whatever the way. */
static void it_remembers_over_any_walk(void)
{
    static const double pis[] = { .25, .35, .45, NO_VALUE };
    for (int walk = 0; walk < 64; walk++) {
        bool active = false;
        scene_begin(&s);
        for (int k = 0, rest = walk; k < 3; k++, rest /= 4) {
            double pi = pis[rest % 4];
            scene_trade(&s, 1, 100);
            scene_pi(&s, pi);
            struct trigger_result r = scene_step(&s).triggers[L_HAZ];
            if (!isnan(pi))
                active = pi >= .40 || (active && pi >= .30);
            ASSERT_INT(r.answer, isnan(pi) ? ANSWER_UNKNOWN
                                 : active  ? ANSWER_YES
                                           : ANSWER_NO);
            ASSERT_INT(s.memory.triggers[L_HAZ].active, active);
        }
    }
}

/* A row that is unknown keeps its side although the state is concluded from
 * others: the stop is touched while pi is not known. */
static void a_state_by_another_row_does_not_touch_it(void)
{
    scene_begin(&s);
    scene_trade(&s, 1, 100);
    scene_pi(&s, .45);
    ASSERT_INT(scene_step(&s).state, STATE_LATEST);
    scene_bar(&s, 79, 100, 100);
    scene_pi(&s, NO_VALUE);
    ASSERT_INT(scene_step(&s).state, STATE_MANDATORY);
    ASSERT(s.memory.triggers[L_HAZ].active);
    scene_trade(&s, 1, 100);
    scene_pi(&s, .35);
    ASSERT_INT(scene_step(&s).triggers[L_HAZ].answer, ANSWER_YES);
}

static void limits_can_be_set(void)
{
    scene_begin(&s);
    s.config.l_haz = (struct limits){ .30, .30 }; /* no hysteresis */
    scene_trade(&s, 1, 100);
    scene_pi(&s, .30);
    ASSERT_INT(scene_step(&s).state, STATE_LATEST);
    scene_trade(&s, 1, 100);
    scene_pi(&s, .299999999);
    ASSERT_INT(scene_step(&s).state, STATE_WARNING);
}

void hysteresis_test(void);
void hysteresis_test(void)
{
    TEST_SUITE("exit/trigger: hysteresis");
    TEST(the_past_decides_between_the_limits);
    TEST(it_remembers_over_any_walk);
    TEST(a_state_by_another_row_does_not_touch_it);
    TEST(limits_can_be_set);
}
