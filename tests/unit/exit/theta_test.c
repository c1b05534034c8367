/* The table by the grid's own measures, by hand: a range of 92 to 108 is half a
 * range of 4 in an ATR of 2, a stop at 88 is 2 of them below it. */
#include "exit/theta.h"

#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

/* The model that is asked speaks. */
static struct theta asked(double atr)
{
    return theta_of(&s.config, &s.grid, atr, s.config.pi_model);
}

static struct theta of(double lower, double upper, double stop, double atr)
{
    scene_begin(&s);
    s.config.l_haz_table = true;
    s.grid.lower = lower;
    s.grid.upper = upper;
    s.grid.stop.below = stop;
    s.config.operator_delay_ms = 60 * MS_PER_MINUTE;
    s.config.pi_model = HAZARD_THREE;
    s.config.l_haz = theta_usual(HAZARD_THREE).limits;
    s.config.gate = .47;
    return asked(atr);
}

static void the_measures_are_those_of_the_start(void)
{
    struct theta t = of(92, 108, 88, 2);
    ASSERT_INT(t.source, THETA_TABLE);
    ASSERT(t.asked);
    ASSERT_NEAR(t.half_atr, 4, 0);
    ASSERT_NEAR(t.stop_atr, 2, 0);
    ASSERT_NEAR(t.atr, 2, 0);
    ASSERT_NEAR(t.limits.leave, t.limits.enter - .10, 1e-9);
}

/* docs/backtest.md: the entries, and where each of them begins. */
static void the_entries_are_those_that_were_measured(void)
{
    ASSERT_NEAR(of(92, 108, 88, 2).limits.enter, .50, 0);
    ASSERT_NEAR(of(92, 108, 90, 2).limits.enter, .50, 0);
    ASSERT_NEAR(of(88, 112, 84, 2).limits.enter, .50, 0); /* 6 ATR */
    ASSERT_NEAR(of(98, 102, 97, 2).limits.enter, .50, 0); /* 1 ATR wide */
}

/* A stop of 3 ATR leaves more time; its row begins half way to 2. */
static void a_farther_stop_is_told_later(void)
{
    ASSERT_NEAR(of(92, 108, 86, 2).limits.enter, .60, 0);
    ASSERT_NEAR(of(92, 108, 86, 2).gate, .57, 0);
    ASSERT_NEAR(of(88, 112, 82, 2).limits.enter, .60, 0);
    ASSERT_NEAR(of(88, 112, 72, 2).limits.enter, .60, 0);
    ASSERT_NEAR(of(92, 108, 87, 2).limits.enter, .60, 0);
    ASSERT_NEAR(of(92, 108, 87.000001, 2).limits.enter, .50, 0);
    of(92, 108, 86, 2);
    s.config.operator_delay_ms = 4 * MS_PER_HOUR;
    ASSERT_NEAR(asked(2).limits.enter, .45, 0);
    of(88, 112, 82, 2);
    s.config.operator_delay_ms = 4 * MS_PER_HOUR;
    ASSERT_NEAR(asked(2).limits.enter, .35, 0);
}

static double for_delay(int64_t ms, bool wide, enum hazard_model model)
{
    of(wide ? 88 : 92, wide ? 112 : 108, wide ? 84 : 88, 2);
    s.config.operator_delay_ms = ms;
    s.config.pi_model = model;
    return asked(2).limits.enter;
}

/* A row of 4 h begins at 2 h, the geometric middle of what was measured. */
static void who_takes_longer_is_told_earlier(void)
{
    static const struct {
        enum hazard_model model;
        double soon, narrow, wide;
    } rows[] = { { HAZARD_THREE, .50, .45, .35 },
                 { HAZARD_EWMA, .40, .35, .30 } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        enum hazard_model m = rows[i].model;
        double soon = rows[i].soon, narrow = rows[i].narrow;
        ASSERT_NEAR(for_delay(MS_PER_HOUR, false, m), soon, 0);
        ASSERT_NEAR(for_delay(2 * MS_PER_HOUR - 1000, false, m), narrow, 0);
        ASSERT_NEAR(for_delay(2 * MS_PER_HOUR - 60000, false, m), soon, 0);
        ASSERT_NEAR(for_delay(2 * MS_PER_HOUR, false, m), narrow, 0);
        ASSERT_NEAR(for_delay(24 * MS_PER_HOUR, false, m), narrow, 0);
        ASSERT_NEAR(for_delay(4 * MS_PER_HOUR, true, m), rows[i].wide, 0);
        ASSERT_NEAR(for_delay(MS_PER_HOUR, true, m), soon, 0);
    }
}

/* Whole minutes, a part of one counts as one. */
static void the_delay_is_told(void)
{
    ASSERT_INT(of(92, 108, 88, 2).delay_minutes, 60);
    s.config.operator_delay_ms = 90500;
    ASSERT_INT(asked(2).delay_minutes, 2);
    s.config.operator_delay_ms = 0;
    ASSERT_INT(asked(2).delay_minutes, 0);
}

static void who_set_a_limit_means_it(void)
{
    of(92, 108, 88, 2);
    s.config.l_haz = (struct limits){ .35, .20 };
    struct theta t = asked(2);
    ASSERT_INT(t.source, THETA_SET);
    ASSERT_NEAR(t.limits.enter, .35, 0);
    ASSERT_NEAR(t.limits.leave, .20, 0);
    s.config.l_haz = (struct limits){ .50, .39 };
    ASSERT_INT(asked(2).source, THETA_SET);
    s.config.l_haz = (struct limits){ .40, .30 }; /* the other model's */
    ASSERT_INT(asked(2).source, THETA_SET);
    s.config.l_haz = (struct limits){ .50, .40 };
    ASSERT_INT(asked(2).source, THETA_TABLE);
    s.config.l_haz_table = false;
    ASSERT_INT(asked(2).source, THETA_SET);
    ASSERT_NEAR(asked(2).limits.enter, .50, 0);
}

/* Its own usual limits, which older records have, are nobody's hand, and the
 * defaults are not. */
static void the_first_model_has_limits_of_its_own(void)
{
    static const struct limits nobodys[] = { { .40, .30 }, { .50, .40 } };
    for (size_t i = 0; i < ARRAY_LEN(nobodys); i++) {
        of(92, 108, 88, 2);
        s.config.pi_model = HAZARD_EWMA;
        s.config.l_haz = nobodys[i];
        struct theta t = asked(2);
        ASSERT_INT(t.source, THETA_TABLE);
        ASSERT_NEAR(t.limits.enter, .40, 0);
        ASSERT_NEAR(t.limits.leave, .30, 0);
        t = asked(NO_VALUE);
        ASSERT_INT(t.source, THETA_UNMEASURED);
        ASSERT_NEAR(t.limits.enter, .40, 0);
    }
    s.config.l_haz = (struct limits){ .45, .35 };
    ASSERT_INT(asked(2).source, THETA_SET);
}

/* The first model in a market that the second does not know yet: its own
 * limits, unless somebody set some. */
static void the_limits_are_those_of_the_model_that_spoke(void)
{
    struct theta t = of(92, 108, 88, 2);
    ASSERT_NEAR(t.limits.enter, .50, 0);
    t = theta_of(&s.config, &s.grid, 2, HAZARD_EWMA);
    ASSERT_INT(t.source, THETA_TABLE);
    ASSERT_NEAR(t.limits.enter, .40, 0);
    ASSERT_NEAR(t.limits.leave, .30, 0);
    s.config.operator_delay_ms = 4 * MS_PER_HOUR;
    t = theta_of(&s.config, &s.grid, 2, HAZARD_EWMA);
    ASSERT_NEAR(t.limits.enter, .35, 0);
    t = theta_of(&s.config, &s.grid, NO_VALUE, HAZARD_EWMA);
    ASSERT_INT(t.source, THETA_UNMEASURED);
    ASSERT_NEAR(t.limits.enter, .40, 0);
    s.config.l_haz = (struct limits){ .40, .30 }; /* by hand: another model is
                                                     asked */
    t = theta_of(&s.config, &s.grid, 2, HAZARD_EWMA);
    ASSERT_INT(t.source, THETA_SET);
}

static double gate_of(double gate, double half, enum hazard_model spoke)
{
    of(100 - 2 * half, 100 + 2 * half, 96 - 2 * half, 2);
    s.config.operator_delay_ms = 4 * MS_PER_HOUR;
    s.config.gate = gate;
    return theta_of(&s.config, &s.grid, 2, spoke).gate;
}

/* .47 is nobody's hand, as the default; what somebody set holds for each row
 * and model. */
static void the_gate_goes_with_its_row(void)
{
    ASSERT_NEAR(of(92, 108, 88, 2).gate, .47, 0);
    ASSERT_NEAR(gate_of(.47, 4, HAZARD_THREE), .42, 0);
    ASSERT_NEAR(gate_of(.47, 6, HAZARD_THREE), .32, 0);
    ASSERT_NEAR(gate_of(.47, 6, HAZARD_EWMA), .37, 0);
    ASSERT_NEAR(gate_of(.45, 4, HAZARD_THREE), .45, 0);
    ASSERT_NEAR(gate_of(.45, 6, HAZARD_EWMA), .45, 0);
    gate_of(.47, 6, HAZARD_THREE);
    ASSERT_NEAR(theta_of(&s.config, &s.grid, NO_VALUE, HAZARD_THREE).gate, .47,
                0);
    ASSERT_NEAR(theta_of(&s.config, &s.grid, NO_VALUE, HAZARD_EWMA).gate, .37,
                0);
    s.config.l_haz = (struct limits){ .60, .50 };
    ASSERT_NEAR(theta_of(&s.config, &s.grid, 2, HAZARD_THREE).gate, .47, 0);
}

/* Any of the three numbers gives it away; other ones are somebody's own. */
static void limits_of_a_model_that_is_not_asked_are_noticed(void)
{
    static const struct {
        enum hazard_model asked;
        struct limits l_haz;
        double gate;
        enum hazard_model left;
    } rows[] = {
        { HAZARD_THREE, { .50, .40 }, .47, HAZARD_MODEL_COUNT },
        { HAZARD_THREE, { .40, .30 }, .37, HAZARD_EWMA },
        { HAZARD_THREE, { .40, .30 }, .35, HAZARD_EWMA },
        { HAZARD_THREE, { .50, .40 }, .37, HAZARD_EWMA },
        { HAZARD_THREE, { .40, .25 }, .38, HAZARD_MODEL_COUNT },
        { HAZARD_EWMA, { .50, .40 }, .47, HAZARD_MODEL_COUNT },
        { HAZARD_EWMA, { .40, .30 }, .37, HAZARD_MODEL_COUNT },
    };
    scene_begin(&s);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        s.config.pi_model = rows[i].asked;
        s.config.l_haz = rows[i].l_haz;
        s.config.gate = rows[i].gate;
        ASSERT_INT(theta_left_over(&s.config), rows[i].left);
    }
}

/* Through the rows: .42 is below the limit of one model, and not of the
 * other. */
static void the_rows_follow_the_model_that_spoke(void)
{
    scene_begin(&s);
    s.config.l_haz = (struct limits){ .50, .40 };
    s.config.l_haz_table = true;
    s.config.gate = .47;
    s.config.pi_model = HAZARD_THREE;
    s.config.l_trans.pi_closes = 1;
    for (int model = 0; model < HAZARD_MODEL_COUNT; model++) {
        bool first = model == HAZARD_EWMA;
        s.memory = exit_memory_new();
        scene_pi(&s, .42);
        s.hazard.model = (enum hazard_model)model;
        scene_trade(&s, 4, 100);
        struct verdict v = scene_step(&s);
        ASSERT_NEAR(v.theta.limits.enter, first ? .40 : .50, 0);
        ASSERT_INT(v.triggers[L_HAZ].answer, first ? ANSWER_YES : ANSWER_NO);
        ASSERT_INT(v.triggers[L_TRANS].answer, first ? ANSWER_YES : ANSWER_NO);
        ASSERT_INT(v.triggers[L_VER].gate, first ? ANSWER_YES : ANSWER_NO);
    }
}

static void what_was_not_measured_is_said(void)
{
    ASSERT_INT(of(92, 108, 88, NO_VALUE).source, THETA_UNMEASURED);
    ASSERT_INT(of(92, 108, NO_VALUE, 2).source, THETA_UNMEASURED);
    ASSERT_NEAR(of(92, 108, NO_VALUE, 2).limits.enter, .50, 0);
    ASSERT_NEAR(of(92, 108, NO_VALUE, 2).half_atr, 4, 0);
    of(92, 108, 88, 2);
    s.grid.side = GRID_NEUTRAL; /* it has no stop above */
    ASSERT_INT(asked(2).source, THETA_UNMEASURED);
    s.grid.stop.above = 111;
    ASSERT_INT(asked(2).source, THETA_TABLE);
    ASSERT_NEAR(asked(2).stop_atr, 1.5, 0);
    s.config.profile = PROFILE_SEED;
    ASSERT(!asked(2).asked);
    s.config.profile = PROFILE_CALIBRATED;
    s.config.mode[L_HAZ] = TRIGGER_OFF;
    ASSERT(!asked(2).asked);
}

/* The first ATR that is known stays for the life, whatever comes later. */
static void the_first_atr_is_kept(void)
{
    scene_begin(&s);
    s.config.l_haz_table = true;
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).theta.source, THETA_UNMEASURED);
    ASSERT(isnan(s.memory.atr_entry));
    s.metrics.values[METRIC_ATR_4H] = value_real(2, 100);
    scene_trade(&s, 1, 100);
    ASSERT_INT(scene_step(&s).theta.source, THETA_TABLE);
    s.metrics.values[METRIC_ATR_4H] = value_real(7, 100);
    scene_trade(&s, 1, 100);
    ASSERT_NEAR(scene_step(&s).theta.atr, 2, 0);
    ASSERT_NEAR(s.memory.atr_entry, 2, 0);
    scene_trade(&s, 1, 100);
    scene_pi(&s, NO_VALUE); /* UNKNOWN forgets no start */
    scene_step(&s);
    ASSERT_NEAR(s.memory.atr_entry, 2, 0);
}

static void the_table_is_in_order_and_can_be_reached(void)
{
    scene_begin(&s);
    for (size_t i = 0; i < theta_rows; i++) {
        const struct theta_row *r = &theta_table[i];
        s.config = scene_config();
        ASSERT(r->enter > s.config.w_haz.enter);
        ASSERT(r->gate > s.config.w_haz.enter);
        ASSERT(r->gate <= r->enter || r->model == HAZARD_EWMA);
        bool first = i == 0 || r[-1].model != r->model;
        ASSERT(r->half_atr >= (first ? 0 : r[-1].half_atr));
        ASSERT(!first ||
               (r->half_atr <= 0 && r->stop_atr <= 0 && r->delay_minutes == 0));
    }
}

void theta_test(void);
void theta_test(void)
{
    TEST_SUITE("exit: theta");
    TEST(the_measures_are_those_of_the_start);
    TEST(the_entries_are_those_that_were_measured);
    TEST(a_farther_stop_is_told_later);
    TEST(who_takes_longer_is_told_earlier);
    TEST(the_delay_is_told);
    TEST(who_set_a_limit_means_it);
    TEST(the_first_model_has_limits_of_its_own);
    TEST(the_limits_are_those_of_the_model_that_spoke);
    TEST(the_gate_goes_with_its_row);
    TEST(limits_of_a_model_that_is_not_asked_are_noticed);
    TEST(the_rows_follow_the_model_that_spoke);
    TEST(what_was_not_measured_is_said);
    TEST(the_first_atr_is_kept);
    TEST(the_table_is_in_order_and_can_be_reached);
}
