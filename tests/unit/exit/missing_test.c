/* Every row without what it holds to its limit: unavailable, warmup and stale
 * answer unknown, flat and not identified do not apply. The rest of the scene
 * is an alarm, so a row that passed over the gap would say yes. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static struct value *metric(enum metric_id id)
{
    return &s.metrics.values[id];
}

static struct value *calibrated_input(enum trigger_id id)
{
    static const enum metric_id metrics_of[TRIGGER_COUNT] = {
        [L_HL] = METRIC_T_DF_200_1H, [W_MR] = METRIC_T_DF_200_1H,
        [L_VER] = METRIC_VER_1H,     [W_VER] = METRIC_VER_1H,
        [W_ER] = METRIC_ER24_1H,
    };
    if (metrics_of[id])
        return metric(metrics_of[id]);
    return id == M_TREND    ? &s.regime.p[CLASS_TREND]
           : id == M_EQUITY ? &s.position.pnl.drawdown.nominal
           : id == L_Z      ? &s.memory.baseline.sigma_st
           : id == L_GUARD  ? &s.position.pnl.e.nominal
           : id == W_CONF   ? &s.regime.fall.drop
                            : &s.hazard.pi; /* L_HAZ, W_HAZ */
}

static struct value *seed_input(enum trigger_id id)
{
    return id == L_VER || id == W_VER ? metric(METRIC_VER_RAW_1H)
           : id == L_HL               ? metric(METRIC_T_DF_200_1H)
           : id == W_MR               ? metric(METRIC_T_DF_1H)
           : id == W_TRANS            ? &s.regime.raw[CLASS_TRANSITION]
                                      : calibrated_input(id);
}

// clang-format off
static const struct {
    enum trigger_id id;
    enum profile profile;
} rows[] = {
    { M_TREND,  PROFILE_CALIBRATED },
    { M_EQUITY, PROFILE_CALIBRATED },
    { L_HL,     PROFILE_CALIBRATED }, { L_HL,    PROFILE_SEED },
    { L_VER,    PROFILE_CALIBRATED }, { L_VER,   PROFILE_SEED },
    { L_Z,      PROFILE_CALIBRATED }, { L_Z,     PROFILE_SEED },
    { L_HAZ,    PROFILE_CALIBRATED },
    { L_GUARD,  PROFILE_CALIBRATED },
    { W_TRANS,  PROFILE_SEED },
    { W_CONF,   PROFILE_CALIBRATED }, { W_CONF,  PROFILE_SEED },
    { W_ER,     PROFILE_CALIBRATED }, { W_ER,    PROFILE_SEED },
    { W_MR,     PROFILE_CALIBRATED }, { W_MR,    PROFILE_SEED },
    { W_VER,    PROFILE_CALIBRATED }, { W_VER,   PROFILE_SEED },
    { W_HAZ,    PROFILE_CALIBRATED },
};
static const struct {
    enum value_status status;
    enum answer want;
} absences[] = {
    { VALUE_UNAVAILABLE,    ANSWER_UNKNOWN },
    { VALUE_WARMUP,         ANSWER_UNKNOWN },
    { VALUE_STALE,          ANSWER_UNKNOWN },
    { VALUE_FLAT,           ANSWER_NOT_APPLICABLE },
    { VALUE_NOT_IDENTIFIED, ANSWER_NOT_APPLICABLE },
};
// clang-format on

static void begin(enum profile profile)
{
    scene_begin(&s);
    scene_alarm(&s);
    s.config.profile = profile;
}

static struct value *input_of(size_t row)
{
    return rows[row].profile == PROFILE_SEED ? seed_input(rows[row].id)
                                             : calibrated_input(rows[row].id);
}

static void the_kind_of_absence_decides_every_answer(void)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *name = triggers[rows[i].id].id;
        begin(rows[i].profile);
        test_int(scene_ask(&s, rows[i].id).answer, ANSWER_YES, TEST_HERE(name));
        for (size_t k = 0; k < ARRAY_LEN(absences); k++) {
            begin(rows[i].profile);
            input_of(i)->status = absences[k].status; /* keeps its number */
            struct trigger_result r = scene_ask(&s, rows[i].id);
            test_int(r.answer, absences[k].want, TEST_HERE(name));
            test_true(isnan(r.distance), false, TEST_HERE(name));
            ASSERT_INT(r.evidence, EVIDENCE_NONE);
            ASSERT_INT(r.seen_ms, MOMENT_NONE);
        }
    }
}

/* Filled is real enough. */
static void what_is_filled_is_compared(void)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(rows[i].profile);
        input_of(i)->status = VALUE_FILLED;
        test_int(scene_ask(&s, rows[i].id).answer, ANSWER_YES,
                 TEST_HERE(triggers[rows[i].id].id));
    }
}

/* With the price gone, only what does not need one still says anything: the
 * latched stop, the two hours, the world outside. */
static void without_a_price_nothing_of_the_market_is_concluded(void)
{
    for (int profile = 0; profile < PROFILE_COUNT; profile++) {
        begin((enum profile)profile);
        scene_step(&s); /* the stop latches */
        scene_pass(&s, 3);
        scene_pi(&s, NO_VALUE); /* as engine/evaluate.c makes it */
        s.position.pnl.e.nominal.status = VALUE_STALE;
        s.position.pnl.drawdown.nominal.status = VALUE_STALE;
        for (int i = 0; i < TRIGGER_COUNT; i++) {
            bool stands = i == M_STOP || i == W_EVENT || i == W_SIGNAL;
            enum answer want = !triggers[i].rule[profile].ask
                                   ? ANSWER_NOT_APPLICABLE
                               : stands       ? ANSWER_YES
                               : i == M_BLIND ? ANSWER_NO
                                              : ANSWER_UNKNOWN;
            test_int(scene_ask(&s, (enum trigger_id)i).answer, want,
                     TEST_HERE(triggers[i].id));
        }
    }
}

/* The state needs price, boundary, pi and regime, and nothing else. */
static void what_the_state_cannot_do_without(void)
{
    static const struct {
        enum value_status pi, q;
        enum exit_state want;
    } inputs[] = {
        { VALUE_REAL, VALUE_REAL, STATE_NORMAL },
        { VALUE_FILLED, VALUE_FILLED, STATE_NORMAL },
        { VALUE_FLAT, VALUE_REAL, STATE_NORMAL },
        { VALUE_REAL, VALUE_FLAT, STATE_NORMAL },
        { VALUE_REAL, VALUE_NOT_IDENTIFIED, STATE_NORMAL },
        { VALUE_WARMUP, VALUE_REAL, STATE_UNKNOWN },
        { VALUE_REAL, VALUE_WARMUP, STATE_UNKNOWN },
        { VALUE_REAL, VALUE_UNAVAILABLE, STATE_UNKNOWN },
        { VALUE_REAL, VALUE_STALE, STATE_UNKNOWN },
        { VALUE_STALE, VALUE_FLAT, STATE_UNKNOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        scene_begin(&s);
        scene_trade(&s, 4, 100);
        s.hazard.pi.status = inputs[i].pi;
        s.regime.q.status = inputs[i].q;
        struct verdict v = scene_step(&s);
        ASSERT_INT(v.state, inputs[i].want);
        ASSERT_INT(v.data_known, inputs[i].want == STATE_NORMAL);
    }
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    for (int i = 0; i < METRIC_COUNT; i++)
        s.metrics.values[i] = value_none(VALUE_WARMUP);
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
    s.regime = regime_not_built();
    ASSERT_INT(scene_step(&s).state, STATE_UNKNOWN);
    s.outside.signal = (struct signal){ true, false, 0, 0, 1 };
    s.regime.q = value_real(.1, 80);
    ASSERT_INT(scene_step(&s).state, STATE_NORMAL);
}

void missing_test(void);
void missing_test(void)
{
    TEST_SUITE("exit/trigger: what is missing");
    TEST(the_kind_of_absence_decides_every_answer);
    TEST(what_is_filled_is_compared);
    TEST(without_a_price_nothing_of_the_market_is_concluded);
    TEST(what_the_state_cannot_do_without);
}
