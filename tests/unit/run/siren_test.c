/* A siren whose grid begins anew after a clock was wrong, and one that rings
 * for a grid that is not watched any more. */
#include "run/feed.h"
#include "run/siren.h"
#include "run/watched.h"
#include "sys/clock.h"

#include "one_run.h"

void siren_test(void);

static struct grid_run grid;

static void start(void)
{
    begin();
    run_begin();
    config.alert.siren_expire_s = 3600;
    r.deadline_ms = clock_monotonic_ms() + 120000;
    grid = (struct grid_run){ .alert = alert_memory_new() };
    snprintf(grid.alert.siren.intent, sizeof(grid.alert.siren.intent), "old");
    snprintf(grid.alert.siren.tag, sizeof(grid.alert.siren.tag), "ep-old");
    grid.alert.siren.acknowledged_ms = MOMENT_NONE;
    snprintf(grid.siren.receipt, sizeof(grid.siren.receipt), "receipt");
}

static void stop(void)
{
    run_end();
    end();
}

static void one_that_may_ring_is_to_be_cancelled(void)
{
    start();
    grid.siren.until_ms = T(2);
    run_siren_orphan(&r, &grid);
    ASSERT_STR(grid.siren.cancel, "old");
    ASSERT_STR(grid.siren.cancel_tag, "ep-old");
    ASSERT_INT(grid.siren.cancel_until_ms, T(2));
    ASSERT_STR(grid.siren.receipt, "");
    ASSERT_INT(grid.siren.until_ms, 0);
    stop();
    start(); /* how long is not known: an hour at most */
    run_siren_orphan(&r, &grid);
    ASSERT_INT(grid.siren.cancel_until_ms, r.exchange_ms + 3600000);
    stop();
}

static void one_that_is_quiet_is_left_alone(void)
{
    start();
    grid.siren.until_ms = T(2);
    grid.alert.siren.acknowledged_ms = T(-1);
    run_siren_orphan(&r, &grid);
    ASSERT_STR(grid.siren.cancel, "");
    stop();
    start();
    grid.siren.until_ms = T(-1); /* it is over */
    run_siren_orphan(&r, &grid);
    ASSERT_STR(grid.siren.cancel, "");
    ASSERT_STR(grid.siren.receipt, "");
    stop();
}

static int cancelled;

static int silence(void *payload, int64_t now_ms, const char *tag,
                   struct pushover_result *out, struct error *err)
{
    (void)payload, (void)now_ms, (void)err;
    ASSERT_STR(tag, "btc-a-20210519T0030");
    cancelled++;
    *out = (struct pushover_result){ .outcome = PUSHOVER_DELIVERED };
    return 0;
}

/* btc-a is over; what rang for it rang for btc-b, too, whose state says until
 * when, by which message's tag, and what was answered. */
static void share(const char *tag, int64_t until_ms, int64_t acknowledged_ms)
{
    static struct feed feed;
    start();
    snprintf(grid.grid.id, sizeof(grid.grid.id), "btc-a");
    grid.alert = alert_memory_new();
    grid.siren = (struct siren_record){ .cancel = "20210519T0145-5f3a9c01",
                                        .cancel_tag = "btc-a-20210519T0030",
                                        .cancel_until_ms = T(3) };
    r.grids = &grid;
    r.grid_count = 1;
    feed = (struct feed){ .cancel = silence };
    options.feed = &feed;
    snprintf(config.secrets.pushover_token.text,
             sizeof(config.secrets.pushover_token.text), "t");
    snprintf(config.secrets.pushover_user.text,
             sizeof(config.secrets.pushover_user.text), "u");
    sample_make(RECORD_STATE, &sample);
    snprintf(sample.state.grid, sizeof(sample.state.grid), "btc-b");
    sample.state.siren.until_ms = until_ms;
    sample.state.alert.siren.acknowledged_ms = acknowledged_ms;
    snprintf(sample.state.siren.by_tag, INTENT_TAG_MAX, "%s", tag);
    put(RECORD_STATE, "state/btc-b.yaml");
    commit(ours);
    cancelled = 0;
}

static void put_grid_file(bool stopped)
{
    sample_make(RECORD_GRID, &sample);
    struct grid *g = &sample.grid;
    snprintf(g->id, sizeof(g->id), "btc-b");
    if (stopped)
        g->history[g->history_count++] =
            (struct grid_history){ T(-1), GRID_STOPPED, "sold", 0 };
    put(RECORD_GRID, "grids/btc-b.yaml");
    commit(ours);
}

static void remove_grid_file(void)
{
    char hex[STORE_ID_SIZE];
    struct store_change gone = { "grids/btc-b.yaml", NULL, 0, true };
    const struct store_batch b = { &gone, 1, "gone", T(0) };
    ASSERT_INT(store_commit(ours, &b, hex, &place.err), 0);
}

/* Who cannot be watched is told so, and is as much in danger as before. */
static void it_rings_on_for_a_grid_whose_file_cannot_be_used(void)
{
    share("btc-a-20210519T0030", T(3), MOMENT_NONE);
    add("grids/btc-b.yaml", "id: btc-b\nlower: fifty\n");
    commit(ours);
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 0);
    ASSERT_STR(grid.siren.cancel, "20210519T0145-5f3a9c01");
    stop();
    share("btc-a-20210519T0030", T(3), MOMENT_NONE);
    put_grid_file(false);
    remove_grid_file();
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 0);
    stop();
}

static void a_grid_that_is_gone_keeps_no_siren_that_it_needs_no_more(void)
{
    share("btc-a-20210519T0030", T(3), MOMENT_NONE);
    put_grid_file(true);
    remove_grid_file();
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 1);
    ASSERT_STR(grid.siren.cancel, "");
    stop();
    share("btc-a-20210519T0030", T(0), MOMENT_NONE); /* it went quiet */
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 1);
    stop();
    share("btc-a-20210519T0030", T(3), T(-1)); /* it was answered */
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 1);
    stop();
    share("btc-c-20210519T0030", T(3), MOMENT_NONE); /* another one rings */
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 1);
    stop();
}

/* A run without any time left cancels nothing and still owes it; and a siren
 * that is over by itself is forgotten even so. */
static void a_run_that_is_late_leaves_it_to_the_next(void)
{
    share("btc-c-20210519T0030", T(3), MOMENT_NONE);
    r.deadline_ms = clock_monotonic_ms() - 1;
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 0);
    ASSERT_STR(grid.siren.cancel, "20210519T0145-5f3a9c01");
    r.deadline_ms = clock_monotonic_ms() + 120000;
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 1);
    stop();
    share("btc-c-20210519T0030", T(3), MOMENT_NONE);
    r.deadline_ms = clock_monotonic_ms() - 1;
    grid.siren.cancel_until_ms = T(0);
    run_siren_cancel(&r);
    ASSERT_INT(cancelled, 0);
    ASSERT_STR(grid.siren.cancel, "");
    stop();
}

/* Whether a grid that is gone was stopped is looked for in the history, as long
 * as there is time: until it is found it is in as much danger as before. */
static void nobody_looks_for_a_stop_without_time(void)
{
    share("btc-a-20210519T0030", T(3), MOMENT_NONE);
    put_grid_file(true);
    remove_grid_file();
    ASSERT(!run_rings_unwatched(&r, "btc-a-20210519T0030",
                                clock_monotonic_ms() + 60000));
    ASSERT(run_rings_unwatched(&r, "btc-a-20210519T0030",
                               clock_monotonic_ms() - 1));
    ASSERT(!run_rings_unwatched(&r, "btc-c-20210519T0030",
                                clock_monotonic_ms() - 1));
    stop();
}

void siren_test(void)
{
    TEST_SUITE("run/siren");
    TEST(one_that_may_ring_is_to_be_cancelled);
    TEST(one_that_is_quiet_is_left_alone);
    TEST(it_rings_on_for_a_grid_whose_file_cannot_be_used);
    TEST(a_grid_that_is_gone_keeps_no_siren_that_it_needs_no_more);
    TEST(a_run_that_is_late_leaves_it_to_the_next);
    TEST(nobody_looks_for_a_stop_without_time);
}
