/* How long ago: minutes by hand. */
#include "cli/age.h"

#include "base/moment.h"
#include "test.h"

static const char *age(int64_t ms, const char *behind)
{
    static char shown[64];
    struct text t = TEXT_INIT(64);
    age_put(&t, ms, behind);
    snprintf(shown, sizeof(shown), "%s", text_str(&t));
    text_release(&t);
    return shown;
}

static void minutes_hours_and_days(void)
{
    ASSERT_STR(age(0, ""), "00:00");
    ASSERT_STR(age(59999, " ago"), "00:00 ago");
    ASSERT_STR(age(60000, " ago"), "00:01 ago");
    ASSERT_STR(age(86399999, ""), "23:59");
    ASSERT_STR(age(86400000, ""), "1d 00:00");
    ASSERT_STR(age(3 * 86400000 + 4 * 3600000 + 15 * 60000, " ago"),
               "3d 04:15 ago");
}

static void the_future_has_no_minus_and_is_not_ago(void)
{
    ASSERT_STR(age(-59999, ""), "00:00"); /* clocks differ by seconds */
    ASSERT_STR(age(-60000, " ago"), "00:01 ahead of the clock");
    ASSERT_STR(age(-(7 * 3600000 + 36 * 60000), ""),
               "07:36 ahead of the clock");
    ASSERT_STR(age(-(2 * 86400000 + 60000), " ago"),
               "2d 00:01 ahead of the clock");
}

void age_test(void);
void age_test(void)
{
    TEST_SUITE("how long ago");
    TEST(minutes_hours_and_days);
    TEST(the_future_has_no_minus_and_is_not_ago);
}
