/* A grid that its account shows left: told once and quietly, then left alone;
 * what stands when it is back is told anew. */
#include "alert/row.h"

#include <stdio.h>
#include <string.h>

#include "alert/decided.h"
#include "base/moment.h"
#include "test.h"

void parted_test(void);

#define N STATE_NORMAL
#define M STATE_MANDATORY

static struct evaluation e;
static struct alert_memory memory, before;
static struct alert_now now;

static void begin(void)
{
    e = (struct evaluation){ .side = SIDE_DOWN };
    e.verdict.episode_ms = MOMENT_NONE;
    snprintf(e.grid, sizeof(e.grid), "btc-a");
    snprintf(e.symbol, sizeof(e.symbol), "BTC-USDT");
    memory = alert_memory_new();
    now = decided_now(&e, HUSH_NOTHING);
}

static const char *at(int minute, enum exit_state state)
{
    e.slot_ms = minute * MS_PER_MINUTE;
    e.verdict.state = state;
    if (state == N)
        e.verdict.episode_ms = MOMENT_NONE;
    else if (e.verdict.episode_ms == MOMENT_NONE)
        e.verdict.episode_ms = e.slot_ms;
    before = memory;
    return alert_reason_name(alert_decide(&memory, &now, &memory));
}

static void its_siren_ends_and_nothing_else_is_told(void)
{
    begin();
    ASSERT_STR(at(0, M), "first");
    ASSERT(memory.siren.intent[0]);
    now.left = true;
    ASSERT_STR(at(15, M), "left");
    ASSERT_INT(alert_priority(ALERT_LEFT, &now), -1);
    ASSERT(alert_cancels(&before, &memory));
    ASSERT(memory.left && !memory.siren.intent[0]);
    for (int minute = 30; minute < 3000; minute += 15) {
        const char *reason = at(minute, M);
        ASSERT(!strcmp(reason, "quiet") || !strcmp(reason, "nothing"));
    }
    now.left = false;
    ASSERT_STR(at(3000, M), "worse");
    ASSERT(memory.siren.intent[0] && !memory.left);
}

static void what_is_back_in_peace_is_said_to_be_back(void)
{
    begin();
    now.left = true;
    ASSERT_STR(at(0, N), "left");
    ASSERT_STR(at(15, N), "nothing");
    now.left = false;
    ASSERT_STR(at(30, N), "returned");
    ASSERT_INT(alert_priority(ALERT_RETURNED, &now), -1);
    ASSERT_STR(at(45, N), "nothing");
}

static void who_wants_to_hear_nothing_hears_nothing(void)
{
    begin();
    now.left = true;
    now.hush = HUSH_SNOOZED;
    ASSERT_STR(at(0, N), "snoozed");
    now.hush = HUSH_STOPPED;
    ASSERT_STR(at(15, N), "quiet");
    ASSERT(!memory.left);
    now.hush = HUSH_NOTHING;
    ASSERT_STR(at(30, N), "left");
}

static const char *body(struct parting_sale sale)
{
    static struct intent made;
    struct grid g = {
        .lower = 1, .upper = 2, .id = "btc-a", .symbol = "BTC-USDT"
    };
    begin();
    e.slot_ms = 17 * MS_PER_HOUR + 15 * MS_PER_MINUTE;
    now.left = true;
    now.grid = &g;
    now.sale = &sale;
    intent_make(&now, ALERT_LEFT, &made);
    ASSERT_STR(made.title, "Left? btc-a (BTC-USDT)");
    return made.body;
}

#define IF_SO                                                                  \
    ".\nIf so: gridwatch grid stop btc-a. Until then it counts as running, "   \
    "but nothing else is told of it and no siren rings.\nNext: a message "     \
    "when "                                                                    \
    "orders or inventory of it come back.\n"

static void the_message_says_what_was_seen(void)
{
    int64_t at_ms = 17 * MS_PER_HOUR;
    ASSERT_STR(
        body((struct parting_sale){ at_ms, at_ms + 60000, .173, 57001, 57020 }),
        "It looks left: sold 0.173 BTC at 57001 to 57020 between 17:00 "
        "UTC and 17:01 UTC, and no order of it is open" IF_SO);
    ASSERT_STR(body((struct parting_sale){ at_ms, at_ms + 900000, NO_VALUE,
                                           57001, 57020 }),
               "It looks left: its sub-account was emptied, the price being "
               "57001 to 57020 between 17:00 UTC and 17:15 UTC" IF_SO);
}

void parted_test(void)
{
    TEST_SUITE("alert/parted");
    TEST(its_siren_ends_and_nothing_else_is_told);
    TEST(what_is_back_in_peace_is_said_to_be_back);
    TEST(who_wants_to_hear_nothing_hears_nothing);
    TEST(the_message_says_what_was_seen);
}
