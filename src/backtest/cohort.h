/* backtest/cohort.h - which grids a backtest lays: one a day and half-width,
 * whatever the gates say, so that all policies meet the same ones
 * (regime-science notes 5.3); or those that somebody ran. Pure.
 */
#ifndef BACKTEST_COHORT_H
#define BACKTEST_COHORT_H

#include "backtest/trial.h"

struct cohort_rule {
    double width;    /* half, in ATR14(4h) */
    double stop_atr; /* of the stop beyond a bound, the same; above 0 */
    enum grid_side side;
    enum grid_spacing spacing;
    double step; /* least step of the levels, a share */
    double capital;
};

/* The range around the close of the slot, bounds at C exp(-+ width ATR / C).
 * The stop lies beyond each bound that costs this grid money. False while the
 * price, ATR, volatility or the regime is not known. */
bool cohort_lay(const struct cohort_rule *rule, const struct snapshot *now,
                struct trial_plan *out);

/* A grid that somebody ran, from the slot of its start on: its half-width and
 * the distance of its stop in ATR are those of this snapshot, NO_VALUE where
 * that has none; the stop is the one below, else the one above. What its
 * history has after the start is left out: the rules are judged, not who ran
 * it. */
void cohort_adopt(const struct grid *grid, const struct snapshot *now,
                  struct trial_plan *out);

#endif
