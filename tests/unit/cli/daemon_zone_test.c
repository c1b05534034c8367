/* The daemon's zone, whose database goes away and comes back. */
#include "cli/daemon_zone.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/moment.h"
#include "test.h"

void daemon_zone_test(void);

static const struct config_daemon config = {
    .time_zone = "Europe/Berlin",
    .starting_deadline_ms = 14 * MS_PER_MINUTE,
};

/* 12:00 UTC of 31 January is 13:00 there: 780 minutes. */
static void a_zone_that_goes_away_stays_what_it_was(void)
{
    struct daemon_zone z = daemon_zone_new();
    struct error err = { FAULT_NONE, "" };
    int64_t now_ms = moment_parse("2026-01-31T12:00Z");

    ASSERT_INT(daemon_zone_keep(&z, &config, now_ms, &err), 0);
    ASSERT_INT(zone_minute(&z.zone, now_ms), 780);
    setenv("TZDIR", "/nonexistent", 1);
    /* Within the day it is not asked for. */
    now_ms += MS_PER_DAY - 1;
    ASSERT_INT(daemon_zone_keep(&z, &config, now_ms, &err), 0);
    now_ms += 1;
    ASSERT_INT(daemon_zone_keep(&z, &config, now_ms, &err), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT_INT(zone_minute(&z.zone, now_ms), 780);
    /* It is tried again after an hour, not at every look. */
    ASSERT_INT(daemon_zone_keep(&z, &config, now_ms + 1, &err), 0);
    ASSERT_INT(zone_minute(&z.zone, now_ms), 780);
    now_ms += MS_PER_HOUR;
    ASSERT_INT(daemon_zone_keep(&z, &config, now_ms, &err), -1);
    unsetenv("TZDIR");
    now_ms += MS_PER_HOUR;
    ASSERT_INT(daemon_zone_keep(&z, &config, now_ms, &err), 0);
    ASSERT_INT(z.loaded_ms == now_ms, 1);
    ASSERT_STR(z.zone.name, "Europe/Berlin");
}

static void one_that_never_was_is_an_error(void)
{
    struct config_daemon c = { .time_zone = "Europe/Nowhere" };
    struct daemon_zone z = daemon_zone_new();
    struct error err = { FAULT_NONE, "" };
    ASSERT_INT(daemon_zone_keep(&z, &c, 0, &err), -1);
    ASSERT_INT(z.loaded_ms == MOMENT_NONE, 1);
}

void daemon_zone_test(void)
{
    TEST_SUITE("the daemon's zone");
    TEST(a_zone_that_goes_away_stays_what_it_was);
    TEST(one_that_never_was_is_an_error);
}
