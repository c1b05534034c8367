#include "regime/crisis.h"

#include <string.h>

#include "base/array.h"
#include "test.h"

static const struct crisis_limits *const limits = &regime_model_shipped.crisis;

/* sigma and ATR are 1 % and 2.0 of a price of 100; nothing happens. */
static struct crisis_inputs calm(void)
{
    return (struct crisis_inputs){
        .r = value_real(.001, 1),
        .span = 1,
        .sigma = value_real(.01, 96),
        .range = value_real(1, 1),
        .atr = value_real(2, 14),
        .ver = value_real(1, 114),
        .close = value_real(100, 1),
        .high_24h = value_real(105, 96),
        .low_24h = value_real(95, 96),
    };
}

static struct crisis_inputs hit(void)
{
    struct crisis_inputs in = calm();
    in.r.v = -.07;
    return in;
}

static struct crisis after(const struct crisis_inputs *in)
{
    struct crisis c;
    crisis_init(&c);
    crisis_push(&c, limits, in);
    return c;
}

static void push_calm(struct crisis *c, int bars)
{
    struct crisis_inputs in = calm();
    for (int i = 0; i < bars; i++)
        crisis_push(c, limits, &in);
}

static void every_limit_just_below_at_and_just_above(void)
{
    static const struct {
        enum crisis_test test;
        double r, range, ver;
        enum answer want;
    } rows[] = {
        { CRISIS_RETURN, .06 - 2e-11, 1, 1, ANSWER_NO },
        { CRISIS_RETURN, .06, 1, 1, ANSWER_YES },
        { CRISIS_RETURN, .06 + 2e-11, 1, 1, ANSWER_YES },
        { CRISIS_RETURN, -.06 + 2e-11, 1, 1, ANSWER_NO },
        { CRISIS_RETURN, -.06, 1, 1, ANSWER_YES },
        { CRISIS_RETURN, .06 - 4e-12, 1, 1, ANSWER_YES }, /* 5.9999999996 */
        { CRISIS_RANGE, 0, 10 - 4e-9, 1, ANSWER_NO },
        { CRISIS_RANGE, 0, 10, 1, ANSWER_YES },
        { CRISIS_RANGE, 0, 10 + 4e-9, 1, ANSWER_YES },
        { CRISIS_EXPANSION, 0, 1, 2.5 - 2e-9, ANSWER_NO },
        { CRISIS_EXPANSION, 0, 1, 2.5, ANSWER_YES },
        { CRISIS_EXPANSION, 0, 1, 2.5 + 2e-9, ANSWER_YES },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct crisis_inputs in = calm();
        in.r.v = rows[i].r;
        in.range.v = rows[i].range;
        in.ver.v = rows[i].ver;
        struct crisis c = after(&in);
        ASSERT_INT(c.answer, rows[i].want);
        ASSERT_INT(c.hit, rows[i].want == ANSWER_YES);
        for (int k = 0; k < CRISIS_TESTS; k++)
            ASSERT_INT(c.fired[k],
                       k == (int)rows[i].test && rows[i].want == ANSWER_YES);
    }
}

/* Four bars' independent returns add up to twice the sigma of one. */
static void a_return_over_missing_bars_is_read_per_bar(void)
{
    struct crisis_inputs in = hit();
    in.span = 4;
    struct crisis c = after(&in);
    ASSERT_NEAR(c.size[CRISIS_RETURN].v, 3.5, 1e-12);
    ASSERT_INT(c.answer, ANSWER_NO);
    in.r.v = -.13;
    c = after(&in);
    ASSERT_INT(c.answer, ANSWER_YES);
    ASSERT_NEAR(c.size[CRISIS_RETURN].v, 6.5, 1e-12);
}

static void what_was_measured_is_shown(void)
{
    struct crisis_inputs in = calm();
    in.r.v = -.031;
    in.range.v = 5;
    in.ver = value_real(1.7, 114);
    struct crisis c = after(&in);
    ASSERT_NEAR(c.size[CRISIS_RETURN].v, 3.1, 1e-12);
    ASSERT_NEAR(c.size[CRISIS_RANGE].v, 2.5, 1e-12);
    ASSERT_NEAR(c.size[CRISIS_EXPANSION].v, 1.7, 1e-12);
    ASSERT_STR(crisis_test_name(CRISIS_RETURN), "return");
    ASSERT_STR(crisis_test_name(CRISIS_RANGE), "range");
    ASSERT_STR(crisis_test_name(CRISIS_EXPANSION), "expansion");
}

/* 1 is the newest bar; what asked nothing is a bar like any other. */
static void bars_are_counted_since_the_last_crisis(void)
{
    struct crisis_inputs small = calm(), big = hit(), blind = calm();
    struct crisis c = after(&small);
    push_calm(&c, 30);
    ASSERT_INT(c.ago, 0);
    crisis_push(&c, limits, &big);
    ASSERT_INT(c.ago, 1);
    push_calm(&c, 16);
    ASSERT_INT(c.ago, 1); /* it still lasts */
    for (int i = 1; i <= 60; i++) {
        push_calm(&c, 1);
        ASSERT_INT(c.ago, 1 + i);
    }
    blind.sigma = blind.atr = blind.ver = value_none(VALUE_WARMUP);
    crisis_push(&c, limits, &blind);
    ASSERT_INT(c.answer, ANSWER_UNKNOWN);
    ASSERT_INT(c.ago, 62);
    crisis_push(&c, limits, &big);
    ASSERT_INT(c.ago, 1);
}

static void it_outlasts_the_last_hit_by_sixteen_bars(void)
{
    struct crisis_inputs big = hit();
    struct crisis c = after(&big);
    ASSERT_INT(c.left, 16);
    for (int i = 1; i <= 16; i++) {
        push_calm(&c, 1);
        ASSERT_INT(c.answer, ANSWER_YES);
        ASSERT(!c.hit && c.fired[CRISIS_RETURN]);
        ASSERT_INT(c.left, 16 - i);
    }
    push_calm(&c, 1);
    ASSERT_INT(c.answer, ANSWER_NO);
    ASSERT(!c.fired[CRISIS_RETURN]);
}

static void each_hit_winds_the_clock_up_again(void)
{
    struct crisis_inputs big = hit();
    struct crisis c = after(&big);
    for (int k = 0; k < 5; k++) {
        push_calm(&c, 16);
        ASSERT_INT(c.answer, ANSWER_YES);
        if (k < 4) {
            crisis_push(&c, limits, &big);
            ASSERT_INT(c.left, 16);
        }
    }
    push_calm(&c, 1);
    ASSERT_INT(c.answer, ANSWER_NO);
    /* After the last held bar, and after the end: a new crisis. */
    c = after(&big);
    push_calm(&c, 16);
    big.r.v = .061;
    crisis_push(&c, limits, &big);
    ASSERT_INT(c.answer, ANSWER_YES);
    ASSERT_INT(c.left, 16);
}

static void it_is_a_transition_or_a_trend_if_it_broke_the_day(void)
{
    static const struct {
        double close;
        enum regime_label want;
    } rows[] = {
        { 100, REGIME_TRANSITION },   { 105, REGIME_TRANSITION },
        { 105 + 1e-9, REGIME_TREND }, { 95, REGIME_TRANSITION },
        { 95 - 1e-9, REGIME_TREND },  { 40, REGIME_TREND },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct crisis_inputs in = hit();
        in.close.v = rows[i].close;
        struct crisis c = after(&in);
        ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), rows[i].want);
        ASSERT_INT(crisis_label(&c, REGIME_UNKNOWN), rows[i].want);
        push_calm(&c, 16);
        ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), rows[i].want);
        push_calm(&c, 1);
        ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_RANGE_OK);
        ASSERT_INT(crisis_label(&c, REGIME_UNKNOWN), REGIME_UNKNOWN);
    }
}

static void a_break_without_a_hit_is_no_crisis(void)
{
    struct crisis_inputs in = calm();
    in.close.v = 200;
    struct crisis c = after(&in);
    ASSERT_INT(c.answer, ANSWER_NO);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_WEAK), REGIME_RANGE_WEAK);
    /* Nor does a calm bar outside make a trend of a crisis. */
    struct crisis_inputs big = hit();
    c = after(&big);
    crisis_push(&c, limits, &in);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_TRANSITION);
}

static void once_a_trend_it_stays_one_to_its_end(void)
{
    struct crisis_inputs far = hit(), near = hit();
    far.close.v = 80;
    struct crisis c = after(&far);
    crisis_push(&c, limits, &near);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_TREND);
    push_calm(&c, 17);
    crisis_push(&c, limits, &near);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_TRANSITION);
}

static void an_unknown_day_is_not_broken(void)
{
    struct crisis_inputs in = hit();
    in.close.v = 200;
    in.high_24h = in.low_24h = value_none(VALUE_WARMUP);
    struct crisis c = after(&in);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_TRANSITION);
    in = hit();
    in.close.v = 80;
    in.high_24h = value_none(VALUE_WARMUP);
    c = after(&in);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_TREND);
    in.close = value_none(VALUE_STALE);
    c = after(&in);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_TRANSITION);
}

static void there_is_no_confidence_in_a_crisis(void)
{
    struct crisis_inputs in = hit();
    struct crisis c = after(&in);
    ASSERT_NEAR(crisis_confidence(&c, value_real(.4, 9)).v, 0, 0);
    ASSERT_INT(crisis_confidence(&c, value_none(VALUE_FLAT)).status,
               VALUE_FLAT);
    push_calm(&c, 17);
    ASSERT_NEAR(crisis_confidence(&c, value_real(.4, 9)).v, .4, 0);
}

static void a_test_that_cannot_be_asked_is_unknown_unless_another_says_yes(void)
{
    struct crisis_inputs in = calm();
    in.sigma = value_none(VALUE_WARMUP);
    ASSERT_INT(after(&in).answer, ANSWER_UNKNOWN);
    in.ver.v = 3;
    ASSERT_INT(after(&in).answer, ANSWER_YES);
    in = calm();
    in.ver = value_none(VALUE_UNAVAILABLE);
    ASSERT_INT(after(&in).answer, ANSWER_UNKNOWN);
    in = calm();
    in.r = value_none(VALUE_STALE);
    struct crisis c = after(&in);
    ASSERT_INT(c.answer, ANSWER_UNKNOWN);
    ASSERT_INT(c.size[CRISIS_RETURN].status, VALUE_STALE);
    ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_RANGE_OK);
    crisis_init(&c);
    ASSERT_INT(c.answer, ANSWER_UNKNOWN);
}

static void what_is_flat_counts_as_no(void)
{
    struct crisis_inputs in = calm();
    in.sigma = value_none(VALUE_FLAT);
    ASSERT_INT(after(&in).answer, ANSWER_NO);
    in.atr = value_real(0, 14);
    ASSERT_INT(after(&in).answer, ANSWER_NO);
    ASSERT_INT(after(&in).size[CRISIS_RANGE].status, VALUE_FLAT);
    in.ver = value_none(VALUE_FLAT);
    ASSERT_INT(after(&in).answer, ANSWER_NOT_APPLICABLE);
}

static struct crisis_inputs dark(enum value_status why)
{
    struct crisis_inputs in = calm();
    in.sigma = in.atr = in.ver = value_none(why);
    return in;
}

static void bars_that_cannot_be_asked_use_up_none_of_the_hold(void)
{
    struct crisis_inputs big = hit(), in = dark(VALUE_UNAVAILABLE);
    struct crisis c = after(&big);
    push_calm(&c, 10);
    for (int i = 0; i < 30; i++) {
        crisis_push(&c, limits, &in);
        ASSERT_INT(c.answer, ANSWER_YES);
    }
    ASSERT_INT(c.left, 6);
    push_calm(&c, 6);
    ASSERT_INT(c.answer, ANSWER_YES);
    crisis_push(&c, limits, &in);
    ASSERT_INT(c.answer, ANSWER_UNKNOWN);
    push_calm(&c, 1);
    ASSERT_INT(c.answer, ANSWER_NO);
}

static void one_test_that_is_never_there_keeps_no_crisis_alive(void)
{
    for (int k = 0; k < CRISIS_TESTS; k++) {
        struct crisis_inputs big = calm(), in = calm();
        struct value gone = value_none(VALUE_WARMUP);
        if (k == CRISIS_RETURN) {
            big.sigma = in.sigma = gone;
            big.ver.v = 3;
        } else {
            big.r.v = .07;
            *(k == CRISIS_RANGE ? &big.atr : &big.ver) = gone;
            *(k == CRISIS_RANGE ? &in.atr : &in.ver) = gone;
        }
        struct crisis c = after(&big);
        for (int i = 0; i < 16; i++) {
            crisis_push(&c, limits, &in);
            ASSERT_INT(c.answer, ANSWER_YES);
        }
        crisis_push(&c, limits, &in);
        ASSERT_INT(c.answer, ANSWER_UNKNOWN);
        ASSERT_INT(crisis_label(&c, REGIME_RANGE_OK), REGIME_RANGE_OK);
    }
}

static void a_copy_goes_on_alike(void)
{
    struct crisis_inputs big = hit();
    struct crisis c = after(&big), copy;
    push_calm(&c, 9);
    memcpy(&copy, &c, sizeof(c));
    for (int i = 0; i < 9; i++) {
        push_calm(&c, 1);
        push_calm(&copy, 1);
        ASSERT_INT(copy.answer, c.answer);
        ASSERT_INT(copy.left, c.left);
        ASSERT_INT(copy.ago, c.ago);
    }
}

void crisis_test(void);
void crisis_test(void)
{
    TEST_SUITE("crisis");
    TEST(every_limit_just_below_at_and_just_above);
    TEST(a_return_over_missing_bars_is_read_per_bar);
    TEST(what_was_measured_is_shown);
    TEST(bars_are_counted_since_the_last_crisis);
    TEST(it_outlasts_the_last_hit_by_sixteen_bars);
    TEST(each_hit_winds_the_clock_up_again);
    TEST(it_is_a_transition_or_a_trend_if_it_broke_the_day);
    TEST(a_break_without_a_hit_is_no_crisis);
    TEST(once_a_trend_it_stays_one_to_its_end);
    TEST(an_unknown_day_is_not_broken);
    TEST(there_is_no_confidence_in_a_crisis);
    TEST(a_test_that_cannot_be_asked_is_unknown_unless_another_says_yes);
    TEST(what_is_flat_counts_as_no);
    TEST(bars_that_cannot_be_asked_use_up_none_of_the_hold);
    TEST(one_test_that_is_never_there_keeps_no_crisis_alive);
    TEST(a_copy_goes_on_alike);
}
