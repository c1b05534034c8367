#include "metrics/anchored_z.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "metric_made.h"
#include "test.h"

static const struct reversion_rule plain = { 2.0, 0.5, 12 };

static struct value z_of(double z)
{
    return value_real(z, 1);
}

/* ln(110/100) / .05 and ln(90/100) / .05 with 30 digits. */
static void z_is_the_log_distance_in_sigmas(void)
{
    ASSERT_NEAR(anchored_z(110, 100, 0.05).v, 1.9062035960864987, 1e-14);
    ASSERT_NEAR(anchored_z(90, 100, 0.05).v, -2.1072103131565262, 1e-14);
    ASSERT_NEAR(anchored_z(100, 100, 0.05).v, 0.0, 0.0);
    ASSERT_INT(anchored_z(100, 100, 0.0).status, VALUE_FLAT);
    ASSERT_INT(anchored_z(100, 100, 1e-13).status, VALUE_FLAT);
    ASSERT_INT(anchored_z(100, NO_VALUE, 0.1).status, VALUE_UNAVAILABLE);
    ASSERT_INT(anchored_z(NO_VALUE, 100, 0.1).status, VALUE_UNAVAILABLE);
    ASSERT_INT(anchored_z(100, 0.0, 0.1).status, VALUE_UNAVAILABLE);
    ASSERT_INT(anchored_z(100, 100, NO_VALUE).status, VALUE_UNAVAILABLE);
}

/* ln C = ln 100 + .01 {2, 4, 4, 4, 5, 5, 7, 9}: squares about the mean 5 sum
 * to 32, so the sd is .01 sqrt(32/7). */
static void sigma_is_the_sd_of_log_closes_with_a_floor(void)
{
    static const double steps[] = { 2, 4, 4, 4, 5, 5, 7, 9 };
    struct bar bars[ARRAY_LEN(steps)];
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        bars[i].close = 100.0 * exp(0.01 * steps[i]);
    struct value sigma = anchored_z_sigma(bars, ARRAY_LEN(steps), 0.01);
    ASSERT_NEAR(sigma.v, 0.01 * sqrt(32.0 / 7.0), 1e-12);
    ASSERT_INT(sigma.n_used, 8);
    ASSERT_NEAR(anchored_z_sigma(bars, 8, 0.03).v, 0.03, 0.0);
    ASSERT_INT(anchored_z_sigma(bars, 1, 0.03).status, VALUE_UNAVAILABLE);
    ASSERT_INT(anchored_z_sigma(bars, 8, NO_VALUE).status, VALUE_UNAVAILABLE);
    metric_made_scale(1e-12, bars, 8);
    ASSERT_NEAR(anchored_z_sigma(bars, 8, 0.01).v, sigma.v, 1e-9);
}

static void the_rule_follows_the_grid(void)
{
    static const struct {
        double half_width, sigma, half_life, arm, back;
        int patience;
    } rows[] = {
        { 0.20, 0.02, 10.0, 2.0, 0.5, 30 }, /* .75 * 10 is beyond 2 */
        { 0.04, 0.02, 10.1, 1.5, 0.5, 31 }, /* .75 * 2 is nearer */
        { 0.04, 0.04, 10.0, 0.75, 0.375, 30 } /* back stays below arm */,
        { 0.20, 0.02, 1.0, 2.0, 0.5, 12 },
        { 0.20, 0.02, 0.0, 2.0, 0.5, 12 },
        { 0.20, 0.02, 23.9, 2.0, 0.5, 72 },
        { 0.20, 0.02, 500.0, 2.0, 0.5, 72 },
        { 0.20, 0.02, HUGE_VAL, 2.0, 0.5, 72 },
        { 0.20, 0.02, NO_VALUE, 2.0, 0.5, 0 },
        { 0.20, 0.02, 10.0 + 1e-12, 2.0, 0.5, 30 }, /* no 31 by rounding */
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        struct reversion_rule r = reversion_rule(
            rows[k].half_width, rows[k].sigma, rows[k].half_life);
        ASSERT_NEAR(r.arm, rows[k].arm, 1e-12);
        ASSERT_NEAR(r.back, rows[k].back, 1e-12);
        ASSERT_INT(r.patience, rows[k].patience);
    }
}

/* One letter an answer: y, n, - for not-applicable, ? for unknown. */
static char letter(enum answer a)
{
    switch (a) {
    case ANSWER_YES:
        return 'y';
    case ANSWER_NO:
        return 'n';
    case ANSWER_NOT_APPLICABLE:
        return '-';
    case ANSWER_UNKNOWN:
    case ANSWER_COUNT:
        break;
    }
    return '?';
}

static void walk_through(const double *zs, size_t n,
                         const struct reversion_rule *rule, const char *want)
{
    struct reversion r = { 0 };
    char got[64] = "";
    ASSERT_FATAL(n < sizeof(got));
    for (size_t i = 0; i < n; i++) {
        reversion_step(&r, rule,
                       isnan(zs[i]) ? value_none(VALUE_STALE) : z_of(zs[i]));
        got[i] = letter(reversion_answer(&r, rule));
    }
    ASSERT_STR(got, want);
}

static void failure_comes_with_the_last_bar_of_patience(void)
{
    static const struct {
        const char *want;
        double zs[20];
        size_t n;
    } rows[] = {
        /* armed, then 12 closes without coming back */
        { "-nnnnnnnnnnnnyy",
          { 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, .6, 3 },
          15 },
        /* back at the twelfth, exactly at the limit */
        { "nnnnnnnnnnnn-",
          { -2, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -.5 },
          13 },
        /* failed, back, and armed anew */
        { "nnnnnnnnnnnnyy--n",
          { 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, .4, 1.9, 2.1 },
          17 },
        /* a far return within patience does not fail, nor count on */
        { "nnn-nn", { 2.5, 4, .7, .2, 2, 1.5 }, 6 },
        { "---", { 1.99, -1.99, 0 }, 3 },
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++)
        walk_through(rows[k].zs, rows[k].n, &plain, rows[k].want);
}

/* From 2.2 to -0.9 in one bar: it has been back. From 2.2 to -2.2: it has
 * been back, and left on the other side. */
static void the_other_side_is_a_return(void)
{
    static const double passed[] = { 2.2, -.9, -1 };
    static const double jumped[] = { 2.2, 1, 1, 1, 1,    1,  1,  1,
                                     1,   1, 1, 1, -2.2, -1, -1, .1 };
    walk_through(passed, ARRAY_LEN(passed), &plain, "n--");
    walk_through(jumped, ARRAY_LEN(jumped), &plain, "nnnnnnnnnnnnnnn-");
}

static void a_missing_z_stops_the_clock(void)
{
    static const double zs[] = { 2, 1, 1, NO_VALUE, NO_VALUE, 1, 1, 1,
                                 1, 1, 1, 1,        1,        1, 1, .1 };
    walk_through(zs, ARRAY_LEN(zs), &plain, "nnnnnnnnnnnnnny-");
}

static void without_a_baseline_there_is_no_question(void)
{
    const struct reversion_rule blind = reversion_rule(0.2, 0.02, NO_VALUE);
    static const double zs[] = { 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, .1 };
    walk_through(zs, ARRAY_LEN(zs), &blind, "---------------");
}

static void a_copy_goes_on_alike(void)
{
    struct reversion r = { 0 }, copy;
    for (int i = 0; i < 10; i++)
        reversion_step(&r, &plain, z_of(i ? 1.5 : 2.5));
    memcpy(&copy, &r, sizeof(r));
    for (int i = 0; i < 10; i++) {
        reversion_step(&r, &plain, z_of(1.5));
        reversion_step(&copy, &plain, z_of(1.5));
        ASSERT_INT(copy.since, r.since);
        ASSERT_INT(copy.failed, r.failed);
    }
    ASSERT(r.failed);
}

/* How often the clock runs out, over `runs` walks that are let go at 2 sd of
 * the stationary law: phi by half-life 12, or no reversion, or a drift. */
static double share_failed(double phi, double drift, int half_lives, int runs)
{
    struct metric_made_random dice = { 81 };
    double sd = sqrt(1.0 - exp2(-2.0 / 12.0)); /* so that sigma_st is 1 */
    struct reversion_rule rule = { 2.0, 0.5, 12 * half_lives };
    int failed = 0;
    for (int k = 0; k < runs; k++) {
        struct reversion r = { 0 };
        double z = 2.0;
        reversion_step(&r, &rule, z_of(z));
        while (r.side == 1 && !r.failed) {
            z = phi * z + sd * (metric_made_normal(&dice) + drift);
            reversion_step(&r, &rule, z_of(z));
        }
        failed += r.failed;
    }
    return failed / (double)runs;
}

/* RS 2.13: P(not back after m half-lives of 12 bars). */
static void failure_tells_a_walk_from_reversion(void)
{
    static const struct {
        int half_lives;
        double reverting, walk, drift;
    } rows[] = {
        { 2, .28, .70, .92 },
        { 3, .11, .60, .90 },
        { 4, .045, .54, .89 },
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        int m = rows[k].half_lives;
        double phi = exp2(-1.0 / 12.0);
        ASSERT(fabs(share_failed(phi, 0, m, 3000) - rows[k].reverting) < .03);
        ASSERT(fabs(share_failed(1, 0, m, 3000) - rows[k].walk) < .03);
        ASSERT(fabs(share_failed(1, .2, m, 3000) - rows[k].drift) < .03);
    }
}

void anchored_z_test(void);
void anchored_z_test(void)
{
    TEST_SUITE("metrics/anchored_z");
    TEST(z_is_the_log_distance_in_sigmas);
    TEST(sigma_is_the_sd_of_log_closes_with_a_floor);
    TEST(the_rule_follows_the_grid);
    TEST(failure_comes_with_the_last_bar_of_patience);
    TEST(the_other_side_is_a_return);
    TEST(a_missing_z_stops_the_clock);
    TEST(without_a_baseline_there_is_no_question);
    TEST(a_copy_goes_on_alike);
    TEST(failure_tells_a_walk_from_reversion);
}
