/* hindsight/statistic.h - a sample in which every row can count several times.
 * Pure.
 *
 * A bootstrap draws whole blocks; a row counts as often as its block was drawn.
 * Weights are whole numbers >= 0 by block, NULL for one each.
 */
#ifndef HINDSIGHT_STATISTIC_H
#define HINDSIGHT_STATISTIC_H

#include <stddef.h>

enum statistic {
    STATISTIC_SHARE,   /* sum of num / sum of den, num and den whole counts */
    STATISTIC_RATIO,   /* sum of num / sum of den */
    STATISTIC_MEDIAN,  /* of num; den is not read */
    STATISTIC_SURVIVAL /* Kaplan and Meier's (1958) median of num, a duration:
                          den 1 if it ended, 0 if it was cut off */
};

struct statistic_row {
    double num, den; /* finite */
    size_t block;
};

/* To be called once before statistic_of(): some statistics need an order. */
void statistic_sort(enum statistic how, struct statistic_row *rows,
                    size_t count);

/* NO_VALUE where it is not defined: nothing to divide by, no rows, or more
 * than half of the durations are longer than anything seen to its end. */
double statistic_of(enum statistic how, const struct statistic_row *rows,
                    size_t count, const double *weights);

#endif
