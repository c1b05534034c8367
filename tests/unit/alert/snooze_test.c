/* What a snooze holds back, and what is told when it is over. Time is in
 * minutes; the snooze stands in the grid's history, as a person writes it. */
#include "alert/alert.h"

#include "alert/decided.h"
#include "base/array.h"
#include "base/moment.h"
#include "test.h"

static struct alert_memory memory;
static struct grid grid;
static int64_t episode_ms;

#define U STATE_UNKNOWN
#define N STATE_NORMAL
#define W STATE_WARNING
#define L STATE_LATEST
#define M STATE_MANDATORY

struct slot {
    int minute;
    enum exit_state state;
    enum alert_reason want;
    double pi; /* .35 when 0 */
};

/* A running grid, snoozed in [from, until). */
static void begin(int from, int until)
{
    grid = (struct grid){ .history_count = 3 };
    grid.history[0].event = GRID_CREATED;
    grid.history[1].event = GRID_STARTED;
    grid.history[0].at_ms = grid.history[1].at_ms = -MS_PER_DAY;
    grid.history[2] = (struct grid_history){
        .at_ms = from * MS_PER_MINUTE,
        .event = GRID_SNOOZED,
        .until_ms = until * MS_PER_MINUTE,
    };
    memory = alert_memory_new();
    episode_ms = MOMENT_NONE;
}

static void play(const struct slot *slots, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct slot *s = &slots[i];
        struct evaluation e = { .slot_ms = s->minute * MS_PER_MINUTE };
        if (s->state == N)
            episode_ms = MOMENT_NONE;
        else if (s->state != U && episode_ms == MOMENT_NONE)
            episode_ms = e.slot_ms;
        e.verdict.state = s->state;
        e.verdict.episode_ms = episode_ms;
        e.hazard.pi = s->state == U ? value_none(VALUE_STALE)
                                    : value_real(s->pi > 0 ? s->pi : .35, 500);
        enum alert_reason got =
            decided(&memory, &e, alert_hush_of(&grid, false, e.slot_ms));
        ASSERT_STR(alert_reason_name(got), alert_reason_name(s->want));
    }
}

#define PLAY(...)                                                              \
    play((const struct slot[]){ __VA_ARGS__ },                                 \
         ARRAY_LEN(((const struct slot[]){ __VA_ARGS__ })))

static void what_is_worse_than_told_is_told_when_it_is_over(void)
{
    begin(30, 120);
    PLAY({ 0, N, ALERT_NOTHING, 0 }, { 15, W, ALERT_FIRST, 0 },
         { 30, W, ALERT_NOTHING, 0 }, { 45, L, ALERT_SNOOZED, 0 },
         { 60, L, ALERT_SNOOZED, 0 }, { 105, L, ALERT_SNOOZED, 0 },
         { 120, L, ALERT_WORSE, 0 }, { 135, L, ALERT_NOTHING, 0 });
}

static void an_episode_that_began_in_it_is_first_after_it(void)
{
    begin(0, 60);
    PLAY({ 0, N, ALERT_NOTHING, 0 }, { 15, W, ALERT_SNOOZED, 0 },
         { 45, L, ALERT_SNOOZED, 0 }, { 60, L, ALERT_FIRST, 0 });
}

static void one_that_came_and_went_is_never_told(void)
{
    begin(0, 60);
    PLAY({ 15, L, ALERT_SNOOZED, 0 }, { 30, N, ALERT_NOTHING, 0 },
         { 60, N, ALERT_NOTHING, 0 }, { 75, W, ALERT_FIRST, 0 });
}

static void mandatory_is_told_at_once(void)
{
    begin(0, 600);
    PLAY({ 15, L, ALERT_SNOOZED, 0 }, { 30, M, ALERT_FIRST, 0 },
         { 45, M, ALERT_NOTHING, 0 }, { 60, L, ALERT_SNOOZED, 0 },
         { 75, M, ALERT_WORSE, 0 });
    begin(30, 600);
    PLAY({ 15, W, ALERT_FIRST, 0 }, { 30, M, ALERT_WORSE, 0 });
}

static void good_news_waits_too(void)
{
    begin(30, 120);
    PLAY({ 15, L, ALERT_FIRST, 0 }, { 45, N, ALERT_SNOOZED, 0 },
         { 105, N, ALERT_SNOOZED, 0 }, { 120, N, ALERT_RESOLVED, 0 },
         { 135, N, ALERT_NOTHING, 0 });
}

static void blindness_waits_and_sight_after_it(void)
{
    begin(15, 120);
    PLAY({ 0, N, ALERT_NOTHING, 0 }, { 30, U, ALERT_SNOOZED, 0 },
         { 105, U, ALERT_SNOOZED, 0 }, { 120, U, ALERT_BLIND, 0 },
         { 135, N, ALERT_SIGHTED, 0 });
    begin(15, 120); /* told before it: the sight is news in it */
    PLAY({ 0, U, ALERT_BLIND, 0 }, { 30, N, ALERT_SNOOZED, 0 },
         { 45, W, ALERT_SNOOZED, 0 }, { 60, N, ALERT_SNOOZED, 0 },
         { 120, N, ALERT_SIGHTED, 0 });
    begin(15, 120);
    PLAY({ 0, U, ALERT_BLIND, 0 }, { 30, M, ALERT_FIRST, 0 },
         { 75, M, ALERT_NOTHING, 0 }, { 90, M, ALERT_UNHEARD, 0 },
         { 120, M, ALERT_NOTHING, 0 });
}

/* The gap of four hours counts from what was told, not from what was not. */
static void the_gap_knows_nothing_of_it(void)
{
    begin(60, 120);
    PLAY({ 0, L, ALERT_FIRST, 0 }, { 15, W, ALERT_TOO_SOON, 0 },
         { 60, W, ALERT_SNOOZED, 0 }, { 120, W, ALERT_TOO_SOON, 0 },
         { 225, W, ALERT_TOO_SOON, 0 }, { 240, W, ALERT_BETTER, 0 });
    begin(30, 120); /* what is due in it goes out after it */
    PLAY({ 0, L, ALERT_FIRST, 0 }, { 15, L, ALERT_NOTHING, 0 },
         { 30, L, ALERT_SNOOZED, 0 }, { 105, L, ALERT_SNOOZED, 0 },
         { 120, L, ALERT_ESCALATED, 0 }, { 135, L, ALERT_NOTHING, 0 },
         { 359, L, ALERT_NOTHING, 0 }, { 360, L, ALERT_REPEAT, 0 });
}

static void what_is_kept_to_the_record_anyhow_is_quiet(void)
{
    begin(0, 120);
    PLAY({ 0, W, ALERT_QUIET, .05 }, { 15, W, ALERT_SNOOZED, .15 });
    grid.history[grid.history_count++] =
        (struct grid_history){ .at_ms = 30 * MS_PER_MINUTE,
                               .event = GRID_PAUSED };
    PLAY({ 30, L, ALERT_QUIET, 0 }, { 45, M, ALERT_QUIET, 0 });
}

static void it_leaves_the_memory_alone(void)
{
    begin(30, 600);
    PLAY({ 15, W, ALERT_FIRST, 0 }, { 30, L, ALERT_SNOOZED, 0 },
         { 45, U, ALERT_SNOOZED, 0 });
    ASSERT_INT(memory.said, W);
    ASSERT(memory.open);
    ASSERT(!memory.blind);
    ASSERT_INT(memory.said_ms[W], 15 * MS_PER_MINUTE);
    ASSERT_INT(memory.said_ms[L], MOMENT_NONE);
    ASSERT_INT(memory.said_ms[U], MOMENT_NONE);
}

static void who_may_be_told(void)
{
    begin(0, 60);
    ASSERT_INT(alert_hush_of(&grid, false, 0), HUSH_SNOOZED);
    ASSERT_INT(alert_hush_of(&grid, false, 60 * MS_PER_MINUTE), HUSH_NOTHING);
    ASSERT_INT(alert_hush_of(&grid, true, 60 * MS_PER_MINUTE), HUSH_EVERYTHING);
    ASSERT_INT(alert_hush_of(&grid, true, 0), HUSH_EVERYTHING);
    grid.history[2].event = GRID_STOPPED;
    ASSERT_INT(alert_hush_of(&grid, false, 60 * MS_PER_MINUTE), HUSH_STOPPED);
    ASSERT_INT(alert_hush_of(&grid, true, 60 * MS_PER_MINUTE), HUSH_EVERYTHING);
    grid.history[2].event = GRID_PAUSED;
    ASSERT_INT(alert_hush_of(&grid, false, 60 * MS_PER_MINUTE),
               HUSH_EVERYTHING);
}

void snooze_test(void);
void snooze_test(void)
{
    TEST_SUITE("alert/snooze");
    TEST(what_is_worse_than_told_is_told_when_it_is_over);
    TEST(an_episode_that_began_in_it_is_first_after_it);
    TEST(one_that_came_and_went_is_never_told);
    TEST(mandatory_is_told_at_once);
    TEST(good_news_waits_too);
    TEST(blindness_waits_and_sight_after_it);
    TEST(the_gap_knows_nothing_of_it);
    TEST(what_is_kept_to_the_record_anyhow_is_quiet);
    TEST(it_leaves_the_memory_alone);
    TEST(who_may_be_told);
}
