/* That a channel beside the phone refuses what it is sent ends with the
 * channel, too: when nobody has it set up any more. */
#include "run/channels.h"

#include "run/one_run.h"

#define DAY 96 /* slots: after so many it is told again */

static struct service_document stood;

static void settle(void)
{
    run_faults_settle(&r);
    stood = r.service;
    stood.open_count = stood.owed.count = 0; /* the phone took it */
}

/* A run in the slot T(n) without news for any channel: of the whole record, or
 * of one grid; with that topic of ntfy, "": none, and no other channel. */
static void run(int n, const char *grids, const char *ntfy_url)
{
    sample_make(RECORD_SERVICE, &sample);
    sample.service = stood;
    put(RECORD_SERVICE, "latest/service.yaml");
    commit(ours);
    run_channels_release(&r);
    run_end();
    run_begin();
    snprintf(config.run.grids, sizeof(config.run.grids), "%s", grids);
    snprintf(config.notify.ntfy_url, sizeof(config.notify.ntfy_url), "%s",
             ntfy_url);
    config.notify.ntfy_from = NOTIFY_FROM_MANDATORY;
    r.slot_ms = T(n);
    r.exchange_ms = T(n) + 10000;
    r.silence_put = true;
    run_faults_recall(&r);
    settle();
    run_channels_send(&r);
    settle();
}

/* ntfy refuses since T(0), and the phone was told so then. */
static void start(void)
{
    begin();
    run_begin();
    sample_make(RECORD_SERVICE, &sample);
    stood = sample.service;
    stood.open_count = stood.owed.count = stood.unrecorded_count = 0;
    stood.faults = (struct fault_list){ 0 };
    fault_see(&stood.faults, FAULT_CLASS_SECOND, "ntfy", NULL,
              "ntfy refused a message: HTTP 401");
    stood.faults.list[0].since_ms = T(0);
    snprintf(stood.faults.list[0].told, INTENT_ID_MAX,
             "20210519T0200-5f3a9c01");
}

static void stop(void)
{
    run_channels_release(&r);
    run_end();
    end();
}

static void it_ends_with_the_last_channel(void)
{
    start();
    run(1, "", "");
    ASSERT_INT(stood.faults.count, 0);
    stop();
}

static void a_channel_that_was_not_asked_is_as_it_was(void)
{
    start();
    run(1, "", "https://ntfy.example/grids");
    ASSERT_INT(stood.faults.count, 1);
    ASSERT_INT(r.message_count, 0);
    stop();
}

/* Who has the channel says so once a day; two days of silence are an end. */
static void a_channel_that_no_writer_has_refuses_nothing(void)
{
    start();
    run(1, "btc-a", "");
    ASSERT_INT(stood.faults.count, 1);
    run(DAY, "btc-a", "");
    ASSERT_INT(stood.faults.count, 1);
    ASSERT_INT(r.message_count, 0); /* another's to say */
    run(2 * DAY - 1, "btc-a", "");
    ASSERT_INT(stood.faults.count, 1);
    run(2 * DAY, "btc-a", "");
    ASSERT_INT(stood.faults.count, 0);
    ASSERT_INT(r.message_count, 1);
    stop();
}

static void as_long_as_one_has_it_the_others_leave_it(void)
{
    start();
    run(DAY, "eth-a", "https://ntfy.example/grids");
    ASSERT_INT(r.message_count, 1);
    ASSERT_INT(stood.faults.count, 1);
    run(2 * DAY, "btc-a", "");
    ASSERT_INT(stood.faults.count, 1);
    ASSERT_INT(r.message_count, 0);
    run(2 * DAY, "eth-a", "https://ntfy.example/grids");
    ASSERT_INT(r.message_count, 1);
    run(4 * DAY - 1, "btc-a", "");
    ASSERT_INT(stood.faults.count, 1);
    run(4 * DAY, "btc-a", "");
    ASSERT_INT(stood.faults.count, 0);
    stop();
}

void second_fault_test(void);
void second_fault_test(void)
{
    TEST_SUITE("run/second_fault");
    TEST(it_ends_with_the_last_channel);
    TEST(a_channel_that_was_not_asked_is_as_it_was);
    TEST(a_channel_that_no_writer_has_refuses_nothing);
    TEST(as_long_as_one_has_it_the_others_leave_it);
}
