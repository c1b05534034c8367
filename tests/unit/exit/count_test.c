/* What is counted from slot to slot: on bars, never on runs; frozen by UNKNOWN;
 * all of it in exit_memory. */
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "exit/scene.h"
#include "test.h"

static struct scene s;

static struct verdict trade(int n)
{
    struct verdict v = { 0 };
    for (int i = 0; i < n; i++) {
        scene_trade(&s, 1, 100);
        v = scene_step(&s);
    }
    return v;
}

static struct verdict pass(int n)
{
    struct verdict v = { 0 };
    for (int i = 0; i < n; i++) {
        scene_pass(&s, 1);
        v = scene_step(&s);
    }
    return v;
}

static void begin(double p_trend, double pi)
{
    scene_begin(&s);
    trade(4);
    s.regime.p[CLASS_TREND] = value_real(p_trend, 80);
    scene_pi(&s, pi);
}

/* p of TREND on four successive 15m bars. */
static void a_trend_is_mandatory_on_its_fourth_bar(void)
{
    begin(.75, .25);
    for (int64_t i = 1; i <= 3; i++) {
        struct verdict v = trade(1);
        ASSERT_INT(v.triggers[M_TREND].answer, ANSWER_NO);
        ASSERT_INT(v.triggers[M_TREND].hits, i);
        ASSERT_INT(s.memory.counts.trend_slots, i);
    }
    ASSERT_INT(trade(1).state, STATE_MANDATORY);
    ASSERT_INT(trade(3).state, STATE_MANDATORY);
    ASSERT_INT(s.memory.counts.trend_slots, 7);
}

static void one_bar_below_starts_it_again(void)
{
    begin(.75, .25);
    trade(3);
    s.regime.p[CLASS_TREND] = value_real(.7, 80);
    trade(1);
    ASSERT_INT(s.memory.counts.trend_slots, 0);
    s.regime.p[CLASS_TREND] = value_real(.75, 80);
    ASSERT_INT(trade(3).triggers[M_TREND].answer, ANSWER_NO);
    ASSERT_INT(trade(1).triggers[M_TREND].answer, ANSWER_YES);
    s.regime.p[CLASS_TREND] = value_none(VALUE_FLAT); /* counts as no */
    trade(1);
    ASSERT_INT(s.memory.counts.trend_slots, 0);
}

/* pi is asked at the fourth, not before. */
static void pi_may_come_later_than_the_trend(void)
{
    begin(.75, .05);
    ASSERT_INT(trade(8).state, STATE_NORMAL);
    scene_pi(&s, .25);
    ASSERT_INT(trade(1).state, STATE_MANDATORY);
}

/* 30 min without a trade: the price is known, and there is no bar. */
static void a_slot_without_a_bar_is_not_counted(void)
{
    begin(.75, .25);
    trade(3);
    struct verdict v = pass(2);
    ASSERT_INT(v.triggers[M_TREND].answer, ANSWER_NO);
    ASSERT_INT(v.triggers[M_TREND].hits, 3);
    ASSERT_INT(s.memory.counts.trend_slots, 3);
    ASSERT_INT(trade(1).state, STATE_MANDATORY);
}

/* Looked at twice, a slot counts as often as it has new bars: once. */
static void bars_are_counted_where_runs_are_missing(void)
{
    begin(.75, .25);
    trade(2);
    scene_trade(&s, 2, 100); /* two bars, one look */
    scene_step(&s);
    ASSERT_INT(s.memory.counts.trend_slots, 3);
}

/* The bar of the slot is there one slot later, each time. */
static void late_bars_are_counted_when_they_come(void)
{
    begin(.75, .25);
    for (int64_t i = 1; i <= 4; i++) {
        made_add(&s.made[TF_15M], s.now_ms / MS_PER_SLOT, 100);
        s.now_ms += 2 * MS_PER_SLOT;
        struct verdict v = scene_step(&s);
        ASSERT_INT(s.memory.counts.trend_slots, i);
        ASSERT_INT(v.triggers[M_TREND].answer, i == 4 ? ANSWER_YES : ANSWER_NO);
        s.now_ms -= MS_PER_SLOT;
    }
}

/* pi at the gate on four successive 1h closes: only full hours count. */
static void pi_is_counted_at_the_close_of_the_hour(void)
{
    begin(.05, .37);
    for (int64_t i = 1; i <= 3; i++) {
        trade(3);
        ASSERT_INT(s.memory.counts.pi_closes, i - 1);
        struct verdict v = trade(1);
        ASSERT_INT(s.memory.counts.pi_closes, i);
        ASSERT_INT(v.triggers[L_TRANS].answer, ANSWER_NO);
        ASSERT_INT(v.triggers[L_TRANS].hits, i);
    }
    scene_pi(&s, .1); /* in between it may be what it wants */
    trade(3);
    scene_pi(&s, .37);
    struct verdict v = trade(1);
    ASSERT_INT(v.triggers[L_TRANS].answer, ANSWER_YES);
    ASSERT_INT(v.state, STATE_LATEST);
    scene_pi(&s, .1);
    ASSERT_INT(trade(3).triggers[L_TRANS].answer, ANSWER_YES);
    ASSERT_INT(trade(1).triggers[L_TRANS].answer, ANSWER_NO);
    ASSERT_INT(s.memory.counts.pi_closes, 0);
}

/* The last quarter had no trade, but the hour had: it closed. */
static void an_hour_closes_without_its_last_quarter(void)
{
    begin(.05, .37);
    trade(3);
    pass(1);
    ASSERT_INT(s.memory.counts.pi_closes, 1);
    trade(2);
    pass(2);
    ASSERT_INT(s.memory.counts.pi_closes, 2);
    s.hours_late = true; /* and this one is not there */
    ASSERT_INT(trade(4).triggers[M_BOUNDARY].answer, ANSWER_UNKNOWN);
    ASSERT_INT(s.memory.counts.pi_closes, 2);
}

/* UNKNOWN for each of its causes: nothing moves, whatever the other inputs. */
static void unknown_freezes_every_count(void)
{
    for (int cause = 0; cause < 4; cause++) {
        begin(.75, .36);
        s.config.m_trend.pi = .5; /* so that no state is raised */
        s.config.w_haz.enter = .9;
        s.config.gate = .36;
        trade(8);
        struct exit_counts before = s.memory.counts;
        ASSERT_INT(before.trend_slots, 8);
        ASSERT_INT(before.pi_closes, 2);
        if (cause == 0)
            s.regime.q = value_none(VALUE_WARMUP);
        if (cause == 1)
            scene_pi(&s, NO_VALUE);
        if (cause == 2)
            s.facts.status = MARKET_CLOSED;
        if (cause == 3)
            s.hours_late = true;
        int slots = cause == 3 ? 4 : 7; /* M_BLIND is silent for two hours */
        for (int i = 0; i < slots; i++)
            trade(1);
        ASSERT_INT(s.memory.known, STATE_NORMAL);
        ASSERT(s.memory.unknown_since_ms != MOMENT_NONE);
        if (cause != 3) { /* there three quarters are known */
            ASSERT_INT(s.memory.counts.trend_slots, before.trend_slots);
            ASSERT_INT(s.memory.counts.reversion_ms, before.reversion_ms);
        }
        ASSERT_INT(s.memory.counts.pi_closes, before.pi_closes);
        ASSERT_INT(s.memory.counts.warnings, before.warnings);
    }
}

/* The stop was touched: the state is known, pi and the regime are not. What has
 * no answer leaves its count as it was, the rest goes on. */
static void what_is_unknown_beside_a_known_state_is_not_counted(void)
{
    begin(.75, .38);
    scene_bar(&s, 79, 100, 100);
    scene_step(&s);
    trade(7);
    ASSERT_INT(s.memory.counts.trend_slots, 8);
    ASSERT_INT(s.memory.counts.pi_closes, 2);
    scene_pi(&s, NO_VALUE);
    ASSERT_INT(trade(4).state, STATE_MANDATORY);
    ASSERT_INT(s.memory.counts.trend_slots, 12);
    ASSERT_INT(s.memory.counts.pi_closes, 2);
    scene_pi(&s, .38);
    s.regime.p[CLASS_TREND] = value_none(VALUE_WARMUP);
    trade(4);
    ASSERT_INT(s.memory.counts.trend_slots, 12);
    ASSERT_INT(s.memory.counts.pi_closes, 3);
}

/* A MANDATORY that is only held is as ignorant as UNKNOWN. */
static void held_without_data_it_counts_nothing(void)
{
    begin(.75, .25);
    trade(4);
    ASSERT_INT(s.memory.known, STATE_MANDATORY);
    s.regime.p[CLASS_TREND] = value_real(.1, 80);
    s.regime.q = value_none(VALUE_WARMUP);
    scene_pi(&s, .05);
    struct verdict v = trade(1);
    ASSERT_INT(v.state, STATE_MANDATORY);
    ASSERT(v.held && !v.data_known);
    ASSERT_INT(s.memory.counts.trend_slots, 4);
    s.regime.q = value_real(.1, 80);
    trade(1);
    ASSERT_INT(s.memory.counts.trend_slots, 0);
}

/* The memory is all there is: a copy of it goes on alike. */
static void a_copy_of_the_memory_goes_on_alike(void)
{
    static const double pis[] = { .38, .38, NO_VALUE, .41, .35, .38, .2, .5 };
    static struct exit_memory copy;
    begin(.75, .24);
    memset(&copy, 0x5a, sizeof(copy));
    copy = s.memory;
    for (int i = 0; i < 64; i++) {
        scene_trade(&s, 1, i % 7 ? 104 : 100);
        scene_pi(&s, pis[i % 8]);
        struct trigger_inputs in = scene_look(&s);
        struct verdict a, b;
        struct exit_memory restored = copy, next;
        in.memory = &restored;
        exit_state_step(&in, &b, &next);
        copy = next;
        a = scene_step(&s);
        ASSERT_INT(a.state, b.state);
        ASSERT_INT(a.together.held, b.together.held);
        ASSERT_INT(copy.counts.trend_slots, s.memory.counts.trend_slots);
        ASSERT_INT(copy.counts.pi_closes, s.memory.counts.pi_closes);
        ASSERT_INT(copy.counts.reversion.since,
                   s.memory.counts.reversion.since);
        ASSERT_INT(copy.triggers[L_HAZ].active,
                   s.memory.triggers[L_HAZ].active);
        ASSERT_INT(restored.slot_ms, s.now_ms - MS_PER_SLOT); /* untouched */
    }
}

void count_test(void);
void count_test(void)
{
    TEST_SUITE("exit/exit_state: counts");
    TEST(a_trend_is_mandatory_on_its_fourth_bar);
    TEST(one_bar_below_starts_it_again);
    TEST(pi_may_come_later_than_the_trend);
    TEST(a_slot_without_a_bar_is_not_counted);
    TEST(bars_are_counted_where_runs_are_missing);
    TEST(late_bars_are_counted_when_they_come);
    TEST(pi_is_counted_at_the_close_of_the_hour);
    TEST(an_hour_closes_without_its_last_quarter);
    TEST(unknown_freezes_every_count);
    TEST(what_is_unknown_beside_a_known_state_is_not_counted);
    TEST(held_without_data_it_counts_nothing);
    TEST(a_copy_of_the_memory_goes_on_alike);
}
