/* The pages of the daemon. */
#include "cli/daemon_told.h"

#include <string.h>

#include "base/moment.h"
#include "test.h"

void daemon_told_test(void);

#define T "2026-01-31T12:15:00Z"
#define PAGE                                                                   \
    "# TYPE gridwatch_grid_state gauge\ngridwatch_grid_state{grid=\"a\"} 2\n"

static struct daemon_told told;
static struct listener_reply reply;

static void begin(void)
{
    told = daemon_told_new(moment_parse("2026-01-31T12:00:01Z"));
}

static void run_ended(int exit, const char *page)
{
    const struct daemon_ended last = { moment_parse(T), exit };
    const struct exposition_job job = { .version = "0.1.0",
                                        .start_ms = last.at_ms,
                                        .end_ms = last.at_ms + 1500,
                                        .took_ms = 1500,
                                        .exit = exit };
    daemon_told_run(&told, &last, &job, page);
}

static const char *ask(const char *path)
{
    text_release(&reply.body);
    reply = (struct listener_reply){ .content_type = "text/plain",
                                     .body = TEXT_INIT((size_t)8 << 20) };
    daemon_told_answer(&told, path, &reply);
    return text_str(&reply.body);
}

static void end(void)
{
    text_release(&reply.body);
    daemon_told_release(&told);
}

/* Is it a whole line? A help text may begin with the same words. */
static bool has(const char *page, const char *line)
{
    size_t n = strlen(line);
    for (const char *at = page; (at = strstr(at, line)) != NULL; at++)
        if ((at == page || at[-1] == '\n') && at[n] == '\n')
            return true;
    return false;
}

static void before_the_first_run_it_tells_of_itself(void)
{
    begin();
    const char *page = ask("/metrics");
    ASSERT_INT(reply.status, 200);
    ASSERT_STR(reply.content_type, EXPOSITION_TYPE);
    ASSERT(has(page, "gridwatch_daemon_start_timestamp_seconds 1769860801"));
    ASSERT(has(page, "gridwatch_daemon_runs_total{exit_code=\"0\"} 0"));
    ASSERT(has(page, "gridwatch_daemon_missed_runs_total 0"));
    ASSERT(has(page, "gridwatch_daemon_running 0"));
    ASSERT(has(page, "gridwatch_daemon_healthy 0"));
    ASSERT(strstr(page, "gridwatch_run_") == NULL);
    ASSERT(strstr(page, "gridwatch_daemon_next_run") == NULL);
    ASSERT(strstr(page, "gridwatch_daemon_last_success") == NULL);
    end();
}

static void a_run_that_speaks_is_repeated(void)
{
    begin();
    run_ended(0, PAGE);
    told.health = DAEMON_WELL;
    told.next_ms = moment_parse("2026-01-31T12:30:00Z");
    const char *page = ask("/metrics");
    ASSERT(strstr(page, PAGE) == page);
    ASSERT(strstr(page, "gridwatch_run_exit_code") == NULL);
    ASSERT(has(page, "gridwatch_daemon_runs_total{exit_code=\"0\"} 1"));
    ASSERT(has(page, "gridwatch_daemon_healthy 1"));
    ASSERT(has(page, "gridwatch_daemon_next_run_timestamp_seconds 1769862600"));
    ASSERT(has(page,
               "gridwatch_daemon_last_success_timestamp_seconds 1769861701.5"));
    end();
}

/* What an earlier one said of its grids may not hold any more. */
static void one_that_died_takes_the_old_page_along(void)
{
    begin();
    run_ended(0, PAGE);
    run_ended(70, "");
    const char *page = ask("/metrics");
    ASSERT(strstr(page, "gridwatch_grid_state") == NULL);
    ASSERT(has(page, "gridwatch_run_exit_code 70"));
    ASSERT(has(page, "gridwatch_run_duration_seconds 1.5"));
    ASSERT(has(page, "gridwatch_daemon_runs_total{exit_code=\"0\"} 1"));
    ASSERT(has(page, "gridwatch_daemon_runs_total{exit_code=\"70\"} 1"));
    ASSERT(has(page,
               "gridwatch_daemon_last_success_timestamp_seconds 1769861701.5"));
    end();
}

static void health_says_why_not(void)
{
    begin();
    ASSERT_STR(ask("/healthz"), "no run has ended yet\n");
    ASSERT_INT(reply.status, 503);
    run_ended(69, "");
    told.health = DAEMON_FAILED;
    ASSERT_STR(ask("/healthz"), "the run of " T " ended with 69\n");
    ASSERT_INT(reply.status, 503);
    run_ended(0, PAGE);
    told.health = DAEMON_WELL;
    ASSERT_STR(ask("/healthz"), "ok: the run of " T " ended with 0\n");
    ASSERT_INT(reply.status, 200);
    told.health = DAEMON_LATE;
    ASSERT_STR(ask("/healthz"),
               "the run of " T " was the last one that ended, and the next one "
               "should have by now\n");
    ASSERT_INT(reply.status, 503);
    end();
}

static void other_pages_are_not_there(void)
{
    begin();
    ask("/");
    ASSERT_INT(reply.status, 404);
    ask("/metrics/");
    ASSERT_INT(reply.status, 404);
    end();
}

static void a_grid_in_latest_wants_looks(void)
{
#define KNOWN "gridwatch_grid_known_state{grid=\"a\",symbol=\"B-U\"} "
    static const struct {
        const char *page;
        bool wants;
    } rows[] = {
        { "", false },
        { KNOWN "0\n", false },
        { KNOWN "1\n", false },
        { KNOWN "3\n", false },
        { "gridwatch_grid_state{grid=\"a\",symbol=\"B-U\"} 2\n", false },
        { "# HELP gridwatch_grid_known_state{x} 2\n", false },
        { "x 1\n" KNOWN "0\n" KNOWN "2\nx 1\n", true },
        { KNOWN "2", true },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        begin();
        run_ended(0, rows[i].page);
        ASSERT_INT(daemon_told_wants_look(&told), rows[i].wants);
        end();
    }
    /* A run that was lost said nothing: what was known goes on. */
    begin();
    run_ended(0, KNOWN "2\n");
    run_ended(70, "");
    ASSERT(daemon_told_wants_look(&told));
    run_ended(70, "");
    ASSERT(daemon_told_wants_look(&told));
    run_ended(0, KNOWN "0\n");
    run_ended(70, "");
    ASSERT(!daemon_told_wants_look(&told));
    end();
    begin();
    daemon_told_look(&told, 0, "");
    daemon_told_look(&told, 69, "");
    ask("/metrics");
    ASSERT(has(text_str(&reply.body),
               "gridwatch_daemon_looks_total{exit_code=\"0\"} 1"));
    ASSERT(has(text_str(&reply.body),
               "gridwatch_daemon_looks_total{exit_code=\"69\"} 1"));
    end();
}

#define DELIVERED "gridwatch_daemon_look_deliveries_total{outcome="
#define LAST_LOOK "gridwatch_daemon_look_last_delivery_timestamp_seconds"

/* What the last run delivered stays what it was. */
static void what_looks_deliver_is_counted(void)
{
    static const char run[] = "# TYPE gridwatch_run_deliveries gauge\n"
                              "gridwatch_run_deliveries{outcome=\"accepted\"} "
                              "4\n";
    static const char siren[] =
        "# HELP gridwatch_run_deliveries{outcome=\"accepted\"} 9\n"
        "gridwatch_run_deliveries{outcome=\"accepted\"} 2\n"
        "gridwatch_run_deliveries{outcome=\"refused\"} 0\n"
        "gridwatch_run_deliveries{outcome=\"grouped\"} 1\n"
        "gridwatch_run_last_delivery_timestamp_seconds 1769861701.5\n";
    begin();
    run_ended(0, run);
    const char *page = ask("/metrics");
    ASSERT(has(page, DELIVERED "\"accepted\"} 0"));
    ASSERT(has(page, DELIVERED "\"refused\"} 0"));
    ASSERT(strstr(page, LAST_LOOK) == NULL);
    daemon_told_look(&told, 0, siren);
    daemon_told_look(&told, 0, siren);
    daemon_told_look(&told, 70, ""); /* it was lost */
    page = ask("/metrics");
    ASSERT(has(page, DELIVERED "\"accepted\"} 4"));
    ASSERT(has(page, DELIVERED "\"grouped\"} 2"));
    ASSERT(has(page, DELIVERED "\"refused\"} 0"));
    ASSERT(has(page, LAST_LOOK " 1769861701.5"));
    ASSERT(has(page, "gridwatch_run_deliveries{outcome=\"accepted\"} 4"));
    run_ended(0, run);
    page = ask("/metrics");
    ASSERT(has(page, DELIVERED "\"accepted\"} 4"));
    ASSERT(has(page, LAST_LOOK " 1769861701.5"));
    end();
}

void daemon_told_test(void)
{
    TEST_SUITE("the pages of the daemon");
    TEST(a_grid_in_latest_wants_looks);
    TEST(what_looks_deliver_is_counted);
    TEST(before_the_first_run_it_tells_of_itself);
    TEST(a_run_that_speaks_is_repeated);
    TEST(one_that_died_takes_the_old_page_along);
    TEST(health_says_why_not);
    TEST(other_pages_are_not_there);
}
