/* What the last price says between two slots. The grid is 90 .. 110 with a stop
 * at 80, the newest close 100; times and verdicts by hand. */
#include "engine/look.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "engine/scene_inputs.h"
#include "test.h"

void look_test(void);

static struct scene s;
static struct snapshot now;
static struct measure_work work;
static struct evaluation slot, seen;
static struct exit_memory next;
static bool noted; /* there was a look before, and it was beyond this: */
static enum range_side noted_side;

static void run(void)
{
    scene_snapshot(&s, &work, &now);
    const struct evaluate_inputs in = scene_inputs(&s, &now);
    evaluate(&in, &slot, &s.memory);
}

/* As a slot leaves it that raised LATEST_ACCEPTABLE_EXIT. */
static void begin(void)
{
    scene_sway(&s);
    s.config.mode[L_CRISIS] = TRIGGER_OFF;
    run();
    slot.verdict.state = slot.verdict.known = STATE_LATEST;
    s.memory.known = STATE_LATEST;
    s.memory.since_ms = s.memory.episode_ms = s.now_ms;
    s.memory.clear_closes = 1;
    noted = false;
    noted_side = SIDE_NONE;
    memset(&seen, 0, sizeof(seen));
    memset(&next, 0, sizeof(next));
}

static enum look_found look_at(double ticker, int64_t ticker_ms)
{
    const struct look_inputs in = {
        .slot = &slot,
        .grid = &s.grid,
        .config = &s.config,
        .memory = &s.memory,
        .ticker = ticker,
        .ticker_ms = ticker_ms,
        .at_ms = s.now_ms + 5 * MS_PER_MINUTE,
        .noted = noted,
        .noted_side = noted_side,
    };
    return look(&in, &seen, &next);
}

static enum look_found look_now(double ticker)
{
    return look_at(ticker, s.now_ms + 5 * MS_PER_MINUTE - 1000);
}

static void a_price_is_held_to_stop_and_bounds(void)
{
    static const struct {
        double ticker;
        enum look_found want;
        enum range_side beyond;
    } rows[] = {
        { 100, LOOK_NOTHING, SIDE_NONE },  { 90, LOOK_NOTHING, SIDE_NONE },
        { 89.9, LOOK_OUTSIDE, SIDE_DOWN }, { 110, LOOK_NOTHING, SIDE_NONE },
        { 110.1, LOOK_OUTSIDE, SIDE_UP },  { 80.1, LOOK_OUTSIDE, SIDE_DOWN },
        { 80, LOOK_TOUCHED, SIDE_DOWN },   { 75, LOOK_TOUCHED, SIDE_DOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        ASSERT_INT(look_now(rows[i].ticker), rows[i].want);
        ASSERT_INT(look_beyond(&s.grid, rows[i].ticker), rows[i].beyond);
    }
    ASSERT_INT(look_beyond(&s.grid, NO_VALUE), SIDE_NONE);
}

/* What the look before it noted, else what the slot's close says, is on record:
 * only another side is news. */
static void a_bound_is_noted_when_that_changes(void)
{
    static const struct {
        double close;
        bool noted;
        enum range_side was;
        double ticker;
        enum look_found want;
    } rows[] = {
        { 100, false, SIDE_NONE, 89, LOOK_OUTSIDE },
        { 100, true, SIDE_DOWN, 89, LOOK_NOTHING },
        { 100, true, SIDE_DOWN, 88, LOOK_NOTHING },
        { 100, true, SIDE_DOWN, 91, LOOK_BACK },
        { 100, true, SIDE_DOWN, 111, LOOK_OUTSIDE },
        { 100, true, SIDE_NONE, 91, LOOK_NOTHING },
        { 100, true, SIDE_NONE, 111, LOOK_OUTSIDE },
        { 89, false, SIDE_NONE, 88, LOOK_NOTHING },
        { 89, false, SIDE_NONE, 91, LOOK_BACK },
        { 89, true, SIDE_NONE, 88, LOOK_OUTSIDE },
        { 89, true, SIDE_NONE, 91, LOOK_NOTHING },
        { 100, true, SIDE_DOWN, 80, LOOK_TOUCHED },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        slot.close.v = rows[i].close;
        noted = rows[i].noted;
        noted_side = rows[i].was;
        ASSERT_INT(look_now(rows[i].ticker), rows[i].want);
    }
}

static void what_is_no_price_decides_nothing(void)
{
    begin();
    ASSERT_INT(look_now(NO_VALUE), LOOK_UNKNOWN);
    ASSERT_INT(look_now(0), LOOK_UNKNOWN);
    ASSERT_INT(look_now(-79), LOOK_UNKNOWN);
    ASSERT_INT(look_now(60), LOOK_UNKNOWN); /* ln .6 is -.511: a jump */
    int64_t at_ms = s.now_ms + 5 * MS_PER_MINUTE;
    ASSERT_INT(look_at(79, at_ms - 30 * MS_PER_MINUTE - 1), LOOK_UNKNOWN);
    ASSERT_INT(look_at(79, at_ms - 30 * MS_PER_MINUTE), LOOK_TOUCHED);
    begin();
    ASSERT_INT(look_at(79, MOMENT_NONE), LOOK_TOUCHED);
    begin();
    slot.close = value_none(VALUE_UNAVAILABLE); /* a jump from what? */
    ASSERT_INT(look_now(79), LOOK_UNKNOWN);
    ASSERT_INT(look_now(100), LOOK_UNKNOWN);
}

static void a_touched_stop_is_mandatory_exit(void)
{
    begin();
    int64_t trend_slots = s.memory.counts.trend_slots;
    ASSERT_INT(look_now(79.5), LOOK_TOUCHED);
    ASSERT_INT(seen.verdict.state, STATE_MANDATORY);
    ASSERT_INT(seen.verdict.previous, STATE_LATEST);
    ASSERT_INT(seen.verdict.known, STATE_MANDATORY);
    ASSERT_INT(seen.verdict.since_ms, s.now_ms + 5 * MS_PER_MINUTE);
    ASSERT_INT(seen.verdict.episode_ms, s.now_ms);
    ASSERT_INT(seen.slot_ms, s.now_ms);
    ASSERT_INT(seen.look_ms, s.now_ms + 5 * MS_PER_MINUTE);
    ASSERT_INT(seen.side, SIDE_DOWN);
    ASSERT(!seen.riskless);
    const struct trigger_result *r = &seen.verdict.triggers[M_STOP];
    ASSERT_INT(r->answer, ANSWER_YES);
    ASSERT_INT(r->evidence, EVIDENCE_TICKER);
    ASSERT_NEAR(r->value.v, 79.5, 0);
    ASSERT_NEAR(r->limit, 80, 0);
    ASSERT_NEAR(r->distance, -0.006269613013595374, 1e-14); /* ln(79.5/80) */
    ASSERT_INT(r->seen_ms, s.now_ms + 5 * MS_PER_MINUTE - 1000);
    ASSERT_INT(r->hits, 1);
    for (int i = 0; i < TRIGGER_COUNT; i++)
        if (i != M_STOP)
            ASSERT_INT(seen.verdict.triggers[i].answer,
                       slot.verdict.triggers[i].answer);
    ASSERT_INT(next.known, STATE_MANDATORY);
    ASSERT_INT(next.slot_ms, s.now_ms);
    ASSERT_INT(next.counts.trend_slots, trend_slots);
    ASSERT_INT(next.clear_closes, 0);
    ASSERT_INT(next.latch.side, SIDE_DOWN);
    ASSERT_NEAR(next.latch.stop, 80, 0);
    ASSERT_INT(next.triggers[M_STOP].since_ms, s.now_ms + 5 * MS_PER_MINUTE);
    ASSERT_INT(next.since_ms, s.now_ms + 5 * MS_PER_MINUTE);
}

/* The latch has the time of the trade; without one, and where the exchange's
 * clock is ahead, that of the look. */
static void a_touch_has_the_time_of_its_price(void)
{
    static const struct {
        int64_t ticker_ms, want_ms; /* from the slot on; -1: none */
    } rows[] = {
        { 4 * MS_PER_MINUTE + 59000, 4 * MS_PER_MINUTE + 59000 },
        { 5 * MS_PER_MINUTE, 5 * MS_PER_MINUTE },
        { 7 * MS_PER_MINUTE, 5 * MS_PER_MINUTE },
        { -1, 5 * MS_PER_MINUTE },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t from_ms = rows[i].ticker_ms;
        begin();
        ASSERT_INT(
            look_at(79.5, from_ms < 0 ? MOMENT_NONE : s.now_ms + from_ms),
            LOOK_TOUCHED);
        ASSERT_INT(next.latch.at_ms, s.now_ms + rows[i].want_ms);
        ASSERT_INT(next.slot_ms, s.now_ms);
    }
}

/* The stop is one of the origin's own rules. */
static void the_literal_rules_know_of_it(void)
{
    begin();
    ASSERT(!slot.verdict.literal[M_STOP]);
    slot.verdict.literal[W_ER] = true;
    slot.verdict.theta.asked = true;
    slot.verdict.theta.limits.enter = .41;
    ASSERT_INT(look_now(79.5), LOOK_TOUCHED);
    ASSERT(seen.verdict.literal[M_STOP]);
    ASSERT(seen.verdict.literal[W_ER]);
    ASSERT(seen.verdict.theta.asked);
    ASSERT_NEAR(seen.verdict.theta.limits.enter, .41, 0);
}

/* The price came back: what was seen is remembered. */
static void the_next_slot_knows_of_it(void)
{
    begin();
    look_now(79);
    s.memory = next;
    scene_bar(&s, 99, 101, 100);
    run();
    ASSERT_INT(slot.verdict.state, STATE_MANDATORY);
    ASSERT_INT(slot.verdict.previous, STATE_MANDATORY);
    const struct trigger_result *r = &slot.verdict.triggers[M_STOP];
    ASSERT_INT(r->evidence, EVIDENCE_LATCH);
    ASSERT_INT(r->seen_ms, s.now_ms - 10 * MS_PER_MINUTE - 1000);
    ASSERT_INT(slot.verdict.since_ms, s.now_ms - 10 * MS_PER_MINUTE);
    ASSERT(slot.verdict.literal[M_STOP]);
}

/* Without the look it would not. */
static void without_it_the_slot_says_another_thing(void)
{
    begin();
    scene_bar(&s, 99, 101, 100);
    run();
    ASSERT_INT(slot.verdict.triggers[M_STOP].answer, ANSWER_NO);
    ASSERT(slot.verdict.state != STATE_MANDATORY);
}

static void a_stop_above_is_one(void)
{
    begin();
    s.grid.stop = (struct grid_stop){ NO_VALUE, 120 };
    ASSERT_INT(look_now(120), LOOK_TOUCHED);
    ASSERT_INT(seen.side, SIDE_UP);
    begin();
    s.grid.stop = (struct grid_stop){ NO_VALUE, NO_VALUE };
    ASSERT_INT(look_now(70), LOOK_OUTSIDE);
}

static void a_row_that_only_watches_raises_nothing(void)
{
    begin();
    s.config.mode[M_STOP] = TRIGGER_SHADOW;
    ASSERT_INT(look_now(79), LOOK_TOUCHED);
    ASSERT_INT(seen.verdict.state, STATE_LATEST);
    ASSERT_INT(next.clear_closes, 1);
    s.memory = next; /* it is told once */
    ASSERT_INT(look_now(79), LOOK_OUTSIDE);
    begin();
    s.config.mode[M_STOP] = TRIGGER_OFF;
    ASSERT_INT(look_now(79), LOOK_OUTSIDE);
}

/* Who cannot see is not calm because a row that only watches saw something. */
static void what_only_watches_ends_no_blindness(void)
{
    for (int service = 0; service < 2; service++) {
        begin();
        scene_pass(&s, 4);
        run();
        ASSERT_INT(slot.verdict.state, STATE_UNKNOWN);
        if (service)
            s.config.shadow = true;
        else
            s.config.mode[M_STOP] = TRIGGER_SHADOW;
        int64_t unknown_ms = s.memory.unknown_since_ms;
        int64_t episode_ms = s.memory.episode_ms;
        ASSERT_INT(look_now(79), LOOK_TOUCHED);
        ASSERT_INT(seen.verdict.state, STATE_UNKNOWN);
        ASSERT_INT(seen.verdict.known, STATE_LATEST);
        ASSERT_INT(next.known, STATE_LATEST);
        ASSERT_INT(next.unknown_since_ms, unknown_ms);
        ASSERT_INT(next.episode_ms, episode_ms);
    }
    begin();
    scene_pass(&s, 4);
    run();
    ASSERT_INT(look_now(79), LOOK_TOUCHED);
    ASSERT_INT(seen.verdict.state, STATE_MANDATORY);
    ASSERT_INT(seen.verdict.previous, STATE_UNKNOWN);
}

static void only_latest_is_looked_at(void)
{
    static const enum exit_state states[] = { STATE_UNKNOWN, STATE_NORMAL,
                                              STATE_WARNING, STATE_LATEST,
                                              STATE_MANDATORY };
    begin();
    int64_t now_ms = s.now_ms + 5 * MS_PER_MINUTE;
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        s.memory.known = states[i];
        ASSERT_INT(look_is_wanted(&s.grid, &s.memory, now_ms),
                   states[i] == STATE_LATEST);
    }
    s.memory.known = STATE_LATEST;
    s.memory.life_ms--;
    ASSERT(!look_is_wanted(&s.grid, &s.memory, now_ms));
    s.memory.life_ms++;
    scene_event(&s, s.now_ms + 1, GRID_STOPPED);
    ASSERT(!look_is_wanted(&s.grid, &s.memory, now_ms));
}

void look_test(void)
{
    TEST_SUITE("engine/look");
    TEST(a_price_is_held_to_stop_and_bounds);
    TEST(a_bound_is_noted_when_that_changes);
    TEST(what_is_no_price_decides_nothing);
    TEST(a_touched_stop_is_mandatory_exit);
    TEST(a_touch_has_the_time_of_its_price);
    TEST(the_literal_rules_know_of_it);
    TEST(the_next_slot_knows_of_it);
    TEST(without_it_the_slot_says_another_thing);
    TEST(a_stop_above_is_one);
    TEST(a_row_that_only_watches_raises_nothing);
    TEST(what_only_watches_ends_no_blindness);
    TEST(only_latest_is_looked_at);
}
