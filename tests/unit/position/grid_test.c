#include "position/grid.h"

#include <math.h>

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
    for (size_t i = 0; i < n; i++)
        g.history[i] =
            (struct grid_history){ .at_ms = (int64_t)(i + 1) * MS_PER_HOUR,
                                   .event = events[i] };
    for (size_t i = 0; i < n; i++)
        if (events[i] == GRID_SNOOZED)
            g.history[i].until_ms = g.history[i].at_ms + 1;
}

// clang-format off
static const struct {
    enum grid_event events[6];
    size_t n;
    enum grid_status status;
    int stop_hour, life_hour; /* 0: none */
} lives[] = {
    { { GRID_CREATED }, 0,                                            GRID_IS_CREATED, 0, 0 },
    { { GRID_CREATED }, 1,                                            GRID_IS_CREATED, 1, 0 },
    { { GRID_CREATED, GRID_STARTED }, 2,                              GRID_IS_RUNNING, 2, 2 },
    { { GRID_CREATED, GRID_CHANGED }, 2,                              GRID_IS_CREATED, 2, 0 },
    { { GRID_CREATED, GRID_STARTED, GRID_CHANGED }, 3,                GRID_IS_RUNNING, 3, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_PAUSED }, 3,                 GRID_IS_PAUSED,  2, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_PAUSED, GRID_CHANGED }, 4,   GRID_IS_PAUSED,  4, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_PAUSED, GRID_RESUMED }, 4,   GRID_IS_RUNNING, 2, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_STOPPED }, 3,                GRID_IS_STOPPED, 2, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_EXITED }, 3,                 GRID_IS_STOPPED, 2, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_EXITED, GRID_CHANGED }, 4,   GRID_IS_STOPPED, 4, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_STOPPED, GRID_STARTED }, 4,  GRID_IS_RUNNING, 4, 4 },
    { { GRID_CREATED, GRID_ACKNOWLEDGED }, 2,                         GRID_IS_CREATED, 1, 0 },
    { { GRID_CREATED, GRID_STARTED, GRID_ACKNOWLEDGED }, 3,           GRID_IS_RUNNING, 2, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_PAUSED, GRID_SNOOZED }, 4,   GRID_IS_PAUSED,  2, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_SNOOZED, GRID_ACKNOWLEDGED }, 4, GRID_IS_RUNNING, 2, 2 },
    { { GRID_CREATED, GRID_STARTED, GRID_STOPPED, GRID_ACKNOWLEDGED }, 4, GRID_IS_STOPPED, 2, 2 },
};
// clang-format on

static int64_t hour(int h)
{
    return h ? h * MS_PER_HOUR : MOMENT_NONE;
}

static void the_last_event_says_what_a_grid_is(void)
{
    for (size_t i = 0; i < ARRAY_LEN(lives); i++) {
        begin(lives[i].events, lives[i].n);
        ASSERT_INT(grid_status(&g), lives[i].status);
        ASSERT_INT(grid_stop_set_ms(&g), hour(lives[i].stop_hour));
        ASSERT_INT(grid_life_ms(&g), hour(lives[i].life_hour));
        ASSERT_INT(grid_last_event_ms(&g), hour((int)lives[i].n));
    }
}

static void a_grid_that_is_stopped_was_at_a_time(void)
{
    static const enum grid_event events[] = { GRID_CREATED, GRID_STARTED,
                                              GRID_STOPPED, GRID_ACKNOWLEDGED,
                                              GRID_STARTED, GRID_EXITED };
    static const int hours[] = { 0, 0, 0, 3, 3, 0, 6 };
    for (size_t n = 0; n < ARRAY_LEN(hours); n++) {
        begin(events, n);
        ASSERT_INT(grid_stopped_ms(&g, INT64_MAX), hour(hours[n]));
    }
}

static bool complains(const char *want)
{
    char why[160] = "";
    bool sound = grid_check(&g, why, sizeof(why));
    ASSERT_STR(why, want);
    return !sound;
}

static void a_sound_grid_passes(void)
{
    for (size_t i = 0; i < ARRAY_LEN(lives); i++) {
        begin(lives[i].events, lives[i].n);
        ASSERT(!complains(""));
    }
    g.stop = (struct grid_stop){ 89.99, 110.01 };
    ASSERT(!complains(""));
}

static void bounds_are_above_zero_and_in_order(void)
{
    static const double bad[][2] = { { 0, 110 },        { -1, 110 },
                                     { 110, 110 },      { 111, 110 },
                                     { NO_VALUE, 110 }, { 90, NO_VALUE } };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        begin(NULL, 0);
        g.lower = bad[i][0];
        g.upper = bad[i][1];
        ASSERT(complains("lower must be above 0 and below upper"));
    }
}

static void a_stop_is_outside_the_range_on_its_side(void)
{
    begin(NULL, 0);
    g.stop.below = 90;
    ASSERT(complains("stop below must be below lower"));
    g.stop.below = 0;
    ASSERT(complains("stop below must be above 0"));
    g.stop.below = -5;
    ASSERT(complains("stop below must be above 0"));
    g.stop = (struct grid_stop){ NO_VALUE, 110 };
    ASSERT(complains("stop above must be above upper"));
}

static void a_trailing_grid_is_refused_with_a_way_out(void)
{
    begin(NULL, 0);
    g.trailing = true;
    ASSERT(complains("trailing grids are not built yet; set trailing: false "
                     "and record each move as a 'changed' event"));
}

static void a_history_is_told_in_order(void)
{
    static const enum grid_event headless[] = { GRID_STARTED };
    static const enum grid_event twice[] = { GRID_CREATED, GRID_CREATED };
    static const enum grid_event fine[] = { GRID_CREATED, GRID_STARTED };
    begin(headless, 1);
    ASSERT(complains("history must begin with 'created'"));
    begin(twice, 2);
    ASSERT(complains("history may say 'created' only once"));
    begin(fine, 2);
    g.history[1].at_ms = g.history[0].at_ms;
    ASSERT(!complains(""));
    g.history[1].at_ms--;
    ASSERT(complains("history must be in order of time, oldest first"));
}

/* A long grid risks down, a short one up, neutral and futures both. */
static void the_side_that_costs_money(void)
{
    static const struct {
        enum grid_market market;
        enum grid_side side;
        bool down, up;
    } rows[] = {
        { GRID_SPOT, GRID_LONG, true, false },
        { GRID_SPOT, GRID_SHORT, false, true },
        { GRID_SPOT, GRID_NEUTRAL, true, true },
        { GRID_FUTURES, GRID_LONG, true, true },
        { GRID_FUTURES, GRID_SHORT, true, true },
        { GRID_FUTURES, GRID_NEUTRAL, true, true },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct grid x = { .market = rows[i].market, .side = rows[i].side };
        ASSERT_INT(grid_risks_down(&x), rows[i].down);
        ASSERT_INT(grid_risks_up(&x), rows[i].up);
    }
}

static void events_and_statuses_have_names(void)
{
    static const char *const events[] = {
        "created", "started", "paused",       "resumed", "changed",
        "exited",  "stopped", "acknowledged", "snoozed"
    };
    static const char *const statuses[] = { "created", "running", "paused",
                                            "stopped" };
    for (size_t i = 0; i < ARRAY_LEN(events); i++)
        ASSERT_STR(grid_event_name((enum grid_event)i), events[i]);
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
        ASSERT_STR(grid_status_name((enum grid_status)i), statuses[i]);
}

void grid_test(void);
void grid_test(void)
{
    TEST_SUITE("position/grid");
    TEST(the_last_event_says_what_a_grid_is);
    TEST(a_grid_that_is_stopped_was_at_a_time);
    TEST(a_sound_grid_passes);
    TEST(bounds_are_above_zero_and_in_order);
    TEST(a_stop_is_outside_the_range_on_its_side);
    TEST(a_trailing_grid_is_refused_with_a_way_out);
    TEST(a_history_is_told_in_order);
    TEST(the_side_that_costs_money);
    TEST(events_and_statuses_have_names);
}
