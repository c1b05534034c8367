/* Golden texts of the messages that all is as it should be, by hand. */
#include "alert/watch.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/utf8.h"
#include "base/zones_made.h"
#include "test.h"

static struct grid grids[40];
static struct position model = { .source = POSITION_MODEL };
static struct watch_grid rows[40];
static struct fault_list faults;
static struct quiet quiet;
static struct watch w;

static void begin(const char *slot, size_t count)
{
    faults = (struct fault_list){ 0 };
    quiet = (struct quiet){ "22:00-07:00", "", &zone_berlin };
    memset(grids, 0, sizeof(grids));
    for (size_t i = 0; i < count; i++) {
        snprintf(grids[i].id, sizeof(grids[i].id), "btc-%c", (char)('a' + i));
        snprintf(grids[i].symbol, sizeof(grids[i].symbol), "BTC-USDT");
        snprintf(grids[i].quote, sizeof(grids[i].quote), "USDT");
        rows[i] = (struct watch_grid){ &grids[i], &model, STATE_NORMAL, false,
                                       value_real(400.25, 1) };
    }
    w = (struct watch){
        .slot_ms = moment_parse(slot),
        .quiet = &quiet,
        .all_clear_at = "08:00",
        .channels = "Pushover",
        .has_phone = true,
        .grids = rows,
        .count = count,
        .evaluated = 192,
        .due = 192,
        .since_ms = moment_parse(slot) - MS_PER_DAY,
        .faults = &faults,
    };
}

static void the_first_message_says_what_is_watched(void)
{
    struct intent i;
    begin("2025-01-15T12:00:00Z", 2);
    rows[1].state = STATE_UNKNOWN;
    watch_installed(&w, &i);
    ASSERT_STR(i.title, "gridwatch watches 2 grids");
    ASSERT_STR(
        i.body,
        "Nothing to do, but look whether these are all your grids.\n"
        "btc-a BTC-USDT NORMAL, position: model; btc-b BTC-USDT UNKNOWN, "
        "position: model.\n"
        "Not seen: your account (no key of the exchange), so that positions "
        "are modelled from candles.\n"
        "Not asked: a calendar (W_EVENT), an external signal (W_SIGNAL).\n"
        "Messages come by Pushover. Quiet hours: 22:00-07:00 Europe/Berlin.\n"
        "Next: a verdict every 15 min, and a message when a state gets worse. "
        "All-clear each day at 08:00 Europe/Berlin: without it, nobody "
        "watches.\n");
    ASSERT_INT(i.priority, 0);
    ASSERT_INT(i.reason, ALERT_INSTALLED);
    ASSERT_STR(i.grid, "run");
    ASSERT_STR(i.tag, "run-20250115T1200");
    ASSERT(intent_is_of_service(&i) && !i.symbol[0]);
    w.slot_ms = moment_parse("2025-01-15T23:00:00Z");
    watch_installed(&w, &i);
    ASSERT_INT(i.priority, -1);
}

static void what_is_there_is_not_missed(void)
{
    struct intent i;
    begin("2025-01-15T12:00:00Z", 1);
    w.has_key = w.has_calendar = w.has_signal = true;
    w.has_phone = false;
    w.channels = "";
    w.all_clear_at = "";
    quiet = (struct quiet){ "", "", NULL };
    model.source = POSITION_EXCHANGE;
    watch_installed(&w, &i);
    model.source = POSITION_MODEL;
    ASSERT_STR(i.title, "gridwatch watches 1 grid");
    ASSERT_STR(i.body,
               "Nothing to do, but look whether these are all your grids.\n"
               "btc-a BTC-USDT NORMAL, position: exchange.\n"
               "Messages come by no channel yet.\n"
               "Next: a verdict every 15 min, and a message when a state gets "
               "worse.\n");
}

/* The line about the channels, without its newline. */
static const char *line_of(const char *channels, bool has_phone)
{
    static struct intent i;
    begin("2025-01-15T12:00:00Z", 1);
    quiet = (struct quiet){ "", "", NULL };
    w.channels = channels;
    w.has_phone = has_phone;
    watch_installed(&w, &i);
    char *line = strstr(i.body, "Messages come by ");
    ASSERT_FATAL(line != NULL);
    line[strcspn(line, "\n")] = '\0';
    return line;
}

static void the_first_message_names_every_channel(void)
{
    ASSERT_STR(line_of("Pushover, ntfy (from warning)", true),
               "Messages come by Pushover, ntfy (from warning).");
    ASSERT_STR(line_of("ntfy (from normal), webhook (from mandatory)", false),
               "Messages come by ntfy (from normal), webhook (from mandatory). "
               "Nothing rings until it is answered: Pushover is not set up.");
}

static void an_all_clear_counts(void)
{
    struct intent i;
    begin("2025-01-15T07:00:00Z", 2);
    watch_all_clear(&w, &i);
    ASSERT_STR(i.title, "gridwatch runs: 2 grids NORMAL");
    ASSERT_STR(i.body,
               "Nothing to do: every grid is NORMAL.\n"
               "btc-a NORMAL; btc-b NORMAL.\n"
               "Slots evaluated: 192 of 192 since 2025-01-14 08:00 CET (07:00 "
               "UTC).\n"
               "At risk to the stops: 800 USDT.\n" /* 2 x 400.25 = 800.5 */
               "Open faults: none.\n"
               "Next: the same tomorrow at 08:00 Europe/Berlin; without it, "
               "nobody watches.\n");
    ASSERT_INT(i.priority, -2);
    ASSERT_INT(i.reason, ALERT_ALL_CLEAR);
}

static void an_all_clear_hides_nothing(void)
{
    struct intent i;
    begin("2025-01-15T07:00:00Z", 3);
    rows[1].state = STATE_LATEST;
    rows[1].at_risk = value_none(VALUE_UNAVAILABLE);
    snprintf(grids[2].quote, sizeof(grids[2].quote), "BTC");
    rows[2].at_risk = value_real(.0213, 1);
    w.evaluated = 280;
    w.due = 288;
    faults.count = 1;
    faults.list[0] = (struct service_fault){ .subject = "run",
                                             .class = FAULT_CLASS_KEY,
                                             .since_ms = moment_parse(
                                                 "2025-01-15T05:15:00Z") };
    watch_all_clear(&w, &i);
    ASSERT_STR(i.title, "gridwatch runs: 1 of 3 grids not NORMAL");
    ASSERT_STR(i.body,
               "Nothing new: what is not NORMAL has messages of its own.\n"
               "btc-a NORMAL; btc-b LATEST_ACCEPTABLE_EXIT; btc-c NORMAL.\n"
               "Slots evaluated: 280 of 288 since 2025-01-14 08:00 CET (07:00 "
               "UTC).\n"
               "At risk to the stops: 400 USDT and 0.0213 BTC, unknown in 1 "
               "grid.\n"
               "Open faults: run key since 06:15 CET (05:15 UTC).\n"
               "Next: the same tomorrow at 08:00 Europe/Berlin; without it, "
               "nobody watches.\n");
}

static void a_grid_that_looks_left_is_marked(void)
{
    struct intent i;
    begin("2025-01-15T07:00:00Z", 2);
    rows[1].state = STATE_MANDATORY;
    rows[1].left = true;
    watch_all_clear(&w, &i);
    ASSERT(strstr(i.body, "btc-a NORMAL; btc-b MANDATORY_EXIT (looks left: not "
                          "told).\n") != NULL);
}

static bool due(const char *slot, const char *last)
{
    w.slot_ms = moment_parse(slot);
    return watch_is_due(&w, last ? moment_parse(last) : 0);
}

/* 08:00 in Berlin is 07:00 UTC in winter, 06:00 in summer. */
static void it_is_due_once_a_local_day(void)
{
    begin("2025-01-15T07:00:00Z", 1);
    ASSERT(!due("2025-01-15T06:45:00Z", "2025-01-14T07:00:00Z"));
    ASSERT(due("2025-01-15T07:00:00Z", "2025-01-14T07:00:00Z"));
    ASSERT(!due("2025-01-15T07:15:00Z", "2025-01-15T07:00:00Z"));
    ASSERT(!due("2025-01-15T22:45:00Z", "2025-01-15T07:00:00Z"));
    ASSERT(!due("2025-01-15T23:00:00Z", "2025-01-15T07:00:00Z"));
    ASSERT(due("2025-01-15T11:00:00Z", "2025-01-14T07:00:00Z")); /* late */
    ASSERT(due("2025-01-15T07:00:00Z", NULL));
    ASSERT(due("2025-03-30T06:00:00Z", "2025-03-29T07:00:00Z"));
    ASSERT(!due("2025-10-26T06:45:00Z", "2025-10-25T06:00:00Z"));
    ASSERT(due("2025-10-26T07:00:00Z", "2025-10-25T06:00:00Z"));
    w.all_clear_at = "23:59"; /* within the last slot of the day */
    ASSERT(due("2025-01-15T22:45:00Z", "2025-01-14T22:45:00Z"));
    w.all_clear_at = "";
    ASSERT(!due("2025-01-16T22:45:00Z", "2025-01-14T22:45:00Z"));
}

static void the_longest_fit(void)
{
    struct intent i;
    begin("2025-01-15T07:00:00Z", 40);
    quiet.zone = &zone_chatham;
    for (size_t k = 0; k < 40; k++) {
        snprintf(grids[k].id, sizeof(grids[k].id), "%031zu", k);
        snprintf(grids[k].symbol, sizeof(grids[k].symbol),
                 "1000000BABYDOGE2-USDTXY");
        rows[k].state = STATE_MANDATORY;
    }
    faults.count = FAULTS_MAX;
    for (size_t k = 0; k < FAULTS_MAX; k++) {
        faults.list[k].class = FAULT_CLASS_GRID_STATE;
        snprintf(faults.list[k].subject, sizeof(faults.list[k].subject),
                 "%031zu", k);
    }
    watch_all_clear(&w, &i);
    ASSERT(utf8_count(i.body) + 60 <= 1024);
    ASSERT(strstr(i.body, "; and 34 more.\n") || strstr(i.body, " more.\n"));
    ASSERT(strstr(i.body, "nobody watches.\n") != NULL);
    watch_installed(&w, &i);
    ASSERT(utf8_count(i.body) + 60 <= 1024);
    ASSERT(strstr(i.body, "nobody watches.\n") != NULL);
}

void watch_test(void);
void watch_test(void)
{
    TEST_SUITE("alert/watch");
    TEST(the_first_message_says_what_is_watched);
    TEST(what_is_there_is_not_missed);
    TEST(the_first_message_names_every_channel);
    TEST(an_all_clear_counts);
    TEST(an_all_clear_hides_nothing);
    TEST(a_grid_that_looks_left_is_marked);
    TEST(it_is_due_once_a_local_day);
    TEST(the_longest_fit);
}
