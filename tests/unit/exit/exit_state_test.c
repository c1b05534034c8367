/* Sequences of slots. `pi` NO_VALUE stands for a pi that cannot be computed;
 * a price of 0 for slots without a trade. */
#include "exit/exit_state.h"

#include <stdio.h>

#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

struct leg {
    int slots;
    double low, close, pi;
    enum exit_state want;
    bool held;
};

/* The hour before the first slot closed at 100. */
static void begin(void)
{
    scene_begin(&s);
    made_add(&s.made[TF_1H], SCENE_BEGIN / MS_PER_HOUR - 1, 100);
}

static struct verdict step(const struct leg *leg)
{
    if (leg->close > 0)
        scene_bar(&s, leg->low, leg->close, leg->close);
    else
        scene_pass(&s, 1);
    scene_pi(&s, leg->pi);
    return scene_step(&s);
}

static void play(const struct leg *legs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < legs[i].slots; k++) {
            struct verdict v = step(&legs[i]);
            char claim[64];
            snprintf(claim, sizeof(claim), "state of leg %zu slot %d", i, k);
            test_int(v.state, legs[i].want, TEST_HERE(claim));
            ASSERT_INT(v.held, legs[i].held);
        }
    }
}

/* The path of the recorded window of May 2021: a WARNING that ends, a WARNING
 * that becomes LATEST, two hours outside, released after two clear hours, and
 * the stop. */
static void the_crash_of_may_2021_goes_its_way(void)
{
    static const struct leg legs[] = {
        { 4, 100, 100, .03, STATE_NORMAL, false },
        { 3, 96, 96, .26, STATE_WARNING, false },
        { 1, 97, 97, .21, STATE_WARNING, false },
        { 4, 98, 98, .19, STATE_NORMAL, false },
        { 3, 95, 95, .26, STATE_WARNING, false },
        { 1, 92, 92, .45, STATE_LATEST, false },
        { 7, 89, 89, .89, STATE_LATEST, false },
        { 1, 89, 89, .89, STATE_MANDATORY, false }, /* 2nd close outside */
        { 3, 91, 91, .56, STATE_MANDATORY, false }, /* which still stand */
        { 4, 91, 91, .56, STATE_MANDATORY, true },  /* 1st clear close */
        { 1, 91, 91, .56, STATE_LATEST, false },    /* 2nd */
        { 5, 91, 91, .56, STATE_LATEST, false },
        { 1, 79, 91, .89, STATE_MANDATORY, false }, /* the stop */
        { 20, 100, 100, .03, STATE_MANDATORY, false },
    };
    begin();
    play(legs, ARRAY_LEN(legs));
}

/* One close outside is a "no": it counts, and the next one is a new "yes". */
static void a_single_close_outside_is_clear(void)
{
    static const struct leg legs[] = {
        { 7, 89, 89, .05, STATE_NORMAL, false },
        { 1, 89, 89, .05, STATE_MANDATORY, false },
        { 3, 95, 95, .05, STATE_MANDATORY, false },
        { 1, 95, 95, .05, STATE_MANDATORY, true }, /* clear: 1 */
        { 3, 89, 89, .05, STATE_MANDATORY, true },
        { 1, 89, 89, .05, STATE_NORMAL, false }, /* clear: 2 */
        { 3, 89, 89, .05, STATE_NORMAL, false },
        { 1, 89, 89, .05, STATE_MANDATORY, false },
        { 3, 95, 95, .05, STATE_MANDATORY, false },
        { 4, 95, 95, .05, STATE_MANDATORY, true },
        { 1, 95, 95, .05, STATE_NORMAL, false },
    };
    begin();
    play(legs, ARRAY_LEN(legs));
}

/* A stop that is touched while one clear close is counted. */
static void a_touch_of_the_stop_starts_the_count_again(void)
{
    static const struct leg legs[] = {
        { 7, 89, 89, .05, STATE_NORMAL, false },
        { 4, 89, 89, .05, STATE_MANDATORY, false },
        { 1, 95, 95, .05, STATE_MANDATORY, true }, /* clear: 1 */
        { 1, 95, 95, .05, STATE_MANDATORY, true },
        { 1, 79, 95, .05, STATE_MANDATORY, false },
    };
    begin();
    play(legs, ARRAY_LEN(legs));
    ASSERT_INT(s.memory.clear_closes, 0);
    s.grid.stop.below = 70; /* lets the latch go */
    static const struct leg after[] = {
        { 1, 95, 95, .05, STATE_MANDATORY, true },
        { 1, 95, 95, .05, STATE_MANDATORY, true }, /* clear: 1 */
        { 3, 95, 95, .05, STATE_MANDATORY, true },
        { 1, 95, 95, .05, STATE_NORMAL, false }, /* clear: 2 */
    };
    play(after, ARRAY_LEN(after));
}

static void unknown_neither_counts_nor_resets(void)
{
    static const struct leg legs[] = {
        { 7, 89, 89, .05, STATE_NORMAL, false },
        { 4, 89, 89, .05, STATE_MANDATORY, false },
        { 1, 95, 95, .05, STATE_MANDATORY, true }, /* clear: 1, at 03:00 */
        { 2, 0, 0, .05, STATE_MANDATORY, true },
        { 10, 0, 0, NO_VALUE, STATE_MANDATORY, true }, /* until 06:00 */
        { 3, 95, 95, .05, STATE_MANDATORY, true },
        { 1, 95, 95, .05, STATE_NORMAL, false }, /* clear: 2 */
    };
    begin();
    play(legs, ARRAY_LEN(legs));
}

/* The bars are there, but the market is closed: nobody knows. */
static void a_close_that_cannot_be_judged_does_not_count(void)
{
    static const struct leg outside = { 1, 89, 89, .05, STATE_NORMAL, false };
    static const struct leg inside = { 1, 95, 95, .05, STATE_NORMAL, false };
    begin();
    for (int i = 0; i < 8; i++)
        step(&outside);
    s.facts.status = MARKET_CLOSED;
    for (int i = 0; i < 12; i++)
        ASSERT_INT(step(&inside).state, STATE_MANDATORY);
    ASSERT_INT(s.memory.clear_closes, 0);
    s.facts.status = MARKET_OPEN;
    for (int i = 0; i < 7; i++)
        ASSERT_INT(step(&inside).state, STATE_MANDATORY);
    ASSERT_INT(step(&inside).state, STATE_NORMAL);
}

static void held_without_data_is_mandatory_and_says_so(void)
{
    static const struct leg outside = { 1, 89, 89, .05, STATE_NORMAL, false };
    static const struct leg silence = {
        1, 0, 0, NO_VALUE, STATE_NORMAL, false
    };
    begin();
    for (int i = 0; i < 8; i++)
        step(&outside);
    struct verdict v = step(&silence);
    ASSERT_INT(v.state, STATE_MANDATORY);
    for (int i = 0; i < 40; i++)
        v = step(&silence);
    ASSERT_INT(v.state, STATE_MANDATORY);
    ASSERT(v.held && !v.data_known);
    ASSERT_INT(v.triggers[M_BOUNDARY].answer, ANSWER_UNKNOWN);
    ASSERT_INT(v.previous, STATE_MANDATORY);
    ASSERT_INT(v.since_ms, SCENE_BEGIN + 8 * MS_PER_SLOT);
    ASSERT_INT(s.memory.unknown_since_ms, MOMENT_NONE);
}

/* Every M row said no twice, so MANDATORY ends; what follows is not known. */
static void without_a_pi_it_is_released_into_unknown(void)
{
    static const struct leg legs[] = {
        { 7, 89, 89, .05, STATE_NORMAL, false },
        { 4, 89, 89, .05, STATE_MANDATORY, false },
        { 4, 95, 95, NO_VALUE, STATE_MANDATORY, true },
        { 2, 95, 95, NO_VALUE, STATE_UNKNOWN, false },
        { 1, 95, 95, .05, STATE_NORMAL, false },
    };
    begin();
    play(legs, ARRAY_LEN(legs));
}

static void release_may_need_more_closes(void)
{
    static const struct leg legs[] = {
        { 7, 89, 89, .05, STATE_NORMAL, false },
        { 4, 89, 89, .05, STATE_MANDATORY, false },
        { 8, 95, 95, .05, STATE_MANDATORY, true },
        { 1, 95, 95, .05, STATE_NORMAL, false },
    };
    begin();
    s.config.release_closes = 3;
    play(legs, ARRAY_LEN(legs));
}

static void an_input_that_is_missing_makes_it_unknown(void)
{
    static const struct leg legs[] = {
        { 4, 100, 100, .05, STATE_NORMAL, false },
        { 1, 100, 100, NO_VALUE, STATE_UNKNOWN, false },
        { 1, 100, 100, .05, STATE_NORMAL, false },
        { 2, 0, 0, .05, STATE_NORMAL, false },
        { 3, 0, 0, .05, STATE_UNKNOWN, false }, /* 45 min without a trade */
        { 1, 100, 100, .05, STATE_NORMAL, false },
    };
    begin();
    play(legs, ARRAY_LEN(legs));
    s.hours_late = true;
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
    scene_trade(&s, 4, 100);
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.state, STATE_UNKNOWN);
    ASSERT(!v.data_known);
    s.config.mode[M_BOUNDARY] = TRIGGER_OFF; /* then it is not needed */
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
}

/* "Flat" is an answer: a price that does not move leaves no range. */
static void a_flat_pi_is_known(void)
{
    begin();
    scene_trade(&s, 4, 100);
    s.hazard.pi = value_none(VALUE_FLAT);
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.state, STATE_NORMAL);
    ASSERT(v.data_known);
    s.hazard.pi = value_none(VALUE_WARMUP);
    ASSERT_INT(scene_step(&s).state, STATE_UNKNOWN);
}

static void a_yes_stands_even_when_the_rest_is_unknown(void)
{
    begin();
    scene_trade(&s, 4, 100);
    scene_step(&s);
    scene_pass(&s, 4);
    scene_pi(&s, NO_VALUE);
    s.facts.ticker = 79;
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.state, STATE_MANDATORY);
    ASSERT(!v.data_known && !v.held);
}

/* Between .30 and .40, and between .20 and .25, the past decides. */
static void unknown_freezes_hysteresis(void)
{
    static const struct leg legs[] = {
        { 4, 100, 100, .35, STATE_WARNING, false },
        { 1, 100, 100, .40, STATE_LATEST, false },
        { 3, 100, 100, NO_VALUE, STATE_UNKNOWN, false },
        { 2, 100, 100, .35, STATE_LATEST, false },
        { 1, 100, 100, .29, STATE_WARNING, false },
        { 1, 100, 100, NO_VALUE, STATE_UNKNOWN, false },
        { 1, 100, 100, .35, STATE_WARNING, false },
        { 1, 100, 100, .21, STATE_WARNING, false },
        { 1, 100, 100, .19, STATE_NORMAL, false },
        { 1, 100, 100, NO_VALUE, STATE_UNKNOWN, false },
        { 1, 100, 100, .24, STATE_NORMAL, false },
    };
    begin();
    play(legs, ARRAY_LEN(legs));
}

static void triggers_remember_since_when(void)
{
    static const struct leg calm = { 1, 100, 100, .05, STATE_NORMAL, false };
    static const struct leg tense = { 1, 100, 100, .30, STATE_WARNING, false };
    static const struct leg blind = { 1,        100,           100,
                                      NO_VALUE, STATE_UNKNOWN, false };
    const struct trigger_memory *w = &s.memory.triggers[W_HAZ];
    begin();
    step(&calm);
    ASSERT(!w->active);
    ASSERT_INT(w->since_ms, MOMENT_NONE);
    step(&tense);
    int64_t since = s.now_ms;
    step(&blind);
    step(&tense);
    ASSERT(w->active);
    ASSERT_INT(w->since_ms, since);
    step(&calm);
    ASSERT(!w->active);
    ASSERT_INT(w->since_ms, MOMENT_NONE);
}

/* Slot numbers, 1 is the first; 0 is none. */
static int64_t at(int slot)
{
    return slot ? SCENE_BEGIN + slot * MS_PER_SLOT : MOMENT_NONE;
}

static void since_episode_and_previous_follow(void)
{
    // clang-format off
    static const struct {
        double pi;
        enum exit_state state, known, previous;
        int since, episode;
    } rows[] = {
        { NO_VALUE, STATE_UNKNOWN, STATE_UNKNOWN, STATE_UNKNOWN, 1,  0 },
        { NO_VALUE, STATE_UNKNOWN, STATE_UNKNOWN, STATE_UNKNOWN, 1,  0 },
        { .05,      STATE_NORMAL,  STATE_NORMAL,  STATE_UNKNOWN, 3,  0 },
        { .05,      STATE_NORMAL,  STATE_NORMAL,  STATE_NORMAL,  3,  0 },
        { .30,      STATE_WARNING, STATE_WARNING, STATE_NORMAL,  5,  5 },
        { .45,      STATE_LATEST,  STATE_LATEST,  STATE_WARNING, 6,  5 },
        { NO_VALUE, STATE_UNKNOWN, STATE_LATEST,  STATE_LATEST,  7,  5 },
        { NO_VALUE, STATE_UNKNOWN, STATE_LATEST,  STATE_UNKNOWN, 7,  5 },
        { .45,      STATE_LATEST,  STATE_LATEST,  STATE_UNKNOWN, 6,  5 },
        { NO_VALUE, STATE_UNKNOWN, STATE_LATEST,  STATE_LATEST,  10, 5 },
        { .25,      STATE_WARNING, STATE_WARNING, STATE_UNKNOWN, 11, 5 },
        { .05,      STATE_NORMAL,  STATE_NORMAL,  STATE_WARNING, 12, 0 },
        { NO_VALUE, STATE_UNKNOWN, STATE_NORMAL,  STATE_NORMAL,  13, 0 },
        { .30,      STATE_WARNING, STATE_WARNING, STATE_UNKNOWN, 14, 14 },
    };
    // clang-format on
    begin();
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct leg leg = { 1, 100, 100, rows[i].pi, rows[i].state, false };
        struct verdict v = step(&leg);
        char claim[32];
        snprintf(claim, sizeof(claim), "slot %zu", i + 1);
        test_int(v.state, rows[i].state, TEST_HERE(claim));
        test_int(v.known, rows[i].known, TEST_HERE(claim));
        test_int(v.previous, rows[i].previous, TEST_HERE(claim));
        test_int(v.since_ms, at(rows[i].since), TEST_HERE(claim));
        test_int(v.episode_ms, at(rows[i].episode), TEST_HERE(claim));
        ASSERT_INT(s.memory.slot_ms, s.now_ms);
        ASSERT_INT(s.memory.episode_ms, v.episode_ms);
    }
}

static void in_shadow_nothing_is_raised_and_all_is_recorded(void)
{
    begin();
    scene_alarm(&s);
    s.config.shadow = true;
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.state, STATE_NORMAL);
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        ASSERT_INT(v.triggers[i].answer, i == M_BLIND ? ANSWER_NO : ANSWER_YES);
        ASSERT_INT(s.memory.triggers[i].active, i != M_BLIND);
    }
    ASSERT_INT(v.together.yes, 0); /* no row that may raise */
    scene_trade(&s, 1, 79);
    v = scene_step(&s);
    ASSERT_INT(v.together.answer, ANSWER_NO);
    ASSERT_INT(v.state, STATE_NORMAL);
    s.config.shadow = false;
    scene_trade(&s, 1, 79);
    ASSERT_INT(scene_step(&s).state, STATE_MANDATORY);
}

static void a_row_in_shadow_raises_nothing(void)
{
    static const struct leg leg = { 1, 100, 100, .45, STATE_NORMAL, false };
    begin();
    s.config.mode[L_HAZ] = TRIGGER_SHADOW;
    for (int i = 0; i < 4; i++)
        ASSERT_INT(step(&leg).state, STATE_WARNING);
    s.config.mode[W_HAZ] = TRIGGER_OFF;
    ASSERT_INT(step(&leg).state, STATE_NORMAL);
    s.config.mode[L_HAZ] = TRIGGER_ACTIVE;
    ASSERT_INT(step(&leg).state, STATE_LATEST);
}

static void the_memory_may_be_written_in_place_or_apart(void)
{
    static const struct leg legs[] = {
        { 1, 100, 100, .45, STATE_LATEST, false },
        { 8, 89, 89, .89, STATE_LATEST, false },
        { 1, 79, 95, NO_VALUE, STATE_LATEST, false },
        { 6, 95, 95, .05, STATE_LATEST, false },
    };
    struct exit_memory apart = exit_memory_new();
    begin();
    for (size_t i = 0; i < ARRAY_LEN(legs); i++) {
        for (int k = 0; k < legs[i].slots; k++) {
            struct verdict a = step(&legs[i]), b;
            struct exit_memory next;
            struct trigger_inputs in = scene_look(&s);
            in.memory = &apart;
            exit_state_step(&in, &b, &next);
            apart = next;
            ASSERT_INT(a.state, b.state);
            ASSERT_INT(a.since_ms, b.since_ms);
            ASSERT_INT(next.clear_closes, s.memory.clear_closes);
            ASSERT_INT(next.latch.at_ms, s.memory.latch.at_ms);
            ASSERT_INT(next.scanned_ms, s.memory.scanned_ms);
        }
    }
}

void exit_state_test(void);
void exit_state_test(void)
{
    TEST_SUITE("exit/exit_state");
    TEST(the_crash_of_may_2021_goes_its_way);
    TEST(a_single_close_outside_is_clear);
    TEST(a_touch_of_the_stop_starts_the_count_again);
    TEST(unknown_neither_counts_nor_resets);
    TEST(a_close_that_cannot_be_judged_does_not_count);
    TEST(held_without_data_is_mandatory_and_says_so);
    TEST(without_a_pi_it_is_released_into_unknown);
    TEST(release_may_need_more_closes);
    TEST(an_input_that_is_missing_makes_it_unknown);
    TEST(a_flat_pi_is_known);
    TEST(a_yes_stands_even_when_the_rest_is_unknown);
    TEST(unknown_freezes_hysteresis);
    TEST(triggers_remember_since_when);
    TEST(since_episode_and_previous_follow);
    TEST(in_shadow_nothing_is_raised_and_all_is_recorded);
    TEST(a_row_in_shadow_raises_nothing);
    TEST(the_memory_may_be_written_in_place_or_apart);
}
