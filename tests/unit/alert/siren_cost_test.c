/* A siren rings for what costs, and ends with the cost: nobody is to run for
 * nothing. Time is in minutes. */
#include "alert/decided_world.h"
#include "alert/row.h"

/* A break up is likelier, and costs nothing; one down may come yet. */
static void turn_up(double up, double down)
{
    w.e.side = SIDE_UP;
    w.e.riskless = true;
    w.e.hazard.pi_up = value_real(up, 500);
    w.e.hazard.pi_dn = value_real(down, 500);
}

static void turn_down(void)
{
    w.e.side = SIDE_DOWN;
    w.e.riskless = false;
    w.e.hazard.pi_dn = value_real(.35, 500);
    w.e.hazard.pi_up = value_real(.01, 500);
}

static void begin(void)
{
    world_begin();
    turn_down();
    w.e.verdict.episode_ms = 0;
}

static void a_siren_that_rings_ends_at_once_with_the_cost(void)
{
    begin();
    IS(0, M, ALERT_FIRST);
    turn_up(.35, .05);
    IS(15, M, ALERT_SIDE);
    ASSERT_INT(loud(ALERT_SIDE), 0);
    ASSERT(w.m.idle && !w.m.siren.intent[0]);
    ASSERT(alert_cancels(&w.before, &w.m));
    turn_down();
    IS(30, M, ALERT_WORSE);
    ASSERT_INT(loud(ALERT_WORSE), 2);
    begin();
    IS(0, L, ALERT_FIRST);
    IS(30, L, ALERT_ESCALATED);
    turn_up(.35, .05);
    IS(45, L, ALERT_SIDE);
    ASSERT(alert_cancels(&w.before, &w.m) && !w.m.siren.intent[0]);
    turn_down();
    IS(60, L, ALERT_WORSE);
    ASSERT_INT(loud(ALERT_WORSE), 1);
}

/* Whatever is told instead, or nothing: a siren is of what costs. */
static void no_siren_outlasts_the_cost_that_it_rings_for(void)
{
    begin();
    IS(0, L, ALERT_FIRST);
    IS(30, L, ALERT_ESCALATED);
    w.now.hush = HUSH_SNOOZED;
    turn_up(.35, .05);
    IS(45, L, ALERT_SNOOZED);
    ASSERT(alert_cancels(&w.before, &w.m) && !w.m.siren.intent[0]);
    w.now.hush = HUSH_NOTHING;
    turn_down();
    IS(60, L, ALERT_WORSE);
    begin();
    IS(0, M, ALERT_FIRST);
    IS(15, U, ALERT_BLIND);
    ASSERT(!alert_cancels(&w.before, &w.m));
    turn_up(.35, .05);
    IS(30, M, ALERT_SIGHTED);
    ASSERT(alert_cancels(&w.before, &w.m) && !w.m.siren.intent[0]);
    turn_down();
    IS(45, M, ALERT_WORSE);
    ASSERT(w.m.siren.intent[0] != '\0');
}

static void an_answered_siren_that_costs_nothing_stays_answered(void)
{
    begin();
    IS(0, M, ALERT_FIRST);
    w.now.acknowledged_ms = 5 * MS_PER_MINUTE;
    IS(15, M, ALERT_NOTHING);
    turn_up(.35, .05);
    IS(30, M, ALERT_NOTHING);
    ASSERT(!alert_cancels(&w.before, &w.m));
    turn_down();
    IS(45, M, ALERT_NOTHING);
}

/* A loss that was made presses on any side, until the price is out where
 * nothing is held. The side was no other one: there is nothing to be told. */
static void a_siren_ends_with_the_cost_on_the_same_side_too(void)
{
    begin();
    turn_up(.35, .05);
    w.e.verdict.triggers[M_EQUITY].answer = ANSWER_YES;
    IS(0, M, ALERT_FIRST);
    ASSERT_INT(loud(ALERT_FIRST), 2);
    w.e.verdict.triggers[M_BOUNDARY].answer = ANSWER_YES;
    w.e.verdict.triggers[M_EQUITY].answer = ANSWER_NO;
    IS(15, M, ALERT_NOTHING);
    ASSERT(alert_cancels(&w.before, &w.m) && !w.m.siren.intent[0]);
    turn_down();
    IS(30, M, ALERT_WORSE);
}

/* A break down that is now likely enough to be told, now not: one end of the
 * siren, and no other. */
static void a_chance_that_hovers_rings_no_second_siren(void)
{
    begin();
    IS(0, M, ALERT_FIRST);
    turn_up(.35, .09);
    IS(15, M, ALERT_SIDE);
    for (int slot = 2; slot < 16; slot++) {
        turn_up(.35, slot % 2 ? .09 : .11);
        IS(15 * slot, M, ALERT_NOTHING);
        ASSERT(w.m.idle && !w.m.siren.intent[0]);
    }
    turn_up(.35, .149);
    IS(240, M, ALERT_NOTHING);
    ASSERT_INT(loud(ALERT_REPEAT), 0);
    turn_up(.35, .15);
    IS(255, M, ALERT_WORSE);
    ASSERT_INT(loud(ALERT_WORSE), 2);
}

/* A siren that came back rings for an hour at least, whatever the chance does:
 * so there is one an hour at most. The way back waits for nothing. */
static void a_siren_that_came_back_stays_for_an_hour(void)
{
    begin();
    IS(0, M, ALERT_FIRST);
    turn_up(.35, .05);
    IS(15, M, ALERT_SIDE);
    turn_up(.35, .20);
    IS(30, M, ALERT_WORSE);
    for (int minute = 45; minute < 90; minute += 15) {
        turn_up(.35, minute % 30 ? .05 : .20);
        IS(minute, M, ALERT_NOTHING);
        ASSERT(w.m.siren.intent[0] != '\0');
        ASSERT(!alert_cancels(&w.before, &w.m));
    }
    turn_up(.35, .05);
    IS(90, M, ALERT_NOTHING);
    ASSERT(w.m.idle && !w.m.siren.intent[0]);
    turn_up(.35, .149); /* it went quiet unanswered, and is idle all the same */
    IS(105, M, ALERT_NOTHING);
    turn_up(.35, .20);
    IS(120, M, ALERT_WORSE);
}

/* What is no matter of a chance near the limit is told as ever. */
static void what_is_in_doubt_rings(void)
{
    begin();
    IS(0, M, ALERT_FIRST);
    turn_up(.35, .05);
    IS(15, M, ALERT_SIDE);
    w.e.hazard.pi_dn = value_none(VALUE_UNAVAILABLE);
    IS(30, M, ALERT_WORSE);
    begin();
    turn_up(.35, .05);
    IS(0, L, ALERT_FIRST);
    ASSERT(w.m.idle);
    turn_up(.35, .11);
    IS(15, L, ALERT_NOTHING);
    IS(30, M, ALERT_WORSE); /* another level has no such past */
    ASSERT_INT(loud(ALERT_WORSE), 2);
    begin();
    turn_up(.35, .05);
    IS(0, M, ALERT_FIRST);
    w.e.verdict.triggers[M_EQUITY].answer = ANSWER_YES;
    IS(15, M, ALERT_WORSE);
    begin();
    turn_up(.35, .05);
    IS(0, M, ALERT_FIRST);
    w.e.verdict.episode_ms = 10 * MS_PER_MINUTE; /* that one is over */
    turn_up(.35, .11);
    IS(15, M, ALERT_FIRST);
    ASSERT_INT(loud(ALERT_FIRST), 2);
}

void siren_cost_test(void);
void siren_cost_test(void)
{
    TEST_SUITE("alert/siren_cost");
    TEST(a_siren_that_rings_ends_at_once_with_the_cost);
    TEST(no_siren_outlasts_the_cost_that_it_rings_for);
    TEST(an_answered_siren_that_costs_nothing_stays_answered);
    TEST(a_siren_ends_with_the_cost_on_the_same_side_too);
    TEST(a_chance_that_hovers_rings_no_second_siren);
    TEST(a_siren_that_came_back_stays_for_an_hour);
    TEST(what_is_in_doubt_rings);
}
