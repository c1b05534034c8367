#include "tools/money_cover.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"
#include "sys/xmalloc.h"
#include "tools/study_stats.h"

// clang-format off
const struct money_class money_classes[] = {
    { "all",                     "all",         CLASS_ALL,     0, 0 },
    { "no stop reached",         "runs",        CLASS_RUNS,    0, 0 },
    { "a stop reached",          "stopped",     CLASS_STOPPED, 0, 0 },
    { "2 to 9 levels",           "levels_2",    CLASS_LEVELS,  2, 10 },
    { "10 to 24 levels",         "levels_10",   CLASS_LEVELS, 10, 25 },
    { "25 to 49 levels",         "levels_25",   CLASS_LEVELS, 25, 50 },
    { "50 to 99 levels",         "levels_50",   CLASS_LEVELS, 50, 100 },
    { "100 to 150 levels",       "levels_100",  CLASS_LEVELS, 100, 151 },
    { "step below 1/4 range",    "step_0",      CLASS_STEP,   0, .25 },
    { "step 1/4 to 1/2 range",   "step_0.25",   CLASS_STEP, .25, .5 },
    { "step 1/2 to 1 range",     "step_0.5",    CLASS_STEP,  .5, 1 },
    { "step 1 to 2 ranges",      "step_1",      CLASS_STEP,   1, 2 },
    { "step 2 to 5 ranges",      "step_2",      CLASS_STEP,   2, 5 },
    { "step 5 ranges or more",   "step_5",      CLASS_STEP,   5, 1e9 },
    { NULL, NULL, CLASS_ALL, 0, 0 }
};
// clang-format on

void money_cover_add(struct money_cover *c, const struct money_sample *s)
{
    if (c->count == c->room) {
        c->room = c->room ? 2 * c->room : 4096;
        c->at = xrealloc(c->at, c->room, sizeof(*c->at));
    }
    c->at[c->count++] = *s;
}

void money_cover_release(struct money_cover *c)
{
    free(c->at);
    *c = (struct money_cover){ 0 };
}

static bool belongs(const struct money_sample *s, const struct money_class *k)
{
    switch (k->of) {
    case CLASS_ALL:
        return true;
    case CLASS_RUNS:
        return !s->stopped;
    case CLASS_STOPPED:
        return s->stopped;
    case CLASS_LEVELS:
        return !s->stopped && s->levels >= k->from && s->levels < k->below;
    case CLASS_STEP:
        return !s->stopped && (double)s->step >= k->from &&
               (double)s->step < k->below;
    }
    return false;
}

static struct money_share share_of(double share, double trials)
{
    struct bounds wilson = wilson_95(share, trials);
    return (struct money_share){ share, wilson.lo, wilson.hi };
}

/* Per grid: its samples, and those within. */
static void count_grids(struct money_widths *w, const double *bars,
                        const double *held, size_t grids)
{
    double all = 0, within = 0;
    size_t never = 0;
    for (size_t i = 0; i < grids; i++) {
        w->grids += bars[i] > 0;
        never += bars[i] > 0 && held[i] >= bars[i];
        w->grids_short += held[i] < .99 * bars[i];
        all += bars[i];
        within += held[i];
    }
    w->bars_held = share_of(within / all, stats_effective(bars, held, grids));
    w->grids_held =
        share_of((double)never / (double)w->grids, (double)w->grids);
}

static double mean_of(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return sum / (double)n;
}

struct money_widths money_cover_of(const struct money_cover *c,
                                   const struct money_class *class)
{
    struct money_widths w = { 0 };
    size_t grids = c->count ? c->at[c->count - 1].grid + 1 : 0;
    double *base = xcalloc(c->count, sizeof(*base));
    double *e = xcalloc(c->count, sizeof(*e));
    double *bars = xcalloc(grids, sizeof(*bars));
    double *held = xcalloc(grids, sizeof(*held));

    for (size_t i = 0; i < c->count; i++) {
        const struct money_sample *s = &c->at[i];
        if (!belongs(s, class))
            continue;
        base[w.bars] = (double)s->base;
        e[w.bars++] = (double)s->e;
        bars[s->grid]++;
        held[s->grid] += !s->above;
    }
    if (w.bars) {
        sort_doubles(base, w.bars);
        sort_doubles(e, w.bars);
        w.base_mean = mean_of(base, w.bars);
        w.base_95 = quantile_of(base, w.bars, .95);
        w.e_mean = mean_of(e, w.bars);
        w.e_95 = quantile_of(e, w.bars, .95);
        count_grids(&w, bars, held, grids);
    }
    free(base);
    free(e);
    free(bars);
    free(held);
    return w;
}
