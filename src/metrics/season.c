#include "metrics/season.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "base/moment.h"

#define MS_PER_WEEK  (7 * MS_PER_DAY)
#define FIRST_MONDAY (4 * MS_PER_DAY) /* 1970-01-05 */
#define PRIOR_WEIGHT 4.0              /* of a factor of 1, in true ranges */
#define FACTOR_LEAST 0.4
#define FACTOR_MOST  2.5
#define FLAT_RANGE   1e-12
#define RANGES_MOST  (SEASON_HOURS * SEASON_WEEKS)

int64_t last_monday(int64_t ms)
{
    return moment_floor(ms - FIRST_MONDAY, MS_PER_WEEK) + FIRST_MONDAY;
}

int hour_of_week(int64_t ms)
{
    return (int)((ms - last_monday(ms)) / MS_PER_HOUR);
}

/* The true ranges: all of them, and those of each hour of the week. */
struct ranges {
    double all[RANGES_MOST];
    double of_hour[SEASON_HOURS][SEASON_WEEKS];
    int32_t count, hour_count[SEASON_HOURS];
    int32_t bars; /* in the eight weeks */
};

static void add_range(struct ranges *r, const struct bar *b, double prev_close)
{
    int hour = hour_of_week(b->open_ms);
    double tr =
        (fmax(b->high, prev_close) - fmin(b->low, prev_close)) / prev_close;
    assert(r->hour_count[hour] < SEASON_WEEKS);
    r->all[r->count++] = tr;
    r->of_hour[hour][r->hour_count[hour]++] = tr;
}

static void collect(struct ranges *r, const struct bar *bars, size_t n,
                    int64_t monday_ms)
{
    int64_t from_ms = monday_ms - SEASON_WEEKS * MS_PER_WEEK;
    const struct bar *before = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct bar *b = &bars[i];
        if (b->open_ms < from_ms || b->open_ms >= monday_ms)
            continue;
        if (before && b->open_ms - before->open_ms == MS_PER_HOUR)
            add_range(r, b, before->close);
        before = b;
        r->bars++;
    }
}

/* Shell's sort with the gaps of Ciura (2001): qsort() may allocate. */
static void sort_numbers(double *x, int32_t n)
{
    static const int32_t gaps[] = { 701, 301, 132, 57, 23, 10, 4, 1 };
    for (size_t g = 0; g < sizeof(gaps) / sizeof(gaps[0]); g++) {
        for (int32_t i = gaps[g]; i < n; i++) {
            double v = x[i];
            int32_t k = i;
            for (; k >= gaps[g] && x[k - gaps[g]] > v; k -= gaps[g])
                x[k] = x[k - gaps[g]];
            x[k] = v;
        }
    }
}

/* Sorts x. n > 0. */
static double median(double *x, int32_t n)
{
    sort_numbers(x, n);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2.0;
}

static double shrunk_factor(double *ranges, int32_t n, double overall)
{
    if (n == 0)
        return 1.0;
    double s = median(ranges, n) / overall;
    double shrunk = (n * s + PRIOR_WEIGHT) / (n + PRIOR_WEIGHT);
    return fmin(fmax(shrunk, FACTOR_LEAST), FACTOR_MOST);
}

void season_build(const struct bar *bars, size_t n, int64_t monday_ms,
                  struct season *out)
{
    struct ranges r = { .count = 0 };
    collect(&r, bars, n, monday_ms);
    *out = (struct season){ VALUE_UNAVAILABLE, r.count, monday_ms, { 0 } };
    for (int h = 0; h < SEASON_HOURS; h++)
        out->factor[h] = 1.0;
    if (r.bars < SEASON_LEAST || r.count == 0)
        return;
    double overall = median(r.all, r.count);
    out->status = overall > FLAT_RANGE ? VALUE_REAL : VALUE_FLAT;
    if (out->status != VALUE_REAL)
        return;
    for (int h = 0; h < SEASON_HOURS; h++)
        out->factor[h] = shrunk_factor(r.of_hour[h], r.hour_count[h], overall);
}

struct value season_factor(const struct season *s, int64_t open_ms)
{
    if (s->status != VALUE_REAL)
        return value_none(s->status);
    return value_real(s->factor[hour_of_week(open_ms)], s->n_used);
}
