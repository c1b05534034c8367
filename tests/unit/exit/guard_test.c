/* L_GUARD: e <= .80 of its peak, once the peak reached A*.
 *
 * A* = max(1 % of capital, 1.65 (capital / 2) sigma_1h sqrt(1.25) / .25).
 * With capital 5000: sigma .004 gives 73.790243257493 (1.65 * 2500 * .004 =
 * 16.5; * 1.118033988749895 = 18.447560814373; / .25), sigma .002 gives
 * 36.895121628747, less than 1 % of 5000 = 50. */
#include "base/array.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static void begin(double sigma)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    s.memory.baseline.sigma_entry = value_real(sigma, 200);
}

// clang-format off
static const struct {
    const char *name;
    double sigma, peak;
    enum answer want;
} armed[] = {
    { "noise, below",             .004,               73.79024325, ANSWER_NOT_APPLICABLE },
    { "noise, at",                .004,               73.790243257493, ANSWER_YES },
    { "noise, above",             .004,               73.79024326, ANSWER_YES },
    { "1 %, below",               .002,               49.999999, ANSWER_NOT_APPLICABLE },
    { "1 %, below by rounding",   .002,               49.9999999994, ANSWER_NOT_APPLICABLE },
    { "1 %, at but for a bit",    .002,               49.9999999996, ANSWER_YES },
    { "1 %, at",                  .002,               50, ANSWER_YES },
    { "no noise at all",          0,                  50, ANSWER_YES },
    { "noise is more than 1 %",   .0028,              50, ANSWER_NOT_APPLICABLE },
    { "there never was a profit", 0,                  0, ANSWER_NOT_APPLICABLE },
};
// clang-format on

static void it_is_armed_by_a_peak_that_noise_does_not_make(void)
{
    for (size_t i = 0; i < ARRAY_LEN(armed); i++) {
        begin(armed[i].sigma);
        scene_pnl(&s, armed[i].peak / 2, armed[i].peak);
        struct trigger_result r = scene_ask(&s, L_GUARD);
        test_int(r.answer, armed[i].want, TEST_HERE(armed[i].name));
        ASSERT_INT(r.of, armed[i].want == ANSWER_YES);
    }
    begin(.002);
    s.config.l_guard.least = .5;
    scene_pnl(&s, 0, 2499);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_NOT_APPLICABLE);
    scene_pnl(&s, 0, 2500);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_YES);
}

// clang-format off
static const struct {
    const char *name;
    double e;
    enum answer want;
} kept[] = {
    { "all of it",            200,          ANSWER_NO },
    { "just above",           160.0000002,  ANSWER_NO },
    { "above by rounding",    160.00000012, ANSWER_NO },
    { "at, but for a bit",    160.00000008, ANSWER_YES },
    { "at",                   160,          ANSWER_YES },
    { "just below",           159.9999998,  ANSWER_YES },
    { "all given back",       0,            ANSWER_YES },
    { "and more",             -300,         ANSWER_YES },
};
// clang-format on

static void it_keeps_four_fifths(void)
{
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        begin(.004);
        scene_pnl(&s, kept[i].e, 200);
        struct trigger_result r = scene_ask(&s, L_GUARD);
        test_int(r.answer, kept[i].want, TEST_HERE(kept[i].name));
        ASSERT_NEAR(r.limit, .80, 0);
        ASSERT(fabs(r.value.v - kept[i].e / 200) < 1e-9);
        ASSERT(fabs(r.distance - (r.value.v - .80)) < 1e-9);
        ASSERT_INT(r.gate, ANSWER_NOT_APPLICABLE);
        ASSERT_INT(r.hits, r.answer == ANSWER_YES);
    }
    s.config.l_guard.keep = .5;
    scene_pnl(&s, 101, 200);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_NO);
    scene_pnl(&s, 100, 200);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_YES);
}

/* It has no hysteresis: what came back is kept. */
static void it_ends_when_the_profit_is_back(void)
{
    begin(.004);
    scene_pnl(&s, 150, 200);
    ASSERT_INT(scene_step(&s).state, STATE_LATEST);
    ASSERT(s.memory.triggers[L_GUARD].active);
    scene_pnl(&s, 161, 200);
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
}

/* The nominal path decides; the ends of the interval may see it otherwise. */
static void another_path_may_answer_differently(void)
{
    static const struct {
        double e, e_lo, e_hi, peak, peak_lo, peak_hi;
        enum answer want;
        bool uncertain;
    } rows[] = {
        { 150, 140, 155, 200, 200, 200, ANSWER_YES, false },
        { 150, 140, 165, 200, 200, 200, ANSWER_YES, true },
        { 170, 150, 180, 200, 200, 200, ANSWER_NO, true },
        { 170, 165, 180, 200, 200, 200, ANSWER_NO, false },
        { 50, 20, 60, 70, 60, 80, ANSWER_NOT_APPLICABLE, true },
        { 50, 20, 60, 70, 60, 73, ANSWER_NOT_APPLICABLE, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(.004);
        scene_pnl(&s, rows[i].e, rows[i].peak);
        s.position.pnl.e.lo = rows[i].e_lo;
        s.position.pnl.e.hi = rows[i].e_hi;
        s.position.pnl.peak.lo = rows[i].peak_lo;
        s.position.pnl.peak.hi = rows[i].peak_hi;
        struct trigger_result r = scene_ask(&s, L_GUARD);
        ASSERT_INT(r.answer, rows[i].want);
        ASSERT_INT(r.uncertain, rows[i].uncertain);
    }
}

static void it_is_asked_with_what_it_needs(void)
{
    begin(.004);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_NOT_APPLICABLE);
    scene_pnl(&s, 100, 200);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_YES);
    s.memory.baseline.sigma_entry = value_none(VALUE_WARMUP);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_UNKNOWN);
    s.memory.baseline.sigma_entry = value_none(VALUE_FLAT);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_NOT_APPLICABLE);
    begin(.004);
    scene_pnl(&s, 100, 200);
    s.position.pnl.e.nominal.status = VALUE_STALE;
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_UNKNOWN);
    scene_pnl(&s, 100, 200);
    s.position.pnl.peak.nominal = value_none(VALUE_UNAVAILABLE);
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_UNKNOWN);
    scene_pnl(&s, 100, 200);
    s.grid.capital = NO_VALUE;
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_NOT_APPLICABLE);
    s.grid.capital = 5000;
    s.config.profile = PROFILE_SEED;
    ASSERT_INT(scene_ask(&s, L_GUARD).answer, ANSWER_NOT_APPLICABLE);
}

void guard_test(void);
void guard_test(void)
{
    TEST_SUITE("exit/trigger: L_GUARD");
    TEST(it_is_armed_by_a_peak_that_noise_does_not_make);
    TEST(it_keeps_four_fifths);
    TEST(it_ends_when_the_profit_is_back);
    TEST(another_path_may_answer_differently);
    TEST(it_is_asked_with_what_it_needs);
}
