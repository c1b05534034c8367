/* Which days leave the tip, and when; which commit gets a month's tag. */
#include "run/retire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "record/record.h"
#include "store/store_fixture.h"
#include "test.h"

/* 2021-01-28 00:00 UTC */
#define DAY0 INT64_C(1611792000000)

static struct place place;
static struct text said = TEXT_INIT(1 << 20);
static struct retirement run;
static char commit[STORE_ID_SIZE]; /* of the newest record */

/* The first slot of that day, counted from DAY0. */
static int64_t day_ms(int day)
{
    return DAY0 + day * MS_PER_DAY;
}

/* A commit as of a run, at the slot, with these files. */
static void record(int64_t slot_ms, const char *const *paths, size_t count)
{
    struct store_change changes[16];
    const struct store_batch b = { changes, count, "grid: NORMAL\n\nrun x\n",
                                   slot_ms + 10000 };
    for (size_t i = 0; i < count; i++)
        changes[i] = (struct store_change){ paths[i], "x", 1, false };
    ASSERT_INT(store_commit(run.store, &b, commit, &place.err), 0);
    run.slot_ms = slot_ms;
    run.now_ms = slot_ms + 10000;
}

static void record_slot(int64_t slot_ms)
{
    char of_symbol[RECORD_PATH_MAX], of_grid[RECORD_PATH_MAX];
    const char *const paths[] = { of_symbol, of_grid };
    record_metrics_path("BTC-USDT", slot_ms, of_symbol);
    record_exit_path("night", slot_ms, of_grid);
    record(slot_ms, paths, 2);
}

static void begin(int64_t tip_days)
{
    place_init(&place);
    run = (struct retirement){ .tip_days = tip_days,
                               .run = "20210131T000010Z-0123abcd" };
    run.store = place_start(&place, NULL);
}

static void end(void)
{
    store_free(run.store);
    text_release(&said);
    place_release(&place);
}

static void retire(void)
{
    ASSERT_INT(retire_month(&run, &place.err), 0);
    ASSERT_INT(retire_days(&run, &place.err), 0);
}

static int note_path(const struct store_entry *e, void *payload,
                     struct error *err)
{
    const char *name = payload;
    (void)err;
    if (strncmp(e->path, name, strlen(name)) == 0)
        text_printf(&said, "%s ", e->path + strlen(name));
    return 0;
}

/* What stands below the directory: "01/28/0000.yaml ". */
static const char *stands(const char *name)
{
    text_clear(&said);
    ASSERT_INT(store_walk(run.store, "", note_path, (void *)(uintptr_t)name,
                          &place.err),
               0);
    return text_str(&said);
}

static int note_subject(const struct store_commit *c, void *payload,
                        struct error *err)
{
    (void)payload;
    (void)err;
    if (!said.len)
        text_puts(&said, c->message);
    return 0;
}

static const char *newest_message(void)
{
    text_clear(&said);
    ASSERT_INT(store_log(run.store, note_subject, NULL, &place.err), 0);
    return text_str(&said);
}

#define METRICS "metrics/BTC-USDT/2021/"

static void a_day_leaves_when_its_last_slot_is_older(void)
{
    begin(1);
    record_slot(day_ms(0));
    record_slot(day_ms(1) - MS_PER_SLOT);
    retire();
    record_slot(day_ms(2) - MS_PER_SLOT); /* 24 h younger than the last */
    retire();
    ASSERT_STR(stands(METRICS),
               "01/28/0000.yaml 01/28/2345.yaml 01/29/2345.yaml ");
    record_slot(day_ms(2));
    retire();
    ASSERT_STR(stands(METRICS), "01/29/2345.yaml 01/30/0000.yaml ");
    ASSERT_STR(stands("exits/night/2021/"), "01/29/2345.yaml 01/30/0000.yaml ");
    ASSERT_STR(newest_message(),
               "retention: 4 documents of 2021-01-28 leave the tip, they stay "
               "in history\n\nrun 20210131T000010Z-0123abcd\n");
    end();
}

static void once_a_day_and_never_twice(void)
{
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE];
    begin(1);
    record_slot(day_ms(0));
    record_slot(day_ms(2));
    retire();
    store_tip(run.store, before);
    retire();
    store_tip(run.store, after);
    ASSERT_STR(after, before);
    record_slot(day_ms(2) + MS_PER_SLOT);
    store_tip(run.store, before);
    retire();
    store_tip(run.store, after);
    ASSERT_STR(after, before);
    end();
}

static void other_files_stay(void)
{
    static const char *const other[] = {
        "audit/2021/01/01/000000000-night-intent-01234567.yaml",
        "latest/grids/night.yaml",
        "state/night.yaml",
        "grids/night.yaml",
        "bars/BTC-USDT/15m/seed.csv",
        "metrics/BTC-USDT/2021/01/02/notes.txt", /* so that day stays */
        "metrics/BTC-USDT/2021/01/02/0000.yaml",
        "metrics/BTC-USDT/2021/01/03/0000.yaml",
        "exits/readme.txt",
        "metrics/BTC-USDT/2021/not/a/day.yaml"
    };
    begin(7);
    record(day_ms(0), other, 10);
    retire();
    ASSERT_STR(stands("metrics/BTC-USDT/"),
               "2021/01/02/0000.yaml 2021/01/02/notes.txt "
               "2021/not/a/day.yaml ");
    ASSERT_STR(stands("audit/"),
               "2021/01/01/000000000-night-intent-01234567.yaml ");
    ASSERT_STR(stands("exits/"), "readme.txt ");
    ASSERT_STR(stands("state/"), "night.yaml ");
    ASSERT_STR(stands("latest/"), "grids/night.yaml ");
    end();
}

static void many_days_leave_a_few_at_a_time(void)
{
    begin(1);
    for (int day = 0; day < 20; day++)
        record_slot(day_ms(day));
    retire();
    ASSERT_STR(newest_message(),
               "retention: 16 documents of 2021-01-28 to 2021-02-04 leave the "
               "tip, they stay in history\n\nrun 20210131T000010Z-0123abcd\n");
    record_slot(day_ms(19) + MS_PER_SLOT);
    retire();
    record_slot(day_ms(19) + 2 * MS_PER_SLOT);
    retire();
    ASSERT_STR(stands(METRICS),
               "02/15/0000.yaml 02/16/0000.yaml 02/16/0015.yaml "
               "02/16/0030.yaml ");
    ASSERT(git_finds_no_fault(&place, place.repo));
    end();
}

/* The first ten days hold a file of somebody else's: they stay, and the days
 * after them leave all the same, eight at a time. */
static void days_that_stay_do_not_stop_the_others(void)
{
    char path[RECORD_PATH_MAX];
    const char *const foreign[] = { path };
    begin(1);
    for (int day = 0; day < 10; day++) {
        snprintf(path, sizeof(path), METRICS "01/%02d/notes.txt", day + 1);
        record(day_ms(0), foreign, 1);
    }
    for (int day = 0; day < 12; day++)
        record_slot(day_ms(day));
    retire();
    ASSERT_STR(newest_message(),
               "retention: 16 documents of 2021-01-28 to 2021-02-04 leave the "
               "tip, they stay in history\n\nrun 20210131T000010Z-0123abcd\n");
    ASSERT(strstr(stands(METRICS), "01/01/notes.txt 01/02/notes.txt ") != NULL);
    ASSERT_STR(stands("exits/night/2021/"),
               "02/05/0000.yaml 02/06/0000.yaml 02/07/0000.yaml "
               "02/08/0000.yaml ");
    record_slot(day_ms(11) + MS_PER_SLOT);
    retire();
    ASSERT_STR(stands("exits/night/2021/"),
               "02/07/0000.yaml 02/08/0000.yaml 02/08/0015.yaml ");
    end();
}

/* A gap of months between the days is no reason to take fewer. */
static void days_far_apart_leave_together(void)
{
    begin(1);
    for (int day = 0; day < 9; day++)
        record_slot(day_ms(day * 40));
    retire();
    ASSERT_STR(stands("exits/night/"), "2021/12/14/0000.yaml ");
    end();
}

static const char *tag_of(const char *name)
{
    static char hex[STORE_ID_SIZE];
    ASSERT_INT(store_tag_commit(run.store, name, hex, &place.err), 0);
    return hex;
}

static void a_month_ends_with_its_last_commit(void)
{
    char last[STORE_ID_SIZE], moved[STORE_ID_SIZE];
    begin(7);
    record_slot(day_ms(3));
    retire();
    record_slot(day_ms(4) - MS_PER_SLOT); /* 2021-01-31 23:45 */
    memcpy(last, commit, sizeof(last));
    retire();
    ASSERT_STR(tag_of("2021-01"), "");
    record_slot(day_ms(4));
    retire();
    ASSERT_STR(tag_of("2021-01"), last);
    ASSERT_STR(tag_of("2021-02"), "");
    record_slot(day_ms(4) + MS_PER_SLOT);
    retire();
    ASSERT_STR(tag_of("2021-01"), last);
    /* Nobody was there in March: February ends with its last commit, March has
     * none. */
    memcpy(moved, commit, sizeof(moved));
    record_slot(day_ms(70)); /* 2021-04-08 */
    retire();
    ASSERT_STR(tag_of("2021-02"), moved);
    ASSERT_STR(tag_of("2021-03"), "");
    end();
}

static void a_tag_that_a_crash_left_out_comes_within_the_day(void)
{
    char last[STORE_ID_SIZE];
    begin(7);
    record_slot(day_ms(4) - MS_PER_SLOT);
    memcpy(last, commit, sizeof(last));
    for (int i = 0; i < 90; i++)
        record_slot(day_ms(4) + i * MS_PER_SLOT);
    retire();
    ASSERT_STR(tag_of("2021-01"), last);
    end();
}

void retire_test(void);
void retire_test(void)
{
    TEST_SUITE("retire");
    TEST(a_day_leaves_when_its_last_slot_is_older);
    TEST(once_a_day_and_never_twice);
    TEST(other_files_stay);
    TEST(many_days_leave_a_few_at_a_time);
    TEST(days_that_stay_do_not_stop_the_others);
    TEST(days_far_apart_leave_together);
    TEST(a_month_ends_with_its_last_commit);
    TEST(a_tag_that_a_crash_left_out_comes_within_the_day);
}
