/* A siren that an earlier run decided and that its grid remembers no more, on
 * a channel beside the phone: the same is told as on the phone. */
#include <cjson/cJSON.h>

#include "net/tiny_server.h"
#include "run/channels.h"

#include "run/one_run.h"

static struct tiny_server server;
static struct grid_run grid;

/* One message of the siren of MANDATORY_EXIT, owed to ntfy; its grid remembers
 * that one, or none. */
static void start(enum alert_reason reason, bool remembered)
{
    begin();
    run_begin();
    memset(&server, 0, sizeof(server));
    server.routes[0].prefix = "/";
    server.routes[0].replies[0] =
        (struct tiny_reply){ .status = 200,
                             .body = "{\"id\":\"a\",\"event\":\"message\"}" };
    ASSERT_FATAL(tiny_start(&server));
    snprintf(config.notify.ntfy_url, sizeof(config.notify.ntfy_url),
             "http://127.0.0.1:%d/topic", server.port);
    config.notify.ntfy_from = NOTIFY_FROM_MANDATORY;
    config.notify.request_timeout_ms = 4000;
    config.notify.tries = 1;
    r.deadline_ms = clock_monotonic_ms() + 20000;

    grid = (struct grid_run){ .alert = alert_memory_new() };
    snprintf(grid.grid.id, sizeof(grid.grid.id), "btc-a");
    grid.grid.history[0] = (struct grid_history){ T(-9), GRID_STARTED, "", 0 };
    grid.grid.history_count = 1;
    r.grids = &grid;
    r.grid_count = 1;

    struct message_run *m = run_add_message(&r);
    struct intent *i = &m->intent;
    *m = (struct message_run){ .decided_now = false };
    *i = (struct intent){ .slot_ms = T(-1),
                          .reason = reason,
                          .state = STATE_MANDATORY,
                          .side = SIDE_DOWN,
                          .priority = 2,
                          .retry_s = 75,
                          .expire_s = 3600,
                          .id = "20210519T0145-5f3a9c01",
                          .grid = "btc-a",
                          .symbol = "BTC-USDT",
                          .title = "Get out" };
    snprintf(i->body, sizeof(i->body), "%s",
             "Sell all.\nNext: the siren repeats every 75 s until you "
             "acknowledge it, for 60 min at most.\n");
    if (remembered)
        memcpy(grid.alert.siren.intent, i->id, INTENT_ID_MAX);
    struct owed_message *o = &grid.owed.list[grid.owed.count++];
    memcpy(o->id, i->id, sizeof(o->id));
    snprintf(o->channel, sizeof(o->channel), "ntfy");
}

static void stop(void)
{
    run_channels_release(&r);
    http_pool_free(r.pool);
    tiny_stop(&server);
    run_end();
    end();
}

/* The one message that ntfy had: its text begins so, and its priority. */
static void told(const char *text, int priority)
{
    ASSERT_INT(server.seen_count, 1);
    cJSON *doc = cJSON_Parse(server.seen[0].body);
    const char *heard =
        cJSON_GetStringValue(cJSON_GetObjectItem(doc, "message"));
    ASSERT_FATAL(heard != NULL);
    ASSERT(strncmp(heard, text, strlen(text)) == 0);
    ASSERT_NEAR(cJSON_GetNumberValue(cJSON_GetObjectItem(doc, "priority")),
                priority, 0);
    cJSON_Delete(doc);
    ASSERT_INT(grid.owed.count, 0);
}

/* Is the text in one of the files that are to be committed? */
static bool recorded(const char *text)
{
    for (size_t i = 0; i < r.changes.count; i++)
        if (r.changes.list[i].data && strstr(r.changes.list[i].data, text))
            return true;
    return false;
}

#define OVER "it did not ring: its siren was over"

static void a_forgotten_siren_says_that_it_does_not_ring(void)
{
    start(ALERT_WORSE, false);
    run_channels_send(&r);
    told("It does not ring: that is over, or costs nothing by now.\n"
         "Sell all.\nRecord ",
         3);
    ASSERT(recorded(OVER));
    stop();
}

static void one_that_is_remembered_is_told_as_decided(void)
{
    start(ALERT_WORSE, true);
    run_channels_send(&r);
    told("Sell all.\nNext: the siren repeats every 75 s until", 5);
    ASSERT(!recorded(OVER));
    stop();
}

/* That nobody answered it is no siren: no grid remembers that message. */
static void what_nobody_answered_is_told_as_decided(void)
{
    start(ALERT_SECOND, false);
    run_channels_send(&r);
    told("Sell all.\nNext: the siren", 5);
    ASSERT(!recorded(OVER));
    stop();
}

void channels_unrung_test(void);
void channels_unrung_test(void)
{
    TEST_SUITE("run/channels_unrung");
    TEST(a_forgotten_siren_says_that_it_does_not_ring);
    TEST(one_that_is_remembered_is_told_as_decided);
    TEST(what_nobody_answered_is_told_as_decided);
}
