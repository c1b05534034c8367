/* The text format, by its page at prometheus.io and by hand. */
#include "expose/exposition.h"

#include <math.h>
#include <string.h>

#include "base/moment.h"
#include "test.h"

void exposition_test(void);

#define LABELS(...) ((const char *const[]){ __VA_ARGS__ })

static void a_family_has_its_head_once_and_its_samples_below(void)
{
    struct exposition e = EXPOSITION_INIT;
    exposition_put(&e, FAMILY_RUN_EXIT_CODE, 75, NULL);
    exposition_put(&e, FAMILY_GRID_PI, 0.25, LABELS("a", "BTC-USDT"));
    exposition_put(&e, FAMILY_GRID_PI, 1e-7, LABELS("b", "BTC-USDT"));
    ASSERT_STR(
        text_str(&e.text),
        "# HELP gridwatch_run_exit_code How the last run ended: 0, or the exit "
        "code that says why not.\n"
        "# TYPE gridwatch_run_exit_code gauge\n"
        "gridwatch_run_exit_code 75\n"
        "# HELP gridwatch_grid_pi_ratio pi, the chance that the range is left "
        "within 24 h.\n"
        "# TYPE gridwatch_grid_pi_ratio gauge\n"
        "gridwatch_grid_pi_ratio{grid=\"a\",symbol=\"BTC-USDT\"} 0.25\n"
        "gridwatch_grid_pi_ratio{grid=\"b\",symbol=\"BTC-USDT\"} 1.0e-07\n");
    exposition_release(&e);
}

static void label_values_are_escaped(void)
{
    struct exposition e = EXPOSITION_INIT;
    exposition_put(&e, FAMILY_SYMBOL_PRICE_KNOWN, 1,
                   LABELS("a\\b\"c\nd{}=,\xc3\xa4\xff"));
    ASSERT(strstr(text_str(&e.text),
                  "{symbol=\"a\\\\b\\\"c\\nd{}=,\xc3\xa4?\"} 1\n") != NULL);
    exposition_release(&e);
}

/* Neither a sample nor a head without one. */
static void what_is_not_known_is_not_there(void)
{
    struct exposition e = EXPOSITION_INIT;
    exposition_put(&e, FAMILY_GRID_PI, (double)NAN, LABELS("a", "X"));
    exposition_put(&e, FAMILY_GRID_PI, (double)INFINITY, LABELS("a", "X"));
    exposition_put_time(&e, FAMILY_GRID_TOLD, MOMENT_NONE, LABELS("a", "X"));
    ASSERT_STR(text_str(&e.text), "");
    exposition_put(&e, FAMILY_GRID_TOLD, (double)NAN, LABELS("a", "X"));
    exposition_put(&e, FAMILY_GRID_TOLD, 3, LABELS("b", "X"));
    ASSERT(strncmp(text_str(&e.text), "# HELP gridwatch_grid_told", 26) == 0);
    exposition_release(&e);
}

static void times_are_seconds(void)
{
    struct exposition e = EXPOSITION_INIT;
    exposition_put_time(&e, FAMILY_RUN_START, INT64_C(1795339593023), NULL);
    ASSERT(strstr(text_str(&e.text),
                  "\ngridwatch_run_start_timestamp_seconds 1795339593.023\n") !=
           NULL);
    exposition_release(&e);
}

static void a_full_page_says_so_and_has_no_half_line(void)
{
    struct exposition e = EXPOSITION_INIT;
    e.text.max = 400;
    for (int i = 0; i < 20; i++)
        exposition_put(&e, FAMILY_RUN_REQUESTS, i, NULL);
    ASSERT(e.full);
    ASSERT(e.text.len > 100);
    ASSERT(e.text.data[e.text.len - 1] == '\n');
    ASSERT_INT(strlen(text_str(&e.text)), e.text.len);
    exposition_release(&e);
    ASSERT(!e.full);
}

static void the_end_of_a_run_alone_makes_a_page(void)
{
    struct exposition e = EXPOSITION_INIT;
    const struct exposition_job job = { .version = "0.1.0+x",
                                        .start_ms = 1000,
                                        .end_ms = 3500,
                                        .took_ms = 2500,
                                        .exit = 70 };
    exposition_put_job(&e, &job);
    const char *page = text_str(&e.text);
    ASSERT(strstr(page, "\ngridwatch_build_info{version=\"0.1.0+x\"} 1\n"));
    ASSERT(strstr(page, "\ngridwatch_run_start_timestamp_seconds 1\n"));
    ASSERT(strstr(page, "\ngridwatch_run_end_timestamp_seconds 3.5\n"));
    ASSERT(strstr(page, "\ngridwatch_run_duration_seconds 2.5\n"));
    ASSERT(strstr(page, "\ngridwatch_run_exit_code 70\n"));
    exposition_release(&e);
}

static bool ends_in(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

/* https://prometheus.io/docs/practices/naming/ */
static void names_follow_the_conventions(void)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    for (int i = 0; i < FAMILY_COUNT; i++) {
        const struct family *f = &families[i];
        ASSERT_FATAL(f->name && f->unit && f->help && f->from);
        ASSERT(strncmp(f->name, "gridwatch_", 10) == 0);
        ASSERT(f->name[strspn(f->name, letters)] == '\0');
        ASSERT(ends_in(f->name, "_total") == (f->type == FAMILY_COUNTER));
        ASSERT(strncmp(f->unit, "s", 2) != 0 || ends_in(f->name, "_seconds"));
        ASSERT((strcmp(f->unit, "ratio") == 0) == ends_in(f->name, "_ratio"));
        ASSERT((strcmp(f->unit, "s since 1970") == 0) ==
               ends_in(f->name, "_timestamp_seconds"));
        ASSERT(ends_in(f->help, ".") && !strpbrk(f->help, "|\n"));
        ASSERT(!strchr(f->from, '|'));
        for (int k = 0; k < i; k++)
            ASSERT(strcmp(families[k].name, f->name) != 0);
        for (int k = 0; f->labels[k]; k++)
            ASSERT(f->labels[k][strspn(f->labels[k], letters)] == '\0');
    }
}

void exposition_test(void)
{
    TEST_SUITE("prometheus: the text format");
    TEST(a_family_has_its_head_once_and_its_samples_below);
    TEST(label_values_are_escaped);
    TEST(what_is_not_known_is_not_there);
    TEST(times_are_seconds);
    TEST(a_full_page_says_so_and_has_no_half_line);
    TEST(the_end_of_a_run_alone_makes_a_page);
    TEST(names_follow_the_conventions);
}
