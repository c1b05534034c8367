/* The whole ladder, up and down, rung by rung. */
#include <stdio.h>

#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

/* What a slot brings. Prices of 0: no trade. */
struct rung {
    int slots;
    double close, pi, p_trend, e;
    bool crisis;
    enum exit_state want, known;
    enum trigger_id says_yes; /* of the last slot; TRIGGER_COUNT: none */
    int episode;              /* 0: none; else the slot that left NORMAL */
};

static struct verdict climb(const struct rung *r)
{
    if (r->close > 0)
        scene_trade(&s, 1, r->close);
    else
        scene_pass(&s, 1);
    scene_pi(&s, r->pi);
    s.regime.p[CLASS_TREND] = value_real(r->p_trend, 80);
    s.crisis.answer = r->crisis ? ANSWER_YES : ANSWER_NO;
    scene_pnl(&s, r->e, 100);
    return scene_step(&s);
}

static void play(const struct rung *rungs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct rung *r = &rungs[i];
        struct verdict v = { 0 };
        char claim[32];
        snprintf(claim, sizeof(claim), "rung %zu", i);
        for (int k = 0; k < r->slots; k++) {
            v = climb(r);
            test_int(v.state, r->want, TEST_HERE(claim));
            test_int(v.known, r->known, TEST_HERE(claim));
        }
        if (r->says_yes < TRIGGER_COUNT)
            test_int(v.triggers[r->says_yes].answer, ANSWER_YES,
                     TEST_HERE(claim));
        test_int(v.episode_ms,
                 r->episode ? SCENE_BEGIN + r->episode * MS_PER_SLOT
                            : MOMENT_NONE,
                 TEST_HERE(claim));
    }
}

/* The hour before the first slot closed at 100. */
static void begin(enum profile profile)
{
    scene_begin(&s);
    s.config.profile = profile;
    made_add(&s.made[TF_1H], SCENE_BEGIN / MS_PER_HOUR - 1, 100);
}

#define U      STATE_UNKNOWN
#define N      STATE_NORMAL
#define W      STATE_WARNING
#define L      STATE_LATEST
#define M      STATE_MANDATORY
#define NOBODY TRIGGER_COUNT

// clang-format off
static const struct rung calibrated[] = {
    /* slots close  pi      p_T   e   crisis  state known  who      episode */
    { 4,     100,  .05,      .05, 100, false, N,    N, NOBODY,     0 },
    { 1,     97,   .25,      .05, 100, false, W,    W, W_HAZ,      5 },
    { 2,     97,   .21,      .05, 100, false, W,    W, W_HAZ,      5 },
    { 1,     94,   .40,      .05, 100, false, L,    L, L_HAZ,      5 },
    { 1,     94,   .31,      .05, 100, false, L,    L, L_HAZ,      5 },
    { 1,     94,   NO_VALUE, .05, 100, false, U,    L, NOBODY,     5 }, /* pi is not known */
    { 1,     94,   .31,      .05, 100, false, L,    L, L_HAZ,      5 },
    { 1,     97,   .29,      .05, 100, false, W,    W, W_HAZ,      5 },
    { 1,     97,   .22,      .05, 100, true,  L,    L, L_CRISIS,   5 },
    { 1,     97,   .22,      .05, 80,  false, L,    L, L_GUARD,    5 },
    { 1,     97,   .19,      .05, 100, false, N,    N, NOBODY,     0 }, /* slot 15 */
    { 1,     97,   .05,      .05, 70,  false, L,    L, L_GUARD,    16 }, /* slot 16: 04:00 */
    { 3,     96,   .30,      .75, 100, false, W,    W, W_HAZ,      16 },
    { 1,     96,   .30,      .75, 100, false, M,    M, M_TREND,    16 }, /* 05:00 */
    { 3,     96,   .30,      .10, 100, false, M,    M, W_HAZ,      16 }, /* held */
    { 1,     96,   .30,      .10, 100, false, M,    M, W_HAZ,      16 }, /* 06:00, 1st clear close */
    { 3,     0,    NO_VALUE, .10, 100, false, M,    M, NOBODY,     16 }, /* held, blind */
    { 1,     0,    NO_VALUE, .10, 100, false, M,    M, NOBODY,     16 }, /* 07:00 does not count */
    { 3,     96,   .30,      .10, 100, false, M,    M, W_HAZ,      16 },
    { 1,     96,   .30,      .10, 100, false, W,    W, W_HAZ,      16 }, /* 08:00, 2nd: released */
    { 1,     100,  .05,      .05, 100, false, N,    N, NOBODY,     0 },
    { 1,     100,  .05,      .05, -650, false, M,   M, M_EQUITY,   34 }, /* 100 - (-650) is 15 % of 5000 */
};
static const struct rung seed[] = {
    { 4,     100,  .89,      .05, 100, false, N,    N, NOBODY,     0 }, /* pi raises nothing */
    { 4,     100,  .89,      .90, -900, true, N,    N, NOBODY,     0 }, /* nor p, e, a crisis */
    { 4,     89,   .89,      .05, 100, false, N,    N, NOBODY,     0 }, /* one close outside */
    { 3,     89,   .89,      .05, 100, false, N,    N, NOBODY,     0 },
    { 1,     89,   .89,      .05, 100, false, M,    M, M_BOUNDARY, 16 },
    { 3,     95,   .89,      .05, 100, false, M,    M, M_BOUNDARY, 16 },
    { 4,     95,   .89,      .05, 100, false, M,    M, NOBODY,     16 },
    { 1,     95,   .89,      .05, 100, false, N,    N, NOBODY,     0 },
};
// clang-format on

static void up_and_down_the_calibrated_ladder(void)
{
    begin(PROFILE_CALIBRATED);
    play(calibrated, ARRAY_LEN(calibrated));
}

static void up_and_down_the_ladder_of_the_seed(void)
{
    begin(PROFILE_SEED);
    s.memory.baseline.sigma_st = value_real(.5, 100); /* L_Z stays calm */
    play(seed, ARRAY_LEN(seed));
}

/* Of all rows that say yes the worst decides; a row that is not active, and one
 * that counts only together, raises nothing alone. */
static void the_worst_yes_decides(void)
{
    for (int id = 0; id < TRIGGER_COUNT; id++) {
        if (id == M_BLIND)
            continue;
        scene_begin(&s);
        scene_alarm(&s);
        for (int i = 0; i < TRIGGER_COUNT; i++)
            s.config.mode[i] = i == id ? TRIGGER_ACTIVE : TRIGGER_SHADOW;
        struct verdict v = scene_step(&s);
        test_int(v.state,
                 triggers[id].together ? STATE_NORMAL : triggers[id].raises,
                 TEST_HERE(triggers[id].id));
        s.config.mode[id] = TRIGGER_SHADOW;
        s.memory = exit_memory_new();
        test_int(scene_step(&s).state, STATE_NORMAL,
                 TEST_HERE(triggers[id].id));
    }
    scene_begin(&s);
    scene_alarm(&s);
    for (int level = STATE_MANDATORY; level > STATE_NORMAL; level--) {
        s.memory.known = STATE_NORMAL;
        ASSERT_INT(scene_step(&s).state, level);
        for (int i = 0; i < TRIGGER_COUNT; i++)
            if ((int)triggers[i].raises == level)
                s.config.mode[i] = TRIGGER_OFF;
    }
    s.memory.known = STATE_NORMAL;
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
}

/* A crisis raises LATEST at most: M_TREND reads the label before it. */
static void a_crisis_is_never_mandatory(void)
{
    for (int profile = 0; profile < PROFILE_COUNT; profile++) {
        begin((enum profile)profile);
        s.crisis.answer = ANSWER_YES;
        s.crisis.hit = true;
        s.regime.pooled = REGIME_TREND;
        s.regime.confidence = value_real(0, 80);
        for (int i = 0; i < 8; i++) {
            scene_trade(&s, 1, 100);
            scene_pi(&s, .89);
            ASSERT_INT(scene_step(&s).state,
                       profile == PROFILE_SEED ? STATE_NORMAL : STATE_LATEST);
        }
        ASSERT_INT(s.memory.crisis_ms, s.now_ms);
    }
}

/* Rows in shadow or off neither raise MANDATORY nor keep it. */
static void only_active_rows_hold_it(void)
{
    scene_begin(&s);
    scene_bar(&s, 79, 100, 100);
    ASSERT_INT(scene_step(&s).state, STATE_MANDATORY);
    s.config.mode[M_STOP] = TRIGGER_SHADOW;
    for (int i = 0; i < 6; i++) {
        scene_trade(&s, 1, 100);
        struct verdict v = scene_step(&s);
        ASSERT_INT(v.state, STATE_MANDATORY);
        ASSERT_INT(v.triggers[M_STOP].answer, ANSWER_YES);
        ASSERT(v.held);
    }
    scene_trade(&s, 1, 100); /* 02:00, the second close */
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
}

void ladder_test(void);
void ladder_test(void)
{
    TEST_SUITE("exit/exit_state: the ladder");
    TEST(up_and_down_the_calibrated_ladder);
    TEST(up_and_down_the_ladder_of_the_seed);
    TEST(the_worst_yes_decides);
    TEST(a_crisis_is_never_mandatory);
    TEST(only_active_rows_hold_it);
}
