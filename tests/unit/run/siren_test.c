/* A siren whose grid begins anew after a clock was wrong. */
#include "run/siren.h"

#include "one_run.h"

void siren_test(void);

static struct grid_run grid;

static void start(void)
{
    begin();
    run_begin();
    config.alert.siren_expire_s = 3600;
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

void siren_test(void)
{
    TEST_SUITE("run/siren");
    TEST(one_that_may_ring_is_to_be_cancelled);
    TEST(one_that_is_quiet_is_left_alone);
}
