#include "alert/quiet.h"

#include <stdio.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/zones_made.h"
#include "test.h"

static bool quiet(const char *hours, const char *windows, const char *at)
{
    const struct quiet q = { hours, windows, &zone_berlin };
    return quiet_at(&q, moment_parse(at));
}

static void hours_are_read(void)
{
    struct quiet_hours h;
    ASSERT(quiet_hours_parse("22:00-07:00", &h));
    ASSERT_INT(h.from, 1320);
    ASSERT_INT(h.until, 420);
    ASSERT(quiet_hours_parse("", &h));
    ASSERT_INT(h.from, h.until);
    static const char *const wrong[] = {
        "22:00",       "22:00-",      "22:00-7:00",   "22:00 - 07:00",
        "22.00-07.00", "24:00-07:00", "22:60-07:00",  "07:00-07:00",
        "a2:00-07:00", "22:0a-07:00", "22:00-07:00 ", "-",
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        ASSERT(!quiet_hours_parse(wrong[i], &h));
}

/* Berlin: in winter 22:00 is 21:00 UTC, in summer 20:00 UTC. */
static void they_cross_midnight_and_follow_the_clocks(void)
{
    static const char night[] = "22:00-07:00";
    ASSERT(!quiet(night, "", "2025-01-15T20:45:00Z"));
    ASSERT(quiet(night, "", "2025-01-15T21:00:00Z"));
    ASSERT(quiet(night, "", "2025-01-15T23:00:00Z"));
    ASSERT(quiet(night, "", "2025-01-16T05:45:00Z"));
    ASSERT(!quiet(night, "", "2025-01-16T06:00:00Z"));
    ASSERT(quiet(night, "", "2025-07-15T20:00:00Z"));
    ASSERT(!quiet(night, "", "2025-07-15T19:45:00Z"));
    ASSERT(!quiet(night, "", "2025-07-16T05:00:00Z"));
    /* the night of ten hours: until 07:00 CET */
    ASSERT(quiet(night, "", "2025-10-26T05:45:00Z"));
    ASSERT(!quiet(night, "", "2025-10-26T06:00:00Z"));
    ASSERT(quiet("12:00-14:00", "", "2025-01-15T11:00:00Z"));
    ASSERT(!quiet("12:00-14:00", "", "2025-01-15T13:00:00Z"));
    ASSERT(!quiet("12:00-14:00", "", "2025-01-15T23:00:00Z"));
    ASSERT(!quiet("", "", "2025-01-15T23:00:00Z"));
}

static void maintenance_is_from_here_to_there(void)
{
    static const char two[] = "2025-01-15T10:00Z/2025-01-15T11:00:00Z  "
                              "2025-01-20T08:00:00+01:00/2025-01-21";
    ASSERT(quiet_windows_are_sound(two));
    ASSERT(quiet_windows_are_sound(""));
    ASSERT(!quiet("", two, "2025-01-15T09:45:00Z"));
    ASSERT(quiet("", two, "2025-01-15T10:00:00Z"));
    ASSERT(quiet("", two, "2025-01-15T10:45:00Z"));
    ASSERT(!quiet("", two, "2025-01-15T11:00:00Z"));
    ASSERT(quiet("", two, "2025-01-20T07:00:00Z"));
    ASSERT(!quiet("", two, "2025-01-20T06:45:00Z"));
    ASSERT(!quiet("", two, "2025-01-21T00:00:00Z"));
    ASSERT(!quiet_windows_are_sound("2025-01-15"));
    ASSERT(!quiet_windows_are_sound("2025-01-15/"));
    ASSERT(!quiet_windows_are_sound("/2025-01-15"));
    ASSERT(!quiet_windows_are_sound("2025-01-15/2025-01-14"));
    ASSERT(!quiet_windows_are_sound("2025-01-15/2025-01-16/2025-01-17"));
    ASSERT(!quiet_windows_are_sound("2025-01-15/2025-01-16 soon"));
    ASSERT(!quiet_windows_are_sound(
        "2025-01-15T00:00:00.000000000000000000000000Z/2025-01-16"));
}

static const struct quiet night = { "22:00-07:00", "", &zone_berlin };

static void faults_are_quiet_unless_nobody_watches(void)
{
    int64_t at_ms = moment_parse("2025-01-15T23:00:00Z");
    int64_t day_ms = moment_parse("2025-01-15T12:00:00Z");
    int woken = 0;
    for (int c = 0; c < FAULT_CLASS_COUNT; c++) {
        enum fault_class class = (enum fault_class)c;
        int64_t p = fault_rules[c].priority;
        woken += fault_wakes(class);
        ASSERT_INT(quiet_priority(&night, class, p, day_ms), p);
        ASSERT_INT(quiet_priority(&night, class, p, at_ms),
                   fault_wakes(class) || p < 0 ? p : -1);
        ASSERT_INT(quiet_priority(&night, class, -1, at_ms), -1);
    }
    ASSERT_INT(woken, 4);
    ASSERT(fault_wakes(FAULT_CLASS_GRID_FILE));
    ASSERT(fault_wakes(FAULT_CLASS_GRID_STATE));
    ASSERT(fault_wakes(FAULT_CLASS_CHANNEL));
    ASSERT(fault_wakes(FAULT_CLASS_HISTORY));
}

static bool owes(enum fault_class class, const char *told, const char *slot)
{
    struct service_fault f = { .class = class };
    snprintf(f.told, sizeof(f.told), "%s", told);
    return quiet_owes(&night, &f, moment_parse(slot));
}

static void a_fault_of_the_night_is_told_aloud_once(void)
{
    ASSERT(!owes(FAULT_CLASS_KEY, "20250115T2300-1a2b3c4d",
                 "2025-01-16T05:45:00Z"));
    ASSERT(owes(FAULT_CLASS_KEY, "20250115T2300-1a2b3c4d",
                "2025-01-16T06:00:00Z"));
    ASSERT(!owes(FAULT_CLASS_KEY, "20250116T0600-1a2b3c4d",
                 "2025-01-16T06:15:00Z"));
    ASSERT(!owes(FAULT_CLASS_KEY, "", "2025-01-16T06:00:00Z"));
    ASSERT(!owes(FAULT_CLASS_GRID_FILE, "20250115T2300-1a2b3c4d",
                 "2025-01-16T06:00:00Z"));
    ASSERT(!owes(FAULT_CLASS_REMOTE, "20250115T2300-1a2b3c4d",
                 "2025-01-16T06:00:00Z"));
}

void quiet_test(void);
void quiet_test(void)
{
    TEST_SUITE("alert/quiet");
    TEST(hours_are_read);
    TEST(they_cross_midnight_and_follow_the_clocks);
    TEST(maintenance_is_from_here_to_there);
    TEST(faults_are_quiet_unless_nobody_watches);
    TEST(a_fault_of_the_night_is_told_aloud_once);
}
