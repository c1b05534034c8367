#include "regime/track.h"

#include <string.h>

#include "base/array.h"
#include "made_rows.h"
#include "test.h"

/* Smoothing off: what is pushed is what is labelled. */
static struct regime_model plain(void)
{
    struct regime_model m = regime_model_shipped;
    m.ema_alpha = 1;
    return m;
}

static struct regime_odds odds(double ok, double weak, double x, double t)
{
    return (struct regime_odds){ .p = { ok, weak, x, t },
                                 .status = VALUE_REAL };
}

static void push(struct regime_track *t, double ok, double weak, double x,
                 double trend)
{
    struct regime_model m = plain();
    struct regime_odds o = odds(ok, weak, x, trend);
    regime_track_push(t, &m, &o);
}

static void push_unknown(struct regime_track *t, enum value_status why)
{
    struct regime_odds o = regime_odds_none(why);
    regime_track_push(t, &regime_model_shipped, &o);
}

/* A bar with this q and p_T, most of the rest to RANGE_OK. */
static void push_q(struct regime_track *t, double q, double p_trend)
{
    push(t, (1 - q) * .7, (1 - q) * .3, q - p_trend, p_trend);
}

/* A track whose newest label this is, and that saw no quiet bar. */
static struct regime_track at(enum regime_label label)
{
    struct regime_track t;
    regime_track_init(&t);
    if (label == REGIME_RANGE_OK)
        push(&t, .4, .2, .3, .1);
    if (label == REGIME_RANGE_WEAK)
        push(&t, .2, .4, .3, .1);
    if (label == REGIME_TRANSITION)
        push(&t, .2, .2, .5, .1);
    if (label == REGIME_TREND)
        push(&t, .1, .1, .1, .7);
    ASSERT_INT(t.label, label);
    ASSERT_INT(t.quiet_run, 0);
    return t;
}

#define E 1e-9 /* the last decimal that decides */

static void every_limit_just_below_at_and_just_above(void)
{
    // clang-format off
    static const struct {
        enum regime_label from;
        double q, p_trend;
        enum regime_label to;
    } rows[] = {
        /* the first bar is judged like a range */
        { REGIME_UNKNOWN,    .50 - E, .10,     REGIME_RANGE_OK },
        { REGIME_UNKNOWN,    .50,     .10,     REGIME_TRANSITION },
        { REGIME_UNKNOWN,    .60,     .60 - E, REGIME_TRANSITION },
        { REGIME_UNKNOWN,    .60,     .60,     REGIME_TREND },
        /* range -> TRANSITION */
        { REGIME_RANGE_OK,   .50 - E, .00,     REGIME_RANGE_OK },
        { REGIME_RANGE_OK,   .50,     .00,     REGIME_TRANSITION },
        { REGIME_RANGE_OK,   .50 + E, .00,     REGIME_TRANSITION },
        { REGIME_RANGE_OK,   .50 - E, .50 - E, REGIME_RANGE_OK },
        { REGIME_RANGE_WEAK, .50,     .50,     REGIME_TRANSITION },
        { REGIME_RANGE_WEAK, .99,     .00,     REGIME_TRANSITION },
        /* range -> TREND */
        { REGIME_RANGE_OK,   .70,     .60 - E, REGIME_TRANSITION },
        { REGIME_RANGE_OK,   .70,     .60,     REGIME_TREND },
        { REGIME_RANGE_OK,   .70,     .60 + E, REGIME_TREND },
        { REGIME_RANGE_WEAK, .60,     .60,     REGIME_TREND },
        /* TRANSITION -> TREND; one quiet bar does not end TRANSITION */
        { REGIME_TRANSITION, .60,     .60 - E, REGIME_TRANSITION },
        { REGIME_TRANSITION, .60,     .60,     REGIME_TREND },
        { REGIME_TRANSITION, .60 + E, .60 + E, REGIME_TREND },
        { REGIME_TRANSITION, .50,     .10,     REGIME_TRANSITION },
        { REGIME_TRANSITION, .35,     .10,     REGIME_TRANSITION },
        { REGIME_TRANSITION, .00,     .00,     REGIME_TRANSITION },
        /* TREND -> TRANSITION, never a range */
        { REGIME_TREND,      .50,     .45 + E, REGIME_TREND },
        { REGIME_TREND,      .45,     .45,     REGIME_TREND },
        { REGIME_TREND,      .50,     .45 - E, REGIME_TRANSITION },
        { REGIME_TREND,      .99,     .45 - E, REGIME_TRANSITION },
        { REGIME_TREND,      .35,     .35,     REGIME_TRANSITION },
        { REGIME_TREND,      .00,     .00,     REGIME_TRANSITION },
        { REGIME_TREND,      .60,     .60 - E, REGIME_TREND },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct regime_track t = at(rows[i].from);
        push_q(&t, rows[i].q, rows[i].p_trend);
        ASSERT_STR(regime_label_name(t.label), regime_label_name(rows[i].to));
        ASSERT_INT(t.run, rows[i].from == rows[i].to ? 2 : 1);
    }
}

static void the_tenth_decimal_decides_nothing(void)
{
    struct regime_track t = at(REGIME_RANGE_OK);
    push_q(&t, .5 - 4e-10, 0);
    ASSERT_INT(t.label, REGIME_TRANSITION);
    t = at(REGIME_RANGE_OK);
    push_q(&t, .5 - 6e-10, 0);
    ASSERT_INT(t.label, REGIME_RANGE_OK);
    t = at(REGIME_TREND);
    push_q(&t, .6, .45 - 4e-10);
    ASSERT_INT(t.label, REGIME_TREND);
    t = at(REGIME_TREND);
    push_q(&t, .6, .45 - 6e-10);
    ASSERT_INT(t.label, REGIME_TRANSITION);
    push_q(&t, .35 + 4e-10, 0);
    ASSERT_INT(t.quiet_run, 1);
    push_q(&t, .35 + 6e-10, 0);
    ASSERT_INT(t.quiet_run, 0);
}

static void two_quiet_bars_end_a_transition(void)
{
    static const struct {
        double first, second;
        enum regime_label to;
    } rows[] = {
        { .35, .35, REGIME_RANGE_OK },
        { .35 - E, .35 - E, REGIME_RANGE_OK },
        { 0, 0, REGIME_RANGE_OK },
        { .35 + E, .35, REGIME_TRANSITION },
        { .35, .35 + E, REGIME_TRANSITION },
        { .35 + E, .35 + E, REGIME_TRANSITION },
        { .36, 0, REGIME_TRANSITION },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct regime_track t = at(REGIME_TRANSITION);
        push_q(&t, rows[i].first, 0);
        ASSERT_INT(t.label, REGIME_TRANSITION);
        push_q(&t, rows[i].second, 0);
        ASSERT_INT(t.label, rows[i].to);
    }
}

static void quiet_bars_must_be_successive(void)
{
    struct regime_track t = at(REGIME_TRANSITION);
    for (int i = 0; i < 10; i++) {
        push_q(&t, .2, 0);
        push_q(&t, .36, 0);
    }
    ASSERT_INT(t.label, REGIME_TRANSITION);
    ASSERT_INT(t.run, 21);
    push_q(&t, .35, 0);
    push_q(&t, .35, 0);
    ASSERT_INT(t.label, REGIME_RANGE_OK);
    ASSERT_INT(t.quiet_run, 2);
}

/* The bar that leaves TREND is in TRANSITION, and may be the first quiet one.
 */
static void from_trend_to_a_range_it_takes_two_bars(void)
{
    struct regime_track t = at(REGIME_TREND);
    push_q(&t, .1, 0);
    ASSERT_INT(t.label, REGIME_TRANSITION);
    push_q(&t, .1, 0);
    ASSERT_INT(t.label, REGIME_RANGE_OK);
}

static void kinds_of_range_change_places_across_the_dead_band(void)
{
    static const struct {
        enum regime_label from;
        double lead; /* of OK over WEAK */
        enum regime_label to;
    } rows[] = {
        { REGIME_RANGE_OK, .05, REGIME_RANGE_OK },
        { REGIME_RANGE_OK, 0, REGIME_RANGE_OK },
        { REGIME_RANGE_OK, -.05 + E, REGIME_RANGE_OK },
        { REGIME_RANGE_OK, -.05, REGIME_RANGE_WEAK },
        { REGIME_RANGE_OK, -.05 - E, REGIME_RANGE_WEAK },
        { REGIME_RANGE_WEAK, -.05, REGIME_RANGE_WEAK },
        { REGIME_RANGE_WEAK, 0, REGIME_RANGE_WEAK },
        { REGIME_RANGE_WEAK, .05 - E, REGIME_RANGE_WEAK },
        { REGIME_RANGE_WEAK, .05, REGIME_RANGE_OK },
        { REGIME_RANGE_WEAK, .05 + E, REGIME_RANGE_OK },
        { REGIME_UNKNOWN, E, REGIME_RANGE_OK },
        { REGIME_UNKNOWN, 0, REGIME_RANGE_WEAK },
        { REGIME_UNKNOWN, -E, REGIME_RANGE_WEAK },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct regime_track t = at(rows[i].from);
        push(&t, .35 + rows[i].lead / 2, .35 - rows[i].lead / 2, .2, .1);
        ASSERT_INT(t.label, rows[i].to);
        /* A range that is entered is chosen without a band. */
        t = at(REGIME_TRANSITION);
        for (int k = 0; k < 2; k++)
            push(&t, .35 + rows[i].lead / 2, .35 - rows[i].lead / 2, .2, .1);
        ASSERT_INT(t.label,
                   rows[i].lead > E / 2 ? REGIME_RANGE_OK : REGIME_RANGE_WEAK);
    }
}

static void between_the_limits_no_label_flickers(void)
{
    static const struct {
        enum regime_label from;
        double q[2], p_trend[2];
    } rows[] = {
        { REGIME_RANGE_OK, { .49, .36 }, { .0, .3 } },
        { REGIME_RANGE_OK, { .10, .499 }, { .0, .499 } },
        { REGIME_TRANSITION, { .34, .36 }, { .0, .0 } },
        { REGIME_TRANSITION, { .99, .49 }, { .59, .44 } },
        { REGIME_TREND, { .59, .46 }, { .59, .46 } },
        { REGIME_TREND, { .99, .45 }, { .45, .45 } },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct regime_track t = at(rows[i].from);
        for (int k = 0; k < 40; k++) {
            push_q(&t, rows[i].q[k % 2], rows[i].p_trend[k % 2]);
            ASSERT_INT(t.label, rows[i].from);
        }
        ASSERT_INT(t.run, 41);
    }
    struct regime_track t = at(REGIME_RANGE_OK);
    for (int k = 0; k < 40; k++)
        push(&t, .4 + .024 * (k % 2 * 2 - 1), .4, .1, .1);
    ASSERT_INT(t.run, 41);
}

/* Halves of halves, by hand. */
static void probabilities_are_smoothed_by_half(void)
{
    static const double in[][CLASS_COUNT] = {
        { .8, .1, .05, .05 },
        { .2, .3, .3, .2 },
        { 0, 0, 0, 1 },
    };
    static const double want[][CLASS_COUNT] = {
        { .8, .1, .05, .05 },
        { .5, .2, .175, .125 },
        { .25, .1, .0875, .5625 },
    };
    struct regime_track t;
    regime_track_init(&t);
    for (size_t i = 0; i < ARRAY_LEN(in); i++) {
        struct regime_odds o = odds(in[i][0], in[i][1], in[i][2], in[i][3]);
        regime_track_push(&t, &regime_model_shipped, &o);
        for (int k = 0; k < CLASS_COUNT; k++)
            ASSERT_NEAR(regime_track_p(&t, (enum regime_class)k).v, want[i][k],
                        1e-15);
        ASSERT_NEAR(regime_track_q(&t).v, want[i][2] + want[i][3], 1e-15);
        ASSERT_NEAR(regime_track_p_range(&t).v, want[i][0] + want[i][1], 1e-15);
    }
    ASSERT_INT(t.label, REGIME_TRANSITION);
    struct regime_odds o = odds(0, 0, 0, 1);
    regime_track_push(&t, &regime_model_shipped, &o);
    ASSERT_INT(t.label, REGIME_TREND);
}

static void unknown_bars_freeze_what_was_known(void)
{
    struct regime_track t = at(REGIME_TREND);
    push_unknown(&t, VALUE_WARMUP);
    push_unknown(&t, VALUE_FLAT);
    ASSERT_INT(t.label, REGIME_UNKNOWN);
    ASSERT_INT(t.run, 2);
    ASSERT_INT(t.held, REGIME_TREND);
    ASSERT_INT(regime_track_p(&t, CLASS_TREND).status, VALUE_FLAT);
    ASSERT(isnan(regime_track_p(&t, CLASS_TREND).v));
    ASSERT(isnan(regime_track_q(&t).v) && isnan(regime_track_p_range(&t).v));
    /* .7 is remembered: half of .7 and .3 is not below .45. */
    struct regime_odds o = odds(.3, .3, .1, .3);
    regime_track_push(&t, &regime_model_shipped, &o);
    ASSERT_NEAR(regime_track_p(&t, CLASS_TREND).v, .5, 1e-15);
    ASSERT_INT(t.label, REGIME_TREND);
    ASSERT_INT(t.run, 1);
}

static void an_unknown_bar_breaks_every_run(void)
{
    struct regime_track t = at(REGIME_TRANSITION);
    push_q(&t, .4, 0);
    push_q(&t, .3, 0);
    ASSERT_INT(t.run, 3);
    push_unknown(&t, VALUE_UNAVAILABLE);
    push_q(&t, .3, 0);
    ASSERT_INT(t.label, REGIME_TRANSITION);
    ASSERT_INT(t.run, 1);
    ASSERT_INT(t.quiet_run, 1);
    push_q(&t, .3, 0);
    ASSERT_INT(t.label, REGIME_RANGE_OK);
    push_q(&t, .3, 0);
    ASSERT_INT(t.range_run, 2);
    push_unknown(&t, VALUE_UNAVAILABLE);
    ASSERT_INT(t.range_run, 0);
    push_q(&t, .3, 0);
    ASSERT_INT(t.range_run, 1);
}

static void nothing_is_known_before_the_first_bar(void)
{
    struct regime_track t;
    regime_track_init(&t);
    ASSERT_INT(t.label, REGIME_UNKNOWN);
    ASSERT_INT(regime_track_q(&t).status, VALUE_UNAVAILABLE);
    ASSERT_INT(regime_track_fall(&t).falling, ANSWER_UNKNOWN);
    push_unknown(&t, VALUE_WARMUP);
    ASSERT_INT(t.label, REGIME_UNKNOWN);
    ASSERT_INT(regime_track_q(&t).status, VALUE_WARMUP);
    ASSERT_INT(t.run, 1);
    push_q(&t, .2, 0);
    ASSERT_INT(t.label, REGIME_RANGE_OK);
    ASSERT_INT(t.run, 1);
}

static void a_stop_of_trading_breaks_runs_and_keeps_labels(void)
{
    struct regime_track t = at(REGIME_TRANSITION);
    push_q(&t, .2, 0);
    regime_track_break(&t);
    ASSERT_INT(t.label, REGIME_TRANSITION);
    ASSERT_INT(regime_track_q(&t).status, VALUE_REAL);
    push_q(&t, .2, 0);
    ASSERT_INT(t.label, REGIME_TRANSITION);
    ASSERT_INT(t.run, 1);
    push_q(&t, .2, 0);
    ASSERT_INT(t.label, REGIME_RANGE_OK);
    ASSERT_INT(regime_track_fall(&t).falling, ANSWER_UNKNOWN);
}

/* The run of a range counts both kinds, that of a label one. */
static void runs_count_successive_bars(void)
{
    struct regime_track t = at(REGIME_RANGE_OK);
    push(&t, .4, .3, .2, .1);
    push(&t, .3, .4, .2, .1);
    push(&t, .3, .4, .2, .1);
    ASSERT_INT(t.label, REGIME_RANGE_WEAK);
    ASSERT_INT(t.run, 2);
    ASSERT_INT(t.range_run, 4);
    ASSERT_INT(t.quiet_run, 3);
    push_q(&t, .5, 0);
    ASSERT_INT(t.run, 1);
    ASSERT_INT(t.range_run, 0);
    ASSERT_INT(t.quiet_run, 0);
}

static struct regime_fall fall_of(const double *p_range, size_t n)
{
    struct regime_track t;
    regime_track_init(&t);
    for (size_t i = 0; i < n; i++)
        push(&t, p_range[i] / 2, p_range[i] / 2, 1 - p_range[i], 0);
    return regime_track_fall(&t);
}

static void confidence_falls_on_three_successive_closes(void)
{
    static const struct {
        double p_range[5];
        size_t n;
        enum answer falling;
        double drop;
    } rows[] = {
        { { .9, .8, .7 }, 3, ANSWER_UNKNOWN, NO_VALUE },
        { { .9, .8, .7, .6 }, 4, ANSWER_YES, .3 },
        { { .1, .9, .8, .7, .6 }, 5, ANSWER_YES, .3 },
        { { .9, .8, .7, .6, .6 }, 5, ANSWER_NO, .2 },
        { { .9, .8, .8, .7 }, 4, ANSWER_NO, .2 },
        { { .9, .9, .8, .7 }, 4, ANSWER_NO, .2 },
        { { .70, .69, .65, .60 }, 4, ANSWER_YES, .10 },
        { { .70, .69, .65, .60 + E }, 4, ANSWER_YES, .10 - E },
        { { .5, .6, .7, .8 }, 4, ANSWER_NO, -.3 },
        { { .6, .5, .5 - 4e-10, .4 }, 4, ANSWER_NO, .2 },
        { { .6, .5, .5 - 6e-10, .4 }, 4, ANSWER_YES, .2 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct regime_fall f = fall_of(rows[i].p_range, rows[i].n);
        ASSERT_INT(f.falling, rows[i].falling);
        ASSERT_NEAR(f.drop.v, rows[i].drop, 1e-9 / 4);
    }
    ASSERT_INT(fall_of(rows[0].p_range, 3).drop.status, VALUE_WARMUP);
}

static void an_unknown_bar_breaks_a_fall(void)
{
    struct regime_track t;
    regime_track_init(&t);
    for (int i = 0; i < 3; i++)
        push(&t, .9 - .1 * i, 0, .1 + .1 * i, 0);
    push_unknown(&t, VALUE_STALE);
    ASSERT_INT(regime_track_fall(&t).falling, ANSWER_UNKNOWN);
    ASSERT_INT(regime_track_fall(&t).drop.status, VALUE_STALE);
    for (int i = 3; i < 6; i++) {
        push(&t, .9 - .1 * i, 0, .1 + .1 * i, 0);
        ASSERT_INT(regime_track_fall(&t).falling, ANSWER_UNKNOWN);
    }
    push(&t, .2, 0, .8, 0);
    ASSERT_INT(regime_track_fall(&t).falling, ANSWER_YES);
    ASSERT_NEAR(regime_track_fall(&t).drop.v, .4, 1e-12);
}

static void a_copy_goes_on_with_the_same_bits(void)
{
    struct made_rows made;
    struct score_inputs in;
    struct regime_track t, copy;
    made_rows_init(&made, 77);
    regime_track_init(&t);
    for (int i = 0; i < 2000; i++) {
        made_row(&made, &in);
        struct scores s = regime_scores(&regime_model_shipped, &in);
        struct regime_odds o = regime_odds_of(&regime_model_shipped, &s);
        regime_track_push(&t, &regime_model_shipped, &o);
        if (i > 1000)
            regime_track_push(&copy, &regime_model_shipped, &o);
        if (i == 1000)
            memcpy(&copy, &t, sizeof(t));
        if (i >= 1000 && i % 10 == 0)
            ASSERT(memcmp(&copy, &t, sizeof(t)) == 0);
    }
}

void track_test(void);
void track_test(void)
{
    TEST_SUITE("track");
    TEST(every_limit_just_below_at_and_just_above);
    TEST(the_tenth_decimal_decides_nothing);
    TEST(two_quiet_bars_end_a_transition);
    TEST(quiet_bars_must_be_successive);
    TEST(from_trend_to_a_range_it_takes_two_bars);
    TEST(kinds_of_range_change_places_across_the_dead_band);
    TEST(between_the_limits_no_label_flickers);
    TEST(probabilities_are_smoothed_by_half);
    TEST(unknown_bars_freeze_what_was_known);
    TEST(an_unknown_bar_breaks_every_run);
    TEST(nothing_is_known_before_the_first_bar);
    TEST(a_stop_of_trading_breaks_runs_and_keeps_labels);
    TEST(runs_count_successive_bars);
    TEST(confidence_falls_on_three_successive_closes);
    TEST(an_unknown_bar_breaks_a_fall);
    TEST(a_copy_goes_on_with_the_same_bits);
}
