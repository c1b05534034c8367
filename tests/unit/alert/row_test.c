/* Each row of the decision table that the plain ladder (decide_test.c) does
 * not reach: repeats, sirens, sides, causes, figures, answers, restarts. Time
 * is in minutes; the numbers are those of the specification. */
#include "alert/row.h"

#include <string.h>

#include "alert/decided_world.h"
#include "base/array.h"

static void the_table_stands_in_the_order_of_its_reasons(void)
{
    for (int i = 0; i < ALERT_REASON_COUNT; i++) {
        const struct alert_row *row = &alert_rows[i];
        ASSERT_INT(row->reason, i);
        ASSERT(row->name && row->meaning);
        if (row->applies)
            ASSERT(row->sends != SENDS_NOTHING && row->keeps != KEEPS_NOTHING);
    }
}

/* 4, 8, 16, then 24 h: at 4, 12, 28, 52 and 76 h. */
static void what_stands_is_repeated_ever_later(void)
{
    static const int due_h[] = { 4, 12, 28, 52, 76 };
    size_t k = 0;
    world_begin();
    IS(0, W, ALERT_FIRST);
    for (int minute = 15; minute <= 77 * 60; minute += 15) {
        bool due = k < ARRAY_LEN(due_h) && minute == due_h[k] * 60;
        IS(minute, W, due ? ALERT_REPEAT : ALERT_NOTHING);
        if (due)
            ASSERT_INT(w.m.repeats, (int)++k);
    }
    ASSERT_INT((int)k, 5);
}

static void news_begins_the_repeats_anew(void)
{
    world_begin();
    IS(0, W, ALERT_FIRST);
    IS(240, W, ALERT_REPEAT);
    IS(255, L, ALERT_WORSE);
    ASSERT_INT(w.m.repeats, 0);
    w.now.acknowledged_ms = 256 * MS_PER_MINUTE;
    IS(900, L, ALERT_NOTHING); /* acknowledged: silent */
}

static void blindness_is_repeated_too(void)
{
    world_begin();
    IS(0, U, ALERT_BLIND);
    IS(239, U, ALERT_NOTHING);
    IS(240, U, ALERT_REPEAT);
    IS(240 + 479, U, ALERT_NOTHING);
    IS(240 + 480, U, ALERT_REPEAT);
    ASSERT_INT(loud(ALERT_REPEAT), 0);
    IS(735, N, ALERT_SIGHTED);
}

static void better_is_told_once_and_quietly(void)
{
    world_begin();
    IS(0, M, ALERT_FIRST);
    IS(15, L, ALERT_BETTER);
    ASSERT_INT(loud(ALERT_BETTER), -1);
    IS(30, L, ALERT_NOTHING);
    IS(60, L, ALERT_NOTHING); /* what got better does not escalate */
    IS(75, W, ALERT_TOO_SOON);
    IS(254, W, ALERT_TOO_SOON);
    IS(255, W, ALERT_BETTER);
    IS(270, W, ALERT_NOTHING);
    IS(285, M, ALERT_WORSE);
}

static void latest_escalates_once_after_two_slots(void)
{
    world_begin();
    IS(0, L, ALERT_FIRST);
    IS(15, L, ALERT_NOTHING);
    IS(29, L, ALERT_NOTHING);
    IS(30, L, ALERT_ESCALATED);
    ASSERT_INT(loud(ALERT_ESCALATED), 2);
    ASSERT(w.m.escalated && w.m.siren.intent[0]);
    for (int minute = 45; minute < 270; minute += 15)
        IS(minute, L, ALERT_NOTHING);
    ASSERT(w.m.siren.intent[0] && w.m.siren.expired);
    IS(270, L, ALERT_REPEAT);
    ASSERT_INT(loud(ALERT_REPEAT), 1);
    IS(285, N, ALERT_RESOLVED);
    IS(540, L, ALERT_FIRST);
    IS(570, L, ALERT_ESCALATED);
}

static void latest_that_is_acknowledged_does_not_escalate(void)
{
    world_begin();
    IS(0, L, ALERT_FIRST);
    w.now.acknowledged_ms = 16 * MS_PER_MINUTE;
    IS(30, L, ALERT_NOTHING);
    IS(600, L, ALERT_NOTHING);
    IS(615, M, ALERT_WORSE);
    IS(675, M, ALERT_UNHEARD); /* the answer was to LATEST */
}

static void latest_that_costs_nothing_does_not_escalate(void)
{
    world_begin();
    w.e.riskless = true;
    IS(0, L, ALERT_FIRST);
    ASSERT_INT(loud(ALERT_FIRST), 0);
    IS(30, L, ALERT_NOTHING);
    ASSERT(!w.m.siren.intent[0]);
    IS(240, L, ALERT_REPEAT);
    ASSERT_INT(loud(ALERT_REPEAT), 0);
}

static void a_siren_that_expires_unheard_is_replaced(void)
{
    char first[INTENT_ID_MAX];
    world_begin();
    IS(0, M, ALERT_FIRST);
    memcpy(first, w.m.siren.intent, sizeof(first));
    ASSERT_STR(w.m.siren.tag, "btc-a-19700101T0000");
    ASSERT_INT(w.m.siren.sent_ms, 0);
    for (int minute = 15; minute < 60; minute += 15)
        IS(minute, M, ALERT_NOTHING);
    ASSERT(!alert_cancels(&w.before, &w.m));
    IS(60, M, ALERT_UNHEARD);
    ASSERT(alert_cancels(&w.before, &w.m));
    ASSERT(strcmp(w.m.siren.intent, first) != 0);
    ASSERT_INT(loud(ALERT_UNHEARD), 2);
    IS(75, M, ALERT_NOTHING);
    IS(120, M, ALERT_UNHEARD);
}

/* The channel knows better than the clock of the slots. */
static void what_the_channel_says_of_the_siren_counts(void)
{
    world_begin();
    IS(0, M, ALERT_FIRST);
    w.now.siren = SIREN_RINGS;
    IS(60, M, ALERT_NOTHING);
    w.now.siren = SIREN_EXPIRED;
    IS(75, M, ALERT_UNHEARD);
    w.now.siren = SIREN_RINGS;
    w.now.acknowledged_ms = 80 * MS_PER_MINUTE;
    IS(90, M, ALERT_NOTHING);
    ASSERT_INT(w.m.siren.acknowledged_ms, 80 * MS_PER_MINUTE);
    ASSERT(!w.m.siren.expired);
    IS(105, N, ALERT_RESOLVED);
    ASSERT(!alert_cancels(&w.before, &w.m)); /* it does not ring any more */
    ASSERT(!w.m.siren.intent[0]);
}

static void recovery_ends_the_siren(void)
{
    world_begin();
    IS(0, M, ALERT_FIRST);
    IS(15, U, ALERT_BLIND);
    ASSERT(w.m.siren.intent[0] != '\0');
    IS(30, L, ALERT_BETTER);
    ASSERT(alert_cancels(&w.before, &w.m));
    world_begin();
    IS(0, M, ALERT_FIRST);
    w.now.hush = HUSH_STOPPED;
    IS(15, N, ALERT_QUIET);
    ASSERT(alert_cancels(&w.before, &w.m));
    world_begin();
    IS(0, L, ALERT_FIRST);
    IS(30, L, ALERT_ESCALATED);
    IS(45, W, ALERT_TOO_SOON); /* the phone is left with LATEST */
    ASSERT(!alert_cancels(&w.before, &w.m));
    IS(60, N, ALERT_RESOLVED);
    ASSERT(alert_cancels(&w.before, &w.m));
}

static void figures(double pi_dn, double stop_atr, double at_risk)
{
    w.e.hazard.pi_dn = value_real(pi_dn, 500);
    w.risk.stop_atr = value_real(stop_atr, 1);
    w.risk.at_risk = value_real(at_risk, 1);
    w.now.risk = &w.risk;
}

/* + .10, 1 ATR(4h) nearer, + 20 %: each alone, and not a bit before. */
static void worse_figures_ring_anew(void)
{
    static const struct {
        double pi, stop, money;
        enum alert_reason want;
    } rows[] = {
        { .50, 3.0, 400, ALERT_NOTHING },    { .5999, 3.0, 400, ALERT_NOTHING },
        { .60, 3.0, 400, ALERT_GRAVER },     { .50, 2.001, 400, ALERT_NOTHING },
        { .50, 2.0, 400, ALERT_GRAVER },     { .50, 3.0, 479.9, ALERT_NOTHING },
        { .50, 3.0, 480, ALERT_GRAVER },     { .10, 9.0, 100, ALERT_NOTHING },
        { NO_VALUE, 9, 400, ALERT_NOTHING }, { .5, NO_VALUE, 1, ALERT_NOTHING },
        { .50, 3, NO_VALUE, ALERT_NOTHING }, { .89, 3.0, 400, ALERT_GRAVER },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        world_begin();
        figures(.50, 3.0, 400);
        IS(0, M, ALERT_FIRST);
        ASSERT_NEAR(w.m.told.stop_atr, 3.0, 1e-12);
        ASSERT_NEAR(w.m.told.at_risk, 400, 1e-12);
        figures(rows[i].pi, rows[i].stop, rows[i].money);
        IS(15, M, rows[i].want);
        ASSERT_INT(alert_cancels(&w.before, &w.m),
                   rows[i].want == ALERT_GRAVER);
    }
}

static void worse_figures_end_an_acknowledgement(void)
{
    world_begin();
    figures(.50, 3.0, 400);
    IS(0, M, ALERT_FIRST);
    w.now.acknowledged_ms = MS_PER_MINUTE;
    IS(60, M, ALERT_NOTHING);
    figures(.50, 1.9, 400);
    IS(75, M, ALERT_GRAVER);
    IS(135, M, ALERT_UNHEARD);
    w.now.acknowledged_ms = 136 * MS_PER_MINUTE;
    IS(195, M, ALERT_NOTHING);
}

/* 4 h after the answer, then 8, 16 and 24 h after the question. */
static void an_acknowledged_mandatory_asks_whether_it_was_stopped(void)
{
    world_begin();
    IS(0, M, ALERT_FIRST);
    w.now.acknowledged_ms = 5 * MS_PER_MINUTE;
    IS(240, M, ALERT_NOTHING);
    IS(244, M, ALERT_NOTHING);
    IS(245, M, ALERT_ASKED);
    ASSERT_INT(loud(ALERT_ASKED), 1);
    IS(260, M, ALERT_NOTHING);
    IS(245 + 479, M, ALERT_NOTHING);
    IS(245 + 480, M, ALERT_ASKED);
    ASSERT_INT(w.m.asked, 2);
    w.now.acknowledged_ms = 900 * MS_PER_MINUTE; /* answered again */
    IS(900 + 239, M, ALERT_NOTHING);
    IS(900 + 240, M, ALERT_ASKED);
    ASSERT_INT(w.m.asked, 1);
    w.now.left = true; /* seen to be empty */
    IS(5000, M, ALERT_LEFT);
    IS(9000, M, ALERT_NOTHING);
}

static void an_answer_belongs_to_what_it_answers(void)
{
    world_begin();
    w.now.acknowledged_ms = 10 * MS_PER_MINUTE; /* of an earlier episode */
    IS(30, M, ALERT_FIRST);
    IS(90, M, ALERT_UNHEARD);
    w.now.acknowledged_ms = 91 * MS_PER_MINUTE;
    IS(150, M, ALERT_NOTHING);
}

static void another_side_is_told_after_an_hour(void)
{
    world_begin();
    IS(0, M, ALERT_FIRST);
    w.e.side = SIDE_UP;
    IS(45, M, ALERT_NOTHING);
    IS(59, M, ALERT_NOTHING);
    w.now.siren = SIREN_RINGS;
    IS(60, M, ALERT_SIDE);
    ASSERT_INT(loud(ALERT_SIDE), 2);
    ASSERT_INT(w.m.told.side, SIDE_UP);
    IS(75, M, ALERT_NOTHING);
    w.e.side = SIDE_NONE; /* no side is not another one */
    IS(135, M, ALERT_NOTHING);
    world_begin();
    IS(0, W, ALERT_FIRST); /* a WARNING asks for nothing to be done */
    w.e.side = SIDE_UP;
    IS(120, W, ALERT_NOTHING);
}

/* A break up is likelier, and costs nothing; one down may come yet. */
static void turn_up(double up, double down)
{
    w.e.side = SIDE_UP;
    w.e.riskless = true;
    w.e.hazard.pi_up = value_real(up, 500);
    w.e.hazard.pi_dn = value_real(down, 500);
}

static void the_side_that_costs_nothing_silences_the_siren(void)
{
    world_begin();
    IS(0, M, ALERT_FIRST);
    turn_up(.35, .05);
    IS(60, M, ALERT_SIDE);
    ASSERT_INT(loud(ALERT_SIDE), 0);
    ASSERT(w.m.idle && !w.m.siren.intent[0]);
    ASSERT(alert_cancels(&w.before, &w.m));
    w.e.riskless = false;
    w.e.side = SIDE_DOWN;
    IS(75, M, ALERT_WORSE);
    ASSERT(w.m.siren.intent[0] != '\0');
}

/* A break down that is hardly less likely costs as much. */
static void a_side_that_is_likelier_by_a_hair_silences_nothing(void)
{
    world_begin();
    turn_up(.3, .29);
    IS(0, M, ALERT_FIRST);
    ASSERT_INT(loud(ALERT_FIRST), 2);
    ASSERT(!w.m.idle && w.m.siren.intent[0]);
    world_begin();
    turn_up(.3, .1);
    IS(0, L, ALERT_FIRST);
    ASSERT_INT(loud(ALERT_FIRST), 1);
    turn_up(.3, .099);
    ASSERT_INT(loud(ALERT_FIRST), 0);
    w.e.hazard.pi_dn = value_none(VALUE_UNAVAILABLE);
    ASSERT_INT(loud(ALERT_FIRST), 1);
}

static void yes(enum trigger_id id, bool says)
{
    w.e.verdict.triggers[id].answer = says ? ANSWER_YES : ANSWER_NO;
}

static void another_cause_is_told_after_an_hour_and_once(void)
{
    static enum trigger_mode mode[TRIGGER_COUNT];
    world_begin();
    w.now.mode = mode;
    mode[L_CRISIS] = TRIGGER_SHADOW;
    yes(L_HAZ, true);
    IS(0, L, ALERT_FIRST);
    ASSERT(w.m.told.cause[L_HAZ] && !w.m.told.cause[L_VER]);
    IS(30, L, ALERT_ESCALATED);
    yes(L_VER, true);
    IS(75, L, ALERT_NOTHING);
    IS(90, L, ALERT_CAUSE);
    ASSERT_INT(loud(ALERT_CAUSE), 1);
    yes(L_VER, false);
    IS(105, L, ALERT_NOTHING);
    w.e.side = SIDE_UP;
    IS(150, L, ALERT_SIDE);
    yes(L_VER, true); /* it was named already */
    IS(210, L, ALERT_NOTHING);
    yes(L_CRISIS, true); /* in shadow */
    yes(W_HAZ, true);    /* does not raise this */
    yes(W_ER, true);
    IS(225, L, ALERT_NOTHING);
    yes(L_Z, true);
    w.now.acknowledged_ms = 226 * MS_PER_MINUTE;
    IS(240, L, ALERT_NOTHING);
}

static void open_gates(enum answer pass)
{
    for (int i = 0; i < GATE_COUNT; i++)
        w.e.gates.rows[i].pass = pass;
}

static void a_range_that_is_back_is_told_once(void)
{
    world_begin();
    IS(0, M, ALERT_FIRST);
    w.now.hush = HUSH_STOPPED;
    open_gates(ANSWER_NO);
    IS(15, N, ALERT_QUIET);
    open_gates(ANSWER_UNKNOWN);
    IS(30, N, ALERT_QUIET);
    open_gates(ANSWER_YES);
    IS(45, N, ALERT_RANGE_BACK);
    ASSERT_INT(loud(ALERT_RANGE_BACK), 0);
    ASSERT_INT(w.m.said, M); /* of the life that is over nothing changes */
    IS(60, N, ALERT_QUIET);
    world_begin();
    open_gates(ANSWER_YES);
    IS(0, N, ALERT_NOTHING); /* it runs */
    w.now.hush = HUSH_EVERYTHING;
    IS(15, N, ALERT_NOTHING); /* paused, or in shadow */
}

void row_test(void);
void row_test(void)
{
    TEST_SUITE("alert/row");
    TEST(the_table_stands_in_the_order_of_its_reasons);
    TEST(what_stands_is_repeated_ever_later);
    TEST(news_begins_the_repeats_anew);
    TEST(blindness_is_repeated_too);
    TEST(better_is_told_once_and_quietly);
    TEST(latest_escalates_once_after_two_slots);
    TEST(latest_that_is_acknowledged_does_not_escalate);
    TEST(latest_that_costs_nothing_does_not_escalate);
    TEST(a_siren_that_expires_unheard_is_replaced);
    TEST(what_the_channel_says_of_the_siren_counts);
    TEST(recovery_ends_the_siren);
    TEST(worse_figures_ring_anew);
    TEST(worse_figures_end_an_acknowledgement);
    TEST(an_acknowledged_mandatory_asks_whether_it_was_stopped);
    TEST(an_answer_belongs_to_what_it_answers);
    TEST(another_side_is_told_after_an_hour);
    TEST(the_side_that_costs_nothing_silences_the_siren);
    TEST(a_side_that_is_likelier_by_a_hair_silences_nothing);
    TEST(another_cause_is_told_after_an_hour_and_once);
    TEST(a_range_that_is_back_is_told_once);
}
