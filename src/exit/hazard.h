/* exit/hazard.h - pi, the chance that the grid's range is left within a day.
 * Pure.
 *
 * p is the closed form for Brownian motion between two absorbing bounds (the
 * two series are Cox and Miller 1965, 5.7, and the reflection principle), fed
 * with a volatility and recalibrated in its logit x. Beyond the calibrated
 * range it is capped. There are two models, and each hazard names the one that
 * spoke:
 *
 *   pi-24h-1  sigma = haz, the EWMA of half-life 96 bars
 *             pi    = logistic(-.87 + .63 x)   (regime-science notes 3.6)
 *   pi-24h-2  sigma = exp(-.5955) fast^.3331 haz^.2625 slow^.3001, a forecast
 *                     of the next day from EWMAs of three memories (Corsi 2009,
 *                     in logs), fast and slow no less than .1 haz
 *             pi    = logistic(-.747 + .653 x + .0263 x^2)
 *
 * The constants of the second were learned on bars before 2022, as
 * docs/studies/pi-fit.md says. While its three are not all known yet, the first
 * speaks. Three days have a line of their own through the p of haz, in both; in
 * the second they are no less than one day:
 *
 *   pi_72 = logistic(.16 + .38 x)
 */
#ifndef EXIT_HAZARD_H
#define EXIT_HAZARD_H

#include "base/value.h"
#include "metrics/metric.h"

#define HAZARD_HORIZON_BARS 96.0 /* 24 h of 15m bars */

enum hazard_model { HAZARD_EWMA, HAZARD_THREE, HAZARD_MODEL_COUNT };

/* "pi-24h-1", "pi-24h-2": so that a record can name its constants. */
const char *hazard_model_name(enum hazard_model model);

/* Per 15m bar. */
struct volatility {
    struct value haz, fast, slow;
};
struct volatility volatility_of(const struct metric_row *row);

/* Of a market of which nothing else is known: pi-24h-1 will speak. */
struct volatility volatility_haz(struct value haz);

/* Distances to the bounds in standard deviations of the horizon, both > 0.
 * The probability that a driftless Brownian path of unit variance leaves
 * (-d_down, d_up), 0 to 1. */
double first_exit_probability(double d_down, double d_up);

struct hazard {
    struct value pi;         /* within 24 h, either side; 0 to .89 */
    struct value pi_dn;      /* its share below, */
    struct value pi_up;      /* and above: they add up to pi */
    struct value pi_72;      /* within 72 h, either side; 0 to .89 */
    enum hazard_model model; /* that spoke; without a value the one asked */
};

/* `close` > 0, 0 < lower < upper. A close on or outside a bound gives .89, all
 * of it on that side. A haz that may not be compared gives no value, with its
 * status; of a window with filled bars the values say so, too. The lines of 24
 * h and 72 h of the first model cross at p = .984, beyond any use: there
 * nothing is known but that the range will hardly hold. */
struct hazard hazard_of(double close, double lower, double upper,
                        const struct volatility *volatility,
                        enum hazard_model asked);

/* No hazard at all, and why. */
struct hazard hazard_none(enum value_status why, enum hazard_model asked);

/* At most this chance that a price `distance` (ln, > 0) away is touched within
 * `bars` 15m bars: 2 Phi(-distance / (sigma sqrt(bars))), without drift. */
struct value touch_probability(double distance, double bars,
                               struct value sigma);

#endif
