/* The command line of `serve`: what moves a walk in time, and when the market
 * is over. */
#include "sim/options.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/moment.h"
#include "test.h"

#define WALL     "2026-11-22T17:07:30Z"
#define ARGS_MAX 8

/* The words of a line, separated by blanks. */
static int take(const char *line, struct sim_serve_options *o,
                struct error *err)
{
    static char text[256];
    char *argv[ARGS_MAX];
    int argc = 0;

    snprintf(text, sizeof(text), "%s", line);
    for (char *at = text; *at && argc < ARGS_MAX;) {
        argv[argc++] = at;
        at += strcspn(at, " ");
        if (*at)
            *at++ = '\0';
    }
    return sim_serve_options(argc, argv, moment_parse(WALL), o, err);
}

static void now_is_the_machines_time_and_goes_on(void)
{
    struct sim_serve_options o;
    ASSERT_INT(take("--break-at now --walk A-B=4", &o, NULL), 0);
    const struct sim_book *b = sim_market_find(&o.market, "A-B");
    ASSERT_FATAL(b != NULL);
    ASSERT(o.running && o.now_ms == MOMENT_NONE);
    ASSERT(b->minutes != NULL);
    ASSERT(b->falls_ms == moment_parse("2026-11-22T17:07:00Z"));
    ASSERT(b->bars[0].open_ms == moment_parse("2026-10-13T02:00:00Z"));
    ASSERT(sim_book_ends_ms(b) == moment_parse("2027-02-20T02:00:00Z"));
    sim_market_release(&o.market);
}

static void a_time_gives_the_same_market_again(void)
{
    struct sim_serve_options now, then;
    ASSERT_INT(take("--walk A-B=4 --break-at now", &now, NULL), 0);
    ASSERT_INT(
        take("--walk A-B=4 --break-at 2026-11-22T17:07:00Z", &then, NULL), 0);
    const struct sim_book *a = &now.market.books[0], *b = &then.market.books[0];
    ASSERT(memcmp(a->minutes, b->minutes,
                  (size_t)SIM_LIVE_BARS * SIM_BAR_MINUTES * sizeof(double)) ==
           0);
    ASSERT(a->bars[0].open_ms == b->bars[0].open_ms);
    sim_market_release(&now.market);
    sim_market_release(&then.market);
}

static void a_clock_that_is_given_stays(void)
{
    struct sim_serve_options o;
    ASSERT_INT(take("--walk A-B=4:quiet --break-at now --now "
                    "2026-03-01T00:00:00Z",
                    &o, NULL),
               0);
    ASSERT(!o.running && o.now_ms == moment_parse("2026-03-01T00:00:00Z"));
    ASSERT(o.break_ms == o.now_ms);
    ASSERT(o.market.books[0].falls_ms == 0);
    sim_market_release(&o.market);
}

static void without_it_a_walk_is_where_it_was(void)
{
    struct sim_serve_options o;
    ASSERT_INT(take("--walk A-B=4 --now 2026-02-10T12:00:00Z", &o, NULL), 0);
    ASSERT(o.market.books[0].minutes == NULL);
    ASSERT_INT(o.market.books[0].count, SIM_WALK_BARS);
    ASSERT(o.market.books[0].bars[0].open_ms == SIM_WALK_START_MS);
    sim_market_release(&o.market);
}

static void what_is_wrong_is_said(void)
{
    // clang-format off
    static const struct {
        const char *line, *why;
    } rows[] = {
        { "",                                       "no --data and no --walk" },
        { "--walk A-B=4",                           "a standing clock needs" },
        { "--walk A-B=4 --break-at now --clock fixed", "a standing clock needs" },
        { "--walk A-B=4 --clock real",              "closed at 2026-02-15T00:00:00Z" },
        { "--walk A-B=4 --break-at 2026-08-01",     "closed at 2026-10-29T08:45:00Z" },
        { "--walk A-B=4 --break-at 2026-08-01",     "give --break-at now, or --now" },
        { "--walk A-B=4 --break-at 2027-06-01",     "opens at 2027-04-21T08:45:00Z, after the machine's time: give --break-at now, or --now" },
        { "--walk A-B=4 --break-at soon",           "--break-at: 'soon' is not" },
        { "--walk A-B=x --break-at now",            "--walk: 'A-B=x' is not" },
        { "--walk ab=4 --break-at now",             "--walk: symbol 'ab'" },
        { "--data A-B=/nonexistent --break-at now", "--data" },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sim_serve_options o;
        struct error err = { 0 };
        ASSERT_INT(take(rows[i].line, &o, &err), -1);
        ASSERT(strstr(err.msg, rows[i].why) != NULL);
        sim_market_release(&o.market);
    }
}

/* --break-at moves a walk, not a file's bars. */
static void the_advice_is_of_the_book_that_is_over(void)
{
    char path[64], line[160];
    struct sim_serve_options o;
    struct error err = { 0 };

    snprintf(path, sizeof(path), "/tmp/sim_options_%ld.csv", (long)getpid());
    FILE *f = fopen(path, "w");
    ASSERT_FATAL(f != NULL);
    fputs("time,open,high,low,close,volume\n"
          "1771200000,1,2,1,2,5\n" /* 2026-02-16T00:00:00Z */
          "1771200900,2,2,1,2,5\n",
          f);
    ASSERT_INT(fclose(f), 0);
    snprintf(line, sizeof(line), "--data E-F=%s --walk A-B=4 --break-at now",
             path);
    ASSERT_INT(take(line, &o, &err), -1);
    ASSERT_STR(err.msg, "the last bar of 'E-F' closed at 2026-02-16T00:30:00Z, "
                        "before the machine's time: give --now");
    sim_market_release(&o.market);
    unlink(path);
}

void sim_options_test(void);

void sim_options_test(void)
{
    TEST_SUITE("sim/options");
    TEST(now_is_the_machines_time_and_goes_on);
    TEST(a_time_gives_the_same_market_again);
    TEST(a_clock_that_is_given_stays);
    TEST(without_it_a_walk_is_where_it_was);
    TEST(what_is_wrong_is_said);
    TEST(the_advice_is_of_the_book_that_is_over);
}
