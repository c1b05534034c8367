/* M_STOP: touched by a 15m bar that closed since the stop was set, or by the
 * ticker; latched until the stop or the life changes. */
#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static void begin(double below, double above)
{
    scene_begin(&s);
    s.grid.stop = (struct grid_stop){ below, above };
    scene_trade(&s, 4, 100);
    scene_step(&s);
}

// clang-format off
static const struct {
    const char *name;
    double below, above; /* stops */
    double low, high;    /* of the newest bar */
    enum answer want;
    enum range_side side;
} touches[] = {
    { "low just above",         80, NO_VALUE, 80.0001, 100, ANSWER_NO,  SIDE_DOWN },
    { "low at",                 80, NO_VALUE, 80,      100, ANSWER_YES, SIDE_DOWN },
    { "low below",              80, NO_VALUE, 79.9999, 100, ANSWER_YES, SIDE_DOWN },
    { "high is no matter",      80, NO_VALUE, 99,      150, ANSWER_NO,  SIDE_DOWN },
    { "high just below",        NO_VALUE, 120, 100, 119.999, ANSWER_NO,  SIDE_UP },
    { "high at",                NO_VALUE, 120, 100, 120,     ANSWER_YES, SIDE_UP },
    { "high above",             NO_VALUE, 120, 100, 120.001, ANSWER_YES, SIDE_UP },
    { "low is no matter",       NO_VALUE, 120, 10,  101,     ANSWER_NO,  SIDE_UP },
    { "two stops, none",        80, 120, 81, 101, ANSWER_NO,  SIDE_DOWN },
    { "two stops, nearer above", 80, 120, 99, 119, ANSWER_NO, SIDE_UP },
    { "two stops, below",       80, 120, 79, 101, ANSWER_YES, SIDE_DOWN },
    { "two stops, above",       80, 120, 99, 121, ANSWER_YES, SIDE_UP },
};
// clang-format on

static void a_bar_touches_a_stop(void)
{
    for (size_t i = 0; i < ARRAY_LEN(touches); i++) {
        begin(touches[i].below, touches[i].above);
        scene_bar(&s, touches[i].low, touches[i].high, 100);
        struct trigger_result r = scene_ask(&s, M_STOP);
        bool up = touches[i].side == SIDE_UP;
        test_int(r.answer, touches[i].want, TEST_HERE(touches[i].name));
        test_int(r.side, touches[i].side, TEST_HERE(touches[i].name));
        ASSERT_NEAR(r.limit, up ? touches[i].above : touches[i].below, 0);
        ASSERT_NEAR(r.value.v, up ? touches[i].high : touches[i].low, 0);
        ASSERT_INT(r.seen_ms, r.answer == ANSWER_YES ? s.now_ms : MOMENT_NONE);
        ASSERT_INT(r.distance <= 0, r.answer == ANSWER_YES);
        ASSERT_INT(r.evidence,
                   r.answer == ANSWER_YES ? EVIDENCE_BAR : EVIDENCE_NONE);
        ASSERT_INT(r.hits, r.answer == ANSWER_YES);
    }
}

static void without_a_stop_it_does_not_apply(void)
{
    begin(NO_VALUE, NO_VALUE);
    scene_bar(&s, 1, 1000, 100);
    s.facts.ticker = 1;
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_NOT_APPLICABLE);
    s.facts.status = MARKET_CLOSED;
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_NOT_APPLICABLE);
}

/* The stop was set at 01:15: the bar that closed then does not count. */
static void only_bars_that_closed_since_it_was_set_count(void)
{
    begin(80, NO_VALUE);
    scene_bar(&s, 70, 100, 100);
    scene_event(&s, s.now_ms, GRID_CHANGED);
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_NO);
    s.grid.history[2].at_ms--;
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_YES);
}

static void bars_that_arrive_late_are_held_to_it(void)
{
    begin(80, NO_VALUE);
    scene_bar(&s, 79, 100, 100); /* the runs of these slots were missed */
    scene_trade(&s, 3, 100);
    struct trigger_result r = scene_ask(&s, M_STOP);
    ASSERT_INT(r.answer, ANSWER_YES);
    ASSERT_INT(r.evidence, EVIDENCE_BAR);
    ASSERT_INT(r.seen_ms, s.now_ms - 3 * MS_PER_SLOT);
    ASSERT_NEAR(r.value.v, 79, 0);
}

static void a_bar_is_held_to_it_once(void)
{
    begin(80, NO_VALUE);
    scene_bar(&s, 95, 100, 100);
    scene_step(&s);
    s.made[TF_15M].bars[4].low = 70; /* as if it had been known before */
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_NO);
}

static void a_look_without_bars_rewinds_nothing(void)
{
    begin(80, NO_VALUE);
    int64_t scanned = s.memory.scanned_ms;
    ASSERT_INT(scanned, s.now_ms);
    size_t count = s.made[TF_15M].count;
    s.made[TF_15M].count = 0;
    scene_step(&s);
    ASSERT_INT(s.memory.scanned_ms, scanned);
    s.made[TF_15M].count = count;
    s.made[TF_15M].bars[count - 1].low = 70;
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_NO);
}

static void a_touched_stop_stays_touched(void)
{
    begin(80, NO_VALUE);
    scene_bar(&s, 79, 100, 100);
    int64_t touched = s.now_ms;
    scene_step(&s);
    for (int i = 0; i < 50; i++) {
        scene_trade(&s, 1, 105);
        struct trigger_result r = scene_step(&s).triggers[M_STOP];
        ASSERT_INT(r.answer, ANSWER_YES);
        ASSERT_INT(r.evidence, EVIDENCE_LATCH);
        ASSERT_INT(r.side, SIDE_DOWN);
        ASSERT_NEAR(r.limit, 80, 0);
        ASSERT_INT(r.seen_ms, touched);
    }
    scene_pass(&s, 10);
    ASSERT_INT(scene_step(&s).triggers[M_STOP].evidence, EVIDENCE_LATCH);
}

static void another_stop_lets_go(void)
{
    begin(80, NO_VALUE);
    scene_bar(&s, 79, 100, 100);
    scene_step(&s);
    s.grid.stop.below = 78;
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).triggers[M_STOP].answer, ANSWER_NO);
    ASSERT_INT(s.memory.latch.side, SIDE_NONE);
    s.grid.stop.below = 80; /* and does not come back */
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).triggers[M_STOP].answer, ANSWER_NO);
}

static void a_change_that_leaves_the_stop_alone_keeps_the_latch(void)
{
    begin(80, NO_VALUE);
    scene_bar(&s, 79, 100, 100);
    scene_step(&s);
    scene_event(&s, s.now_ms + 1, GRID_CHANGED);
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).triggers[M_STOP].evidence, EVIDENCE_LATCH);
    scene_bar(&s, 79, 100, 100);
    ASSERT_INT(scene_step(&s).triggers[M_STOP].evidence, EVIDENCE_BAR);
}

/* The distance of the nearer stop must not stand beside the touched one. */
static void a_latch_shows_the_stop_that_was_touched(void)
{
    begin(80, 120);
    scene_bar(&s, 79, 100, 100);
    scene_step(&s);
    scene_bar(&s, 118, 119, 119);
    struct trigger_result r = scene_ask(&s, M_STOP);
    ASSERT_INT(r.evidence, EVIDENCE_LATCH);
    ASSERT_INT(r.side, SIDE_DOWN);
    ASSERT_NEAR(r.limit, 80, 0);
    ASSERT(isnan(r.distance) && isnan(r.value.v));
    ASSERT_INT(r.of, 1);
}

// clang-format off
static const struct {
    const char *name;
    double ticker;
    enum answer want;
} tickers[] = {
    { "ticker above",    80.01,    ANSWER_NO },
    { "ticker at",       80,       ANSWER_YES },
    { "ticker below",    79.99,    ANSWER_YES },
    { "no ticker",       NO_VALUE, ANSWER_NO },
    { "ticker of zero",  0,        ANSWER_NO },
    { "ticker negative", -5,       ANSWER_NO },
};
// clang-format on

static void the_ticker_can_touch_it_early(void)
{
    for (size_t i = 0; i < ARRAY_LEN(tickers); i++) {
        begin(80, NO_VALUE);
        scene_trade(&s, 1, 100);
        s.facts.ticker = tickers[i].ticker;
        s.facts.ticker_ms = s.now_ms + 12345;
        struct trigger_result r = scene_ask(&s, M_STOP);
        test_int(r.answer, tickers[i].want, TEST_HERE(tickers[i].name));
        if (r.answer != ANSWER_YES)
            continue;
        ASSERT_INT(r.evidence, EVIDENCE_TICKER);
        ASSERT_INT(r.seen_ms, s.now_ms + 12345);
        ASSERT_NEAR(r.value.v, tickers[i].ticker, 0);
        ASSERT_INT(r.of, 1);
        ASSERT_INT(r.hits, 1);
    }
}

static void a_ticker_of_another_time_touches_nothing(void)
{
    static const struct {
        int64_t age_ms;
        double ticker;
        enum answer want;
    } rows[] = {
        { 0, 79, ANSWER_YES },
        { 30 * MS_PER_MINUTE, 79, ANSWER_YES },
        { 30 * MS_PER_MINUTE + 1, 79, ANSWER_NO },
        { -30 * MS_PER_MINUTE - 1, 79, ANSWER_NO },
        { 0, 60, ANSWER_NO }, /* ln(100 / 60) needs a witness itself */
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin(80, NO_VALUE);
        s.facts.ticker = rows[i].ticker;
        s.facts.ticker_ms = s.now_ms - rows[i].age_ms;
        ASSERT_INT(scene_ask(&s, M_STOP).answer, rows[i].want);
    }
}

/* Whether it jumped cannot be known without a bar. */
static void a_ticker_without_a_bar_touches_nothing(void)
{
    scene_begin(&s);
    s.facts.ticker = 79;
    s.facts.ticker_ms = s.now_ms;
    struct trigger_inputs in = scene_look(&s);
    ASSERT_INT(in.view->window[TF_15M].count, 0);
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_UNKNOWN);
}

static void a_ticker_latches_too(void)
{
    begin(80, NO_VALUE);
    scene_trade(&s, 1, 100);
    s.facts.ticker = 79;
    int64_t touched = s.now_ms;
    scene_step(&s);
    s.facts.ticker = 100;
    scene_trade(&s, 1, 100);
    struct trigger_result r = scene_step(&s).triggers[M_STOP];
    ASSERT_INT(r.evidence, EVIDENCE_LATCH);
    ASSERT_INT(r.seen_ms, touched);
}

static void a_bar_is_better_evidence_than_a_ticker(void)
{
    begin(80, NO_VALUE);
    scene_bar(&s, 79, 100, 100);
    s.facts.ticker = 70;
    ASSERT_INT(scene_ask(&s, M_STOP).evidence, EVIDENCE_BAR);
}

static void without_a_price_it_is_unknown_unless_touched(void)
{
    begin(80, NO_VALUE);
    scene_pass(&s, 3);
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_UNKNOWN);
    s.facts.ticker = 100;
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_UNKNOWN);
    s.facts.ticker = 79;
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_YES);
    ASSERT_INT(scene_ask(&s, M_STOP).evidence, EVIDENCE_TICKER);
}

/* The bar is dropped while nothing confirms it; the touch comes with proof. */
static void a_jump_without_a_witness_touches_nothing(void)
{
    begin(80, NO_VALUE);
    scene_trade(&s, 1, 50);
    ASSERT_INT(scene_step(&s).triggers[M_STOP].answer, ANSWER_UNKNOWN);
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).triggers[M_STOP].answer, ANSWER_NO);
    ASSERT_INT(s.memory.latch.side, SIDE_NONE);
    begin(80, NO_VALUE);
    scene_trade(&s, 1, 50);
    scene_step(&s);
    scene_trade(&s, 1, 51);
    struct trigger_result r = scene_step(&s).triggers[M_STOP];
    ASSERT_INT(r.answer, ANSWER_YES);
    ASSERT_NEAR(r.value.v, 50, 0);
}

/* Without a history nobody knows when it was set: only the newest slot. */
static void without_a_history_only_the_newest_bar_counts(void)
{
    begin(80, NO_VALUE);
    s.grid.history_count = 0;
    s.memory = exit_memory_new();
    scene_bar(&s, 79, 100, 100);
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_YES);
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_ask(&s, M_STOP).answer, ANSWER_NO);
}

void stop_test(void);
void stop_test(void)
{
    TEST_SUITE("exit/trigger: M_STOP");
    TEST(a_bar_touches_a_stop);
    TEST(without_a_stop_it_does_not_apply);
    TEST(only_bars_that_closed_since_it_was_set_count);
    TEST(bars_that_arrive_late_are_held_to_it);
    TEST(a_bar_is_held_to_it_once);
    TEST(a_look_without_bars_rewinds_nothing);
    TEST(a_touched_stop_stays_touched);
    TEST(another_stop_lets_go);
    TEST(a_change_that_leaves_the_stop_alone_keeps_the_latch);
    TEST(a_latch_shows_the_stop_that_was_touched);
    TEST(the_ticker_can_touch_it_early);
    TEST(a_ticker_of_another_time_touches_nothing);
    TEST(a_ticker_without_a_bar_touches_nothing);
    TEST(a_ticker_latches_too);
    TEST(a_bar_is_better_evidence_than_a_ticker);
    TEST(without_a_price_it_is_unknown_unless_touched);
    TEST(a_jump_without_a_witness_touches_nothing);
    TEST(without_a_history_only_the_newest_bar_counts);
}
