/* W_EVENT and W_SIGNAL: what the operator's world says. */
#include "exit/outside.h"

#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static void begin(void)
{
    scene_begin(&s);
    scene_trade(&s, 4, 100);
    s.outside.signal = (struct signal){ true, true, 1, s.now_ms, HUGE_VAL };
}

/* Half is left after each half-life: 2^(-age/half-life). */
static void a_signal_fades(void)
{
    static const struct {
        int64_t age_ms;
        double half_life_s, left; /* of 3 */
    } rows[] = {
        { 0, 3600, 3 },
        { MS_PER_HOUR, 3600, 1.5 },
        { 2 * MS_PER_HOUR, 3600, .75 },
        { MS_PER_SLOT, 3600, 2.5226892457611436 },
        { MS_PER_HOUR, 1800, .75 },
        { 500, .5, 1.5 },
        { MS_PER_DAY, 60, 0 }, /* 3 * 2^-1440 is less than any double */
        { 365 * MS_PER_DAY, HUGE_VAL, 3 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct signal x = { true, true, 3, SCENE_BEGIN, rows[i].half_life_s };
        struct value v = signal_at(&x, SCENE_BEGIN + rows[i].age_ms);
        ASSERT_INT(v.status, VALUE_REAL);
        ASSERT_NEAR(v.v, rows[i].left, 1e-15);
        ASSERT_INT(v.n_used, 1);
    }
}

static void a_signal_that_cannot_be_used_is_unavailable(void)
{
    static const struct signal rows[] = {
        { true, false, 3, SCENE_BEGIN, 3600 },       /* not read */
        { true, true, NO_VALUE, SCENE_BEGIN, 3600 }, /* no number */
        { true, true, HUGE_VAL, SCENE_BEGIN, 3600 }, /* nor that */
        { true, true, 3, MOMENT_NONE, 3600 },        /* of no time */
        { true, true, 3, SCENE_BEGIN + 1, 3600 },    /* of the future */
        { true, true, 3, SCENE_BEGIN, 0 },           /* gone at once */
        { true, true, 3, SCENE_BEGIN, -1 },
        { true, true, 3, SCENE_BEGIN, NO_VALUE },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ASSERT_INT(signal_at(&rows[i], SCENE_BEGIN).status, VALUE_UNAVAILABLE);
}

static void a_signal_is_held_to_its_limit(void)
{
    static const struct {
        double value;
        enum answer want;
    } rows[] = {
        { .999999999, ANSWER_NO }, { .9999999996, ANSWER_YES },
        { 1, ANSWER_YES },         { 1.000000001, ANSWER_YES },
        { -5, ANSWER_NO },         { NO_VALUE, ANSWER_UNKNOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        s.outside.signal.value = rows[i].value;
        struct trigger_result r = scene_ask(&s, W_SIGNAL);
        ASSERT_INT(r.answer, rows[i].want);
        ASSERT_NEAR(r.limit, 1, 0);
    }
}

/* 2, an hour old with a half-life of an hour, is 1. */
static void what_is_left_of_it_is_held_to_the_limit(void)
{
    begin();
    s.outside.signal =
        (struct signal){ true, true, 2, s.now_ms - MS_PER_HOUR, 3600 };
    struct trigger_result r = scene_ask(&s, W_SIGNAL);
    ASSERT_INT(r.answer, ANSWER_YES);
    ASSERT_NEAR(r.value.v, 1, 0);
    ASSERT_INT(r.seen_ms, s.now_ms - MS_PER_HOUR); /* the time it is of */
    s.outside.signal.at_ms -= 1000;
    ASSERT_INT(scene_ask(&s, W_SIGNAL).answer, ANSWER_NO);
    s.outside.signal.at_ms = s.now_ms + 1;
    ASSERT_INT(scene_ask(&s, W_SIGNAL).answer, ANSWER_UNKNOWN);
    s.outside.signal.at_ms = s.now_ms;
    ASSERT_INT(scene_ask(&s, W_SIGNAL).answer, ANSWER_YES);
    s.config.w_signal.limit = 2.5;
    ASSERT_INT(scene_ask(&s, W_SIGNAL).answer, ANSWER_NO);
    s.outside.signal.read = false; /* configured, and not to be had */
    ASSERT_INT(scene_ask(&s, W_SIGNAL).answer, ANSWER_UNKNOWN);
}

static void a_slot_lies_in_a_calendar_window(void)
{
    begin();
    s.outside.calendar = s.outside.calendar_read = true;
    struct trigger_result r = scene_ask(&s, W_EVENT);
    ASSERT_INT(r.answer, ANSWER_NO);
    ASSERT_NEAR(r.value.v, 0, 0);
    s.outside.event[0] = 'x';
    r = scene_ask(&s, W_EVENT);
    ASSERT_INT(r.answer, ANSWER_YES);
    ASSERT_NEAR(r.value.v, 1, 0);
    ASSERT_NEAR(r.limit, 1, 0);
    ASSERT_INT(r.seen_ms, s.now_ms);
    s.outside.calendar_read = false;
    ASSERT_INT(scene_ask(&s, W_EVENT).answer, ANSWER_UNKNOWN);
}

static void what_is_not_configured_does_not_apply(void)
{
    begin();
    s.outside = outside_none();
    ASSERT_INT(scene_ask(&s, W_EVENT).answer, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(scene_ask(&s, W_SIGNAL).answer, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(signal_at(&s.outside.signal, s.now_ms).status,
               VALUE_UNAVAILABLE);
}

/* Neither needs a price: two warnings from outside stand without one. */
static void both_stand_without_a_price(void)
{
    begin();
    s.outside.calendar = s.outside.calendar_read = true;
    s.outside.event[0] = 'x';
    scene_step(&s); /* 1 */
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).state, STATE_WARNING);
    scene_pass(&s, 3);
    struct verdict v = scene_step(&s);
    ASSERT_INT(v.state, STATE_WARNING);
    ASSERT(!v.data_known);
}

void outside_test(void);
void outside_test(void)
{
    TEST_SUITE("exit/outside");
    TEST(a_signal_fades);
    TEST(a_signal_that_cannot_be_used_is_unavailable);
    TEST(a_signal_is_held_to_its_limit);
    TEST(what_is_left_of_it_is_held_to_the_limit);
    TEST(a_slot_lies_in_a_calendar_window);
    TEST(what_is_not_configured_does_not_apply);
    TEST(both_stand_without_a_price);
}
