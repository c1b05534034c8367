/* L_Z: reversion failure. The centre of 90 .. 110 is sqrt(9900)
 * = 99.498743710662, sigma_st is .02, the half-life of the baseline 10 bars:
 * armed at |z| >= 2, back at .5, patience 30 closes. Prices are centre *
 * exp(.02 z), computed elsewhere.
 */
#include "base/array.h"
#include "base/moment.h"
#include "exit/gate_of_pi.h"
#include "exit/scene.h"
#include "test.h"

#define Z_MINUS_2 95.59734216612769
#define Z_HALF    100.49872270961896
#define Z_1       101.5086573751 /* well above .5 */
#define Z_1_9999  103.5593642655454
#define Z_2       103.55936447266413

static struct scene s;

static void begin(enum profile profile)
{
    scene_begin(&s);
    s.config.profile = profile;
}

/* `n` hours at a price, one step each. */
static struct trigger_result hours(int n, double close)
{
    struct verdict v = { 0 };
    for (int i = 0; i < n; i++) {
        scene_trade(&s, 4, close);
        v = scene_step(&s);
    }
    return v.triggers[L_Z];
}

static void it_fails_after_three_half_lives(void)
{
    begin(PROFILE_SEED);
    ASSERT_INT(hours(3, 100).answer, ANSWER_NOT_APPLICABLE);
    struct trigger_result r = hours(1, Z_2);
    ASSERT_INT(r.answer, ANSWER_NO); /* armed */
    ASSERT_INT(r.hits, 0);
    ASSERT_INT(r.of, 30);
    ASSERT_INT(r.side, SIDE_UP);
    ASSERT_NEAR(r.value.v, 2, 1e-12);
    ASSERT_NEAR(r.limit, .5, 0);
    ASSERT_NEAR(r.distance, -1.5, 1e-12);
    r = hours(29, Z_1);
    ASSERT_INT(r.answer, ANSWER_NO);
    ASSERT_INT(r.hits, 29);
    r = hours(1, Z_1);
    ASSERT_INT(r.answer, ANSWER_YES);
    ASSERT_INT(r.hits, 30);
    ASSERT_INT(r.evidence, EVIDENCE_LABEL);
    ASSERT_INT(r.seen_ms, s.now_ms);
    ASSERT_INT(hours(9, Z_1).answer, ANSWER_YES);
    ASSERT_INT(hours(1, Z_HALF).answer, ANSWER_NOT_APPLICABLE);
}

static void it_is_armed_at_two_sigma_on_either_side(void)
{
    static const struct {
        double close;
        enum answer want;
        enum range_side side;
    } rows[] = {
        { Z_1_9999, ANSWER_NOT_APPLICABLE, SIDE_NONE },
        { Z_2, ANSWER_NO, SIDE_UP },
        { Z_MINUS_2, ANSWER_NO, SIDE_DOWN },
        { 89, ANSWER_NO, SIDE_DOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_SEED);
        struct trigger_result r = hours(1, rows[i].close);
        ASSERT_INT(r.answer, rows[i].want);
        ASSERT_INT(r.side, rows[i].side);
        ASSERT_NEAR(r.limit,
                    rows[i].side == SIDE_NONE ? NO_VALUE
                    : rows[i].side == SIDE_UP ? .5
                                              : -.5,
                    0);
    }
}

/* K = ceil(3 HL), 12 to 72; an infinite half-life has the longest patience. */
static void patience_follows_the_baseline(void)
{
    static const struct {
        double bars;
        enum value_status status;
        int64_t patience;
    } rows[] = {
        { 1, VALUE_REAL, 12 },    { 4, VALUE_REAL, 12 },
        { 4.1, VALUE_REAL, 13 },  { 10, VALUE_REAL, 30 },
        { 23.9, VALUE_REAL, 72 }, { 24, VALUE_REAL, 72 },
        { 100, VALUE_REAL, 72 },  { NO_VALUE, VALUE_NOT_IDENTIFIED, 72 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_SEED);
        s.memory.baseline.half_life =
            (struct value){ rows[i].bars, rows[i].status, 400 };
        struct trigger_result r = hours(1, Z_2);
        ASSERT_INT(r.of, rows[i].patience);
        r = hours((int)rows[i].patience - 1, Z_1);
        ASSERT_INT(r.answer, ANSWER_NO);
        ASSERT_INT(hours(1, Z_1).answer, ANSWER_YES);
    }
}

/* .75 of the half-width ln(110/90)/2 = .100335 is .0752515: with sigma .05 that
 * is 1.50503, nearer than 2. */
static void in_a_narrow_grid_it_is_armed_earlier(void)
{
    begin(PROFILE_SEED);
    s.memory.baseline.sigma_st = value_real(.05, 100);
    ASSERT_INT(hours(1, 107.27).answer, ANSWER_NOT_APPLICABLE); /* z 1.50408 */
    ASSERT_INT(hours(1, 107.28).answer, ANSWER_NO);             /* z 1.50594 */
}

/* Late hours, slots that were missed, hours that came while the state was
 * UNKNOWN: each close is fed once, in order. */
static void late_hours_are_caught_up(void)
{
    begin(PROFILE_SEED);
    hours(1, Z_2);
    scene_trade(&s, 4 * 29, Z_1); /* nobody looked for 29 h */
    ASSERT_INT(scene_step(&s).triggers[L_Z].hits, 29);
    scene_pi(&s, NO_VALUE); /* UNKNOWN freezes the counters */
    scene_trade(&s, 4, Z_1);
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.triggers[L_Z].answer, ANSWER_YES);
    begin(PROFILE_SEED);
    hours(1, Z_2);
    scene_trade(&s, 4 * 10, Z_1);
    scene_trade(&s, 4, Z_HALF); /* it was back in between */
    scene_trade(&s, 4 * 30, Z_1);
    ASSERT_INT(scene_step(&s).triggers[L_Z].answer, ANSWER_NOT_APPLICABLE);
}

/* The grid began in the hour after that close: it arms nothing. */
static void a_close_from_before_the_grid_is_not_its_own(void)
{
    begin(PROFILE_SEED);
    s.memory.life_ms = SCENE_BEGIN + MS_PER_HOUR + MS_PER_SLOT;
    ASSERT_INT(hours(1, Z_2).answer, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(hours(1, Z_2).answer, ANSWER_NO);
    begin(PROFILE_SEED);
    s.memory.life_ms = SCENE_BEGIN + MS_PER_HOUR;
    ASSERT_INT(hours(1, Z_2).answer, ANSWER_NO);
}

static void a_slot_without_a_new_hour_feeds_nothing(void)
{
    begin(PROFILE_SEED);
    hours(1, Z_2);
    for (int i = 0; i < 3; i++) {
        scene_trade(&s, 1, Z_1);
        ASSERT_INT(scene_step(&s).triggers[L_Z].hits, 0);
    }
    scene_trade(&s, 1, Z_1);
    ASSERT_INT(scene_step(&s).triggers[L_Z].hits, 1);
}

static void unknown_states_feed_it_when_they_are_over(void)
{
    begin(PROFILE_CALIBRATED);
    hours(1, Z_2);
    scene_pi(&s, NO_VALUE);
    hours(5, Z_1);
    ASSERT_INT(s.memory.counts.reversion.since, 0);
    ASSERT_INT(s.memory.counts.reversion_ms, SCENE_BEGIN + MS_PER_HOUR);
    scene_pi(&s, .05);
    ASSERT_INT(hours(1, Z_1).hits, 6);
}

static void without_a_price_it_is_unknown(void)
{
    begin(PROFILE_SEED);
    hours(1, Z_2);
    ASSERT_INT(hours(30, Z_1).answer, ANSWER_YES);
    scene_pass(&s, 3);
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.triggers[L_Z].answer, ANSWER_UNKNOWN);
    ASSERT_INT(v.state, STATE_UNKNOWN);
}

static void what_it_is_measured_with_must_be_there(void)
{
    static const struct {
        enum value_status half_life, sigma;
        enum answer want;
    } rows[] = {
        { VALUE_REAL, VALUE_REAL, ANSWER_YES },
        { VALUE_WARMUP, VALUE_REAL, ANSWER_UNKNOWN },
        { VALUE_NOT_IDENTIFIED, VALUE_REAL, ANSWER_YES },
        { VALUE_REAL, VALUE_WARMUP, ANSWER_UNKNOWN },
        { VALUE_REAL, VALUE_UNAVAILABLE, ANSWER_UNKNOWN },
        { VALUE_NOT_IDENTIFIED, VALUE_UNAVAILABLE, ANSWER_UNKNOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(PROFILE_SEED);
        scene_trade(&s, 4, Z_1);
        s.memory.counts.reversion = (struct reversion){ 1, 72, true };
        s.memory.baseline.half_life.status = rows[i].half_life;
        s.memory.baseline.sigma_st.status = rows[i].sigma;
        ASSERT_INT(scene_ask(&s, L_Z).answer, rows[i].want);
    }
    s.memory.baseline.sigma_st = value_real(0, 100);
    ASSERT_INT(scene_ask(&s, L_Z).answer, ANSWER_NOT_APPLICABLE); /* flat */
    s.hourly.count = 0;
    ASSERT_INT(scene_ask(&s, L_Z).answer, ANSWER_UNKNOWN);
}

static void it_needs_the_gate(void)
{
    begin(PROFILE_CALIBRATED);
    scene_trade(&s, 4, Z_1);
    s.memory.counts.reversion = (struct reversion){ 1, 30, true };
    hold_to_the_gate(&s, L_Z);
}

void come_back_test(void);
void come_back_test(void)
{
    TEST_SUITE("exit/trigger: L_Z");
    TEST(it_fails_after_three_half_lives);
    TEST(it_is_armed_at_two_sigma_on_either_side);
    TEST(patience_follows_the_baseline);
    TEST(in_a_narrow_grid_it_is_armed_earlier);
    TEST(late_hours_are_caught_up);
    TEST(a_close_from_before_the_grid_is_not_its_own);
    TEST(a_slot_without_a_new_hour_feeds_nothing);
    TEST(unknown_states_feed_it_when_they_are_over);
    TEST(without_a_price_it_is_unknown);
    TEST(what_it_is_measured_with_must_be_there);
    TEST(it_needs_the_gate);
}
