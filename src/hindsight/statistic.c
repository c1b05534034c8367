#include "hindsight/statistic.h"

#include <math.h>

#include "base/sort.h"
#include "base/value.h"

#define HALF (0.5 + 1e-12) /* a product of fractions may miss a half */

static int by_num(const void *a, const void *b)
{
    const struct statistic_row *x = a, *y = b;
    if (x->num < y->num || x->num > y->num)
        return x->num < y->num ? -1 : 1;
    return (x->block > y->block) - (x->block < y->block);
}

void statistic_sort(enum statistic how, struct statistic_row *rows,
                    size_t count)
{
    if (how == STATISTIC_MEDIAN || how == STATISTIC_SURVIVAL)
        sort_rows(rows, count, sizeof(*rows), by_num);
}

static double weight_of(const struct statistic_row *row, const double *weights)
{
    return weights ? weights[row->block] : 1.0;
}

static double weight_of_all(const struct statistic_row *rows, size_t count,
                            const double *weights)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += weight_of(&rows[i], weights);
    return sum;
}

static double ratio(const struct statistic_row *rows, size_t count,
                    const double *weights)
{
    double num = 0.0, den = 0.0;
    for (size_t i = 0; i < count; i++) {
        double w = weight_of(&rows[i], weights);
        num += w * rows[i].num;
        den += w * rows[i].den;
    }
    return den > 0.0 ? num / den : NO_VALUE;
}

/* The mean of the two middle ones of an even number. */
static double median(const struct statistic_row *rows, size_t count,
                     const double *weights)
{
    double all = weight_of_all(rows, count, weights), sum = 0.0;
    double first = floor((all - 1.0) / 2.0), second = floor(all / 2.0);
    double lower = NO_VALUE;

    for (size_t i = 0; i < count; i++) {
        sum += weight_of(&rows[i], weights);
        if (isnan(lower) && sum > first)
            lower = rows[i].num;
        if (sum > second)
            return (lower + rows[i].num) / 2.0;
    }
    return NO_VALUE;
}

/* The first duration by which no more than half are still alive. */
static double survival(const struct statistic_row *rows, size_t count,
                       const double *weights)
{
    double at_risk = weight_of_all(rows, count, weights), alive = 1.0;

    for (size_t i = 0, end; i < count; i = end) {
        double gone = 0.0, ended = 0.0;
        for (end = i; end < count && rows[end].num <= rows[i].num; end++) {
            double w = weight_of(&rows[end], weights);
            gone += w;
            ended += w * rows[end].den;
        }
        if (at_risk > 0.0)
            alive *= 1.0 - ended / at_risk;
        if (alive <= HALF)
            return rows[i].num;
        at_risk -= gone;
    }
    return NO_VALUE;
}

double statistic_of(enum statistic how, const struct statistic_row *rows,
                    size_t count, const double *weights)
{
    switch (how) {
    case STATISTIC_MEDIAN:
        return median(rows, count, weights);
    case STATISTIC_SURVIVAL:
        return survival(rows, count, weights);
    case STATISTIC_SHARE:
    case STATISTIC_RATIO:
        break;
    }
    return ratio(rows, count, weights);
}
