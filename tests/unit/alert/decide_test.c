/* The decision table. Time is in minutes. */
#include "alert/alert.h"

#include "alert/decided.h"
#include "base/array.h"
#include "base/moment.h"
#include "test.h"

static struct alert_memory memory;
static struct exit_memory grid; /* follows the episode */

#define U STATE_UNKNOWN
#define N STATE_NORMAL
#define W STATE_WARNING
#define L STATE_LATEST
#define M STATE_MANDATORY

struct slot {
    int minute;
    enum exit_state state;
    enum alert_reason want;
    double pi;
    bool paused;
};
#define AT(minute, state, want)                                                \
    {                                                                          \
        (minute), (state), (want), .35, false                                  \
    }

static struct evaluation evaluation_of(const struct slot *slot)
{
    struct evaluation e = { .slot_ms = slot->minute * MS_PER_MINUTE };
    if (slot->state == N)
        grid.episode_ms = MOMENT_NONE;
    else if (slot->state != U && grid.episode_ms == MOMENT_NONE)
        grid.episode_ms = e.slot_ms;
    e.verdict.state = slot->state;
    e.verdict.episode_ms = grid.episode_ms;
    e.hazard.pi =
        slot->state == U ? value_none(VALUE_STALE) : value_real(slot->pi, 500);
    return e;
}

static void play_on(const struct slot *slots, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct evaluation e = evaluation_of(&slots[i]);
        enum alert_reason got = decided(
            &memory, &e, slots[i].paused ? HUSH_EVERYTHING : HUSH_NOTHING);
        ASSERT_STR(alert_reason_name(got), alert_reason_name(slots[i].want));
    }
}

static void play(const struct slot *slots, size_t n)
{
    memory = alert_memory_new();
    grid = exit_memory_new();
    play_on(slots, n);
}

#define PLAY(slots) play((slots), ARRAY_LEN(slots))

static void an_episode_is_told_from_first_to_resolved(void)
{
    static const struct slot slots[] = {
        AT(0, N, ALERT_NOTHING),    AT(15, W, ALERT_FIRST),
        AT(30, W, ALERT_NOTHING),   AT(45, L, ALERT_WORSE),
        AT(60, L, ALERT_NOTHING),   AT(75, M, ALERT_WORSE),
        AT(90, M, ALERT_NOTHING),   AT(105, L, ALERT_BETTER),
        AT(120, W, ALERT_TOO_SOON), AT(135, N, ALERT_RESOLVED),
        AT(150, N, ALERT_NOTHING),
    };
    PLAY(slots);
}

static void any_level_can_be_the_first(void)
{
    static const enum exit_state levels[] = { W, L, M };
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        const struct slot slots[] = {
            AT(0, levels[i], ALERT_FIRST),
            AT(15, levels[i], ALERT_NOTHING),
            AT(30, N, ALERT_RESOLVED),
        };
        PLAY(slots);
    }
}

static void a_level_that_was_skipped_is_worse_at_once(void)
{
    static const struct slot slots[] = {
        AT(0, W, ALERT_FIRST),
        AT(1, M, ALERT_WORSE),
    };
    PLAY(slots);
}

/* Within four hours the operator is left with the higher level, so that the
 * climb back is no news; after that the fall is told, and the climb, too. */
static void a_fall_is_told_after_four_hours(void)
{
    static const struct slot slots[] = {
        AT(0, L, ALERT_FIRST),      AT(15, W, ALERT_TOO_SOON),
        AT(20, L, ALERT_NOTHING),   AT(225, W, ALERT_TOO_SOON),
        AT(239, W, ALERT_TOO_SOON), AT(240, W, ALERT_BETTER),
        AT(255, W, ALERT_NOTHING),  AT(256, L, ALERT_WORSE),
        AT(271, W, ALERT_TOO_SOON), AT(286, N, ALERT_RESOLVED),
    };
    PLAY(slots);
}

static void the_gap_holds_across_episodes(void)
{
    static const struct slot slots[] = {
        AT(0, W, ALERT_FIRST),      AT(15, N, ALERT_RESOLVED),
        AT(30, W, ALERT_TOO_SOON),  AT(45, N, ALERT_NOTHING),
        AT(239, W, ALERT_TOO_SOON), AT(240, W, ALERT_FIRST),
        AT(255, N, ALERT_RESOLVED),
    };
    PLAY(slots);
}

static void a_higher_level_told_lately_quiets_a_lower_one(void)
{
    static const struct slot slots[] = {
        AT(0, L, ALERT_FIRST),      AT(15, N, ALERT_RESOLVED),
        AT(30, W, ALERT_TOO_SOON),  AT(45, L, ALERT_TOO_SOON),
        AT(60, M, ALERT_FIRST),     AT(75, N, ALERT_RESOLVED),
        AT(295, W, ALERT_TOO_SOON), AT(300, W, ALERT_FIRST),
    };
    PLAY(slots);
}

static void a_lower_level_told_lately_does_not_hold_back_a_higher(void)
{
    static const struct slot slots[] = {
        AT(0, W, ALERT_FIRST),
        AT(15, N, ALERT_RESOLVED),
        AT(30, L, ALERT_FIRST),
    };
    PLAY(slots);
}

static void mandatory_never_waits(void)
{
    static const struct slot slots[] = {
        AT(0, M, ALERT_FIRST),  AT(15, L, ALERT_BETTER),
        AT(30, M, ALERT_WORSE), AT(45, N, ALERT_RESOLVED),
        AT(60, M, ALERT_FIRST), AT(75, M, ALERT_NOTHING),
    };
    PLAY(slots);
}

static void unknown_is_told_once_and_its_end_too(void)
{
    static const struct slot slots[] = {
        AT(0, N, ALERT_NOTHING),  AT(15, U, ALERT_BLIND),
        AT(30, U, ALERT_NOTHING), AT(45, N, ALERT_SIGHTED),
        AT(60, N, ALERT_NOTHING), AT(75, U, ALERT_TOO_SOON),
        AT(90, N, ALERT_NOTHING), AT(254, U, ALERT_TOO_SOON),
        AT(255, U, ALERT_BLIND),  AT(270, N, ALERT_SIGHTED),
    };
    PLAY(slots);
}

static void a_new_grid_that_cannot_see_says_so(void)
{
    static const struct slot slots[] = {
        AT(0, U, ALERT_BLIND),
        AT(15, U, ALERT_NOTHING),
        AT(30, W, ALERT_FIRST),
        AT(45, W, ALERT_NOTHING),
    };
    PLAY(slots);
}

static void an_open_episode_goes_on_behind_unknown(void)
{
    static const struct slot slots[] = {
        AT(0, W, ALERT_FIRST),     AT(15, U, ALERT_BLIND),
        AT(30, W, ALERT_SIGHTED),  AT(45, W, ALERT_NOTHING),
        AT(60, N, ALERT_RESOLVED),
    };
    PLAY(slots);
    static const struct slot worse[] = {
        AT(0, W, ALERT_FIRST),
        AT(15, U, ALERT_BLIND),
        AT(30, L, ALERT_WORSE),
        AT(45, L, ALERT_NOTHING),
    };
    PLAY(worse);
    static const struct slot resolved[] = {
        AT(0, W, ALERT_FIRST),
        AT(15, U, ALERT_BLIND),
        AT(30, N, ALERT_RESOLVED),
        AT(45, N, ALERT_NOTHING),
    };
    PLAY(resolved);
}

/* News that must wait still end the blindness, and are told when due. */
static void sight_does_not_wait_for_the_gap(void)
{
    static const struct slot slots[] = {
        AT(0, L, ALERT_FIRST),     AT(15, N, ALERT_RESOLVED),
        AT(30, U, ALERT_BLIND),    AT(45, W, ALERT_SIGHTED),
        AT(60, W, ALERT_TOO_SOON), AT(239, W, ALERT_TOO_SOON),
        AT(240, W, ALERT_FIRST),
    };
    PLAY(slots);
    static const struct slot faint[] = {
        AT(0, U, ALERT_BLIND),
        { 15, W, ALERT_SIGHTED, .05, false },
        { 30, W, ALERT_QUIET, .05, false },
    };
    PLAY(faint);
}

static void a_warning_below_the_floor_is_kept_to_the_record(void)
{
    static const struct slot slots[] = {
        { 0, W, ALERT_QUIET, .0999, false },
        { 15, W, ALERT_QUIET, .0999, false },
        { 30, W, ALERT_FIRST, .10, false },
        { 45, N, ALERT_RESOLVED, .05, false },
        { 300, W, ALERT_QUIET, .05, false },
        { 315, N, ALERT_NOTHING, .05, false },
        { 330, L, ALERT_FIRST, .05, false },
        { 345, M, ALERT_WORSE, .05, false },
    };
    PLAY(slots);
}

/* A price that does not move breaks nothing; of what is missing nobody knows
 * that it is small. */
static void a_warning_without_a_pi_is_told_when_none_is_known(void)
{
    static const struct {
        enum value_status why;
        enum alert_reason want;
    } rows[] = {
        { VALUE_FLAT, ALERT_QUIET },
        { VALUE_NOT_IDENTIFIED, ALERT_QUIET },
        { VALUE_UNAVAILABLE, ALERT_FIRST },
        { VALUE_WARMUP, ALERT_FIRST },
        { VALUE_STALE, ALERT_FIRST },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct evaluation e = { .verdict.state = W, .verdict.episode_ms = 0 };
        struct alert_memory m = alert_memory_new();
        e.hazard.pi = value_none(rows[i].why);
        ASSERT_STR(alert_reason_name(decided(&m, &e, HUSH_NOTHING)),
                   alert_reason_name(rows[i].want));
    }
}

static void a_paused_grid_is_told_when_it_is_resumed(void)
{
    static const struct slot slots[] = {
        { 0, W, ALERT_QUIET, .35, true },  { 15, M, ALERT_QUIET, .35, true },
        { 30, U, ALERT_QUIET, .35, true }, AT(45, M, ALERT_FIRST),
        { 60, N, ALERT_QUIET, .35, true }, { 75, N, ALERT_QUIET, .35, true },
        AT(90, N, ALERT_RESOLVED),         { 105, N, ALERT_NOTHING, .35, true },
    };
    PLAY(slots);
    static const struct slot blind[] = {
        AT(0, U, ALERT_BLIND),
        { 15, N, ALERT_QUIET, .35, true },
        { 30, W, ALERT_QUIET, .05, true },
        AT(45, N, ALERT_SIGHTED),
    };
    PLAY(blind);
}

/* Nothing was told of the life that begins, whatever the last one was told. */
static void a_restarted_grid_begins_anew(void)
{
    static const struct slot before[] = { AT(0, M, ALERT_FIRST) };
    static const struct slot after[] = {
        AT(30, M, ALERT_FIRST),
        AT(45, M, ALERT_NOTHING),
        AT(60, N, ALERT_RESOLVED),
    };
    PLAY(before);
    grid = exit_memory_new();
    play_on(after, ARRAY_LEN(after));
    static const struct slot soon[] = {
        AT(30, W, ALERT_TOO_SOON),
        AT(240, W, ALERT_FIRST),
    };
    PLAY(before);
    grid = exit_memory_new();
    play_on(soon, ARRAY_LEN(soon));
}

static void what_is_held_back_leaves_no_trace(void)
{
    static const struct slot slots[] = { { 0, M, ALERT_QUIET, .35, true } };
    PLAY(slots);
    ASSERT_INT(memory.said, STATE_NORMAL);
    ASSERT(!memory.open && !memory.blind);
    for (int i = 0; i < STATE_COUNT; i++)
        ASSERT_INT(memory.said_ms[i], MOMENT_NONE);
}

static void what_was_told_is_remembered(void)
{
    static const struct slot slots[] = {
        AT(15, W, ALERT_FIRST),
        AT(30, L, ALERT_WORSE),
        AT(45, U, ALERT_BLIND),
    };
    PLAY(slots);
    ASSERT_INT(memory.said, STATE_LATEST);
    ASSERT(memory.open && memory.blind);
    ASSERT_INT(memory.said_ms[W], 15 * MS_PER_MINUTE);
    ASSERT_INT(memory.said_ms[L], 30 * MS_PER_MINUTE);
    ASSERT_INT(memory.said_ms[U], 45 * MS_PER_MINUTE);
    ASSERT_INT(memory.said_ms[M], MOMENT_NONE);
}

static void reasons_have_names_and_some_send(void)
{
    static const struct {
        const char *name;
        bool sends;
    } rows[ALERT_REASON_COUNT] = {
        { "nothing", false },    { "too_soon", false },  { "quiet", false },
        { "snoozed", false },    { "range_back", true }, { "left", true },
        { "first", true },       { "worse", true },      { "resolved", true },
        { "better", true },      { "graver", true },     { "unheard", true },
        { "asked", true },       { "escalated", true },  { "sighted", true },
        { "returned", true },    { "side", true },       { "cause", true },
        { "stale_siren", true }, { "stale", true },      { "aloud", true },
        { "repeat", true },      { "blind", true },      { "second", true },
        { "fault", true },       { "mended", true },     { "installed", true },
        { "all_clear", true },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ASSERT_STR(alert_reason_name((enum alert_reason)i), rows[i].name);
        ASSERT_INT(alert_reason_sends((enum alert_reason)i), rows[i].sends);
    }
}

/* Told "nothing at risk", then the market turns to the side that costs. */
static void a_break_that_turns_to_the_risky_side_is_worse_at_once(void)
{
    struct evaluation e = { .riskless = true, .side = SIDE_UP };
    e.verdict.state = L;
    e.hazard.pi_dn = value_real(.02, 500);
    memory = alert_memory_new();
    ASSERT_INT(decided(&memory, &e, HUSH_NOTHING), ALERT_FIRST);
    e.slot_ms += 15 * MS_PER_MINUTE;
    ASSERT_INT(decided(&memory, &e, HUSH_NOTHING), ALERT_NOTHING);
    e.slot_ms += 15 * MS_PER_MINUTE;
    e.riskless = false;
    ASSERT_INT(decided(&memory, &e, HUSH_NOTHING), ALERT_WORSE);
    e.slot_ms += 15 * MS_PER_MINUTE;
    ASSERT_INT(decided(&memory, &e, HUSH_NOTHING), ALERT_NOTHING);
}

/* The same when it is told on the side that costs nothing: a loss that was
 * made is none of that. */
static void lost_money_is_never_idle(void)
{
    struct evaluation e = { .riskless = true, .side = SIDE_UP };
    e.verdict.state = M;
    e.hazard.pi_dn = value_real(.02, 500);
    memory = alert_memory_new();
    ASSERT_INT(decided(&memory, &e, HUSH_NOTHING), ALERT_FIRST);
    ASSERT(memory.idle);
    ASSERT_INT(memory.said_ms[M], MOMENT_NONE);
    e.slot_ms += 15 * MS_PER_MINUTE;
    e.verdict.triggers[M_EQUITY].answer = ANSWER_YES;
    ASSERT_INT(decided(&memory, &e, HUSH_NOTHING), ALERT_WORSE);
    ASSERT(!memory.idle);
    ASSERT_INT(memory.said_ms[M], e.slot_ms);
    e.slot_ms += 15 * MS_PER_MINUTE;
    ASSERT_INT(decided(&memory, &e, HUSH_NOTHING), ALERT_NOTHING);
}

/* History as an operator writes it: what is dated ahead is a plan. An event of
 * the slot's own quarter of an hour counts, as that of a snooze does. */
static void an_event_that_is_dated_ahead_waits_for_its_time(void)
{
    const int64_t t0 = 1760000400000; /* 2025-10-09 09:00 UTC */
    struct grid g = { .history_count = 3,
                      .history = { { .at_ms = t0, .event = GRID_CREATED },
                                   { .at_ms = t0, .event = GRID_STARTED },
                                   { .at_ms = t0 + MS_PER_HOUR,
                                     .event = GRID_PAUSED } } };
    ASSERT_INT(alert_hush_of(&g, false, t0), HUSH_NOTHING);
    ASSERT_INT(alert_hush_of(&g, false, t0 + 45 * MS_PER_MINUTE), HUSH_NOTHING);
    ASSERT_INT(alert_hush_of(&g, false, t0 + MS_PER_HOUR), HUSH_EVERYTHING);
    /* A run of 09:45 that is late heeds what was said at 09:59. */
    g.history[2].at_ms = t0 + 59 * MS_PER_MINUTE;
    ASSERT_INT(alert_hush_of(&g, false, t0 + 30 * MS_PER_MINUTE), HUSH_NOTHING);
    ASSERT_INT(alert_hush_of(&g, false, t0 + 45 * MS_PER_MINUTE),
               HUSH_EVERYTHING);
    g.history[2].event = GRID_STOPPED;
    ASSERT_INT(alert_hush_of(&g, false, t0), HUSH_NOTHING);
    ASSERT_INT(alert_hush_of(&g, false, t0 + 45 * MS_PER_MINUTE), HUSH_STOPPED);
    g.history[g.history_count++] =
        (struct grid_history){ .at_ms = t0 + 2 * MS_PER_HOUR,
                               .event = GRID_RESUMED };
    ASSERT_INT(alert_hush_of(&g, false, t0 + MS_PER_HOUR), HUSH_STOPPED);
    ASSERT_INT(alert_hush_of(&g, false, t0 + 2 * MS_PER_HOUR), HUSH_NOTHING);
    ASSERT_INT(alert_hush_of(&g, true, t0 + 2 * MS_PER_HOUR), HUSH_EVERYTHING);
}

void decide_test(void);
void decide_test(void)
{
    TEST_SUITE("alert/decide");
    TEST(an_episode_is_told_from_first_to_resolved);
    TEST(any_level_can_be_the_first);
    TEST(a_level_that_was_skipped_is_worse_at_once);
    TEST(a_fall_is_told_after_four_hours);
    TEST(the_gap_holds_across_episodes);
    TEST(a_higher_level_told_lately_quiets_a_lower_one);
    TEST(a_lower_level_told_lately_does_not_hold_back_a_higher);
    TEST(mandatory_never_waits);
    TEST(unknown_is_told_once_and_its_end_too);
    TEST(a_new_grid_that_cannot_see_says_so);
    TEST(an_open_episode_goes_on_behind_unknown);
    TEST(sight_does_not_wait_for_the_gap);
    TEST(a_warning_below_the_floor_is_kept_to_the_record);
    TEST(a_warning_without_a_pi_is_told_when_none_is_known);
    TEST(a_paused_grid_is_told_when_it_is_resumed);
    TEST(a_restarted_grid_begins_anew);
    TEST(what_is_held_back_leaves_no_trace);
    TEST(what_was_told_is_remembered);
    TEST(reasons_have_names_and_some_send);
    TEST(a_break_that_turns_to_the_risky_side_is_worse_at_once);
    TEST(lost_money_is_never_idle);
    TEST(an_event_that_is_dated_ahead_waits_for_its_time);
}
