#include "base/zone.h"

#include "base/array.h"
#include "test.h"
#include "zones_made.h"

/* By `TZ=Europe/Berlin date -d @SECONDS +'%s %H:%M %Z'`. */
static const struct {
    int64_t ms;
    int minute;
    const char *abbreviation;
} known[] = {
    { ZONE_AT(1743296399), 60 + 59, "CET" }, /* 2025-03-30 01:59:59 */
    { ZONE_AT(1743296400), 180, "CEST" },    /* 03:00 */
    { ZONE_AT(1761438600), 150, "CEST" },    /* 2025-10-26 02:30 */
    { ZONE_AT(1761440399), 120 + 59, "CEST" },
    { ZONE_AT(1761440400), 120, "CET" }, /* 02:00, once more */
    { ZONE_AT(1761442200), 150, "CET" }, /* 02:30, once more */
};

static void the_clock_of_berlin_is_turned(void)
{
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        const struct zone_span *s = zone_span_at(&zone_berlin, known[i].ms);
        ASSERT_FATAL(s != NULL);
        ASSERT_STR(s->abbreviation, known[i].abbreviation);
        ASSERT_INT(zone_minute(&zone_berlin, known[i].ms), known[i].minute);
    }
}

static void outside_its_years_a_zone_says_nothing(void)
{
    static const struct zone none = { .name = "UTC" };
    ASSERT(zone_span_at(&zone_berlin, ZONE_AT(1704067200) - 1) == NULL);
    ASSERT(zone_span_at(&zone_berlin, ZONE_AT(1704067200)) != NULL);
    ASSERT(zone_span_at(&zone_berlin, ZONE_AT(1798761600) - 1) != NULL);
    ASSERT(zone_span_at(&zone_berlin, ZONE_AT(1798761600)) == NULL);
    ASSERT(zone_span_at(&none, ZONE_AT(1761440400)) == NULL);
    ASSERT(zone_span_at(NULL, ZONE_AT(1761440400)) == NULL);
    ASSERT_INT(zone_local_ms(NULL, 5), 5);
    ASSERT_INT(zone_minute(&none, ZONE_AT(1761440400)), 60);
}

static void the_day_is_the_local_one(void)
{
    /* 2025-10-25 22:30 UTC is 00:30 of the 26th in Berlin; day 20387 by
     * `date -d 2025-10-26 -u +%s` / 86400. */
    ASSERT_INT(zone_day(&zone_berlin, ZONE_AT(1761431400)), 20387);
    ASSERT_INT(zone_day(NULL, ZONE_AT(1761431400)), 20386);
    ASSERT_INT(zone_day(NULL, -1), -1);
    ASSERT_INT(zone_minute(NULL, -1), 1439);
}

static void names_lead_nowhere_else(void)
{
    ASSERT(zone_is_name("UTC"));
    ASSERT(zone_is_name("Europe/Berlin"));
    ASSERT(zone_is_name("America/Argentina/ComodRivadavia"));
    ASSERT(zone_is_name("Etc/GMT+5"));
    ASSERT(!zone_is_name(""));
    ASSERT(!zone_is_name("/etc/localtime"));
    ASSERT(!zone_is_name("../etc/passwd"));
    ASSERT(!zone_is_name("Europe//Berlin"));
    ASSERT(!zone_is_name("Europe/"));
    ASSERT(!zone_is_name(":UTC"));
    ASSERT(!zone_is_name("CET-1CEST,M3.5.0"));
    ASSERT(!zone_is_name("Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                         "aaaaaaaaaaa"));
}

void zone_test(void);
void zone_test(void)
{
    TEST_SUITE("base/zone");
    TEST(the_clock_of_berlin_is_turned);
    TEST(outside_its_years_a_zone_says_nothing);
    TEST(the_day_is_the_local_one);
    TEST(names_lead_nowhere_else);
}
