/* A run that finds hundreds of grid files broken: what the phone is told, and
 * what stands in the record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "run/faults.h"
#include "test.h"

#define SLOT INT64_C(1621389600000) /* 2021-05-19T02:00:00Z */

static struct config config;
static struct run_options options;
static struct run r;
static struct service_document stood;

/* The next run, of slot `n`, before it has looked at anything. */
static void begin(int n)
{
    options = (struct run_options){ .config = &config,
                                    .engine = "0.1.0+0123456789ab" };
    r = (struct run){ .options = &options, .config = &config };
    r.slot_ms = SLOT + n * MS_PER_SLOT;
    r.exchange_ms = r.slot_ms + 10000;
    r.silence_put = true;
    r.service = stood;
    snprintf(r.id, sizeof(r.id), "20210519T020010Z-1a2b3c4d");
    snprintf(r.config_hash, sizeof(r.config_hash), "0123abcd");
    run_look(&r, FAULT_CLASS_GRID_FILE);
}

static void end(void)
{
    stood = r.service;
    stood.open_count = 0; /* the phone took them */
    changes_release(&r.changes);
    free(r.messages);
}

static void see(int from, int to)
{
    char id[GRID_ID_MAX], what[64];
    for (int i = from; i < to; i++) {
        snprintf(id, sizeof(id), "g%03d", i);
        snprintf(what, sizeof(what), "'grids/%s.yaml': line 1: no", id);
        run_see(&r, FAULT_CLASS_GRID_FILE, id, NULL, what);
    }
}

/* Files of the commit being prepared in whose names the word stands. */
static int files(const char *word)
{
    int n = 0;
    for (size_t i = 0; i < r.changes.count; i++)
        n += strstr(r.changes.list[i].path, word) != NULL;
    return n;
}

static const char *title(size_t i)
{
    return i < r.message_count ? r.messages[i].intent.title : "";
}

/* The first run of a record finds 800 files broken. */
static void find_hundreds(void)
{
    stood = (struct service_document){ 0 };
    begin(0);
    see(0, 800);
    run_faults_settle(&r);
    ASSERT_INT(r.message_count, 1);
}

static void hundreds_are_one_message_and_each_is_recorded(void)
{
    find_hundreds();
    ASSERT_STR(title(0), "Fault: g000, g001, g002 and 797 more: each is not "
                         "watched: its file cannot be used");
    ASSERT_INT(r.service.faults.count, FAULTS_MAX);
    ASSERT_INT(files("-fault-"), FAULTS_MAX);
    ASSERT_INT(files("-intent-"), 1);
    ASSERT_INT(files("latest/service.yaml"), 1);
    for (size_t i = 0; i < r.service.faults.count; i++)
        ASSERT_STR(r.service.faults.list[i].told, r.messages[0].intent.id);
    run_faults_settle(&r); /* before the confirmation */
    ASSERT_INT(r.message_count, 1);
    end();
    begin(1); /* nothing is news in the next slot */
    see(0, 800);
    run_faults_settle(&r);
    ASSERT_INT(r.message_count, 0);
    ASSERT_INT(files("-fault-"), 0);
    end();
}

/* 32 leave the list, 32 of those that waited enter it. */
static void those_that_waited_are_told_when_there_is_room(void)
{
    find_hundreds();
    end();
    begin(2);
    see(FAULTS_MAX, 800);
    run_faults_settle(&r);
    ASSERT_INT(r.message_count, 2);
    ASSERT_STR(title(0),
               "Mended: g000, g001, g002 and 29 more: each is watched again");
    ASSERT_STR(title(1), "Fault: g032, g033, g034 and 765 more: each is not "
                         "watched: its file cannot be used");
    ASSERT_INT(files("-fault-"), 2 * FAULTS_MAX);
    end();
    begin(3);
    run_faults_settle(&r);
    ASSERT_INT(r.message_count, 1);
    ASSERT_INT(r.service.faults.count, 0);
    end();
}

static void a_few_are_told_one_by_one(void)
{
    stood = (struct service_document){ 0 };
    begin(4);
    see(0, 3);
    run_faults_settle(&r);
    ASSERT_INT(r.message_count, 3);
    ASSERT_STR(title(2), "Fault: g002 is not watched: its file cannot be used");
    end();
    begin(5);
    see(0, 2);
    run_faults_settle(&r);
    ASSERT_INT(r.message_count, 1);
    ASSERT_STR(title(0), "Mended: g002 is watched again");
    end();
}

/* Another grid's document may be refused while a look is recorded. */
static void a_look_ends_no_fault_of_a_document(void)
{
    for (int look = 1; look >= 0; look--) {
        struct grid_run one = { .evaluated = true };
        stood = (struct service_document){ 0 };
        begin(6);
        run_see(&r, FAULT_CLASS_DOCUMENT, "g001", NULL, "refused");
        run_faults_settle(&r);
        end();
        begin(7);
        options.look = look;
        r.grids = &one;
        r.grid_count = 1;
        run_faults_settle(&r);
        ASSERT_INT(r.service.faults.count, look);
        end();
    }
}

void faults_many_test(void);
void faults_many_test(void)
{
    TEST_SUITE("run: many faults");
    TEST(hundreds_are_one_message_and_each_is_recorded);
    TEST(those_that_waited_are_told_when_there_is_room);
    TEST(a_few_are_told_one_by_one);
    TEST(a_look_ends_no_fault_of_a_document);
}
