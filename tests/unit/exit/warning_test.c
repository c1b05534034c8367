/* The rows that raise WARNING at their limits, in both profiles. W_HAZ is in
 * trigger_test.c, W_TREND in mandatory_test.c beside M_TREND. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static void begin(enum profile profile)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    s.config.profile = profile;
}

static struct value real_or(double v, enum value_status status)
{
    return isnan(v) ? value_none(status) : value_real(v, 80);
}

/* max(p of TRANSITION, pi) >= .40 or q >= .50. NO_VALUE: warmup. */
// clang-format off
static const struct {
    const char *name;
    double p, pi, q;
    enum answer want;
    double value, limit; /* that are shown */
} transitions[] = {
    { "none",                .05,          .05,         .10,         ANSWER_NO,      .05, .40 },
    { "pi just below",       .05,          .399999999,  .10,         ANSWER_NO,      .399999999, .40 },
    { "pi at but for a bit", .05,          .3999999996, .10,         ANSWER_YES,     .40, .40 },
    { "pi at",               .05,          .40,         .10,         ANSWER_YES,     .40, .40 },
    { "p just below",        .399999999,   .05,         .45,         ANSWER_NO,      .399999999, .40 },
    { "p at",                .40,          .05,         .45,         ANSWER_YES,     .40, .40 },
    { "p and pi",            .41,          .60,         .45,         ANSWER_YES,     .60, .40 },
    { "q just below",        .05,          .05,         .499999999,  ANSWER_NO,      .499999999, .50 },
    { "q at but for a bit",  .05,          .05,         .4999999996, ANSWER_YES,     .50, .50 },
    { "q at",                .05,          .05,         .50,         ANSWER_YES,     .50, .50 },
    { "pi unknown, p at",    .40,          NO_VALUE,    .45,         ANSWER_YES,     .40, .40 },
    { "pi unknown, q at",    .05,          NO_VALUE,    .50,         ANSWER_YES,     .50, .50 },
    { "pi unknown, rest no", .05,          NO_VALUE,    .10,         ANSWER_UNKNOWN, NO_VALUE, .40 },
    { "p unknown, pi at",    NO_VALUE,     .40,         NO_VALUE,    ANSWER_YES,     .40, .40 },
    { "p unknown, pi below", NO_VALUE,     .39,         NO_VALUE,    ANSWER_UNKNOWN, NO_VALUE, .40 },
    { "all unknown",         NO_VALUE,     NO_VALUE,    NO_VALUE,    ANSWER_UNKNOWN, NO_VALUE, .40 },
};
// clang-format on

static void a_transition_by_p_by_pi_or_by_q(void)
{
    for (size_t i = 0; i < ARRAY_LEN(transitions); i++) {
        begin(PROFILE_CALIBRATED);
        s.regime.p[CLASS_TRANSITION] = real_or(transitions[i].p, VALUE_WARMUP);
        s.regime.q = real_or(transitions[i].q, VALUE_WARMUP);
        s.hazard.pi = real_or(transitions[i].pi, VALUE_WARMUP);
        struct trigger_result r = scene_ask(&s, W_TRANS);
        test_int(r.answer, transitions[i].want, TEST_HERE(transitions[i].name));
        test_number(r.value.v, transitions[i].value, 1e-12,
                    TEST_HERE(transitions[i].name));
        ASSERT_NEAR(r.limit, transitions[i].limit, 0);
        ASSERT_INT(r.seen_ms, r.answer == ANSWER_YES ? s.now_ms : MOMENT_NONE);
    }
}

static void what_is_flat_is_no_transition(void)
{
    begin(PROFILE_CALIBRATED);
    s.regime.p[CLASS_TRANSITION] = s.regime.q = value_none(VALUE_FLAT);
    struct trigger_result r = scene_ask(&s, W_TRANS);
    ASSERT_INT(r.answer, ANSWER_NO); /* pi can be asked */
    ASSERT_NEAR(r.value.v, .05, 0);
    s.hazard.pi = value_none(VALUE_FLAT);
    ASSERT_INT(scene_ask(&s, W_TRANS).answer, ANSWER_NOT_APPLICABLE);
    s.hazard.pi = value_none(VALUE_STALE);
    ASSERT_INT(scene_ask(&s, W_TRANS).answer, ANSWER_UNKNOWN);
}

static void the_seed_reads_p_before_smoothing(void)
{
    static const struct {
        double raw;
        enum answer want;
    } rows[] = {
        { .399999999, ANSWER_NO },
        { .3999999996, ANSWER_YES },
        { .40, ANSWER_YES },
        { NO_VALUE, ANSWER_UNKNOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_SEED);
        scene_pi(&s, .89);
        s.regime.p[CLASS_TRANSITION] = s.regime.q = value_real(.9, 80);
        s.regime.raw[CLASS_TRANSITION] = real_or(rows[i].raw, VALUE_WARMUP);
        ASSERT_INT(scene_ask(&s, W_TRANS).answer, rows[i].want);
    }
}

// clang-format off
static const struct {
    const char *name;
    enum answer falling;
    double drop;
    enum answer calibrated, seed;
} falls[] = {
    { "no fall",             ANSWER_NO,      0,            ANSWER_NO,      ANSWER_NO },
    { "no three falls",      ANSWER_NO,      .5,           ANSWER_NO,      ANSWER_NO },
    { "a small one",         ANSWER_YES,     .000000001,   ANSWER_NO,      ANSWER_YES },
    { "just too small",      ANSWER_YES,     .099999999,   ANSWER_NO,      ANSWER_YES },
    { "at, but for a bit",   ANSWER_YES,     .0999999996,  ANSWER_YES,     ANSWER_YES },
    { "at",                  ANSWER_YES,     .10,          ANSWER_YES,     ANSWER_YES },
    { "just above",          ANSWER_YES,     .100000001,   ANSWER_YES,     ANSWER_YES },
    { "unknown",             ANSWER_UNKNOWN, NO_VALUE,     ANSWER_UNKNOWN, ANSWER_UNKNOWN },
};
// clang-format on

static void confidence_falls_on_three_closes(void)
{
    for (size_t i = 0; i < ARRAY_LEN(falls); i++) {
        begin(PROFILE_CALIBRATED);
        s.regime.fall =
            (struct regime_fall){ falls[i].falling,
                                  real_or(falls[i].drop, VALUE_WARMUP) };
        struct trigger_result r = scene_ask(&s, W_CONF);
        test_int(r.answer, falls[i].calibrated, TEST_HERE(falls[i].name));
        ASSERT_NEAR(r.limit, .10, 0);
        ASSERT_INT(r.of, 3);
        ASSERT_INT(r.hits, falls[i].falling == ANSWER_YES ? 3 : 0);
        ASSERT_INT(r.evidence != EVIDENCE_NONE, r.answer == ANSWER_YES);
        s.config.profile = PROFILE_SEED;
        test_int(scene_ask(&s, W_CONF).answer, falls[i].seed,
                 TEST_HERE(falls[i].name));
    }
}

/* z = ER sqrt(48 / pi) = ER * 3.9088200952233594. */
// clang-format off
static const struct {
    double er;
    enum answer calibrated, seed;
} ways[] = {
    { .1,          ANSWER_NO,  ANSWER_NO },
    { .30,         ANSWER_NO,  ANSWER_NO },  /* above, not at */
    { .3000000004, ANSWER_NO,  ANSWER_NO },
    { .300000001,  ANSWER_NO,  ANSWER_YES },
    { .42084310864299, ANSWER_NO,  ANSWER_YES }, /* z 1.645 */
    { .42084310874,    ANSWER_NO,  ANSWER_YES }, /* z 1.6450000004 */
    { .4208431088,     ANSWER_YES, ANSWER_YES }, /* z 1.6450000006 */
    { 1,           ANSWER_YES, ANSWER_YES },
};
// clang-format on

static void a_way_is_straighter_than_chance(void)
{
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        begin(PROFILE_CALIBRATED);
        s.metrics.values[METRIC_ER24_1H] = value_real(ways[i].er, 25);
        struct trigger_result r = scene_ask(&s, W_ER);
        ASSERT_INT(r.answer, ways[i].calibrated);
        ASSERT(fabs(r.value.v - ways[i].er * 3.9088200952233594) < 1e-9);
        ASSERT_NEAR(r.limit, 1.645, 0);
        s.config.profile = PROFILE_SEED;
        r = scene_ask(&s, W_ER);
        ASSERT_INT(r.answer, ways[i].seed);
        ASSERT_NEAR(r.limit, .30, 0);
    }
}

/* HL_c >= 1.5 x 10 and t > -1.95 on the newest close; where the baseline is
 * not identified, M fell by 15 points in 6 h. */
// clang-format off
static const struct {
    const char *name;
    bool identified;
    double hl, t, m_fall;
    enum answer want;
} slow[] = {
    { "as usual",            true,  10,          -3,    0,           ANSWER_NO },
    { "just below",          true,  14.99999999, -1,    0,           ANSWER_NO },
    { "at",                  true,  15,          -1,    0,           ANSWER_YES },
    { "infinite",            true,  HUGE_VAL,    -1,    0,           ANSWER_YES },
    { "t at",                true,  15,          -1.95, 0,           ANSWER_NO },
    { "t just above",        true,  15,          -1.949999999, 0,    ANSWER_YES },
    { "M is not read",       true,  10,          -3,    99,          ANSWER_NO },
    { "not measured",        true,  NO_VALUE,    -1,    99,          ANSWER_UNKNOWN },
    { "M just below",        false, 99,          -1,    14.999999999, ANSWER_NO },
    { "M at, but for a bit", false, 10,          -3,    14.9999999996, ANSWER_YES },
    { "M at",                false, 10,          -3,    15,          ANSWER_YES },
    { "M rose",              false, 10,          -3,    -20,         ANSWER_NO },
    { "M unknown",           false, 99,          -1,    NO_VALUE,    ANSWER_UNKNOWN },
};
// clang-format on

static void mean_reversion_slows_down(void)
{
    for (size_t i = 0; i < ARRAY_LEN(slow); i++) {
        begin(PROFILE_CALIBRATED);
        s.memory.baseline.identified = slow[i].identified;
        s.hourly.rows[0].hl200 = slow[i].hl;
        s.hourly.rows[0].t200 = slow[i].t;
        s.regime.m_fall_6h = real_or(slow[i].m_fall, VALUE_WARMUP);
        struct trigger_result r = scene_ask(&s, W_MR);
        test_int(r.answer, slow[i].want, TEST_HERE(slow[i].name));
        ASSERT_NEAR(r.limit, slow[i].identified ? 1.5 : 15, 0);
        ASSERT_INT(r.of, 1);
    }
    begin(PROFILE_CALIBRATED); /* no baseline yet: M decides */
    s.memory.baseline.half_life = value_none(VALUE_WARMUP);
    s.regime.m_fall_6h = value_real(15, 7);
    ASSERT_INT(scene_ask(&s, W_MR).answer, ANSWER_YES);
    s.memory.baseline.half_life = value_none(VALUE_NOT_IDENTIFIED);
    ASSERT_INT(scene_ask(&s, W_MR).answer, ANSWER_YES);
}

// clang-format off
static const struct {
    const char *name;
    double then, now; /* raw, n = 100: three closes ago and at the newest */
    enum answer want;
} raw[] = {
    { "equal",               10,       10,           ANSWER_NO },
    { "longer by rounding",  10,       10.0000000004, ANSWER_NO },
    { "just longer",         10,       10.000000001, ANSWER_YES },
    { "shorter",             10,       9,            ANSWER_NO },
    { "infinite now",        10,       HUGE_VAL,     ANSWER_YES },
    { "infinite then",       HUGE_VAL, 10,           ANSWER_NO },
    { "infinite both",       HUGE_VAL, HUGE_VAL,     ANSWER_NO },
    { "oscillating then",    0,        1,            ANSWER_YES },
    { "not measured now",    10,       NO_VALUE,     ANSWER_UNKNOWN },
    { "not measured then",   NO_VALUE, 10,           ANSWER_UNKNOWN },
};
// clang-format on

static void the_seed_compares_with_three_closes_ago(void)
{
    for (size_t i = 0; i < ARRAY_LEN(raw); i++) {
        begin(PROFILE_SEED);
        scene_rows(&s, 6, s.row);
        s.hourly.rows[2].raw100 = raw[i].then;
        s.hourly.rows[5].raw100 = raw[i].now;
        struct trigger_result r = scene_ask(&s, W_MR);
        test_int(r.answer, raw[i].want, TEST_HERE(raw[i].name));
        ASSERT_INT(r.of, 1);
    }
    begin(PROFILE_SEED);
    scene_rows(&s, 3, s.row); /* too few */
    ASSERT_INT(scene_ask(&s, W_MR).answer, ANSWER_UNKNOWN);
    scene_rows(&s, 4, s.row);
    ASSERT_INT(scene_ask(&s, W_MR).answer, ANSWER_NO);
}

/* "1.10 to 1.25; above counts": above 1.10, without an upper end. */
static void a_band_without_an_upper_end(void)
{
    static const struct {
        double ver;
        enum answer want;
    } rows[] = {
        { 1, ANSWER_NO },
        { 1.10, ANSWER_NO },
        { 1.1000000004, ANSWER_NO },
        { 1.100000001, ANSWER_YES },
        { 1.25, ANSWER_YES },
        { 1.2500001, ANSWER_YES },
        { 3, ANSWER_YES },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_CALIBRATED);
        s.metrics.values[METRIC_VER_1H] = value_real(rows[i].ver, 300);
        ASSERT_INT(scene_ask(&s, W_VER).answer, rows[i].want);
        s.config.profile = PROFILE_SEED;
        ASSERT_INT(scene_ask(&s, W_VER).answer, ANSWER_NO);
        s.metrics.values[METRIC_VER_RAW_1H] = value_real(rows[i].ver, 300);
        ASSERT_INT(scene_ask(&s, W_VER).answer, rows[i].want);
    }
    begin(PROFILE_CALIBRATED); /* 1.2 of 1.0 is 1.0909 of 1.1 */
    s.metrics.values[METRIC_VER_1H] = value_real(1.2, 300);
    s.memory.baseline.ver_mean = value_real(1.1, 1);
    ASSERT_INT(scene_ask(&s, W_VER).answer, ANSWER_NO);
}

static void the_seed_has_five_warnings(void)
{
    begin(PROFILE_SEED);
    scene_alarm(&s);
    ASSERT_INT(scene_ask(&s, W_VER).answer, ANSWER_YES);
    ASSERT_INT(scene_ask(&s, W_EVENT).answer, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(scene_ask(&s, W_SIGNAL).answer, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(scene_ask(&s, W_HAZ).answer, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(scene_ask(&s, W_TREND).answer, ANSWER_NOT_APPLICABLE);
}

void warning_test(void);
void warning_test(void)
{
    TEST_SUITE("exit/trigger: W_TRANS, W_CONF, W_ER, W_MR, W_VER");
    TEST(a_transition_by_p_by_pi_or_by_q);
    TEST(what_is_flat_is_no_transition);
    TEST(the_seed_reads_p_before_smoothing);
    TEST(confidence_falls_on_three_closes);
    TEST(a_way_is_straighter_than_chance);
    TEST(mean_reversion_slows_down);
    TEST(the_seed_compares_with_three_closes_ago);
    TEST(a_band_without_an_upper_end);
    TEST(the_seed_has_five_warnings);
}
