/* G8: what a grid must wait for that was left. */
#include "base/array.h"
#include "base/moment.h"
#include "gate/gate_scene.h"
#include "test.h"

static struct gate_scene s;

static struct gate_result ask(enum gate_id id)
{
    return gate_scene_ask(&s).rows[id];
}

static void a_first_start_has_neither_g5_nor_g8(void)
{
    gate_scene_begin(&s);
    s.restart = false;
    struct gates g = gate_scene_ask(&s);
    for (int i = 0; i < GATE_COUNT; i++) {
        int group = gate_table[i].group;
        bool na = group == 5 || group == 8;
        ASSERT_INT(g.rows[i].pass, na ? ANSWER_NOT_APPLICABLE : ANSWER_YES);
        ASSERT(!na || isnan(g.rows[i].limit));
    }
    ASSERT_INT(gate_group_pass(&g, 8), ANSWER_NOT_APPLICABLE);
    ASSERT(gates_open(&g));
}

static void four_hours_after_an_exit_a_day_after_a_siren(void)
{
    static const struct {
        enum exit_state left;
        enum grid_event event;
        int64_t minutes;
        enum answer want;
    } rows[] = {
        { STATE_LATEST, GRID_STOPPED, 239, ANSWER_NO },
        { STATE_LATEST, GRID_STOPPED, 240, ANSWER_YES },
        { STATE_LATEST, GRID_EXITED, 241, ANSWER_YES },
        { STATE_UNKNOWN, GRID_EXITED, 239, ANSWER_NO },
        { STATE_NORMAL, GRID_EXITED, 240, ANSWER_YES },
        { STATE_MANDATORY, GRID_STOPPED, 1439, ANSWER_NO },
        { STATE_MANDATORY, GRID_STOPPED, 1440, ANSWER_YES },
        { STATE_MANDATORY, GRID_EXITED, 1441, ANSWER_YES },
        { STATE_MANDATORY, GRID_EXITED, 240, ANSWER_NO },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        s.memory.left = rows[i].left;
        s.grid.history_count = 2;
        gate_scene_event(&s, GATE_SLOT - rows[i].minutes * MS_PER_MINUTE,
                         rows[i].event);
        struct gate_result r = ask(G8_WAIT);
        ASSERT_INT(r.pass, rows[i].want);
        ASSERT_NEAR(r.value.v, (double)rows[i].minutes / 60, 1e-8);
        ASSERT_NEAR(r.limit, rows[i].left == STATE_MANDATORY ? 24 : 4, 0);
    }
}

static void the_newest_exit_counts_and_none_that_has_not_been(void)
{
    gate_scene_begin(&s);
    gate_scene_event(&s, GATE_SLOT - 5 * MS_PER_HOUR, GRID_STARTED);
    gate_scene_event(&s, GATE_SLOT - 2 * MS_PER_HOUR, GRID_EXITED);
    gate_scene_event(&s, GATE_SLOT - MS_PER_HOUR, GRID_CHANGED);
    gate_scene_event(&s, GATE_SLOT + MS_PER_HOUR, GRID_STOPPED);
    ASSERT_NEAR(ask(G8_WAIT).value.v, 2, 0);
    gate_scene_begin(&s);
    s.grid.history_count = 2; /* never left */
    ASSERT_INT(ask(G8_WAIT).pass, ANSWER_NOT_APPLICABLE);
    gate_scene_event(&s, GATE_SLOT + 1, GRID_STOPPED);
    ASSERT_INT(ask(G8_WAIT).pass, ANSWER_NOT_APPLICABLE);
    ASSERT_INT(ask(G8_RANGE).pass, ANSWER_YES);
}

static void the_regime_must_have_been_a_range(void)
{
    for (int n = 0; n < 7; n++) {
        gate_scene_begin(&s);
        s.regime.range_run = n;
        ASSERT_INT(ask(G8_RANGE).pass, n >= 4 ? ANSWER_YES : ANSWER_NO);
        ASSERT_NEAR(ask(G8_RANGE).value.v, n, 0);
    }
    s.regime.before = REGIME_UNKNOWN;
    ASSERT_INT(ask(G8_RANGE).pass, ANSWER_UNKNOWN);
    s.regime.before = REGIME_TREND; /* is known, and is no range */
    s.regime.range_run = 0;
    ASSERT_INT(ask(G8_RANGE).pass, ANSWER_NO);
}

static void the_half_life_must_not_have_grown(void)
{
    static const struct {
        double newest, value;
        enum answer want;
    } rows[] = {
        { 0, 0, ANSWER_YES },
        { 11.999, 1.499875, ANSWER_YES },
        { 12, 1.5, ANSWER_NO },
        { 12.001, 1.500125, ANSWER_NO },
        { HUGE_VAL, NO_VALUE, ANSWER_NO },
        { NO_VALUE, NO_VALUE, ANSWER_UNKNOWN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        s.hourly.rows[s.hourly.count - 1].hl200 = rows[i].newest;
        ASSERT_INT(ask(G8_HL).pass, rows[i].want);
        ASSERT_NEAR(ask(G8_HL).value.v, rows[i].value, 1e-9);
    }
    s.hourly.count = 0;
    ASSERT_INT(ask(G8_HL).pass, ANSWER_UNKNOWN);
}

static void without_an_identified_baseline_there_is_nothing_to_compare(void)
{
    gate_scene_begin(&s);
    s.memory.baseline.identified = false;
    s.hourly.rows[s.hourly.count - 1].hl200 = HUGE_VAL;
    ASSERT_INT(ask(G8_HL).pass, ANSWER_NOT_APPLICABLE);
    s.memory.baseline.half_life = value_none(VALUE_NOT_IDENTIFIED);
    ASSERT_INT(ask(G8_HL).pass, ANSWER_NOT_APPLICABLE);
    s.memory.baseline = baseline_none(); /* was never taken: not the same */
    ASSERT_INT(ask(G8_HL).pass, ANSWER_UNKNOWN);
    ASSERT_INT(ask(G8_HL).value.status, VALUE_WARMUP);
}

static struct gate_result ask_inside(void)
{
    gate_scene_log_hours(&s);
    return ask(G8_INSIDE);
}

static void two_closes_inside_in_a_row(void)
{
    static const struct {
        double last[3]; /* newest first; before them 100 */
        int inside;
    } rows[] = {
        { { 100, 100, 92 }, 2 },
        { { 100, 92, 100 }, 1 },
        { { 92, 100, 100 }, 0 },
        { { 109, 100, 100 }, 0 },
        { { GATE_LOWER, GATE_UPPER, 92 }, 2 },
        { { 100, 109, 92 }, 1 },
        { { 100, 100, 100 }, 8 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        for (int k = 0; k < 3; k++)
            s.view.window[TF_1H].bars[7 - k].close = rows[i].last[k];
        struct gate_result r = ask_inside();
        ASSERT_NEAR(r.value.v, rows[i].inside, 0);
        ASSERT_INT(r.pass, rows[i].inside >= 2 ? ANSWER_YES : ANSWER_NO);
    }
}

static void a_stop_of_trading_ends_the_row_and_a_late_hour_is_unknown(void)
{
    gate_scene_begin(&s);
    s.view.window[TF_1H].bars[7].flags = BAR_GAP;
    ASSERT_NEAR(ask_inside().value.v, 1, 0);
    ASSERT_INT(ask_inside().pass, ANSWER_NO);
    s.view.window[TF_1H].bars[7].flags = 0;
    s.view.window[TF_1H].bars[6].flags = BAR_GAP;
    ASSERT_NEAR(ask_inside().value.v, 2, 0);
    s.view.window[TF_1H].count = 7;
    ASSERT_INT(ask_inside().pass, ANSWER_UNKNOWN);
    s.view.window[TF_1H].count = 0;
    ASSERT_INT(ask_inside().pass, ANSWER_UNKNOWN);
}

#define DAY (24 * 60)

/* Events after the grid's creation and first start, ten days ago. */
static void two_restarts_of_a_range_in_a_week(void)
{
    static const struct {
        struct {
            int64_t minutes; /* ago */
            enum grid_event event;
        } events[6];
        int count, want;
    } rows[] = {
        { { { 0, GRID_CREATED } }, 0, 0 },
        { { { 3 * DAY, GRID_STOPPED } }, 1, 0 },
        { { { 3 * DAY, GRID_STOPPED }, { 2 * DAY, GRID_STARTED } }, 2, 1 },
        { { { 3 * DAY, GRID_EXITED },
            { 2 * DAY, GRID_STARTED },
            { DAY, GRID_STOPPED },
            { DAY / 2, GRID_STARTED } },
          4,
          2 },
        /* seven days ago to the minute is over */
        { { { 8 * DAY, GRID_STOPPED },
            { 7 * DAY, GRID_STARTED },
            { DAY, GRID_STOPPED },
            { DAY / 2, GRID_STARTED } },
          4,
          1 },
        { { { 8 * DAY, GRID_STOPPED }, { 7 * DAY - 1, GRID_STARTED } }, 2, 1 },
        /* another range: its first start is none */
        { { { 3 * DAY, GRID_STOPPED },
            { 2 * DAY, GRID_STARTED },
            { DAY, GRID_STOPPED },
            { DAY / 2, GRID_CHANGED },
            { DAY / 3, GRID_STARTED } },
          5,
          0 },
        /* nor are a pause and what has not been yet */
        { { { 3 * DAY, GRID_PAUSED },
            { 2 * DAY, GRID_RESUMED },
            { DAY, GRID_STOPPED },
            { -1, GRID_STARTED } },
          4,
          0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        gate_scene_begin(&s);
        s.grid.history_count = 0;
        gate_scene_event(&s, GATE_SLOT - 10 * MS_PER_DAY, GRID_CREATED);
        gate_scene_event(&s, GATE_SLOT - 10 * MS_PER_DAY, GRID_STARTED);
        for (int k = 0; k < rows[i].count; k++)
            gate_scene_event(
                &s, GATE_SLOT - rows[i].events[k].minutes * MS_PER_MINUTE,
                rows[i].events[k].event);
        struct gate_result r = ask(G8_COUNT);
        ASSERT_NEAR(r.value.v, rows[i].want, 0);
        ASSERT_INT(r.pass, rows[i].want < 2 ? ANSWER_YES : ANSWER_NO);
    }
}

void gate_restart_test(void);
void gate_restart_test(void)
{
    TEST_SUITE("gate/gate: a restart");
    TEST(a_first_start_has_neither_g5_nor_g8);
    TEST(four_hours_after_an_exit_a_day_after_a_siren);
    TEST(the_newest_exit_counts_and_none_that_has_not_been);
    TEST(the_regime_must_have_been_a_range);
    TEST(the_half_life_must_not_have_grown);
    TEST(without_an_identified_baseline_there_is_nothing_to_compare);
    TEST(two_closes_inside_in_a_row);
    TEST(a_stop_of_trading_ends_the_row_and_a_late_hour_is_unknown);
    TEST(two_restarts_of_a_range_in_a_week);
}
