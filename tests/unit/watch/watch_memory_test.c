/* Once when it begins, after 4, 8, 16, 24, 24 h, once when it ends. */
#include "watch/watch_memory.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "test.h"

#define T0 (INT64_C(1770688800) * 1000)

static struct watch_told told;
static struct watch_findings found;

/* A look after so many minutes at which the rule finds those subjects. */
static enum watch_news look(enum watch_rule_id id, int minutes,
                            const char *subjects, bool phone_works)
{
    const struct watch_facts f = { .now_ms = T0 + minutes * MS_PER_MINUTE,
                                   .read = id != WATCH_UNREACHABLE };
    found.count = 0;
    for (; *subjects; subjects++)
        snprintf(found.list[found.count++].subject, WATCH_PATH_MAX, "%c",
                 *subjects);
    enum watch_news news = watch_decide(id, &f, &found, &told);
    if (phone_works)
        watch_remember(news, f.now_ms, &found, &told);
    return news;
}

static void forget(void)
{
    told = (struct watch_told){ 0 };
}

static void it_is_told_once_and_then_after_growing_gaps(void)
{
    /* minutes of each message, by hand: 0, +4 h, +8 h, +16 h, +24 h, +24 h */
    static const int due[] = { 0, 240, 720, 1680, 3120, 4560 };
    size_t n = 0;
    forget();
    for (int m = 0; m <= 4600; m += 15) {
        enum watch_news news = look(WATCH_SILENT, m, "a", true);
        bool is_due = n < 6 && m == due[n];
        ASSERT_INT(news, !is_due  ? WATCH_NOTHING
                         : n == 0 ? WATCH_BEGINS
                                  : WATCH_REPEATS);
        n += is_due;
    }
    ASSERT_INT(n, 6);
    ASSERT_INT(look(WATCH_SILENT, 4615, "", true), WATCH_ENDS);
    ASSERT_INT(look(WATCH_SILENT, 4630, "", true), WATCH_NOTHING);
    ASSERT_INT(look(WATCH_SILENT, 4645, "a", true), WATCH_BEGINS);
}

static void what_no_phone_took_is_told_by_the_next_look(void)
{
    forget();
    ASSERT_INT(look(WATCH_SILENT, 0, "a", false), WATCH_BEGINS);
    ASSERT_INT(look(WATCH_SILENT, 15, "a", false), WATCH_BEGINS);
    ASSERT_INT(look(WATCH_SILENT, 30, "a", true), WATCH_BEGINS);
    ASSERT_INT(told.since_ms == T0, 1);
    ASSERT_INT(look(WATCH_SILENT, 45, "", false), WATCH_ENDS);
    ASSERT_INT(look(WATCH_SILENT, 60, "", true), WATCH_ENDS);
    ASSERT_INT(told.since_ms, 0);
}

/* Nobody hears of the end of what nobody heard of. */
static void what_was_never_told_does_not_end(void)
{
    forget();
    ASSERT_INT(look(WATCH_SILENT, 0, "a", false), WATCH_BEGINS);
    ASSERT_INT(look(WATCH_SILENT, 15, "", true), WATCH_NOTHING);
    ASSERT_INT(told.since_ms, 0);
}

static void another_subject_is_told_at_once(void)
{
    forget();
    ASSERT_INT(look(WATCH_UNDELIVERED, 0, "a", true), WATCH_BEGINS);
    ASSERT_INT(look(WATCH_UNDELIVERED, 15, "ab", true), WATCH_MORE);
    ASSERT_INT(look(WATCH_UNDELIVERED, 30, "ba", true), WATCH_NOTHING);
    ASSERT_INT(look(WATCH_UNDELIVERED, 45, "b", true), WATCH_NOTHING);
    ASSERT_INT(look(WATCH_UNDELIVERED, 14 + 240, "b", true), WATCH_NOTHING);
    ASSERT_INT(look(WATCH_UNDELIVERED, 15 + 240, "b", true), WATCH_REPEATS);
}

static void a_remote_may_be_away_for_half_an_hour(void)
{
    forget();
    ASSERT_INT(look(WATCH_UNREACHABLE, 0, "r", true), WATCH_NOTHING);
    ASSERT_INT(look(WATCH_UNREACHABLE, 15, "r", true), WATCH_NOTHING);
    ASSERT_INT(look(WATCH_UNREACHABLE, 30, "r", true), WATCH_BEGINS);
}

/* What cannot be asked has not ended, nor is it repeated. */
static void without_a_record_nothing_else_changes(void)
{
    const struct watch_facts f = { .now_ms = T0 + 999 * MS_PER_MINUTE };
    forget();
    ASSERT_INT(look(WATCH_SILENT, 0, "a", true), WATCH_BEGINS);
    found.count = 0;
    ASSERT_INT(watch_decide(WATCH_SILENT, &f, &found, &told), WATCH_NOTHING);
    ASSERT_INT(told.since_ms == T0, 1);
}

/* A clock that ran ahead once must not silence a rule. */
static void a_time_to_come_is_no_reason_to_wait(void)
{
    forget();
    ASSERT_INT(look(WATCH_SILENT, 90000, "a", true), WATCH_BEGINS);
    ASSERT_INT(look(WATCH_SILENT, 0, "a", true), WATCH_REPEATS);
    ASSERT_INT(told.since_ms == T0, 1);
}

void watch_memory_test(void);
void watch_memory_test(void)
{
    TEST_SUITE("watch: what is told when");
    TEST(it_is_told_once_and_then_after_growing_gaps);
    TEST(what_no_phone_took_is_told_by_the_next_look);
    TEST(what_was_never_told_does_not_end);
    TEST(another_subject_is_told_at_once);
    TEST(a_remote_may_be_away_for_half_an_hour);
    TEST(without_a_record_nothing_else_changes);
    TEST(a_time_to_come_is_no_reason_to_wait);
}
