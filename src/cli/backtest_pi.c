/* gridwatch backtest: how well pi tells grids apart. */
#include <math.h>
#include <stdlib.h>

#include "base/prng.h"
#include "cli/backtest.h"
#include "hindsight/forecast.h"
#include "hindsight/interval.h"
#include "sys/xmalloc.h"

#define DEFINED 0.95 /* of the draws, as of a KPI */

struct forecast {
    double pi;
    bool came;
    int32_t week; /* then: its number among those with a forecast */
};

struct forecasts {
    struct forecast *at; /* owned; ascending by pi */
    size_t count, weeks;
};

static int by_week(const void *a, const void *b)
{
    int32_t x = ((const struct forecast *)a)->week;
    int32_t y = ((const struct forecast *)b)->week;
    return (x > y) - (x < y);
}

static int by_pi(const void *a, const void *b)
{
    double x = ((const struct forecast *)a)->pi;
    double y = ((const struct forecast *)b)->pi;
    return (x > y) - (x < y);
}

static void order(struct forecasts *f)
{
    int32_t week = 0, number = -1;

    if (!f->count)
        return;
    qsort(f->at, f->count, sizeof(*f->at), by_week);
    for (size_t i = 0; i < f->count; i++) {
        number += number < 0 || f->at[i].week != week;
        week = f->at[i].week;
        f->at[i].week = number;
    }
    f->weeks = (size_t)number + 1;
    qsort(f->at, f->count, sizeof(*f->at), by_pi);
}

/* Each forecast as often as its week; NULL: once. */
static double auc_of(const struct forecasts *f, const double *weight)
{
    struct pairs pairs = { 0 };

    for (size_t i = 0; i < f->count;) {
        double yes = 0, no = 0, pi = f->at[i].pi;
        for (; i < f->count && f->at[i].pi <= pi; i++) {
            double times = weight ? weight[f->at[i].week] : 1;
            yes += f->at[i].came ? times : 0;
            no += f->at[i].came ? 0 : times;
        }
        pairs_add(&pairs, yes, no);
    }
    return pairs_auc(&pairs);
}

static void draw(const struct forecasts *f, struct kpi_result *r)
{
    double *weight = xcalloc(f->weeks, sizeof(*weight));
    double *drawn = xcalloc(BACKTEST_DRAWS, sizeof(*drawn));
    size_t defined = 0;
    struct prng prng;

    prng_init(&prng, BACKTEST_SEED);
    for (int d = 0; d < BACKTEST_DRAWS && f->weeks > 1; d++) {
        for (size_t i = 0; i < f->weeks; i++)
            weight[i] = 0;
        for (size_t i = 0; i < f->weeks; i++)
            weight[prng_next(&prng) % f->weeks] += 1;
        double auc = auc_of(f, weight);
        if (isfinite(auc))
            drawn[defined++] = auc;
    }
    if (f->weeks > 1 && (double)defined >= DEFINED * BACKTEST_DRAWS) {
        struct bounds b = middle_95(drawn, defined);
        r->lo = value_real(b.lo, (int32_t)f->count);
        r->hi = value_real(b.hi, (int32_t)f->count);
    }
    free(weight);
    free(drawn);
}

struct kpi_result backtest_pi_auc(const struct life_row *const *rows,
                                  size_t count)
{
    struct kpi_result r = { 0 };
    struct forecasts f = { .at = xcalloc(count, sizeof(*f.at)) };

    r.lo = r.hi = r.deff = value_none(VALUE_NOT_IDENTIFIED);
    for (size_t i = 0; i < count; i++) {
        const struct life *l = &rows[i]->life;
        int64_t day_ms = l->start_ms + MS_PER_DAY, end_ms = day_ms + MS_PER_DAY;
        int64_t event = life_event(l, LIFE_BOTH);
        bool came = event != MOMENT_NONE && event <= end_ms;
        if (event != MOMENT_NONE && event <= day_ms)
            continue;
        if (!came && l->known_end_ms < end_ms)
            r.pending++;
        else if (isnan(rows[i]->pi_day))
            r.undefined++;
        else
            f.at[f.count++] =
                (struct forecast){ rows[i]->pi_day, came, l->week };
    }
    order(&f);
    double auc = auc_of(&f, NULL);
    r.n = f.count;
    r.value = isfinite(auc) ? value_real(auc, (int32_t)f.count)
                            : value_none(VALUE_UNAVAILABLE);
    if (isfinite(auc))
        draw(&f, &r);
    free(f.at);
    return r;
}
