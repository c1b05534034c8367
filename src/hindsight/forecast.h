/* hindsight/forecast.h - how good stated probabilities turned out to be. Pure.
 *
 * AUC: the chance that an event had the higher p than a non-event, ties half
 * (Mann and Whitney 1947). Brier skill: 1 - mean (p - event)^2 / (base (1 -
 * base)); above 0 it beats who knows the frequency of this very sample.
 */
#ifndef HINDSIGHT_FORECAST_H
#define HINDSIGHT_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

/* Pairs of an event and a non-event, counted by groups of equal p that are told
 * in ascending order. */
struct pairs {
    double no_below, yes, won;
};
void pairs_add(struct pairs *t, double yes, double no);
/* NO_VALUE without an event or without a non-event. */
double pairs_auc(const struct pairs *t);

/* `scratch` has `count` entries. NaN is no probability: no p may be it. */
double forecast_auc(const double *p, const bool *event, size_t count,
                    double *scratch);

struct brier {
    double base, score, skill; /* NO_VALUE without forecasts; the skill also
                                  where nothing or everything happened */
};
struct brier forecast_brier(const double *p, const bool *event, size_t count);

#endif
