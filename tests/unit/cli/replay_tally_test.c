#include "cli/replay_tally.h"

#include <string.h>

#include "base/moment.h"
#include "test.h"

/* The rules are those of docs/alerts.md: first at once, a higher level at once,
 * LATEST once more as a siren after 30 min, NORMAL again at priority -1. */
static struct replay_tally tally;
static struct grid grid;
static struct config_grid strategy;
static struct config config;
static struct exit_document document;
static struct evaluation now;

static void begin(void)
{
    config_defaults(&config);
    tally = replay_tally_new();
    grid = (struct grid){ .id = "g", .history_count = 2 };
    grid.history[0].event = GRID_CREATED;
    grid.history[1].event = GRID_STARTED;
    memset(&strategy, 0, sizeof(strategy));
    memset(&document, 0, sizeof(document));
    now = (struct evaluation){ .grid = "g", .slot_ms = 0 };
    now.hazard.pi = value_real(.5, 1);
    now.verdict.episode_ms = MS_PER_SLOT;
}

static void slot(enum exit_state state)
{
    now.slot_ms += MS_PER_SLOT;
    now.verdict.state = now.verdict.known = state;
    document.evaluation.slot_ms = now.slot_ms;
    replay_tally_step(&tally, &now, &grid, &document, &strategy, &config.alert);
}

static void what_is_told_is_counted_by_reason(void)
{
    begin();
    slot(STATE_NORMAL);
    slot(STATE_WARNING); /* first, 0 */
    slot(STATE_LATEST);  /* worse, 1 */
    slot(STATE_LATEST);
    slot(STATE_LATEST); /* escalated, 2 */
    slot(STATE_NORMAL); /* resolved, -1 */
    slot(STATE_NORMAL);
    slot(STATE_NORMAL);
    ASSERT_INT(tally.messages, 4);
    ASSERT_INT(tally.by_reason[ALERT_FIRST], 1);
    ASSERT_INT(tally.by_reason[ALERT_WORSE], 1);
    ASSERT_INT(tally.by_reason[ALERT_ESCALATED], 1);
    ASSERT_INT(tally.by_reason[ALERT_RESOLVED], 1);
    ASSERT_INT(tally.by_reason[ALERT_NOTHING], 4);
    for (int i = 0; i < PRIORITIES; i++)
        ASSERT_INT(tally.by_priority[i], i > 0);
    ASSERT_NEAR(replay_tally_days(&tally), 8.0 / 96, 1e-12);
    ASSERT_NEAR(replay_tally_rate(&tally, 4), 48, 1e-12);
}

/* The file is today's; the slots are not. */
static void later_events_had_not_been_yet(void)
{
    begin();
    grid.history[2] = (struct grid_history){ .at_ms = 5 * MS_PER_SLOT,
                                             .event = GRID_STOPPED };
    grid.history_count = 3;
    for (int i = 1; i <= 8; i++)
        slot(STATE_MANDATORY);
    ASSERT_INT(tally.live_slots, 4);
    ASSERT_INT(tally.by_reason[ALERT_FIRST], 1);
    ASSERT_INT(tally.messages, 1);
}

static void another_life_was_told_nothing(void)
{
    begin();
    grid.history[2] = (struct grid_history){ .at_ms = 3 * MS_PER_SLOT,
                                             .event = GRID_STARTED };
    grid.history_count = 3;
    for (int i = 1; i <= 4; i++)
        slot(STATE_MANDATORY);
    ASSERT_INT(tally.by_reason[ALERT_FIRST], 2);
}

static void without_a_live_slot_there_is_no_rate(void)
{
    begin();
    grid.history_count = 1;
    slot(STATE_MANDATORY);
    ASSERT_INT(tally.live_slots, 0);
    ASSERT(isnan(replay_tally_rate(&tally, 0)));
    ASSERT_INT(tally.messages, 0);
}

void replay_tally_test(void);
void replay_tally_test(void)
{
    TEST_SUITE("replay: what would have been told");
    TEST(what_is_told_is_counted_by_reason);
    TEST(later_events_had_not_been_yet);
    TEST(another_life_was_told_nothing);
    TEST(without_a_live_slot_there_is_no_rate);
}
