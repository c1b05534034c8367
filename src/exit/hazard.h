/* exit/hazard.h - pi, the chance that the grid's range is left within a day.
 * Pure.
 *
 * The closed form for Brownian motion between two absorbing bounds, fed with
 * the EWMA volatility and recalibrated by a logistic line in its logit
 * (regime-science notes 3.6; the two series are Cox and Miller 1965, 5.7, and
 * the reflection principle). Beyond the calibrated range it is capped. Three
 * days have a line of their own through the same p of one day:
 *
 *   pi    = logistic(-.87 + .63 logit p)
 *   pi_72 = logistic( .16 + .38 logit p)
 */
#ifndef EXIT_HAZARD_H
#define EXIT_HAZARD_H

#include "base/value.h"

#define HAZARD_HORIZON_BARS 96.0 /* 24 h of 15m bars */

/* The constants of the recalibration, so that a record can name them. */
#define HAZARD_MODEL "pi-24h-1"

/* Distances to the bounds in standard deviations of the horizon, both > 0.
 * The probability that a driftless Brownian path of unit variance leaves
 * (-d_down, d_up), 0 to 1. */
double first_exit_probability(double d_down, double d_up);

struct hazard {
    struct value pi;    /* within 24 h, either side; 0 to .89 */
    struct value pi_dn; /* its share below, */
    struct value pi_up; /* and above: they add up to pi */
    struct value pi_72; /* within 72 h, either side; 0 to .89 */
};

/* `close` > 0, 0 < lower < upper; sigma per 15m bar. A close on or outside a
 * bound gives .89, all of it on that side. A sigma that may not be compared
 * gives no value, with sigma's status. The lines of 24 h and 72 h cross at
 * p = .984, beyond any use: there nothing is known but that the range will
 * hardly hold. */
struct hazard hazard_of(double close, double lower, double upper,
                        struct value sigma);

/* No hazard at all, and why. */
struct hazard hazard_none(enum value_status why);

/* At most this chance that a price `distance` (ln, > 0) away is touched within
 * `bars` 15m bars: 2 Phi(-distance / (sigma sqrt(bars))), without drift. */
struct value touch_probability(double distance, double bars,
                               struct value sigma);

#endif
