/* The warnings that count together: two of five, held on two bars. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

#define WARNINGS 5
static const enum trigger_id ids[WARNINGS] = { W_TRANS, W_CONF, W_ER, W_MR,
                                               W_VER };

/* No, yes or unknown, in both profiles. */
static struct value dial(double no, double yes, enum answer a)
{
    if (a == ANSWER_UNKNOWN)
        return value_none(VALUE_WARMUP);
    return value_real(a == ANSWER_YES ? yes : no, 80);
}

static void set(enum trigger_id id, enum answer a)
{
    struct value *m = s.metrics.values;
    switch ((int)id) {
    case W_TRANS:
        s.regime.p[CLASS_TRANSITION] = dial(.05, .40, a);
        s.regime.raw[CLASS_TRANSITION] = dial(.05, .40, a);
        break;
    case W_CONF:
        s.regime.fall = (struct regime_fall){ a, dial(0, .10, a) };
        break;
    case W_ER:
        m[METRIC_ER24_1H] = dial(.1, .5, a);
        break;
    case W_MR:
        m[METRIC_T_DF_1H] = dial(-1, -1, a);
        s.regime.m_fall_6h = dial(0, 15, a);
        s.hourly.rows[s.hourly.count - 1].raw100 = a == ANSWER_YES ? 20 : 10;
        break;
    default:
        m[METRIC_VER_1H] = m[METRIC_VER_RAW_1H] = dial(1, 1.2, a);
    }
}

static void begin(enum profile profile)
{
    scene_begin(&s);
    scene_trade(&s, 16, 100);
    s.config.profile = profile;
    s.memory.baseline.identified = false; /* M decides W_MR */
}

/* All 32 rows, each once with every answer known and once with each of the five
 * unknown, in both profiles. Two that say yes are enough; if the unknown one
 * could make it two, nobody knows. */
static void two_of_five(void)
{
    for (int profile = 0; profile < PROFILE_COUNT; profile++)
        for (int mask = 0; mask < 1 << WARNINGS; mask++)
            for (int gap = 0; gap <= WARNINGS; gap++) {
                int yes = 0;
                begin((enum profile)profile);
                for (int i = 0; i < WARNINGS; i++) {
                    bool on = mask >> i & 1;
                    set(ids[i], i == gap ? ANSWER_UNKNOWN
                                : on     ? ANSWER_YES
                                         : ANSWER_NO);
                    yes += on && i != gap;
                }
                s.memory.counts.warnings = 1; /* one bar before */
                struct verdict v = scene_step(&s);
                bool open = yes == 1 && gap < WARNINGS;
                ASSERT_INT(v.together.yes, yes);
                ASSERT_INT(v.together.unknown, gap < WARNINGS);
                ASSERT_INT(v.together.answer, yes >= 2 ? ANSWER_YES
                                              : open   ? ANSWER_UNKNOWN
                                                       : ANSWER_NO);
                ASSERT_INT(v.together.held, yes >= 2 ? 2 : open ? 1 : 0);
                ASSERT_INT(v.state, yes >= 2 ? STATE_WARNING : STATE_NORMAL);
            }
}

static void warn(int n)
{
    for (int i = 0; i < WARNINGS; i++)
        set(ids[i], i < n ? ANSWER_YES : ANSWER_NO);
}

static struct verdict next(int n)
{
    scene_trade(&s, 1, 100);
    warn(n);
    return scene_step(&s);
}

/* Calibrated: two successive bars. Seed: at once. */
static void the_calibrated_profile_waits_for_a_second_bar(void)
{
    static const struct {
        int warnings;
        enum exit_state calibrated, seed;
        int64_t held;
    } bars[] = {
        { 1, STATE_NORMAL, STATE_NORMAL, 0 },
        { 2, STATE_NORMAL, STATE_WARNING, 1 },
        { 1, STATE_NORMAL, STATE_NORMAL, 0 },
        { 2, STATE_NORMAL, STATE_WARNING, 1 },
        { 3, STATE_WARNING, STATE_WARNING, 2 },
        { 2, STATE_WARNING, STATE_WARNING, 3 },
        { 1, STATE_NORMAL, STATE_NORMAL, 0 },
        { 5, STATE_NORMAL, STATE_WARNING, 1 },
        { 0, STATE_NORMAL, STATE_NORMAL, 0 },
    };
    for (int profile = 0; profile < PROFILE_COUNT; profile++) {
        begin((enum profile)profile);
        for (size_t i = 0; i < ARRAY_LEN(bars); i++) {
            struct verdict v = next(bars[i].warnings);
            ASSERT_INT(v.state, profile == PROFILE_SEED ? bars[i].seed
                                                        : bars[i].calibrated);
            ASSERT_INT(v.together.held, bars[i].held);
            ASSERT_INT(s.memory.counts.warnings, bars[i].held);
        }
    }
}

/* A slot without a bar is no bar; the seed does not wait for one. */
static void bars_are_counted_and_not_runs(void)
{
    begin(PROFILE_CALIBRATED);
    ASSERT_INT(next(2).together.held, 1);
    for (int i = 0; i < 2; i++) {
        scene_pass(&s, 1);
        ASSERT_INT(scene_step(&s).together.held, 1);
        ASSERT_INT(s.memory.known, STATE_NORMAL);
    }
    ASSERT_INT(next(2).state, STATE_WARNING);
    scene_pass(&s, 1);
    ASSERT_INT(scene_step(&s).state, STATE_WARNING);
    ASSERT_INT(s.memory.counts.warnings, 2);
    begin(PROFILE_SEED);
    scene_step(&s);
    scene_pass(&s, 1);
    warn(2);
    ASSERT_INT(scene_step(&s).state, STATE_WARNING);
    ASSERT_INT(s.memory.counts.warnings, 0);
}

/* The bar of the slot comes a slot late, each time. */
static void bars_that_come_late_count_when_they_come(void)
{
    begin(PROFILE_CALIBRATED);
    warn(2);
    scene_step(&s);
    for (int64_t i = 2; i < 5; i++) {
        struct bar *b = made_add(&s.made[TF_15M], s.now_ms / MS_PER_SLOT, 100);
        s.now_ms += 2 * MS_PER_SLOT;
        struct verdict v = scene_step(&s);
        ASSERT_INT(s.view.close_ms, b->open_ms + MS_PER_SLOT);
        ASSERT_INT(v.together.held, i);
        s.now_ms -= MS_PER_SLOT;
    }
}

static void unknown_leaves_the_count_as_it_was(void)
{
    begin(PROFILE_CALIBRATED);
    next(2);
    scene_trade(&s, 1, 100);
    warn(1);
    set(W_VER, ANSWER_UNKNOWN); /* it may be two: the row, not the state */
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.together.answer, ANSWER_UNKNOWN);
    ASSERT_INT(v.state, STATE_NORMAL);
    ASSERT_INT(s.memory.counts.warnings, 1);
    s.regime.q = value_none(VALUE_WARMUP); /* the state */
    ASSERT_INT(next(2).state, STATE_WARNING);
    begin(PROFILE_CALIBRATED);
    s.regime.q = value_none(VALUE_WARMUP);
    for (int i = 0; i < 5; i++) {
        v = next(2);
        ASSERT_INT(v.state, STATE_UNKNOWN);
        ASSERT_INT(v.together.held, 1);
        ASSERT_INT(s.memory.counts.warnings, 0);
    }
    s.regime.q = value_real(.1, 80);
    ASSERT_INT(next(2).state, STATE_NORMAL);
    ASSERT_INT(next(2).state, STATE_WARNING);
}

static void rows_that_only_watch_do_not_count(void)
{
    begin(PROFILE_CALIBRATED);
    s.config.mode[W_TRANS] = TRIGGER_SHADOW;
    s.config.mode[W_CONF] = TRIGGER_OFF;
    next(3);
    struct verdict v = next(3);
    ASSERT_INT(v.together.yes, 1);
    ASSERT_INT(v.state, STATE_NORMAL);
    ASSERT_INT(v.triggers[W_TRANS].answer, ANSWER_YES);
    ASSERT_INT(v.triggers[W_CONF].answer, ANSWER_NOT_APPLICABLE);
    next(4);
    ASSERT_INT(next(4).state, STATE_WARNING);
}

static void how_many_and_how_long_can_be_set(void)
{
    begin(PROFILE_CALIBRATED);
    s.config.warning.needed = 3;
    s.config.warning.held = 3;
    next(2);
    next(2);
    ASSERT_INT(next(2).together.held, 0);
    next(3);
    ASSERT_INT(next(3).state, STATE_NORMAL);
    ASSERT_INT(next(4).state, STATE_WARNING);
    s.config.warning.held = 1;
    next(0);
    ASSERT_INT(next(3).state, STATE_WARNING);
}

/* W_HAZ and W_TREND: alone, at once, and not among the two. */
static void two_rows_warn_alone(void)
{
    begin(PROFILE_CALIBRATED);
    scene_pi(&s, .25);
    struct verdict v = next(0);
    ASSERT_INT(v.state, STATE_WARNING);
    ASSERT_INT(v.together.yes, 0);
    begin(PROFILE_CALIBRATED);
    scene_label(&s, REGIME_TREND, 1);
    v = next(0);
    ASSERT_INT(v.state, STATE_WARNING);
    ASSERT_INT(v.together.yes, 0);
    v = next(1);
    ASSERT_INT(v.together.answer, ANSWER_NO);
    begin(PROFILE_SEED); /* where pi raises nothing */
    scene_pi(&s, .89);
    v = next(0);
    ASSERT_INT(v.state, STATE_NORMAL);
    ASSERT_INT(v.triggers[W_HAZ].answer, ANSWER_NOT_APPLICABLE);
}

void together_test(void);
void together_test(void)
{
    TEST_SUITE("exit/exit_state: two of five");
    TEST(two_of_five);
    TEST(the_calibrated_profile_waits_for_a_second_bar);
    TEST(bars_are_counted_and_not_runs);
    TEST(bars_that_come_late_count_when_they_come);
    TEST(unknown_leaves_the_count_as_it_was);
    TEST(rows_that_only_watch_do_not_count);
    TEST(how_many_and_how_long_can_be_set);
    TEST(two_rows_warn_alone);
}
