/* What evaluate() does with the memory when a grid stops and starts. */
#include "base/array.h"
#include "base/moment.h"
#include "engine/scene_inputs.h"
#include "test.h"

static struct scene s;
static struct snapshot now;
static struct measure_work work;
static struct evaluation e;

static void run(void)
{
    scene_snapshot(&s, &work, &now);
    const struct evaluate_inputs in = scene_inputs(&s, &now);
    evaluate(&in, &e, &s.memory);
}

/* Without L_CRISIS: the touch of the stop is one, and outlasts it. */
static void begin(void)
{
    scene_sway(&s);
    s.config.mode[L_CRISIS] = TRIGGER_OFF;
}

/* The low of 79 is a crisis, too: five ATR and more. */
static void touch_the_stop(void)
{
    scene_bar(&s, 79, 100, 100);
    run();
    ASSERT_INT(e.verdict.state, STATE_MANDATORY);
}

/* Stopped out, then started anew: nothing of the old life counts. */
static void another_life_forgets_the_memory(void)
{
    begin();
    touch_the_stop();
    int64_t slot = s.now_ms;
    scene_event(&s, s.now_ms + 1, GRID_STOPPED);
    scene_event(&s, s.now_ms + 2, GRID_STARTED);
    scene_trade(&s, 1, 100);
    run();
    ASSERT_INT(e.verdict.state, STATE_NORMAL);
    ASSERT_INT(e.verdict.previous, STATE_UNKNOWN);
    ASSERT_INT(e.verdict.episode_ms, MOMENT_NONE);
    ASSERT_INT(e.verdict.since_ms, s.now_ms);
    ASSERT_INT(s.memory.latch.side, SIDE_NONE);
    ASSERT_INT(s.memory.life_ms, slot + 2);
    ASSERT_INT(s.memory.slot_ms, s.now_ms);
    scene_event(&s, s.now_ms + 1, GRID_PAUSED); /* is no other life */
    scene_event(&s, s.now_ms + 2, GRID_RESUMED);
    scene_bar(&s, 79, 100, 100);
    run();
    ASSERT_INT(e.verdict.previous, STATE_NORMAL);
    ASSERT_INT(e.verdict.state, STATE_MANDATORY);
}

/* A crisis is the market's: a new life has lived through it. */
static void another_life_remembers_the_crisis(void)
{
    begin();
    touch_the_stop();
    ASSERT_INT(s.memory.crisis_ms, s.now_ms);
    for (int i = 0; i < 20; i++) {
        scene_trade(&s, 1, i % 2 ? 100 : 100.5);
        run();
    }
    int64_t crisis = s.memory.crisis_ms;
    ASSERT_INT(crisis, s.now_ms - 4 * MS_PER_SLOT); /* and the 16 after it */
    scene_event(&s, s.now_ms + 1, GRID_STARTED);
    scene_trade(&s, 1, 100);
    run();
    ASSERT_INT(s.memory.crisis_ms, crisis);
    ASSERT_INT(s.memory.latch.side, SIDE_NONE);
}

/* A grid that was stopped has nothing to leave: every trigger is off, no hold,
 * no latch, no episode. What held is remembered for the gates. */
static void a_stopped_grid_asks_only_the_gates(void)
{
    begin();
    touch_the_stop();
    scene_event(&s, s.now_ms + 1, GRID_STOPPED);
    for (int i = 0; i < 3; i++) {
        scene_bar(&s, 70, 100, 100);
        run();
        ASSERT_INT(e.verdict.state, STATE_NORMAL);
        ASSERT(!e.verdict.held);
        ASSERT_INT(e.verdict.episode_ms, MOMENT_NONE);
        for (int k = 0; k < TRIGGER_COUNT; k++)
            ASSERT_INT(e.verdict.triggers[k].answer, ANSWER_NOT_APPLICABLE);
        ASSERT_INT(s.memory.left, STATE_MANDATORY);
        ASSERT_INT(s.memory.latch.side, SIDE_NONE);
        ASSERT_INT(e.gates.rows[G1_CRISIS].pass, ANSWER_NO);
    }
    scene_pass(&s, 3);
    run();
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
    ASSERT_INT(s.memory.left, STATE_MANDATORY);
}

static void what_held_when_it_stopped_is_remembered(void)
{
    static const struct {
        enum exit_state known, left;
    } rows[] = {
        { STATE_UNKNOWN, STATE_NORMAL },      { STATE_NORMAL, STATE_NORMAL },
        { STATE_WARNING, STATE_WARNING },     { STATE_LATEST, STATE_LATEST },
        { STATE_MANDATORY, STATE_MANDATORY },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        run();
        ASSERT_INT(s.memory.left, STATE_UNKNOWN);
        s.memory.known = rows[i].known;
        scene_event(&s, s.now_ms + 1, GRID_EXITED);
        scene_trade(&s, 1, 100);
        run();
        ASSERT_INT(s.memory.left, rows[i].left);
        ASSERT_INT(s.memory.known, STATE_NORMAL);
        ASSERT_INT(s.memory.since_ms, s.now_ms);
    }
}

/* An event after the slot has not happened yet: a missed slot that is filled
 * later is judged as it was. */
static void a_slot_before_the_stop_is_judged_as_it_was(void)
{
    begin();
    scene_event(&s, s.now_ms + MS_PER_SLOT + 1, GRID_STOPPED);
    touch_the_stop();
    ASSERT_INT(s.memory.left, STATE_UNKNOWN);
    scene_trade(&s, 1, 100);
    run();
    ASSERT_INT(e.verdict.triggers[M_STOP].answer, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(s.memory.left, STATE_MANDATORY);
}

/* Stopped, resumed, stopped again: each stop remembers its own state and ends
 * its own hold. */
static void a_grid_may_stop_more_than_once(void)
{
    begin();
    run();
    scene_event(&s, s.now_ms + 1, GRID_STOPPED);
    scene_trade(&s, 1, 100);
    run();
    ASSERT_INT(s.memory.left, STATE_NORMAL);
    scene_event(&s, s.now_ms + 1, GRID_RESUMED);
    touch_the_stop();
    ASSERT_INT(s.memory.left, STATE_UNKNOWN);
    scene_event(&s, s.now_ms + 1, GRID_STOPPED);
    scene_trade(&s, 1, 100);
    run();
    ASSERT_INT(s.memory.left, STATE_MANDATORY);
    ASSERT_INT(e.verdict.state, STATE_NORMAL);
}

/* What nobody looked at before the grid started is no blindness of it. */
static void another_life_is_blind_from_its_start_at_most(void)
{
    static const struct {
        int64_t started_ms, blind_ms; /* from the slot that sees nothing */
    } rows[] = {
        { -1, 0 },
        { -MS_PER_SLOT, -MS_PER_SLOT },
        { -MS_PER_SLOT - 1, -MS_PER_SLOT },
        { -2 * MS_PER_DAY, -2 * MS_PER_DAY },
        { 0, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        run();
        scene_event(&s, s.now_ms + 1, GRID_STOPPED);
        scene_pass(&s, 4 * 24 * 20);
        scene_event(&s, s.now_ms + rows[i].started_ms, GRID_STARTED);
        run();
        ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
        ASSERT_INT(s.memory.blind_ms, s.now_ms + rows[i].blind_ms);
    }
}

/* A life that was looked at: from behind its newest slot. */
static void a_life_is_blind_behind_its_newest_slot(void)
{
    begin();
    run();
    int64_t slot_ms = s.now_ms;
    scene_pass(&s, 8);
    run();
    ASSERT_INT(e.verdict.state, STATE_UNKNOWN);
    ASSERT_INT(s.memory.blind_ms, slot_ms + MS_PER_SLOT);
}

void grid_life_test(void);
void grid_life_test(void)
{
    TEST_SUITE("engine/evaluate: the life of a grid");
    TEST(another_life_forgets_the_memory);
    TEST(another_life_remembers_the_crisis);
    TEST(a_stopped_grid_asks_only_the_gates);
    TEST(what_held_when_it_stopped_is_remembered);
    TEST(a_slot_before_the_stop_is_judged_as_it_was);
    TEST(a_grid_may_stop_more_than_once);
    TEST(another_life_is_blind_from_its_start_at_most);
    TEST(a_life_is_blind_behind_its_newest_slot);
}
