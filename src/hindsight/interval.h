/* hindsight/interval.h - what a sample tells of the whole. Pure. */
#ifndef HINDSIGHT_INTERVAL_H
#define HINDSIGHT_INTERVAL_H

#include <stddef.h>

#define INTERVAL_Z95 1.959963984540054 /* of the normal law, two-sided 95 % */

struct bounds {
    double lo, hi;
};

/* Wilson's 95 % interval (1927) of a share seen in `count` independent trials;
 * count may be a fraction, above 0. */
struct bounds wilson_95(double share, double count);

/* Of ascending values, linear between neighbours (Hyndman and Fan's type 7);
 * NO_VALUE without any. */
double quantile_of(const double *sorted, size_t count, double level);

/* The middle 95 % of values, which are sorted: a percentile interval. */
struct bounds middle_95(double *values, size_t count);

/* How many trials it takes until a share that really is `share` has an interval
 * that leaves `limit`, between 0 and 1, out: z^2 p (1 - p) / (p - p0)^2 * deff
 * (regime-science notes 5.2); where p is 0 or 1, which has no variance, until
 * Wilson's does: z^2 times the odds of the limit, against it if p is 0. `deff`
 * >= 1 is how many trials that belong together tell as much as one alone.
 * NO_VALUE where the two shares are the same. */
double trials_needed(double share, double limit, double deff);

#endif
