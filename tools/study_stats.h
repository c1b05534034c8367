/* tools/study_stats.h - how good stated probabilities turned out to be.
 *
 * No I/O and no state of its own; what is large is allocated by the caller,
 * but for stats_bootstrap(), which drops what it takes.
 *
 *   Brier   mean of (p - event)^2
 *   skill   1 - Brier / (base (1 - base)): above 0 it beats a forecaster who
 *           knows the frequency of this very sample and nothing else
 *   AUC     the chance that an event had a higher p than a non-event, ties
 *           half (Mann and Whitney 1947)
 *   REL, RES, UNC   Murphy's (1973) parts over bins of p: how wrong the p of a
 *           bin is, how far the bins are apart, base (1 - base); the Brier
 *           score is REL - RES + UNC, up to the spread of p within the bins
 */
#ifndef TOOLS_STUDY_STATS_H
#define TOOLS_STUDY_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hindsight/interval.h"

#define STATS_BINS 10

struct forecast {
    double p;      /* 0 to 1 */
    double raw;    /* the same before its recalibration, 0 to 1 */
    int32_t block; /* what is drawn together in a bootstrap, >= 0 */
    bool event;    /* it happened */
    bool outside;  /* the close was outside the range already */
};

/* The tenth that p is in, 0 to 9; 1 belongs to the last. */
int bin_of(double p);

/* Forecasts whose p is in one tenth. */
struct bin {
    double count, events, p_sum;
};

void bins_add(struct bin bins[STATS_BINS], double p, bool event);

/* Mean |p - frequency|, weighted by count; NO_VALUE without any. */
double bins_error(const struct bin bins[STATS_BINS]);

/* Largest |p - frequency| of the bins with `least` forecasts or more. */
double bins_worst(const struct bin bins[STATS_BINS], double least);

struct score {
    size_t count;
    double base, mean_p, brier, skill, raw_skill, auc;
    double rel, res, unc;
    struct bin bins[STATS_BINS];
};

/* Sorts the forecasts by p. What has no meaning (nothing or everything
 * happened) is NO_VALUE. */
struct score stats_score(struct forecast *forecasts, size_t count);

/* How many independent trials tell as much about a frequency as these blocks
 * of trials that belong together: share (1 - share) over the variance of a
 * ratio between blocks (Cochran 1977, 2.11), at most their number. With one
 * block, or a share of 0 or 1, the blocks that are not empty. */
double stats_effective(const double *counts, const double *events,
                       size_t blocks);

/* 95 % intervals from 2000 draws of whole blocks, with replacement. The AUC is
 * that of 500 cells of about equal count. `sorted` as stats_score leaves it. */
struct bootstrap {
    struct bounds bias, skill, auc;
    size_t blocks;
};
struct bootstrap stats_bootstrap(const struct forecast *sorted, size_t count,
                                 uint64_t seed);

/* Mean and half-width of its 95 % interval by Student's t, 2 to 20 values. */
struct estimate {
    double mean, half;
};
struct estimate stats_mean(const double *values, size_t count);

#endif
