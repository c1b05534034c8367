/* Quiet hours in the decision table: what they lower, what not, and what is
 * told aloud behind them. Time is in minutes. */
#include "alert/decided_world.h"

static void quiet_hours_lower_all_but_mandatory_and_drop_nothing(void)
{
    world_begin();
    w.now.subdued = true;
    IS(0, W, ALERT_FIRST);
    ASSERT_INT(loud(ALERT_FIRST), -1);
    IS(15, L, ALERT_WORSE);
    ASSERT_INT(loud(ALERT_WORSE), -1);
    IS(30, L, ALERT_NOTHING);
    IS(45, L, ALERT_ESCALATED); /* nobody resolved it: it rings */
    ASSERT_INT(loud(ALERT_ESCALATED), 2);
    IS(60, M, ALERT_WORSE);
    ASSERT_INT(loud(ALERT_WORSE), 2);
    IS(75, W, ALERT_BETTER);
    ASSERT_INT(loud(ALERT_BETTER), -1);
}

static void what_was_lowered_and_stands_is_told_aloud_once(void)
{
    world_begin();
    w.now.subdued = true;
    IS(0, W, ALERT_FIRST);
    ASSERT(w.m.softly);
    IS(225, W, ALERT_NOTHING);
    IS(240, W, ALERT_REPEAT); /* quietly, too */
    ASSERT_INT(loud(ALERT_REPEAT), -1);
    IS(255, W, ALERT_NOTHING);
    w.now.subdued = false;
    IS(270, W, ALERT_ALOUD);
    ASSERT_INT(loud(ALERT_ALOUD), 0);
    ASSERT(!w.m.softly);
    IS(285, W, ALERT_NOTHING);
    w.now.subdued = true;
    IS(300, W, ALERT_NOTHING);
    w.now.subdued = false;
    IS(315, W, ALERT_NOTHING); /* it was told aloud */
    IS(510, W, ALERT_REPEAT);  /* 4 h after that */
}

static void nothing_is_told_aloud_that_is_over_or_answered(void)
{
    world_begin();
    w.now.subdued = true;
    IS(0, W, ALERT_FIRST);
    IS(15, N, ALERT_RESOLVED);
    w.now.subdued = false;
    IS(30, N, ALERT_NOTHING);
    world_begin();
    w.now.subdued = true;
    IS(0, L, ALERT_FIRST);
    IS(15, W, ALERT_TOO_SOON); /* what was told of LATEST stands */
    w.now.subdued = false;
    IS(30, W, ALERT_TOO_SOON); /* but it is no LATEST any more */
    world_begin();
    w.now.subdued = true;
    IS(0, L, ALERT_FIRST);
    w.now.acknowledged_ms = 1 * MS_PER_MINUTE;
    IS(15, L, ALERT_NOTHING);
    w.now.subdued = false;
    IS(30, L, ALERT_NOTHING);
    world_begin();
    w.now.subdued = true;
    IS(0, M, ALERT_FIRST); /* was loud */
    w.now.subdued = false;
    IS(15, M, ALERT_NOTHING);
}

static void a_state_that_was_lost_in_the_night_is_told_aloud(void)
{
    world_begin();
    w.now.subdued = true;
    IS(0, W, ALERT_FIRST);
    IS(15, U, ALERT_BLIND);
    ASSERT_INT(loud(ALERT_BLIND), -1);
    w.now.subdued = false;
    IS(30, U, ALERT_ALOUD);
    ASSERT_INT(loud(ALERT_ALOUD), 0);
    IS(45, U, ALERT_NOTHING);
    IS(60, W, ALERT_SIGHTED);
    IS(75, W, ALERT_ALOUD); /* the WARNING was told in the night, too */
    IS(90, W, ALERT_NOTHING);
    world_begin();
    w.now.subdued = true;
    IS(0, W, ALERT_FIRST);
    w.now.subdued = false;
    w.now.hush = HUSH_SNOOZED;
    IS(15, W, ALERT_SNOOZED);
    w.now.hush = HUSH_NOTHING;
    IS(30, W, ALERT_ALOUD);
}

void aloud_test(void);
void aloud_test(void)
{
    TEST_SUITE("alert/aloud");
    TEST(quiet_hours_lower_all_but_mandatory_and_drop_nothing);
    TEST(what_was_lowered_and_stands_is_told_aloud_once);
    TEST(nothing_is_told_aloud_that_is_over_or_answered);
    TEST(a_state_that_was_lost_in_the_night_is_told_aloud);
}
