#include "hindsight/forecast.h"

#include "base/sort.h"
#include "base/value.h"

void pairs_add(struct pairs *t, double yes, double no)
{
    t->won += yes * (t->no_below + no / 2.0);
    t->no_below += no;
    t->yes += yes;
}

double pairs_auc(const struct pairs *t)
{
    if (!(t->yes > 0.0) || !(t->no_below > 0.0))
        return NO_VALUE;
    return t->won / (t->yes * t->no_below);
}

/* How many of the ascending values from *at on are v; *at moves past them. */
static double take_equal(const double *values, size_t count, size_t *at,
                         double v)
{
    size_t first = *at;
    while (*at < count && values[*at] <= v)
        ++*at;
    return (double)(*at - first);
}

double forecast_auc(const double *p, const bool *event, size_t count,
                    double *scratch)
{
    struct pairs pairs = { 0.0, 0.0, 0.0 };
    size_t yes = 0, no = 0, i = 0, k = 0;

    for (size_t j = 0; j < count; j++)
        if (event[j])
            scratch[yes++] = p[j];
    double *others = scratch + yes;
    for (size_t j = 0; j < count; j++)
        if (!event[j])
            others[no++] = p[j];
    sort_doubles(scratch, yes);
    sort_doubles(others, no);
    while (i < yes || k < no) {
        bool first = k == no || (i < yes && scratch[i] < others[k]);
        double v = first ? scratch[i] : others[k];
        double won = take_equal(scratch, yes, &i, v);
        pairs_add(&pairs, won, take_equal(others, no, &k, v));
    }
    return pairs_auc(&pairs);
}

struct brier forecast_brier(const double *p, const bool *event, size_t count)
{
    struct brier b = { NO_VALUE, NO_VALUE, NO_VALUE };
    double yes = 0.0, misses = 0.0, n = (double)count;

    for (size_t i = 0; i < count; i++) {
        double miss = p[i] - event[i];
        yes += event[i];
        misses += miss * miss;
    }
    if (count == 0)
        return b;
    b.base = yes / n;
    b.score = misses / n;
    if (b.base > 0.0 && b.base < 1.0)
        b.skill = 1.0 - b.score / (b.base * (1.0 - b.base));
    return b;
}
