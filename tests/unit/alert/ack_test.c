/* What an acknowledgement answers, and what ends it; and how often a siren may
 * ring for worse news. Time is in minutes. */
#include "alert/row.h"

#include <stdio.h>
#include <string.h>

#include "alert/decided.h"
#include "base/array.h"
#include "base/moment.h"
#include "test.h"

#define U STATE_UNKNOWN
#define N STATE_NORMAL
#define W STATE_WARNING
#define L STATE_LATEST
#define M STATE_MANDATORY

/* The world that the next slot is decided in. */
static struct {
    struct evaluation e;
    struct alert_memory m, before;
    struct risk risk;
    struct alert_now now;
} w;

static void pi(double down)
{
    w.e.hazard.pi = w.e.hazard.pi_dn = value_real(down, 500);
    w.e.hazard.pi_up = value_real(.01, 500);
}

static void begin(void)
{
    memset(&w, 0, sizeof(w));
    w.m = alert_memory_new();
    w.e.side = SIDE_DOWN;
    w.e.verdict.episode_ms = MOMENT_NONE;
    pi(.5);
    snprintf(w.e.grid, sizeof(w.e.grid), "btc-a");
    w.now = decided_now(&w.e, HUSH_NOTHING);
}

static void money(double stop_atr, double at_risk)
{
    w.risk.stop_atr = value_real(stop_atr, 1);
    w.risk.at_risk = value_real(at_risk, 1);
    w.now.risk = &w.risk;
}

static void nothing_is_known(void)
{
    w.e.side = SIDE_NONE;
    w.e.hazard.pi = w.e.hazard.pi_dn = w.e.hazard.pi_up =
        value_none(VALUE_STALE);
    w.now.risk = NULL;
}

static void yes(enum trigger_id id, bool says)
{
    w.e.verdict.triggers[id].answer = says ? ANSWER_YES : ANSWER_NO;
}

static void acknowledge(int minute)
{
    w.now.acknowledged_ms = minute * MS_PER_MINUTE;
}

static enum alert_reason at(int minute, enum exit_state state)
{
    w.e.slot_ms = minute * MS_PER_MINUTE;
    w.e.verdict.state = state;
    if (state == N)
        w.e.verdict.episode_ms = MOMENT_NONE;
    else if (state != U && w.e.verdict.episode_ms == MOMENT_NONE)
        w.e.verdict.episode_ms = w.e.slot_ms;
    w.before = w.m;
    return alert_decide(&w.m, &w.now, &w.m);
}

#define IS(minute, state, want)                                                \
    ASSERT_STR(alert_reason_name(at((minute), (state))),                       \
               alert_reason_name(want))

/* LATEST at 0, answered at 3, known at 15; the look at 14 made it MANDATORY. */
static void an_answer_before_a_look_is_none_of_it(void)
{
    for (int minute = 3; minute <= 14; minute += 11) {
        begin();
        IS(0, L, ALERT_FIRST);
        w.e.look_ms = 14 * MS_PER_MINUTE;
        IS(0, M, ALERT_WORSE);
        w.e.look_ms = 0;
        acknowledge(minute);
        at(15, M);
        ASSERT_INT(alert_siren_rings(&w.m), minute < 14);
        ASSERT_INT(w.m.siren.acknowledged_ms,
                   minute < 14 ? MOMENT_NONE : 14 * MS_PER_MINUTE);
    }
}

/* Whatever it was sent for, and by a slot or a look, its id says so. */
static void a_siren_of_a_look_says_what_it_is_for(void)
{
    for (int look = 0; look < 3; look++) {
        begin();
        IS(0, M, ALERT_FIRST);
        /* 7.5 min; 15, which is a slot's time, too */
        w.e.look_ms = look * 15 * MS_PER_MINUTE / 2;
        w.e.price_cause = PRICE_API_ERROR;
        intent_id(&w.e, ALERT_STALE_SIREN, w.m.siren.intent);
        w.m.siren.sent_ms = w.e.look_ms;
        w.e.slot_ms = 45 * MS_PER_MINUTE;
        w.e.look_ms = 0;
        ASSERT(alert_siren_is_of_sight(&w.m, &w.now));
        intent_id(&w.e, ALERT_GRAVER, w.m.siren.intent);
        ASSERT(!alert_siren_is_of_sight(&w.m, &w.now));
    }
}

/* A fall to a WARNING that is too faint for a first message is told. */
static void a_fall_below_the_floor_ends_the_answer(void)
{
    begin();
    IS(0, M, ALERT_FIRST);
    acknowledge(5);
    IS(15, M, ALERT_NOTHING);
    pi(.05);
    IS(120, W, ALERT_BETTER);
    IS(600, W, ALERT_QUIET); /* but not repeated */
    pi(.5);
    IS(615, M, ALERT_WORSE);
    ASSERT_INT(alert_priority(ALERT_WORSE, &w.now), 2);
    IS(675, M, ALERT_UNHEARD);
}

/* A fall that a snooze hides; the second answer was given during it. */
static void a_fall_that_nobody_was_told_ends_the_answer(void)
{
    static const int answers[] = { 5, 70 };
    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        begin();
        IS(0, M, ALERT_FIRST);
        acknowledge(5);
        w.now.hush = HUSH_SNOOZED;
        IS(15, M, ALERT_NOTHING);
        IS(60, L, ALERT_SNOOZED);
        acknowledge(answers[i]);
        IS(75, L, ALERT_SNOOZED);
        IS(180, M, ALERT_WORSE);
        ASSERT(w.m.siren.intent[0] != '\0');
        IS(195, M, ALERT_NOTHING);
        acknowledge(196);
        IS(240, M, ALERT_NOTHING);
    }
}

/* UNKNOWN is no fall: the same MANDATORY stays answered behind it. */
static void the_answer_outlasts_blindness(void)
{
    begin();
    IS(0, M, ALERT_FIRST);
    acknowledge(5);
    IS(15, U, ALERT_BLIND);
    IS(30, M, ALERT_SIGHTED);
    IS(120, M, ALERT_NOTHING);
}

/* It becomes known late, but was made before the siren. */
static void an_answer_before_the_siren_is_none(void)
{
    begin();
    IS(0, L, ALERT_FIRST);
    IS(15, M, ALERT_WORSE);
    acknowledge(14);
    IS(30, M, ALERT_NOTHING);
    ASSERT(!alert_is_acknowledged(&w.m, &w.now));
    IS(75, M, ALERT_UNHEARD);
    acknowledge(15);
    ASSERT(alert_is_acknowledged(&w.m, &w.now));
    IS(135, M, ALERT_NOTHING);
}

/* Answered while nothing could be seen; then the price is back, outside. */
static void a_new_mandatory_row_ends_the_answer(void)
{
    begin();
    nothing_is_known();
    yes(M_BLIND, true);
    IS(0, M, ALERT_FIRST);
    acknowledge(5);
    IS(15, M, ALERT_NOTHING);
    w.e.side = SIDE_DOWN;
    pi(.89);
    money(.9, 300);
    yes(M_BLIND, false);
    yes(M_BOUNDARY, true);
    IS(30, M, ALERT_GRAVER);
    ASSERT(alert_cancels(&w.before, &w.m) == false); /* it was answered */
    acknowledge(31);
    yes(M_STOP, true);
    IS(45, M, ALERT_GRAVER); /* without any distance */
    acknowledge(46);
    IS(60, M, ALERT_NOTHING);
}

static void a_row_that_flaps_rings_once(void)
{
    begin();
    yes(M_TREND, true);
    IS(0, M, ALERT_FIRST);
    yes(M_TREND, false);
    yes(M_BOUNDARY, true);
    IS(15, M, ALERT_GRAVER);
    acknowledge(16);
    for (int minute = 30; minute < 240; minute += 15) {
        yes(M_TREND, minute % 30 == 0);
        yes(M_BOUNDARY, minute % 30 != 0);
        IS(minute, M, ALERT_NOTHING);
    }
    ASSERT(w.m.told.cause[M_TREND] && w.m.told.cause[M_BOUNDARY]);
}

static void rows_of_less_and_in_shadow_do_not_ring(void)
{
    static enum trigger_mode mode[TRIGGER_COUNT];
    begin();
    mode[M_TREND] = TRIGGER_SHADOW;
    w.now.mode = mode;
    yes(M_BOUNDARY, true);
    IS(0, M, ALERT_FIRST);
    acknowledge(1);
    yes(L_HAZ, true);
    yes(M_TREND, true);
    IS(120, M, ALERT_NOTHING);
}

/* The figures of a message that knew none are those of the one before. */
static void figures_outlast_what_cannot_be_known(void)
{
    begin();
    yes(M_TREND, true);
    money(3.0, 400);
    IS(0, M, ALERT_FIRST);
    nothing_is_known();
    yes(M_BLIND, true);
    IS(15, M, ALERT_GRAVER);
    ASSERT_NEAR(w.m.told.pi, .5, 1e-12);
    ASSERT_INT(w.m.told.side, SIDE_DOWN);
    ASSERT_NEAR(w.m.told.stop_atr, 3, 1e-12);
    ASSERT_NEAR(w.m.told.at_risk, 400, 1e-12);
    w.e.side = SIDE_DOWN;
    pi(.5);
    money(2.0, 400);
    IS(75, M, ALERT_GRAVER);
    ASSERT_NEAR(w.m.told.stop_atr, 2, 1e-12);
}

/* Of another episode nothing is kept. */
static void figures_end_with_the_episode(void)
{
    begin();
    money(3.0, 400);
    IS(0, M, ALERT_FIRST);
    IS(15, N, ALERT_RESOLVED);
    nothing_is_known();
    IS(30, M, ALERT_FIRST);
    ASSERT_INT(w.m.told.side, SIDE_NONE);
    w.e.side = SIDE_DOWN;
    money(1.0, 900);
    IS(45, M, ALERT_NOTHING);
}

/* More is at risk the farther the stop is: that is no worse news. */
static void money_counts_when_the_stop_is_no_farther(void)
{
    static const struct {
        double stop, at_risk;
        enum alert_reason want;
    } rows[] = {
        { 3.0, 480, ALERT_GRAVER },       { 2.5, 480, ALERT_GRAVER },
        { 3.01, 480, ALERT_NOTHING },     { 5.0, 900, ALERT_NOTHING },
        { NO_VALUE, 900, ALERT_NOTHING },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        begin();
        money(3.0, 400);
        IS(0, M, ALERT_FIRST);
        money(rows[i].stop, rows[i].at_risk);
        IS(15, M, rows[i].want);
    }
}

/* 1 ATR nearer with every slot: the first rings at once, then one an hour. */
static void worse_figures_ring_once_an_hour(void)
{
    begin();
    money(20, 400);
    IS(0, M, ALERT_FIRST);
    for (int i = 1; i <= 9; i++) {
        money(20 - i, 400);
        acknowledge(15 * i - 5);
        IS(15 * i, M, i % 4 == 1 ? ALERT_GRAVER : ALERT_NOTHING);
    }
    ASSERT_NEAR(w.m.told.stop_atr, 11, 1e-12);
}

/* Told LATEST, rung as a siren; a WARNING of one slot is told to nobody. */
static void a_latest_that_rings_outlasts_an_untold_warning(void)
{
    begin();
    IS(0, L, ALERT_FIRST);
    IS(30, L, ALERT_ESCALATED);
    IS(45, W, ALERT_TOO_SOON);
    ASSERT(w.m.siren.intent[0] && !alert_cancels(&w.before, &w.m));
    IS(60, L, ALERT_NOTHING);
    ASSERT(w.m.siren.intent[0] && !alert_cancels(&w.before, &w.m));
    IS(270, W, ALERT_BETTER); /* told: it is over */
    ASSERT(alert_cancels(&w.before, &w.m));
}

/* LATEST rings once, however often the danger changes sides. */
static void a_turn_of_the_side_does_not_ring_anew(void)
{
    int sirens = 0;
    begin();
    for (int minute = 0; minute < 24 * 60; minute += 15) {
        w.e.riskless = minute / 15 % 2 == 1;
        w.e.side = w.e.riskless ? SIDE_UP : SIDE_DOWN;
        sirens += at(minute, L) == ALERT_ESCALATED;
    }
    ASSERT_INT(sirens, 1);
    w.e.riskless = false;
    IS(24 * 60, M, ALERT_WORSE);
    ASSERT(!w.m.escalated);
}

void ack_test(void);
void ack_test(void)
{
    TEST_SUITE("alert/ack");
    TEST(an_answer_before_a_look_is_none_of_it);
    TEST(a_siren_of_a_look_says_what_it_is_for);
    TEST(a_fall_below_the_floor_ends_the_answer);
    TEST(a_fall_that_nobody_was_told_ends_the_answer);
    TEST(the_answer_outlasts_blindness);
    TEST(an_answer_before_the_siren_is_none);
    TEST(a_new_mandatory_row_ends_the_answer);
    TEST(a_row_that_flaps_rings_once);
    TEST(rows_of_less_and_in_shadow_do_not_ring);
    TEST(figures_outlast_what_cannot_be_known);
    TEST(figures_end_with_the_episode);
    TEST(money_counts_when_the_stop_is_no_farther);
    TEST(worse_figures_ring_once_an_hour);
    TEST(a_latest_that_rings_outlasts_an_untold_warning);
    TEST(a_turn_of_the_side_does_not_ring_anew);
}
