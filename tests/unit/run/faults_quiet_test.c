/* What happened once in the quiet hours, as an edit that was dropped: it is
 * over when the phone was told of it aloud, not before. */
#include "run/faults.h"

#include "run/one_run.h"

/* T(0) is 02:00 UTC. */
#define QUIET   "22:00-07:00"
#define MORNING 20 /* 07:00 */

static struct service_document stood;

/* The next run, in the slot T(n), up to its commit. */
static void run(int n, enum fault_class class, bool happens)
{
    sample_make(RECORD_SERVICE, &sample);
    sample.service = stood;
    put(RECORD_SERVICE, "latest/service.yaml");
    commit(ours);
    run_end();
    run_begin();
    config.notify = (struct config_notify){ .quiet_hours = QUIET };
    r.slot_ms = T(n);
    r.exchange_ms = T(n) + 10000;
    r.silence_put = true;
    run_faults_recall(&r);
    if (happens)
        run_see(&r, class, "run", "4f2a", "it was dropped");
    run_faults_settle(&r);
    stood = r.service;
    stood.open_count = 0; /* the phone took it */
}

static void start(void)
{
    begin();
    run_begin();
    sample_make(RECORD_SERVICE, &sample);
    stood = sample.service;
    stood.open_count = stood.owed.count = stood.unrecorded_count = 0;
    stood.faults = (struct fault_list){ 0 };
}

static void stop(void)
{
    run_end();
    end();
}

static void what_passed_in_the_quiet_is_told_aloud_when_it_is_over(void)
{
    static const enum fault_class passing[] = { FAULT_CLASS_EDIT,
                                                FAULT_CLASS_MEMORY };
    for (size_t i = 0; i < 2; i++) {
        start();
        run(0, passing[i], true);
        ASSERT_INT(r.message_count, 1);
        ASSERT_INT(r.messages[0].intent.priority, -1);
        run(1, passing[i], false);
        run(MORNING - 1, passing[i], false);
        ASSERT_INT(r.message_count, 0);
        ASSERT_INT(stood.faults.count, 1);
        run(MORNING, passing[i], false);
        ASSERT_INT(r.message_count, 1);
        if (r.message_count)
            ASSERT_INT(r.messages[0].intent.priority, 1);
        run(MORNING + 1, passing[i], false);
        ASSERT_INT(r.message_count, 0);
        ASSERT_INT(stood.faults.count, 0);
        stop();
    }
}

/* Nor does what wakes people, or came by day, wait for anything. */
static void what_was_told_aloud_passes_at_once(void)
{
    start();
    run(0, FAULT_CLASS_HISTORY, true);
    ASSERT_FATAL(r.message_count == 1);
    ASSERT_INT(r.messages[0].intent.priority, 1);
    run(1, FAULT_CLASS_HISTORY, false);
    ASSERT_INT(stood.faults.count, 0);
    run(MORNING, FAULT_CLASS_EDIT, true);
    ASSERT_INT(r.messages[0].intent.priority, 1);
    run(MORNING + 1, FAULT_CLASS_EDIT, false);
    ASSERT_INT(stood.faults.count, 0);
    stop();
}

void faults_quiet_test(void);
void faults_quiet_test(void)
{
    TEST_SUITE("run/faults_quiet");
    TEST(what_passed_in_the_quiet_is_told_aloud_when_it_is_over);
    TEST(what_was_told_aloud_passes_at_once);
}
