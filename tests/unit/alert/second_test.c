/* When nobody answers the phone: SPEC 11, after 15 min. */
#include <stdio.h>
#include <string.h>

#include "alert/decided.h"
#include "alert/said.h"
#include "base/moment.h"
#include "test.h"

static struct evaluation e;
static struct alert_memory before, m;
static int64_t acknowledged_ms;
static enum alert_hush hush;

static void begin(void)
{
    e = (struct evaluation){ .slot_ms = 0 };
    e.verdict.episode_ms = 0;
    m = alert_memory_new();
    acknowledged_ms = MOMENT_NONE;
    hush = HUSH_NOTHING;
}

/* Is it due at that minute, in that state? */
static bool due(int minute, enum exit_state state)
{
    struct alert_now now = decided_now(&e, hush);
    e.slot_ms = minute * MS_PER_MINUTE;
    e.verdict.state = state;
    now.acknowledged_ms = acknowledged_ms;
    before = m;
    alert_decide(&before, &now, &m);
    return alert_second_is_due(&before, &now, &m);
}

static void a_siren_that_nobody_answers_is_due_after_15_min(void)
{
    begin();
    ASSERT(!due(0, STATE_MANDATORY));
    ASSERT(due(15, STATE_MANDATORY));
    ASSERT(due(30, STATE_MANDATORY)); /* once is the caller's to keep */
}

static void an_answer_in_time_ends_it(void)
{
    begin();
    ASSERT(!due(0, STATE_MANDATORY));
    acknowledged_ms = 7 * MS_PER_MINUTE;
    ASSERT(!due(15, STATE_MANDATORY));
    ASSERT(!due(30, STATE_MANDATORY));
}

static void what_is_over_is_not_due(void)
{
    begin();
    ASSERT(!due(0, STATE_MANDATORY));
    ASSERT(!due(15, STATE_WARNING));
    begin();
    ASSERT(!due(0, STATE_MANDATORY));
    ASSERT(!due(15, STATE_UNKNOWN));
    begin();
    ASSERT(!due(0, STATE_MANDATORY));
    hush = HUSH_STOPPED;
    ASSERT(!due(15, STATE_MANDATORY));
}

/* LATEST that rang for half an hour says nothing of a MANDATORY. */
static void the_time_of_another_siren_does_not_count(void)
{
    begin();
    ASSERT(!due(0, STATE_LATEST));
    ASSERT(!due(30, STATE_LATEST)); /* rings */
    ASSERT(m.siren.intent[0] != '\0');
    ASSERT(!due(45, STATE_LATEST));
    ASSERT(!due(60, STATE_MANDATORY));
    ASSERT(due(75, STATE_MANDATORY));
}

/* A siren of a look rings from the look on, not from the slot before it. */
static bool looked(int slot, int minute, enum exit_state state)
{
    e.look_ms = minute * MS_PER_MINUTE;
    bool is_due = due(slot, state);
    e.look_ms = 0;
    return is_due;
}

static void the_time_of_a_look_is_its_own(void)
{
    begin();
    ASSERT(!due(0, STATE_LATEST));
    ASSERT(!looked(0, 14, STATE_MANDATORY));
    ASSERT_INT(m.siren.sent_ms, 14 * MS_PER_MINUTE);
    ASSERT(!due(15, STATE_MANDATORY));
    ASSERT(due(30, STATE_MANDATORY));
    begin();
    ASSERT(!due(0, STATE_LATEST));
    ASSERT(!looked(0, 14, STATE_MANDATORY));
    ASSERT(due(60, STATE_MANDATORY));
    ASSERT(!strcmp(m.siren.intent, before.siren.intent)); /* 46 min of 60 */
    due(75, STATE_MANDATORY);
    ASSERT(strcmp(m.siren.intent, before.siren.intent) != 0); /* rings anew */
}

static void the_message_says_so(void)
{
    static struct said s;
    said_begin(&s, STATE_MANDATORY, SAID_AT(6, 0));
    const struct intent *i = said(&s, ALERT_SECOND);
    ASSERT(strstr(i->title, "Not acknowledged: MANDATORY_EXIT") == i->title);
    ASSERT(strstr(i->body, "\nNot acknowledged for 15 min. To acknowledge: "
                           "gridwatch ack btc-a.\n") != NULL);
    ASSERT(!strstr(i->body, "phone")); /* there may be none */
    ASSERT_INT(i->priority, 2);
    ASSERT(!strstr(said(&s, ALERT_WORSE)->body, "Not acknowledged"));
}

void second_test(void);
void second_test(void)
{
    TEST_SUITE("alert/second");
    TEST(a_siren_that_nobody_answers_is_due_after_15_min);
    TEST(an_answer_in_time_ends_it);
    TEST(what_is_over_is_not_due);
    TEST(the_time_of_another_siren_does_not_count);
    TEST(the_time_of_a_look_is_its_own);
    TEST(the_message_says_so);
}
