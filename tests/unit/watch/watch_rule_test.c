/* Each rule against its limit, by hand: one figure below, one above. */
#include "watch/watch_rule.h"

#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "base/value.h"
#include "test.h"
#include "watch/watch_words.h"

/* 2026-02-10T02:00:00Z, by `date -u -d 2026-02-10T02:00Z +%s`. */
#define NOW    (INT64_C(1770688800) * 1000)
#define MIN(n) ((int64_t)(n)*60000)

static struct watch_findings found;

static struct watch_grid grid(void)
{
    struct watch_grid g = { .id = "btc-a",
                            .runs = true,
                            .life_ms = NOW - MIN(600),
                            .runs_ms = MOMENT_NONE,
                            .heard_ms = MOMENT_NONE,
                            .slot_ms = NOW - MIN(7),
                            .before_ms = MOMENT_NONE,
                            .ahead_ms = MOMENT_NONE,
                            .torn_ms = MOMENT_NONE,
                            .mandatory_ms = MOMENT_NONE,
                            .drawdown = NO_VALUE,
                            .equity_limit = NO_VALUE };
    return g;
}

static size_t ask(enum watch_rule_id id, const struct watch_grid *g)
{
    const struct watch_facts f = {
        .now_ms = NOW, .read = true, .grids = g, .grid_count = 1
    };
    watch_ask(id, &f, &found);
    return found.count;
}

static void a_sound_grid_is_no_finding(void)
{
    struct watch_grid g = grid();
    for (int i = 0; i < WATCH_RULE_COUNT; i++)
        ASSERT_INT(ask((enum watch_rule_id)i, &g), 0);
}

static void silence_begins_after_forty_minutes(void)
{
    struct watch_grid g = grid();
    g.slot_ms = NOW - MIN(40);
    ASSERT_INT(ask(WATCH_SILENT, &g), 0);
    g.slot_ms = NOW - MIN(40) - 1;
    ASSERT_INT(ask(WATCH_SILENT, &g), 1);
    ASSERT_STR(found.list[0].subject, "btc-a");
    ASSERT_STR(found.list[0].what,
               "newest slot 2026-02-10 01:19 UTC, 40 min ago");
    g.runs = false;
    ASSERT_INT(ask(WATCH_SILENT, &g), 0);
}

/* What stands of an earlier life says nothing about this one. */
static void a_grid_that_was_just_started_has_time(void)
{
    struct watch_grid g = grid();
    g.slot_ms = NOW - MIN(5000);
    g.life_ms = NOW - MIN(39);
    ASSERT_INT(ask(WATCH_SILENT, &g), 0);
    g.life_ms = NOW - MIN(45);
    ASSERT_INT(ask(WATCH_SILENT, &g), 1);
    ASSERT_STR(found.list[0].what,
               "no slot since it was started at 2026-02-10 01:15 UTC");
    g.slot_ms = MOMENT_NONE;
    ASSERT_INT(ask(WATCH_SILENT, &g), 1);
    g.life_ms = MOMENT_NONE;
    ASSERT_INT(ask(WATCH_SILENT, &g), 0);
}

static void slots_may_not_go_back_nor_miss_one(void)
{
    struct watch_grid g = grid();
    g.before_ms = g.slot_ms;
    ASSERT_INT(ask(WATCH_TORN, &g), 0);
    g.before_ms = g.slot_ms + 1;
    ASSERT_INT(ask(WATCH_TORN, &g), 1);
    g = grid();
    g.torn_ms = NOW - MIN(30);
    g.torn_to_ms = NOW - MIN(60);
    g.torn_says_ms = NOW - MIN(45);
    ASSERT_INT(ask(WATCH_TORN, &g), 1);
    ASSERT_STR(found.list[0].what,
               "slot 2026-02-10 01:30 UTC follows 2026-02-10 01:00 UTC, and "
               "says it follows 2026-02-10 01:15 UTC");
}

/* Retention removes the documents of a grid that was stopped, at last all. */
static void a_stopped_grid_may_lose_all_its_slots(void)
{
    struct watch_grid g = grid();
    g.before_ms = g.slot_ms;
    g.slot_ms = MOMENT_NONE;
    ASSERT_INT(ask(WATCH_TORN, &g), 1);
    g.runs = false;
    ASSERT_INT(ask(WATCH_TORN, &g), 0);
    g.slot_ms = g.before_ms - MIN(15);
    ASSERT_INT(ask(WATCH_TORN, &g), 1);
}

static void what_is_dated_ahead_is_a_finding(void)
{
    struct watch_grid g = grid();
    g.ahead_ms = NOW + MIN(15);
    ASSERT_INT(ask(WATCH_AHEAD, &g), 1);
    ASSERT_STR(found.list[0].what, "newest slot 2026-02-10 02:15 UTC, and "
                                   "here it is 2026-02-10 02:00 UTC");
    ASSERT_INT(ask(WATCH_SILENT, &g), 0);
    g.slot_ms = NOW - MIN(41);
    ASSERT_INT(ask(WATCH_SILENT, &g), 1);
    ASSERT_INT(watch_rules[WATCH_AHEAD].priority, 1);
}

static void silence_counts_from_when_it_was_seen_to_run(void)
{
    struct watch_grid g = grid();
    g.slot_ms = MOMENT_NONE;
    g.runs_ms = NOW - MIN(40);
    ASSERT_INT(ask(WATCH_SILENT, &g), 0);
    g.runs_ms--;
    ASSERT_INT(ask(WATCH_SILENT, &g), 1);
    ASSERT_STR(found.list[0].what,
               "no slot since it was first seen to run at 2026-02-10 01:19 "
               "UTC");
    g.slot_ms = NOW - MIN(300);
    g.runs_ms = NOW - MIN(5);
    ASSERT_INT(ask(WATCH_SILENT, &g), 0);
}

static size_t stands(enum watch_rule_id id, const struct watch_grid *g)
{
    const struct watch_facts f = {
        .now_ms = NOW, .read = true, .grids = g, .grid_count = 1
    };
    found.count = 0;
    watch_stand_on(id, &f, "btc-a", NOW - MIN(60), &found);
    return found.count;
}

static void what_cannot_be_looked_at_is_not_over(void)
{
    struct watch_grid g = grid();
    ASSERT_INT(stands(WATCH_SILENT, &g), 0);
    g.unread = true;
    ASSERT_INT(stands(WATCH_SILENT, &g), 1);
    g.unread = false;
    g.gone = true;
    ASSERT_INT(stands(WATCH_TORN, &g), 1);
    ASSERT_INT(ask(WATCH_VANISHED, &g), 1);
    g = grid();
    ASSERT_INT(stands(WATCH_DRAWDOWN, &g), 1);
    g.drawdown = 0.01;
    ASSERT_INT(stands(WATCH_DRAWDOWN, &g), 0);
    ASSERT_INT(stands(WATCH_UNDELIVERED, &g), 1);
    g.heard_ms = NOW - MIN(120);
    ASSERT_INT(stands(WATCH_UNDELIVERED, &g), 0);
    ASSERT_INT(stands(WATCH_STANDS, &g), 1);
    g.id[0] = 'x'; /* it was stopped, and is gone */
    ASSERT_INT(stands(WATCH_SILENT, &g), 0);
}

static void a_loss_of_fifteen_percent_must_be_told(void)
{
    struct watch_grid g = grid();
    g.drawdown = 0.1499;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 0);
    g.drawdown = 0.15;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 1);
    g.equity_limit = 0.16; /* so much the range itself may cost */
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 0);
    g.drawdown = 0.16;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 1);
    g.equity_limit = 0.99; /* that is nobody's range */
    g.drawdown = 0.2999;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 0);
    g.drawdown = 0.30;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 1);
    g.equity_limit = 0.01; /* never less than the watchdog's own */
    g.drawdown = 0.1499;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 0);
    g.drawdown = 0.15;
    g.told = true;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 0);
    g.told = false;
    g.paused = true;
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 0);
    g.paused = false;
    g.slot_ms = NOW - MIN(5) + 1; /* its message may be on its way */
    ASSERT_INT(ask(WATCH_DRAWDOWN, &g), 0);
}

/* Who has to leave and for whom there is not even a message. */
static void a_grid_that_must_be_left_needs_a_message(void)
{
    struct watch_grid g = grid();
    g.mandatory_ms = NOW - MIN(20);
    ASSERT_INT(ask(WATCH_UNSAID, &g), 0);
    g.mandatory_ms--;
    ASSERT_INT(ask(WATCH_UNSAID, &g), 1);
    ASSERT_STR(found.list[0].what,
               "MANDATORY_EXIT since 2026-02-10 01:39 UTC at the least, 20 min "
               "ago, and the record has no message that says so");
    g.decided = true; /* whether it was heard is another rule's */
    ASSERT_INT(ask(WATCH_UNSAID, &g), 0);
    g.decided = false;
    g.paused = true;
    ASSERT_INT(ask(WATCH_UNSAID, &g), 0);
    g.paused = false;
    g.left = true;
    ASSERT_INT(ask(WATCH_UNSAID, &g), 0);
    g.left = false;
    g.runs = false;
    ASSERT_INT(ask(WATCH_UNSAID, &g), 0);
    ASSERT_INT(watch_rules[WATCH_UNSAID].priority, 2);
}

/* Its message may have left the record: what was told stands, and nothing new
 * begins. */
static void of_a_long_mandatory_no_message_is_looked_for(void)
{
    struct watch_grid g = grid();
    g.mandatory_ms = NOW - MIN(20 * 60);
    ASSERT_INT(ask(WATCH_UNSAID, &g), 1);
    ASSERT_INT(stands(WATCH_UNSAID, &g), 0);
    g.mandatory_ms--;
    ASSERT_INT(ask(WATCH_UNSAID, &g), 0);
    ASSERT_INT(stands(WATCH_UNSAID, &g), 1);
    g.decided = true;
    ASSERT_INT(stands(WATCH_UNSAID, &g), 0);
}

static void a_message_has_twenty_minutes(void)
{
    struct watch_unheard u = { .grid = "btc-a", .at_ms = NOW - MIN(20) };
    struct watch_facts f = {
        .now_ms = NOW, .read = true, .unheard = &u, .unheard_count = 1
    };
    watch_ask(WATCH_UNDELIVERED, &f, &found);
    ASSERT_INT(found.count, 0);
    u.at_ms--;
    watch_ask(WATCH_UNDELIVERED, &f, &found);
    ASSERT_INT(found.count, 1);
    ASSERT_STR(found.list[0].subject, "btc-a");
}

static void faults_stand_for_an_hour_and_orders_not_at_all(void)
{
    struct watch_stands s = { "key", "run", "may trade", NOW - MIN(59), false };
    struct watch_facts f = {
        .now_ms = NOW, .read = true, .stands = &s, .stands_count = 1
    };
    watch_ask(WATCH_STANDS, &f, &found);
    ASSERT_INT(found.count, 0);
    s.since_ms = NOW - MIN(60);
    watch_ask(WATCH_STANDS, &f, &found);
    ASSERT_INT(found.count, 1);
    ASSERT_STR(found.list[0].subject, "run key");
    watch_ask(WATCH_ZOMBIES, &f, &found);
    ASSERT_INT(found.count, 0);
    s.orders = true;
    s.since_ms = NOW;
    watch_ask(WATCH_ZOMBIES, &f, &found);
    ASSERT_INT(found.count, 1);
    watch_ask(WATCH_STANDS, &f, &found);
    ASSERT_INT(found.count, 0);
}

static void without_a_record_one_rule_is_asked(void)
{
    struct watch_grid g = grid();
    g.slot_ms = NOW - MIN(500);
    const struct watch_facts f = {
        .now_ms = NOW, .why = "no route", .grids = &g, .grid_count = 1
    };
    for (int i = 0; i < WATCH_RULE_COUNT; i++) {
        watch_ask((enum watch_rule_id)i, &f, &found);
        ASSERT_INT(found.count, i == WATCH_UNREACHABLE);
        ASSERT_INT(watch_is_asked((enum watch_rule_id)i, &f),
                   i == WATCH_UNREACHABLE);
    }
}

static void what_finds_no_room_is_counted(void)
{
    static struct watch_invalid bad[WATCH_FINDINGS_MAX + 3];
    const struct watch_facts f = {
        .now_ms = NOW, .read = true, .invalid = bad, .invalid_count = 35
    };
    watch_ask(WATCH_INVALID, &f, &found);
    ASSERT_INT(found.count, 32);
    ASSERT_INT(found.more, 3);
}

/* Names are anchors of docs/runbook.md and keys of the memory. */
static void every_rule_is_whole(void)
{
    for (int i = 0; i < WATCH_RULE_COUNT; i++) {
        const struct watch_rule *r = &watch_rules[i];
        ASSERT(r->ask && r->limit && r->meaning && r->title && r->remedy);
        ASSERT(strspn(r->name, "abcdefghijklmnopqrstuvwxyz_") ==
               strlen(r->name));
        ASSERT(r->priority >= 0 && r->priority <= 2);
        for (int k = 0; k < i; k++)
            ASSERT(strcmp(r->name, watch_rules[k].name) != 0);
    }
}

/* The fullest message: Pushover takes 250 and 1024 code points. */
static void the_fullest_message_has_room(void)
{
    struct watch_told told = { .since_ms = NOW };
    struct watch_message m;
    found.count = 4;
    found.more = 28;
    for (int i = 0; i < 4; i++) {
        memset(found.list[i].subject, 's', WATCH_PATH_MAX - 1);
        memset(found.list[i].what, 'w', WATCH_WHAT_MAX - 1);
        found.list[i].subject[WATCH_PATH_MAX - 1] = '\0';
        found.list[i].what[WATCH_WHAT_MAX - 1] = '\0';
    }
    for (int i = 0; i < WATCH_RULE_COUNT; i++) {
        watch_words((enum watch_rule_id)i, WATCH_BEGINS, &found, &told, &m);
        ASSERT(strstr(m.body, "docs/runbook.md#") != NULL);
        ASSERT(strstr(m.body, "And 28 more.") != NULL);
        ASSERT(strstr(m.title, watch_rules[i].title) != NULL);
    }
}

static void a_message_says_what_to_do_first(void)
{
    struct watch_grid g = grid();
    struct watch_told told = { .since_ms = NOW };
    struct watch_message m;
    g.slot_ms = NOW - MIN(120);
    ASSERT_INT(ask(WATCH_SILENT, &g), 1);
    watch_words(WATCH_SILENT, WATCH_BEGINS, &found, &told, &m);
    ASSERT_STR(m.title, "Watchdog: not watched: btc-a");
    ASSERT_STR(m.body,
               "Look at the grid on the exchange now. Then find out why: does "
               "the job run, does its last log name an error, may it push?\n"
               "btc-a: newest slot 2026-02-10 00:00 UTC, 120 min ago.\n"
               "It stands since 2026-02-10 02:00 UTC (limit: 40 min). "
               "docs/runbook.md#job_silent");
    ASSERT_INT(m.priority, 1);
    watch_words(WATCH_UNDELIVERED, WATCH_BEGINS, &found, &told, &m);
    ASSERT_INT(m.priority, 2);
    ASSERT_INT(m.retry_s, 75);
    ASSERT_INT(m.expire_s, 3600);
    watch_words(WATCH_UNDELIVERED, WATCH_REPEATS, &found, &told, &m);
    ASSERT_INT(m.priority, 1);
    ASSERT_INT(m.retry_s, 0);
    watch_words(WATCH_SILENT, WATCH_ENDS, &found, &told, &m);
    ASSERT_INT(m.priority, -1);
}

void watch_rule_test(void);
void watch_rule_test(void)
{
    TEST_SUITE("watch: rules");
    TEST(a_sound_grid_is_no_finding);
    TEST(silence_begins_after_forty_minutes);
    TEST(a_grid_that_was_just_started_has_time);
    TEST(slots_may_not_go_back_nor_miss_one);
    TEST(a_stopped_grid_may_lose_all_its_slots);
    TEST(what_is_dated_ahead_is_a_finding);
    TEST(silence_counts_from_when_it_was_seen_to_run);
    TEST(what_cannot_be_looked_at_is_not_over);
    TEST(a_loss_of_fifteen_percent_must_be_told);
    TEST(a_grid_that_must_be_left_needs_a_message);
    TEST(of_a_long_mandatory_no_message_is_looked_for);
    TEST(a_message_has_twenty_minutes);
    TEST(faults_stand_for_an_hour_and_orders_not_at_all);
    TEST(without_a_record_one_rule_is_asked);
    TEST(what_finds_no_room_is_counted);
    TEST(every_rule_is_whole);
    TEST(the_fullest_message_has_room);
    TEST(a_message_says_what_to_do_first);
}
