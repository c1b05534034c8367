/* Faults of the service from slot to slot. The fingerprint of one key is its
 * FNV-1a: that of "" is the offset basis 811c9dc5, of "foobar" bf9cf968, both
 * from the authors' own test suite. */
#include "alert/fault.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "test.h"

#define SLOT       INT64_C(1621389600000) /* 2021-05-19T02:00:00Z */
#define BIT(class) (1u << (class))
#define FILES      BIT(FAULT_CLASS_GRID_FILE)

static struct fault_list stands, after;
static struct fault_news news[FAULT_NEWS_MAX];

/* One slot in which that is seen; NULL: nothing. */
static size_t slot(int n, unsigned looked, const char *what)
{
    struct fault_list seen = { 0 };
    if (what)
        fault_see(&seen, FAULT_CLASS_GRID_FILE, "btc-a", NULL, what);
    size_t count = fault_compare(&stands, &seen, looked, SLOT + n * MS_PER_SLOT,
                                 &after, news);
    stands = after;
    return count;
}

static void a_fault_is_news_when_it_begins_changes_and_ends(void)
{
    stands = (struct fault_list){ 0 };
    ASSERT_INT(slot(0, FILES, NULL), 0);
    ASSERT_INT(slot(1, FILES, "line 3"), 1);
    ASSERT_INT(news[0].change, FAULT_BEGAN);
    ASSERT_INT(news[0].fault.since_ms, SLOT + MS_PER_SLOT);
    for (int n = 2; n < 7; n++)
        ASSERT_INT(slot(n, FILES, "line 3"), 0);
    snprintf(stands.list[0].told, INTENT_ID_MAX, "20210519T0215-00000000");
    ASSERT_INT(slot(7, FILES, "line 4"), 1);
    ASSERT_INT(news[0].change, FAULT_CHANGED);
    ASSERT_STR(news[0].fault.what, "line 4");
    ASSERT_STR(news[0].fault.told, "");
    ASSERT_INT(news[0].fault.since_ms, SLOT + MS_PER_SLOT);
    ASSERT_INT(slot(8, FILES, NULL), 1);
    ASSERT_INT(news[0].change, FAULT_ENDED);
    ASSERT_STR(news[0].fault.what, "line 4");
    ASSERT_INT(stands.count, 0);
    ASSERT_INT(slot(9, FILES, NULL), 0);
    ASSERT_INT(slot(10, FILES, "line 4"), 1);
    ASSERT_INT(news[0].change, FAULT_BEGAN);
}

static void who_did_not_look_has_seen_no_end(void)
{
    stands = (struct fault_list){ 0 };
    ASSERT_INT(slot(0, FILES, "line 3"), 1);
    ASSERT_INT(slot(1, BIT(FAULT_CLASS_CALENDAR), NULL), 0);
    ASSERT_INT(slot(2, 0, NULL), 0);
    ASSERT_INT(stands.count, 1);
    ASSERT_INT(slot(3, FILES, NULL), 1);
    ASSERT_INT(stands.count, 0);
}

static void a_fault_is_of_a_subject_and_a_class(void)
{
    struct fault_list seen = { 0 };
    stands = (struct fault_list){ 0 };
    fault_see(&seen, FAULT_CLASS_GRID_FILE, "a", NULL, "x");
    fault_see(&seen, FAULT_CLASS_GRID_FILE, "b", NULL, "x");
    fault_see(&seen, FAULT_CLASS_OVERRIDES, "a", NULL, "x");
    ASSERT_INT(seen.count, 3);
    ASSERT_INT(fault_compare(&stands, &seen, 0, SLOT, &after, news), 3);
    stands = after;
    seen.list[1] = seen.list[--seen.count];
    ASSERT_INT(fault_compare(&stands, &seen, FILES, SLOT, &after, news), 1);
    ASSERT_STR(news[0].fault.subject, "b");
    ASSERT_INT(after.count, 2);
}

static void a_fingerprint_is_of_the_keys_whatever_their_order(void)
{
    struct fault_list a = { 0 }, b = { 0 }, c = { 0 };
    fault_see(&a, FAULT_CLASS_SIGNAL, "run", "", "timeout after 312 ms");
    ASSERT_STR(a.list[0].print, "811c9dc5");
    fault_see(&a, FAULT_CLASS_SIGNAL, "run", "foobar", "other");
    ASSERT_INT(a.count, 1);
    ASSERT_STR(a.list[0].what, "timeout after 312 ms");
    ASSERT_STR(a.list[0].print, "bf9cfded"); /* one or the other bit */
    fault_see(&b, FAULT_CLASS_SIGNAL, "run", "foobar", "other");
    ASSERT_STR(b.list[0].print, "bf9cf968");
    fault_see(&b, FAULT_CLASS_SIGNAL, "run", "", "");
    fault_see(&b, FAULT_CLASS_SIGNAL, "run", "foobar", "");
    ASSERT_STR(b.list[0].print, a.list[0].print);
    fault_see(&c, FAULT_CLASS_SIGNAL, "run", NULL, "foobar");
    ASSERT_STR(c.list[0].print, "bf9cf968");
}

static void what_finds_no_room_waits(void)
{
    struct fault_list seen = { 0 };
    char name[GRID_ID_MAX];
    stands = (struct fault_list){ 0 };
    for (int i = 0; i < FAULTS_MAX + 3; i++) {
        snprintf(name, sizeof(name), "g%d", i);
        fault_see(&seen, FAULT_CLASS_GRID_FILE, name, NULL, "x");
    }
    ASSERT_INT(seen.count, FAULTS_MAX);
    ASSERT_INT(seen.more[FAULT_CLASS_GRID_FILE], 3);
    ASSERT_INT(fault_compare(&stands, &seen, FILES, SLOT, &after, news),
               FAULTS_MAX);
    ASSERT_INT(after.more[FAULT_CLASS_GRID_FILE], 3);
    stands = after;
    for (int i = 0; i < FAULTS_MAX; i++)
        seen.list[i].subject[0] = 'h';
    ASSERT_INT(fault_compare(&stands, &seen, FILES, SLOT, &after, news),
               FAULT_NEWS_MAX);
    ASSERT_INT(after.count, FAULTS_MAX);
    ASSERT_INT(fault_compare(&stands, &seen, 0, SLOT, &after, news), 0);
    ASSERT_INT(after.more[FAULT_CLASS_GRID_FILE], FAULTS_MAX + 3);
}

static void the_phone_is_told_once_after_the_patience_of_the_class(void)
{
    struct service_fault f = { .class = FAULT_CLASS_SIGNAL, .since_ms = SLOT };
    ASSERT(!fault_is_due(&f, SLOT + 3 * MS_PER_SLOT));
    ASSERT(fault_is_due(&f, SLOT + 4 * MS_PER_SLOT));
    snprintf(f.told, sizeof(f.told), "20210519T0300-00000000");
    ASSERT(!fault_is_due(&f, SLOT + MS_PER_DAY));
    f.class = FAULT_CLASS_CLOCK;
    f.told[0] = '\0';
    ASSERT(!fault_is_due(&f, SLOT + MS_PER_DAY));
    f.class = FAULT_CLASS_GRID_FILE;
    ASSERT(fault_is_due(&f, SLOT));
    f.class = FAULT_CLASS_SECOND;
    snprintf(f.told, sizeof(f.told), "20210519T0200-00000000");
    ASSERT(!fault_is_due(&f, SLOT + MS_PER_DAY - MS_PER_SLOT));
    ASSERT(fault_is_due(&f, SLOT + MS_PER_DAY));
    snprintf(f.told, sizeof(f.told), "2021-05-19");
    ASSERT(!fault_is_due(&f, SLOT + MS_PER_DAY));
}

/* At 02:00 when it began, then at 02:15, 02:30, 03:00, 04:00, 05:00. */
static void what_nobody_took_is_told_soon_and_then_seldom(void)
{
    static const struct {
        const char *told;
        int64_t next; /* slots after 02:00 */
    } times[] = {
        { "20210519T0200-00000000", 1 },  { "20210519T0215-00000000", 2 },
        { "20210519T0230-00000000", 4 },  { "20210519T0300-00000000", 8 },
        { "20210519T0400-00000000", 12 }, { "20210519T0500-00000000", 16 }
    };
    struct service_fault f = { .class = FAULT_CLASS_CHANNEL, .since_ms = SLOT };

    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        snprintf(f.told, sizeof(f.told), "%s", times[i].told);
        ASSERT(!fault_is_due(&f, SLOT + (times[i].next - 1) * MS_PER_SLOT));
        ASSERT(fault_is_due(&f, SLOT + times[i].next * MS_PER_SLOT));
    }
    snprintf(f.told, sizeof(f.told), "2021-05-19");
    ASSERT(!fault_is_due(&f, SLOT + MS_PER_DAY));
    f.told[0] = '\0'; /* a channel that takes messages again: at once */
    ASSERT(fault_is_due(&f, SLOT));
}

static void the_message_says_what_is_wrong_and_what_to_do(void)
{
    struct service_fault f = {
        .subject = "btc-a",
        .class = FAULT_CLASS_GRID_FILE,
        .what = "'grids/btc-a.yaml': line 6, column 8: lower: must be a number",
        .since_ms = SLOT - MS_PER_HOUR,
        .print = "5f3a9c01",
    };
    struct intent begun, ended, other;
    fault_intent(&f, SLOT, NULL, false, &begun);
    ASSERT_STR(begun.title,
               "Fault: btc-a is not watched: its file cannot be used");
    ASSERT(strstr(begun.body, f.what) == begun.body);
    ASSERT(strstr(begun.body, "\nCorrect the file") != NULL);
    ASSERT_INT(begun.priority, 1);
    ASSERT_STR(begun.tag, "btc-a-20210519T0100");
    ASSERT(strncmp(begun.id, "20210519T0200-", 14) == 0);
    ASSERT(intent_is_of_service(&begun));
    ASSERT_STR(begun.symbol, "");
    fault_intent(&f, SLOT, NULL, true, &ended);
    ASSERT_STR(ended.title, "Mended: btc-a is watched again");
    ASSERT(strstr(ended.body, "01:00 UTC") != NULL);
    ASSERT(strstr(ended.body, f.what) != NULL);
    ASSERT_INT(ended.priority, -1);
    ASSERT(strcmp(begun.id, ended.id) != 0);
    memcpy(f.print, "5f3a9c02", sizeof(f.print));
    fault_intent(&f, SLOT, NULL, false, &other);
    ASSERT(strcmp(begun.id, other.id) != 0);
    snprintf(f.subject, sizeof(f.subject), "run");
    f.class = FAULT_CLASS_CALENDAR;
    fault_intent(&f, SLOT, NULL, false, &begun);
    ASSERT_STR(begun.title, "Fault: gridwatch cannot read the calendar");
    ASSERT_INT(begun.priority, 0);
}

/* What happened once is over when it was told; what the phone is not told of,
 * or is told every hour, and what can be mended, is not. */
static void what_cannot_be_mended_is_told_once(void)
{
    static const enum fault_class passing[] = {
        FAULT_CLASS_MEMORY,
        FAULT_CLASS_MESSAGE,
        FAULT_CLASS_EDIT,
        FAULT_CLASS_HISTORY,
    };
    struct service_fault f = { .subject = "run", .what = "w" };
    struct intent x;
    unsigned bits = 0;
    for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
        bits |= BIT(passing[i]);
    for (int i = 0; i < FAULT_CLASS_COUNT; i++) {
        f.class = (enum fault_class)i;
        ASSERT_INT(fault_is_passing(f.class), (bits & BIT(f.class)) != 0);
        fault_intent(&f, SLOT, NULL, false, &x);
        ASSERT_INT(strstr(x.body, "this is told once") != NULL,
                   fault_is_passing(f.class));
    }
    f.class = FAULT_CLASS_HISTORY;
    fault_intent(&f, SLOT, NULL, false, &x);
    ASSERT_INT(x.priority, 1);
    ASSERT_STR(x.title, "Fault: gridwatch found another history at the remote");
}

/* 800 files: three have their words, 797 are counted. */
static void many_are_told_in_one_message(void)
{
    static struct service_fault f[FAULTS_MAX];
    const struct service_fault *list[FAULTS_MAX];
    struct intent x, y;
    for (int i = 0; i < FAULTS_MAX; i++) {
        f[i] = (struct service_fault){ .class = FAULT_CLASS_GRID_FILE,
                                       .since_ms = SLOT - i * MS_PER_SLOT };
        snprintf(f[i].subject, sizeof(f[i].subject), "g%d", i);
        snprintf(f[i].what, sizeof(f[i].what), "line %d", i);
        list[i] = &f[i];
    }
    fault_group_intent(list, FAULTS_MAX, 768, SLOT, false, &x);
    ASSERT_STR(x.title, "Fault: g0, g1, g2 and 797 more: each is not watched: "
                        "its file cannot be used");
    ASSERT(strstr(x.body, "g0: line 0.\ng1: line 1.\ng2: line 2.\n"
                          "And 797 more: ") == x.body);
    ASSERT(strstr(x.body, "\nCorrect the file") != NULL);
    ASSERT(strstr(x.body, "when they are mended") != NULL);
    ASSERT_STR(x.grid, "run");
    ASSERT_INT(x.priority, 1);
    ASSERT(intent_is_of_service(&x));
    ASSERT_STR(x.tag, "run-20210518T1815"); /* 31 slots before 02:00 */
    fault_group_intent(list, FAULTS_MAX - 1, 769, SLOT, false, &y);
    ASSERT(strcmp(x.id, y.id) != 0);
    fault_group_intent(list, 4, 0, SLOT, true, &y);
    ASSERT_STR(y.title, "Mended: g0, g1, g2 and 1 more: each is watched again");
    ASSERT(strstr(y.body, "Nothing to do") == y.body);
    ASSERT_INT(y.priority, -1);
}

static void the_longest_of_many_fits_the_channel(void)
{
    struct service_fault f = { .print = "00000000" };
    const struct service_fault *list[4] = { &f, &f, &f, &f };
    struct intent x;
    memset(f.subject, 'a', GRID_ID_MAX - 1);
    memset(f.what, 'w', FAULT_WHAT_MAX - 1);
    for (int i = 0; i < FAULT_CLASS_COUNT; i++) {
        f.class = (enum fault_class)i;
        fault_group_intent(list, 4, 99999, SLOT, false, &x);
        ASSERT(strlen(x.body) < 1024 - 60);
        ASSERT(strlen(x.title) < 250);
        ASSERT(strstr(x.title, " and 100000 more: each ") != NULL);
        ASSERT(strstr(x.body, "And 100000 more") != NULL);
        ASSERT(strstr(x.body, "Next: ") != NULL);
    }
}

/* The longest text of each class, with the line that names the record, is not
 * cut by the channel. */
static void every_message_fits_the_channel(void)
{
    struct service_fault f = { .print = "00000000" };
    struct intent x;
    memset(f.subject, 'a', GRID_ID_MAX - 1);
    memset(f.what, 'w', FAULT_WHAT_MAX - 1);
    for (int i = 0; i < FAULT_CLASS_COUNT; i++) {
        f.class = (enum fault_class)i;
        fault_intent(&f, SLOT, NULL, false, &x);
        ASSERT(strlen(x.body) > FAULT_WHAT_MAX && strlen(x.body) < 1024 - 60);
        ASSERT(strlen(x.title) < 250);
        ASSERT(strstr(x.body, "Next: ") != NULL);
    }
}

void fault_test(void);
void fault_test(void)
{
    TEST_SUITE("alert/fault");
    TEST(a_fault_is_news_when_it_begins_changes_and_ends);
    TEST(who_did_not_look_has_seen_no_end);
    TEST(a_fault_is_of_a_subject_and_a_class);
    TEST(a_fingerprint_is_of_the_keys_whatever_their_order);
    TEST(what_finds_no_room_waits);
    TEST(the_phone_is_told_once_after_the_patience_of_the_class);
    TEST(what_nobody_took_is_told_soon_and_then_seldom);
    TEST(the_message_says_what_is_wrong_and_what_to_do);
    TEST(what_cannot_be_mended_is_told_once);
    TEST(many_are_told_in_one_message);
    TEST(the_longest_of_many_fits_the_channel);
    TEST(every_message_fits_the_channel);
}
