/* Who goes out for whom to a channel beside the phone. */
#include <stdio.h>
#include <string.h>

#include "run/channel_job.h"
#include "test.h"

enum { NTFY, TELEGRAM, WEBHOOK };

static struct channel_job jobs[8];
static size_t count;

static struct channel_job *add(size_t channel, size_t grid, int64_t priority,
                               enum alert_reason reason)
{
    struct channel_job *j = &jobs[count++];
    *j = (struct channel_job){ .channel = channel, .grid = grid };
    j->intent = (struct intent){ .reason = reason,
                                 .state = priority == 2   ? STATE_MANDATORY
                                          : priority == 1 ? STATE_LATEST
                                                          : STATE_WARNING,
                                 .side = SIDE_DOWN,
                                 .priority = priority };
    snprintf(j->intent.grid, sizeof(j->intent.grid), "btc-%zu", grid);
    snprintf(j->intent.symbol, sizeof(j->intent.symbol), "BTC-USDT");
    snprintf(j->intent.id, sizeof(j->intent.id), "20210519T0200-%zu-%d", grid,
             (int)reason);
    return j;
}

static void the_strongest_goes_out_and_names_the_others(void)
{
    count = 0;
    struct channel_job *weak = add(NTFY, 0, 0, ALERT_FIRST);
    struct channel_job *strong = add(NTFY, 1, 2, ALERT_WORSE);
    struct channel_job *there = add(TELEGRAM, 0, 0, ALERT_FIRST);
    struct channel_job *over = add(NTFY, 2, 1, ALERT_WORSE);
    over->fate = JOB_OVER;
    channels_group(jobs, count);
    ASSERT_INT(weak->fate, JOB_FOLLOWS);
    ASSERT_STR(weak->with, strong->intent.id);
    ASSERT_INT(strong->fate, JOB_WAITS);
    ASSERT_INT(strong->others, 1);
    ASSERT_STR(strong->also, "Also: btc-0 WARNING ↓.\n");
    ASSERT_INT(there->fate, JOB_WAITS); /* each channel by itself */
    ASSERT_INT(there->others, 0);
    ASSERT_STR(there->also, "");
}

static void what_is_not_for_people_or_not_recorded_goes_alone(void)
{
    count = 0;
    add(WEBHOOK, 0, 2, ALERT_WORSE);
    add(WEBHOOK, 1, 2, ALERT_WORSE);
    add(NTFY, 0, 2, ALERT_WORSE);
    add(NTFY, 1, 2, ALERT_WORSE)->unrecorded = true;
    add(NTFY, 2, 2, ALERT_SECOND); /* says what the others do not */
    add(NTFY, MESSAGE_OF_SERVICE, 1, ALERT_FAULT);
    add(NTFY, 3, 2, ALERT_WORSE)->unrung = true;
    channels_group(jobs, count);
    for (size_t i = 0; i < count; i++) {
        ASSERT_INT(jobs[i].fate, JOB_WAITS);
        ASSERT_STR(jobs[i].also, "");
    }
}

static void nobody_acknowledged_any_of_them_is_one_message(void)
{
    count = 0;
    add(TELEGRAM, 1, 2, ALERT_SECOND);
    add(TELEGRAM, 0, 2, ALERT_SECOND);
    channels_group(jobs, count);
    ASSERT_INT(jobs[0].fate, JOB_FOLLOWS);
    ASSERT_STR(jobs[1].also, "Also: btc-1 MANDATORY_EXIT ↓.\n");
}

void channels_group_test(void);
void channels_group_test(void)
{
    TEST_SUITE("run/channels_group");
    TEST(the_strongest_goes_out_and_names_the_others);
    TEST(what_is_not_for_people_or_not_recorded_goes_alone);
    TEST(nobody_acknowledged_any_of_them_is_one_message);
}
