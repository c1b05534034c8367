#include "sys/zone_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/zones_made.h"
#include "sys/text.h"
#include "test.h"

/* By `TZ=ZONE date -d TIME +'%F %T %Z %:z'` of GNU coreutils. */
static const struct {
    const char *zone, *at, *local, *abbreviation;
} known[] = {
    { "Europe/Berlin", "2025-03-30T00:59:59Z", "01:59", "CET" },
    { "Europe/Berlin", "2025-03-30T01:00:00Z", "03:00", "CEST" },
    { "Europe/Berlin", "2025-10-26T00:59:59Z", "02:59", "CEST" },
    { "Europe/Berlin", "2025-10-26T01:00:00Z", "02:00", "CET" },
    { "America/New_York", "2025-03-09T06:59:59Z", "01:59", "EST" },
    { "America/New_York", "2025-03-09T07:00:00Z", "03:00", "EDT" },
    { "America/New_York", "2025-11-02T05:59:59Z", "01:59", "EDT" },
    { "America/New_York", "2025-11-02T06:00:00Z", "01:00", "EST" },
    { "Asia/Kathmandu", "2025-10-26T01:00:00Z", "06:45", "+0545" },
    { "Pacific/Chatham", "2025-10-26T01:00:00Z", "14:45", "+1345" },
    { "Africa/Casablanca", "2025-02-23T02:00:00Z", "02:00", "+00" },
    { "Africa/Casablanca", "2025-04-06T02:00:00Z", "03:00", "+01" },
    { "America/Sao_Paulo", "2025-10-26T01:00:00Z", "22:00", "-03" },
};

static void zones_say_what_date_says(void)
{
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        struct zone z;
        struct error err;
        char local[32];
        int64_t ms = moment_parse(known[i].at);
        ASSERT_INT(zone_file_load(known[i].zone, ms, &z, &err), 0);
        const struct zone_span *s = zone_span_at(&z, ms);
        ASSERT_FATAL(s != NULL);
        ASSERT_STR(s->abbreviation, known[i].abbreviation);
        snprintf(local, sizeof(local), "%02d:%02d", zone_minute(&z, ms) / 60,
                 zone_minute(&z, ms) % 60);
        ASSERT_STR(local, known[i].local);
    }
}

/* Of the year, the one before and the one after: to the millisecond those of
 * zones_made.h. */
static void the_spans_are_those_of_three_years(void)
{
    struct zone z;
    struct error err;
    int64_t ms = ZONE_AT(1761440400);
    ASSERT_INT(zone_file_load("Europe/Berlin", ms, &z, &err), 0);
    ASSERT_INT(z.count, zone_berlin.count);
    ASSERT_INT(z.until_ms, zone_berlin.until_ms);
    for (size_t i = 0; i < zone_berlin.count; i++) {
        ASSERT_INT(z.spans[i].from_ms, zone_berlin.spans[i].from_ms);
        ASSERT_INT(z.spans[i].offset_ms, zone_berlin.spans[i].offset_ms);
        ASSERT_STR(z.spans[i].abbreviation, zone_berlin.spans[i].abbreviation);
    }
    ASSERT(zone_file_serves(&z, "Europe/Berlin", ms));
    ASSERT(zone_file_serves(&z, "Europe/Berlin", ZONE_AT(1735689600)));
    ASSERT(!zone_file_serves(&z, "Europe/Berlin", ZONE_AT(1735689599)));
    ASSERT(!zone_file_serves(&z, "Europe/Paris", ms));
}

/* As long as cron_next() may look, in zones whose clocks are set most often.
 * Time by `TZ=Europe/Berlin date`. */
static void more_years_than_three_can_be_had(void)
{
    static const char *const names[] = { "Europe/Berlin", "Africa/Casablanca",
                                         "America/Asuncion", "Asia/Gaza" };
    struct zone z;
    struct error err;
    int64_t from_ms = moment_parse("2026-01-01T00:00Z");
    int64_t until_ms = moment_parse("2034-01-02T00:00Z");
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        ASSERT_INT(zone_file_load_span(names[i], from_ms, until_ms, &z, &err),
                   0);
        ASSERT_INT(z.spans[0].from_ms, from_ms);
        ASSERT_INT(z.until_ms, until_ms);
    }
    ASSERT_INT(
        zone_file_load_span("Europe/Berlin", from_ms, until_ms, &z, &err), 0);
    ASSERT_INT(z.count, 17); /* two a year */
    ASSERT_INT(z.spans[16].from_ms, moment_parse("2033-10-30T01:00Z"));
    ASSERT(zone_span_at(&z, from_ms - 1) == NULL);
    ASSERT(zone_span_at(&z, until_ms) == NULL);
}

static void utc_needs_no_file(void)
{
    struct zone z;
    struct error err;
    setenv("TZDIR", "/nowhere", 1);
    ASSERT(zone_file_there("UTC"));
    ASSERT(!zone_file_there("Europe/Berlin"));
    ASSERT_INT(zone_file_load("UTC", 0, &z, &err), 0);
    ASSERT_INT(z.count, 0);
    ASSERT(zone_file_serves(&z, "UTC", ZONE_AT(1761440400)));
    ASSERT_INT(zone_file_load("Europe/Berlin", 0, &z, &err), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT_STR(err.msg, "this system has no time zone 'Europe/Berlin': install "
                        "its tzdata, or use UTC");
    ASSERT_STR(z.name, "UTC");
    unsetenv("TZDIR");
    ASSERT(zone_file_there("Europe/Berlin"));
}

/* libc would take what is cut off for UTC. */
static void a_file_that_is_cut_off_is_none(void)
{
    struct text whole = TEXT_INIT(1 << 16), part = TEXT_INIT(1 << 16);
    struct error err;
    char dir[] = "/tmp/zone_file_test.XXXXXX", path[64];
    ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(path, sizeof(path), "%s/Made", dir);
    ASSERT_FATAL(
        !text_read_file(&whole, "/usr/share/zoneinfo/Europe/Berlin", &err));
    setenv("TZDIR", dir, 1);
    int taken = 0;
    for (size_t len = 0; len <= whole.len; len++) {
        text_clear(&part);
        text_append(&part, text_str(&whole), len);
        ASSERT_FATAL(text_write_file(&part, path, &err) == 0);
        taken += zone_file_there("Made");
        ASSERT(len < whole.len || zone_file_there("Made"));
    }
    ASSERT_INT(taken, 1);
    unsetenv("TZDIR");
    unlink(path);
    rmdir(dir);
    text_release(&whole);
    text_release(&part);
}

static void the_clock_of_the_process_is_as_before(void)
{
    struct zone z;
    struct error err;
    time_t at = 1761440400;
    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    ASSERT_INT(zone_file_load("Europe/Berlin", ZONE_AT(1761440400), &z, &err),
               0);
    ASSERT_STR(getenv("TZ"), "Asia/Tokyo");
    ASSERT_INT(localtime(&at)->tm_hour, 10);
    unsetenv("TZ");
    ASSERT_INT(zone_file_load("Europe/Berlin", ZONE_AT(1761440400), &z, &err),
               0);
    ASSERT(getenv("TZ") == NULL);
}

void zone_file_test(void);
void zone_file_test(void)
{
    TEST_SUITE("sys/zone_file");
    TEST(zones_say_what_date_says);
    TEST(the_spans_are_those_of_three_years);
    TEST(more_years_than_three_can_be_had);
    TEST(utc_needs_no_file);
    TEST(a_file_that_is_cut_off_is_none);
    TEST(the_clock_of_the_process_is_as_before);
}
