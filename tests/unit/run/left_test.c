/* Whose a run's time is: the alert's before Git's. */
#include "run/faults.h"
#include "sys/clock.h"
#include "test.h"

/* Telling one alert takes at most 3 x (10 s + 5 s). */
static const struct config config = {
    .repository.push_budget_ms = 20000,
    .notify = { .tries = 3,
                .request_timeout_ms = 10000,
                .retry_spacing_ms = 5000 },
};
#define ALERT_MS 45000
#define PUSH_MS  20000
/* That may pass between two looks at the clock. */
#define A_WHILE  3000

static struct run r;

static void begin(int64_t rest_ms, bool rang, bool late)
{
    r = (struct run){ .config = &config,
                      .deadline_ms = clock_monotonic_ms() + rest_ms,
                      .rang = rang,
                      .push_late = late };
}

static void nearly(int64_t got_ms, int64_t want_ms)
{
    ASSERT(got_ms <= want_ms);
    ASSERT(got_ms > want_ms - A_WHILE);
}

static void an_alert_takes_all_its_tries(void)
{
    struct config one = config;
    ASSERT_INT(run_alert_ms(&config), ALERT_MS);
    one.notify.tries = 1;
    ASSERT_INT(run_alert_ms(&one), 15000);
    one.notify.tries = 0;
    ASSERT_INT(run_alert_ms(&one), 0);
}

static void the_rest_is_never_below_nothing(void)
{
    begin(90000, false, false);
    nearly(run_rest_ms(&r), 90000);
    begin(0, false, false);
    ASSERT_INT(run_rest_ms(&r), 0);
    begin(-90000, true, true);
    ASSERT_INT(run_rest_ms(&r), 0);
    ASSERT_INT(run_left_ms(&r), 0);
}

static void git_gets_its_budget_and_no_more(void)
{
    begin(ALERT_MS + PUSH_MS + 60000, false, false);
    ASSERT_INT(run_left_ms(&r), PUSH_MS);
    begin(PUSH_MS + 60000, true, false);
    ASSERT_INT(run_left_ms(&r), PUSH_MS);
}

static void what_the_alert_needs_is_not_for_git(void)
{
    begin(ALERT_MS + 8000, false, false);
    nearly(run_left_ms(&r), 8000);
    begin(ALERT_MS, false, false);
    ASSERT_INT(run_left_ms(&r), 0);
    begin(10000, false, false);
    ASSERT_INT(run_left_ms(&r), 0);
    /* Once it is out it is. */
    begin(10000, true, false);
    nearly(run_left_ms(&r), 10000);
}

static void a_late_push_has_all_that_is_left_after_the_alert(void)
{
    begin(90000, true, true);
    nearly(run_left_ms(&r), 90000);
    begin(ALERT_MS + 60000, false, true);
    ASSERT_INT(run_left_ms(&r), PUSH_MS);
    begin(ALERT_MS + 8000, false, true);
    nearly(run_left_ms(&r), 8000);
}

/* 120 s, 45 of them the alert's and 20 the push's. */
static void the_exchange_is_asked_while_an_alert_and_a_push_have_room(void)
{
    begin(120000, false, false);
    ASSERT_INT(r.deadline_ms - run_fetch_deadline_ms(&r), 65000);
    struct config one = config;
    one.notify.tries = 1;
    r.config = &one;
    ASSERT_INT(r.deadline_ms - run_fetch_deadline_ms(&r), 35000);
}

void left_test(void);
void left_test(void)
{
    TEST_SUITE("run/left");
    TEST(an_alert_takes_all_its_tries);
    TEST(the_rest_is_never_below_nothing);
    TEST(git_gets_its_budget_and_no_more);
    TEST(the_exchange_is_asked_while_an_alert_and_a_push_have_room);
    TEST(what_the_alert_needs_is_not_for_git);
    TEST(a_late_push_has_all_that_is_left_after_the_alert);
}
