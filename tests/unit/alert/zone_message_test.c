/* Messages of an operator who lives in Berlin. Written by hand; local times by
 * `TZ=Europe/Berlin date -d TIME`. */
#include <string.h>

#include "alert/draft.h"
#include "alert/said.h"
#include "base/moment.h"
#include "base/zones_made.h"
#include "test.h"

static struct said s;

static void begin(enum exit_state state, const char *slot)
{
    said_begin(&s, state, moment_parse(slot));
    said_price(&s, 42000);
    s.zone = &zone_berlin;
}

static void reads(const char *line, const char *begins)
{
    ASSERT_STR(said_line(&s, ALERT_FIRST, begins), line);
}

static void a_message_has_both_clocks(void)
{
    begin(STATE_LATEST, "2025-01-15T19:15:00Z");
    said_pi(&s, .41, .002, .11);
    said_haz(&s, L_HAZ, .412, .4);
    ASSERT_STR(
        said(&s, ALERT_FIRST)->body,
        "Get out by 21:15 CET (20:15 UTC): stop the grid and close its "
        "position.\n"
        "BTC-USDT 42000 (15m close 20:15 CET, 19:15 UTC): lower 39913 is 5.0 % "
        "below, upper 53638 is 27.7 % above.\n"
        "Why: L_HAZ pi 0.412 ≥ 0.4 (15m close 20:15 CET, 19:15 UTC).\n"
        "pi, the chance to leave the range in 24 h: 41 % (down 41 %, up "
        "0.2 %).\n"
        "Stop 38476 is 8.4 % below; chance to touch it in 12 h: at most "
        "11 %.\n"
        "Money: at most 420 of 5000 USDT lost from here to the stop, if all "
        "were in BTC and before fees. Position unknown: no source is built "
        "yet.\n"
        "Next: MANDATORY_EXIT after 2 hourly closes in a row outside (0 so "
        "far) "
        "or a touch of the stop.\n"
        "Siren at 20:45 CET (19:45 UTC) unless over or acknowledged.\n");
}

/* 2025-10-26: at 01:00 UTC the clock goes back from 03:00 to 02:00. */
static void the_deadline_is_beyond_the_change(void)
{
    begin(STATE_LATEST, "2025-10-26T00:30:00Z");
    reads("Get out by 02:30 CET (01:30 UTC): stop the grid and close its "
          "position.",
          "Get out");
    reads("BTC-USDT 42000 (15m close 02:30 CEST, 00:30 UTC): lower 39913 is "
          "5.0 % below, upper 53638 is 27.7 % above.",
          "BTC-USDT");
    reads("Siren at 02:00 CET (01:00 UTC) unless over or acknowledged.",
          "Siren");
    begin(STATE_LATEST, "2025-03-30T00:15:00Z");
    reads("Get out by 03:15 CEST (01:15 UTC): stop the grid and close its "
          "position.",
          "Get out");
    reads("Siren at 01:45 CET (00:45 UTC) unless over or acknowledged.",
          "Siren");
}

static void the_day_of_utc_stands_where_it_is_another(void)
{
    char text[128] = "";
    struct draft d = { text, sizeof(text), 0,
                       moment_parse("2025-10-28T12:00:00Z"), &zone_berlin };
    draft_clock(&d, moment_parse("2025-10-25T22:30:00Z"));
    ASSERT_STR(text, "2025-10-26 00:30 CEST (2025-10-25 22:30 UTC)");
    d.len = 0;
    draft_clock(&d, moment_parse("2025-10-26T12:30:00Z"));
    ASSERT_STR(text, "2025-10-26 13:30 CET (12:30 UTC)");
    d.len = 0;
    draft_clock_within(&d, moment_parse("2025-10-28T11:30:00Z"));
    ASSERT_STR(text, "12:30 CET, 11:30 UTC");
    d.len = 0;
    draft_clock(&d,
                moment_parse("2023-12-31T23:59:00Z")); /* before its years */
    ASSERT_STR(text, "2023-12-31 23:59 UTC");
    d.len = 0;
    d.zone = NULL;
    draft_clock_within(&d, moment_parse("2025-10-28T11:30:00Z"));
    ASSERT_STR(text, "11:30 UTC");
    d.len = 0;
    d.size = 12; /* what does not fit is left off whole */
    d.zone = &zone_berlin;
    draft_clock(&d, moment_parse("2025-10-28T11:30:00Z"));
    ASSERT_STR(text, "");
}

static void what_was_told_in_the_night_says_so(void)
{
    begin(STATE_WARNING, "2025-01-15T06:00:00Z");
    const struct intent *i = said(&s, ALERT_ALOUD);
    ASSERT_STR(i->title, "Still: WARNING ↓ btc-a (BTC-USDT)");
    ASSERT(!strncmp(i->body,
                    "Watch it. No need to act yet.\n"
                    "Told in quiet hours, it still stands.\n",
                    68));
    ASSERT_INT(i->priority, 0);
    s.subdued = true;
    ASSERT_INT(said(&s, ALERT_FIRST)->priority, -1);
    ASSERT_INT(said(&s, ALERT_RESOLVED)->priority, -1);
}

void zone_message_test(void);
void zone_message_test(void)
{
    TEST_SUITE("alert/zone_message");
    TEST(a_message_has_both_clocks);
    TEST(the_deadline_is_beyond_the_change);
    TEST(the_day_of_utc_stands_where_it_is_another);
    TEST(what_was_told_in_the_night_says_so);
}
