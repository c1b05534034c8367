/* Snoozes, acknowledgements, and a history that has no room. */
#include "position/grid.h"

#include "base/array.h"
#include "base/moment.h"
#include "base/value.h"
#include "test.h"

static struct grid g;

/* A sound grid whose history is events[0] at 1 h, events[1] at 2 h, ... */
static void begin(const enum grid_event *events, size_t n)
{
    g = (struct grid){ .lower = 90, .upper = 110, .capital = NO_VALUE };
    g.stop = (struct grid_stop){ NO_VALUE, NO_VALUE };
    g.history_count = n;
    for (size_t i = 0; i < n; i++) {
        g.history[i].at_ms = (int64_t)(i + 1) * MS_PER_HOUR;
        g.history[i].event = events[i];
    }
}

/* The event at that place is a snooze of so many hours. */
static void snooze(size_t i, int hours)
{
    g.history[i].event = GRID_SNOOZED;
    g.history[i].until_ms = g.history[i].at_ms + hours * MS_PER_HOUR;
}

static int64_t at(int hours, int minutes)
{
    return hours * MS_PER_HOUR + minutes * MS_PER_MINUTE;
}

static bool complains(const char *want)
{
    char why[160] = "";
    bool sound = grid_check(&g, why, sizeof(why));
    ASSERT_STR(why, want);
    return !sound;
}

static void a_snooze_has_a_time_and_nothing_else_has(void)
{
    static const enum grid_event events[] = { GRID_CREATED, GRID_STARTED,
                                              GRID_SNOOZED };
    begin(events, 3);
    snooze(2, 1);
    ASSERT(!complains(""));
    snooze(2, 0); /* ends one */
    ASSERT(!complains(""));
    g.history[2].until_ms--;
    ASSERT(complains("history says 'snoozed' until before it began"));
    g.history[2].until_ms = 0;
    ASSERT(complains("history says 'snoozed', but not 'until' when"));
    for (int i = GRID_STARTED; i < GRID_SNOOZED; i++) {
        begin(events, 2);
        g.history[1].event = (enum grid_event)i;
        g.history[1].until_ms = at(5, 0);
        ASSERT(complains("history may say 'until' of 'snoozed' only"));
    }
}

static void a_snooze_holds_up_to_its_end(void)
{
    static const enum grid_event events[] = { GRID_CREATED, GRID_STARTED,
                                              GRID_CHANGED, GRID_ACKNOWLEDGED };
    begin(events, 4);
    ASSERT_INT(grid_snoozed_until_ms(&g, at(3, 0)), MOMENT_NONE);
    snooze(2, 2); /* at 3:00, until 5:00 */
    ASSERT_INT(grid_snoozed_until_ms(&g, at(3, 0)), at(5, 0));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(4, 45)), at(5, 0));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(5, 0)), MOMENT_NONE);
    ASSERT_INT(grid_snoozed_until_ms(&g, at(9, 0)), MOMENT_NONE);
    /* written while the run of slot 2:45 was on its way */
    ASSERT_INT(grid_snoozed_until_ms(&g, at(2, 45)), MOMENT_NONE);
    g.history[2].at_ms--;
    ASSERT_INT(grid_snoozed_until_ms(&g, at(2, 45)), at(5, 0));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(2, 30)), MOMENT_NONE);
}

static void the_newest_snooze_counts(void)
{
    static const enum grid_event events[] = { GRID_CREATED, GRID_STARTED,
                                              GRID_CHANGED, GRID_CHANGED,
                                              GRID_CHANGED };
    begin(events, 5);
    snooze(2, 20);
    snooze(3, 1); /* at 4:00 until 5:00 */
    ASSERT_INT(grid_snoozed_until_ms(&g, at(3, 30)), at(23, 0));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(4, 0)), at(5, 0));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(5, 0)), MOMENT_NONE);
    snooze(3, 0); /* none any more */
    ASSERT_INT(grid_snoozed_until_ms(&g, at(4, 0)), MOMENT_NONE);
    snooze(3, 20);
    g.history[4].event = GRID_STARTED; /* at 5:00 */
    ASSERT_INT(grid_snoozed_until_ms(&g, at(4, 30)), at(24, 0));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(5, 0)), MOMENT_NONE);
}

static void a_snooze_lasts_seven_days_whatever_is_written(void)
{
    static const enum grid_event events[] = { GRID_CREATED, GRID_STARTED,
                                              GRID_CHANGED };
    begin(events, 3);
    snooze(2, 365 * 24); /* at 3:00 of day 0 */
    ASSERT(!complains(""));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(170, 45)), at(171, 0));
    ASSERT_INT(grid_snoozed_until_ms(&g, at(171, 0)), MOMENT_NONE);
}

static void an_acknowledgement_is_of_its_life(void)
{
    static const enum grid_event events[] = {
        GRID_CREATED,      GRID_STARTED, GRID_ACKNOWLEDGED,
        GRID_ACKNOWLEDGED, GRID_STARTED, GRID_CHANGED
    };
    begin(events, 2);
    ASSERT_INT(grid_acknowledged_ms(&g, at(9, 0)), MOMENT_NONE);
    begin(events, 4);
    ASSERT_INT(grid_acknowledged_ms(&g, at(5, 0)), at(4, 0));
    /* One of a day to come is not heeded yet. */
    ASSERT_INT(grid_acknowledged_ms(&g, at(4, 0) - MS_PER_SLOT), at(3, 0));
    begin(events, 6);
    ASSERT_INT(grid_acknowledged_ms(&g, at(9, 0)), MOMENT_NONE);
}

/* No room: created, started, and the rest of one kind. */
static void fill(enum grid_event with)
{
    static enum grid_event events[GRID_HISTORY_MAX];
    for (size_t i = 0; i < GRID_HISTORY_MAX; i++)
        events[i] = i == 0 ? GRID_CREATED : i == 1 ? GRID_STARTED : with;
    begin(events, GRID_HISTORY_MAX);
}

static size_t add(enum grid_event event)
{
    const struct grid_history h = { .at_ms = at(100, 0), .event = event };
    return grid_add_event(&g, &h);
}

static void a_full_history_gives_up_what_is_over(void)
{
    fill(GRID_CHANGED);
    g.history[20].event = g.history[30].event = GRID_ACKNOWLEDGED;
    ASSERT_INT(add(GRID_PAUSED), 1);
    ASSERT_INT(g.history_count, GRID_HISTORY_MAX);
    ASSERT_INT(g.history[20].at_ms, at(22, 0)); /* that of 21:00 is gone */
    ASSERT_INT(g.history[29].event, GRID_ACKNOWLEDGED);
    ASSERT_INT(grid_status(&g), GRID_IS_PAUSED);
    fill(GRID_CHANGED);
    snooze(20, 1000); /* not over */
    snooze(30, 1);
    ASSERT_INT(add(GRID_PAUSED), 1);
    ASSERT_INT(g.history[20].event, GRID_SNOOZED);
    ASSERT_INT(g.history[30].event, GRID_CHANGED);
    ASSERT(!complains(""));
}

static void then_what_is_of_an_earlier_life(void)
{
    fill(GRID_CHANGED);
    g.history[40].event = GRID_STARTED;
    ASSERT_INT(add(GRID_STOPPED), 1);
    ASSERT_INT(g.history[0].event, GRID_CREATED);
    ASSERT_INT(g.history[1].at_ms, at(3, 0)); /* the first start is gone */
    ASSERT_INT(grid_life_ms(&g), at(41, 0));
}

static void then_what_later_events_stand_for(void)
{
    fill(GRID_PAUSED);
    for (size_t i = 3; i < GRID_HISTORY_MAX; i += 2)
        g.history[i].event = GRID_RESUMED;
    g.history[5].event = GRID_CHANGED; /* the only one, at 6:00 */
    ASSERT_INT(grid_status(&g), GRID_IS_RUNNING);
    for (int i = 0; i < 30; i++)
        ASSERT_INT(add(i % 2 ? GRID_RESUMED : GRID_PAUSED), 1);
    ASSERT_INT(g.history_count, GRID_HISTORY_MAX);
    ASSERT_INT(grid_status(&g), GRID_IS_RUNNING);
    ASSERT_INT(grid_life_ms(&g), at(2, 0));
    ASSERT_INT(grid_stop_set_ms(&g), at(6, 0));
    ASSERT(!complains(""));
}

static void a_history_with_room_keeps_all(void)
{
    static const enum grid_event events[] = { GRID_CREATED, GRID_STARTED,
                                              GRID_ACKNOWLEDGED };
    begin(events, 3);
    ASSERT_INT(add(GRID_ACKNOWLEDGED), 0);
    ASSERT_INT(g.history_count, 4);
}

void history_test(void);
void history_test(void)
{
    TEST_SUITE("position/history");
    TEST(a_snooze_has_a_time_and_nothing_else_has);
    TEST(a_snooze_holds_up_to_its_end);
    TEST(the_newest_snooze_counts);
    TEST(a_snooze_lasts_seven_days_whatever_is_written);
    TEST(an_acknowledgement_is_of_its_life);
    TEST(a_full_history_gives_up_what_is_over);
    TEST(then_what_is_of_an_earlier_life);
    TEST(then_what_later_events_stand_for);
    TEST(a_history_with_room_keeps_all);
}
