#include "metrics/season.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "metric_made.h"
#include "test.h"

#define BARS 2500
static struct bar bars[BARS];
static struct season s;

#define MONDAY ((int64_t)1747612800000) /* 2025-05-19T00:00:00Z */
#define WEEK   (7 * MS_PER_DAY)

static void mondays_begin_the_week(void)
{
    static const struct {
        const char *moment, *monday;
        int hour;
    } rows[] = {
        { "2025-05-19T00:00:00Z", "2025-05-19T00:00:00Z", 0 },
        { "2025-05-18T23:59:59Z", "2025-05-12T00:00:00Z", 167 },
        { "2025-05-19T01:00:00Z", "2025-05-19T00:00:00Z", 1 },
        { "2021-05-19T02:15:00Z", "2021-05-17T00:00:00Z", 50 },
        { "2024-02-29T12:45:00Z", "2024-02-26T00:00:00Z", 84 },
        { "1970-01-05T00:00:00Z", "1970-01-05T00:00:00Z", 0 },
    };
    for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
        int64_t ms = moment_parse(rows[k].moment);
        ASSERT_INT(last_monday(ms), moment_parse(rows[k].monday));
        ASSERT_INT(hour_of_week(ms), rows[k].hour);
    }
    /* The first Thursday belongs to a week that began before the epoch. */
    ASSERT_INT(hour_of_week(0), 72);
    ASSERT_INT(last_monday(0), -3 * MS_PER_DAY);
}

struct golden {
    int hour;
    double factor;
};

static void check_goldens(const struct golden *goldens, size_t n, double sum)
{
    double total = 0.0;
    ASSERT_INT(s.status, VALUE_REAL);
    for (size_t k = 0; k < n; k++)
        ASSERT_NEAR(s.factor[goldens[k].hour], goldens[k].factor, 1e-12);
    for (int h = 0; h < SEASON_HOURS; h++)
        total += s.factor[h];
    ASSERT_NEAR(total, sum, 1e-12);
}

/* numpy on metric_made_lcg(7): tests/golden/window_statistics.md. */
static void agrees_with_medians_in_numpy(void)
{
    static const struct golden full[] = {
        { 0, 1.0011809702993586 },    { 1, 0.97093852703309214 },
        { 24, 0.99921635892738203 },  { 83, 1.1440236931677596 },
        { 100, 0.97939848981478728 }, { 167, 1.1562403023067873 },
    };
    static const struct golden partial[] = {
        { 0, 0.90991465864031518 },   { 1, 1.0199875533053966 },
        { 24, 0.92905858713635592 },  { 83, 0.98743333963447788 },
        { 100, 0.87200200353299928 }, { 167, 1.0499949297499924 },
    };
    metric_made_lcg(7, bars, BARS, TF_1H);
    season_build(bars, BARS, MONDAY, &s);
    ASSERT_INT(s.n_used, 1343);
    ASSERT_INT(s.monday_ms, MONDAY);
    check_goldens(full, ARRAY_LEN(full), 168.72357004178957);

    int64_t early = last_monday(bars[499].open_ms);
    ASSERT_INT(early, 1740355200000);
    season_build(bars, 500, early, &s);
    ASSERT_INT(s.n_used, 430);
    check_goldens(partial, ARRAY_LEN(partial), 169.06002485708407);
}

static bool same_season(const struct season *a, const struct season *b)
{
    return a->status == b->status && a->n_used == b->n_used &&
           memcmp(a->factor, b->factor, sizeof(a->factor)) == 0;
}

/* What lies before the eight weeks or after the Monday plays no part. */
static void reads_its_eight_weeks_only(void)
{
    static struct season alone;
    metric_made_lcg(8, bars, BARS, TF_1H);
    season_build(bars, BARS, MONDAY, &s);
    size_t first = 0, last = 0;
    for (size_t i = 0; i < BARS; i++) {
        first += bars[i].open_ms < MONDAY - 8 * WEEK;
        last += bars[i].open_ms < MONDAY;
    }
    ASSERT_INT(last - first, 1344);
    season_build(bars + first, last - first, MONDAY, &alone);
    ASSERT(same_season(&s, &alone));
    metric_made_scale(3.0, bars, first);
    metric_made_scale(5.0, bars + last, BARS - last);
    season_build(bars, BARS, MONDAY, &alone);
    ASSERT(same_season(&s, &alone));
    metric_made_scale(1.5, bars + first, 300);
    season_build(bars, BARS, MONDAY, &alone);
    ASSERT(!same_season(&s, &alone));
}

/* 1,344 bars whose ranges are `range(hour of the week)` of the price. */
static void make_weeks(double (*range)(int hour), double price)
{
    metric_made_flat(price, bars, 1344, TF_1H);
    metric_made_number((MONDAY - 8 * WEEK) / MS_PER_HOUR, bars, 1344, TF_1H);
    for (int i = 0; i < 1344; i++)
        bars[i].high = price * (1.0 + range(hour_of_week(bars[i].open_ms)));
}

static double busy_afternoons(int hour)
{
    return hour % 24 == 14 ? 0.016 : 0.010;
}

static double extremes(int hour)
{
    if (hour == 5)
        return 0.0;
    return hour == 6 ? 1.0 : 0.010;
}

/* (8 * 1.6 + 4) / 12 = 1.4; quiet hours stay at 1. */
static void a_busy_hour_stands_out_and_is_shrunk(void)
{
    make_weeks(busy_afternoons, 250.0);
    season_build(bars, 1344, MONDAY, &s);
    for (int h = 0; h < SEASON_HOURS; h++)
        ASSERT_NEAR(s.factor[h], h % 24 == 14 ? 1.4 : 1.0, 1e-12);
    /* A fortnight: two ranges an hour, (2 * 1.6 + 4) / 6 = 1.2. */
    season_build(bars + 6 * 168 - 1, 337, MONDAY, &s);
    ASSERT_INT(s.n_used, 336);
    ASSERT_NEAR(s.factor[14], 1.2, 1e-12);
    ASSERT_NEAR(season_factor(&s, MONDAY + 14 * MS_PER_HOUR).v, 1.2, 1e-12);
    ASSERT_NEAR(season_factor(&s, MONDAY + 14 * MS_PER_HOUR + 45 * 60000).v,
                1.2, 1e-12);
    ASSERT_NEAR(season_factor(&s, MONDAY + 15 * MS_PER_HOUR).v, 1.0, 1e-12);
    ASSERT_INT(season_factor(&s, MONDAY).n_used, 336);
}

/* (8 * 0 + 4) / 12 = .333 and (8 * 100 + 4) / 12 = 67. */
static void factors_are_clipped(void)
{
    make_weeks(extremes, 250.0);
    season_build(bars, 1344, MONDAY, &s);
    ASSERT_NEAR(s.factor[5], 0.4, 0.0);
    ASSERT_NEAR(s.factor[6], 2.5, 0.0);
    ASSERT_NEAR(s.factor[7], 1.0, 1e-12);
}

/* The price doubles every week: the ranges, as shares, do not. */
static void the_level_of_the_price_does_not_matter(void)
{
    make_weeks(busy_afternoons, 250.0);
    for (int i = 0; i < 1344; i++)
        metric_made_scale(exp2(i / 168), &bars[i], 1);
    season_build(bars, 1344, MONDAY, &s);
    ASSERT_NEAR(s.factor[14], 1.4, 1e-9);
    ASSERT_NEAR(s.factor[100], 1.0, 1e-9);

    static struct season scaled;
    metric_made_lcg(9, bars, BARS, TF_1H);
    season_build(bars, BARS, MONDAY, &s);
    metric_made_scale(1e-12, bars, BARS);
    season_build(bars, BARS, MONDAY, &scaled);
    for (int h = 0; h < SEASON_HOURS; h++)
        ASSERT_NEAR(scaled.factor[h], s.factor[h], 1e-9);
}

/* Bars without a range of their own: all of it lies between the closes. */
static void a_gap_is_part_of_the_range(void)
{
    make_weeks(busy_afternoons, 250.0);
    for (int i = 0; i < 1344; i++) {
        double step = busy_afternoons(hour_of_week(bars[i].open_ms));
        double before = i ? bars[i - 1].close : 250.0;
        double price = before * (i % 2 ? 1.0 + step : 1.0 - step);
        bars[i].open = bars[i].high = bars[i].low = bars[i].close = price;
    }
    season_build(bars, 1344, MONDAY, &s);
    ASSERT_NEAR(s.factor[14], 1.4, 1e-9);
    ASSERT_NEAR(s.factor[15], 1.0, 1e-9);
}

/* Hour 30 was never traded: hour 31 has no predecessor either. */
static void an_hour_never_seen_is_an_ordinary_hour(void)
{
    size_t kept = 0;
    make_weeks(busy_afternoons, 250.0);
    for (size_t i = 0; i < 1344; i++)
        if (hour_of_week(bars[i].open_ms) != 30)
            bars[kept++] = bars[i];
    ASSERT_INT(kept, 1336);
    bars[31].high *= 3.0;
    season_build(bars, kept, MONDAY, &s);
    ASSERT_INT(s.status, VALUE_REAL);
    ASSERT_INT(s.n_used, 1335 - 8);
    ASSERT_NEAR(s.factor[30], 1.0, 0.0);
    ASSERT_NEAR(s.factor[31], 1.0, 0.0);
    ASSERT_NEAR(s.factor[38], 1.4, 1e-12);
}

static void too_little_history_is_unavailable(void)
{
    make_weeks(busy_afternoons, 250.0);
    season_build(bars, 335, MONDAY, &s);
    ASSERT_INT(s.status, VALUE_UNAVAILABLE);
    ASSERT_INT(season_factor(&s, MONDAY).status, VALUE_UNAVAILABLE);
    ASSERT(isnan(season_factor(&s, MONDAY).v));
    season_build(bars, 336, MONDAY, &s);
    ASSERT_INT(s.status, VALUE_REAL);
    season_build(bars, 1344, MONDAY - 7 * WEEK, &s);
    ASSERT_INT(s.status, VALUE_UNAVAILABLE);
    season_build(NULL, 0, MONDAY, &s);
    ASSERT_INT(s.status, VALUE_UNAVAILABLE);
    ASSERT_INT(s.n_used, 0);
}

static void prices_that_never_moved_have_no_season(void)
{
    metric_made_flat(1e-6, bars, 1344, TF_1H);
    metric_made_number((MONDAY - 8 * WEEK) / MS_PER_HOUR, bars, 1344, TF_1H);
    season_build(bars, 1344, MONDAY, &s);
    ASSERT_INT(s.status, VALUE_FLAT);
    ASSERT_INT(season_factor(&s, MONDAY).status, VALUE_FLAT);
    for (int h = 0; h < SEASON_HOURS; h++)
        ASSERT_NEAR(s.factor[h], 1.0, 0.0);
}

void season_test(void);
void season_test(void)
{
    TEST_SUITE("metrics/season");
    TEST(mondays_begin_the_week);
    TEST(agrees_with_medians_in_numpy);
    TEST(reads_its_eight_weeks_only);
    TEST(a_busy_hour_stands_out_and_is_shrunk);
    TEST(factors_are_clipped);
    TEST(the_level_of_the_price_does_not_matter);
    TEST(a_gap_is_part_of_the_range);
    TEST(an_hour_never_seen_is_an_ordinary_hour);
    TEST(too_little_history_is_unavailable);
    TEST(prices_that_never_moved_have_no_season);
}
