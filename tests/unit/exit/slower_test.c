/* L_HL: a half-life against that of the grid's beginning, which is 10 bars. */
#include "base/array.h"
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

/* HL_c >= 2 x 10 and t > -1.95, on four successive 1h closes. */
// clang-format off
static const struct {
    const char *name;
    double hl, t;
    size_t rows; /* that say so; those before them say no */
    enum answer want;
} half_lives[] = {
    { "as usual",             10,           -3,           9, ANSWER_NO },
    { "just below",           19.99999999,  -1,           9, ANSWER_NO },
    { "below by rounding",    19.999999994, -1,           9, ANSWER_NO },
    { "at, but for a bit",    19.999999996, -1,           9, ANSWER_YES },
    { "at",                   20,           -1,           9, ANSWER_YES },
    { "just above",           20.00000001,  -1,           9, ANSWER_YES },
    { "infinite",             HUGE_VAL,     -1,           9, ANSWER_YES },
    { "oscillating",          0,            -1,           9, ANSWER_NO },
    { "t at",                 30,           -1.95,        9, ANSWER_NO },
    { "t above by rounding",  30,           -1.9499999996, 9, ANSWER_NO },
    { "t just above",         30,           -1.949999999, 9, ANSWER_YES },
    { "t just below",         30,           -1.950000001, 9, ANSWER_NO },
    { "3 closes",             30,           -1,           3, ANSWER_NO },
    { "4 closes",             30,           -1,           4, ANSWER_YES },
    { "5 closes",             30,           -1,           5, ANSWER_YES },
};
// clang-format on

static void grow(double hl, double t, size_t rows)
{
    struct hourly_row *r = s.hourly.rows;
    scene_rows(&s, 9, s.row);
    for (size_t i = 9 - rows; i < 9; i++) {
        r[i].hl200 = hl;
        r[i].t200 = t;
    }
}

static void a_half_life_doubles_on_four_closes(void)
{
    for (size_t i = 0; i < ARRAY_LEN(half_lives); i++) {
        double hl = half_lives[i].hl;
        begin(PROFILE_CALIBRATED);
        scene_pi(&s, .37);
        grow(hl, half_lives[i].t, half_lives[i].rows);
        struct trigger_result r = scene_ask(&s, L_HL);
        test_int(r.answer, half_lives[i].want, TEST_HERE(half_lives[i].name));
        ASSERT_INT(r.of, 4);
        ASSERT_NEAR(r.limit, 2, 0);
        ASSERT_INT(r.value.status,
                   isfinite(hl) ? VALUE_REAL : VALUE_NOT_IDENTIFIED);
        if (isfinite(hl))
            ASSERT(fabs(r.distance - (2 - r.value.v)) < 1e-12);
        if (isfinite(hl))
            ASSERT_NEAR(r.value.v, hl / 10, 1e-8);
    }
}

static void a_half_life_is_counted_over_rows_that_follow_each_other(void)
{
    begin(PROFILE_CALIBRATED);
    scene_pi(&s, .37);
    grow(30, -1, 9);
    struct hourly_row *r = s.hourly.rows;
    r[7].hl200 = 19;
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, L_HL).hits, 1);
    r[7].hl200 = NO_VALUE; /* not measured: nobody knows */
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_UNKNOWN);
    r[7].hl200 = 30;
    r[7].t200 = NO_VALUE;
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_UNKNOWN);
    r[7].t200 = -1;
    r[4].hl200 = NO_VALUE; /* before the four */
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_YES);
    r[6].gap = true; /* trading stopped before the third newest */
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_NO);
    ASSERT_INT(scene_ask(&s, L_HL).hits, 3);
    r[6].gap = false;
    r[5].gap = true; /* four since it went on */
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_YES);
    s.hourly.count = 3;
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_NO);
    s.hourly.count = 0;
    ASSERT_INT(scene_ask(&s, L_HL).answer, ANSWER_UNKNOWN);
}

static void a_half_life_needs_the_gate(void)
{
    begin(PROFILE_CALIBRATED);
    grow(30, -1, 9);
    s.hourly.rows[8].raw200 = 20;
    hold_to_the_gate(&s, L_HL);
}

/* What there was to compare with when the grid began. */
// clang-format off
static const struct {
    const char *name;
    double bars;
    enum value_status status;
    bool identified;
    enum answer calibrated, seed; /* raw and corrected are infinite now */
} baselines[] = {
    { "identified",     10,       VALUE_REAL,           true,  ANSWER_YES,            ANSWER_YES },
    { "not identified", 10,       VALUE_REAL,           false, ANSWER_NOT_APPLICABLE, ANSWER_YES },
    { "infinite",       NO_VALUE, VALUE_NOT_IDENTIFIED, false, ANSWER_NOT_APPLICABLE, ANSWER_NOT_APPLICABLE },
    { "too young",      NO_VALUE, VALUE_WARMUP,         false, ANSWER_UNKNOWN,        ANSWER_UNKNOWN },
};
// clang-format on

static void the_baseline_decides_what_can_be_asked(void)
{
    for (size_t i = 0; i < ARRAY_LEN(baselines); i++) {
        begin(PROFILE_CALIBRATED);
        scene_pi(&s, .9);
        grow(HUGE_VAL, -1, 9);
        s.hourly.rows[8].raw200 = HUGE_VAL;
        s.memory.baseline.half_life =
            (struct value){ baselines[i].bars, baselines[i].status, 400 };
        s.memory.baseline.identified = baselines[i].identified;
        test_int(scene_ask(&s, L_HL).answer, baselines[i].calibrated,
                 TEST_HERE(baselines[i].name));
        s.config.profile = PROFILE_SEED;
        test_int(scene_ask(&s, L_HL).answer, baselines[i].seed,
                 TEST_HERE(baselines[i].name));
    }
}

/* The seed reads the raw one, at one close, whatever t says. */
static void a_raw_half_life_doubles(void)
{
    static const struct {
        double raw;
        enum answer want;
    } rows[] = {
        { 19.99999999, ANSWER_NO },
        { 20, ANSWER_YES },
        { 20.00000001, ANSWER_YES },
        { HUGE_VAL, ANSWER_YES },
        { 0, ANSWER_NO },
        { NO_VALUE, ANSWER_UNKNOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_SEED);
        scene_rows(&s, 9, s.row); /* t -3 */
        s.hourly.rows[8].raw200 = rows[i].raw;
        struct trigger_result r = scene_ask(&s, L_HL);
        ASSERT_INT(r.answer, rows[i].want);
        ASSERT_INT(r.of, 1);
        ASSERT_NEAR(r.limit, 2, 0);
        ASSERT_INT(r.hits, r.answer == ANSWER_YES);
    }
}

void slower_test(void);
void slower_test(void)
{
    TEST_SUITE("exit/trigger: L_HL");
    TEST(a_half_life_doubles_on_four_closes);
    TEST(a_half_life_is_counted_over_rows_that_follow_each_other);
    TEST(a_half_life_needs_the_gate);
    TEST(the_baseline_decides_what_can_be_asked);
    TEST(a_raw_half_life_doubles);
}
