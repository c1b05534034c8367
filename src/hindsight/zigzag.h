/* hindsight/zigzag.h - a market cut into legs: the label L2. Pure.
 *
 * Directional change: a leg ends at an extreme from which the price came back
 * by theta. It is a trend if it is `factor` theta long or longer. Its bars to
 * the one that was theta away from its start are TRANSITION, those to its end
 * TREND, all others RANGE (regime-science notes 5.1; theta = 4 median_96 of
 * ATR14(1h), factor 3).
 *
 * On a driftless Brownian path what a leg does beyond theta is exponential with
 * mean theta, so a share exp(-(factor - 1)) of all legs are trends without any
 * trend: .135 at 3.
 */
#ifndef HINDSIGHT_ZIGZAG_H
#define HINDSIGHT_ZIGZAG_H

#include <stddef.h>

struct leg {
    size_t start;     /* the extreme it began at, */
    size_t confirmed; /* the first bar that was theta away from it, */
    size_t end;       /* and the extreme it went to */
    double theta;     /* at `confirmed` */
    double length;    /* end - start, signed, in the unit of the series */
};

/* The finished legs of a series, whose last one is not: what comes after may
 * still lengthen it. `theta` > 0 for every bar. Writes the first `room` and
 * returns how many there are. */
size_t zigzag_legs(const double *series, const double *theta, size_t count,
                   struct leg *legs, size_t room);

enum segment {
    SEGMENT_UNKNOWN, /* after the last finished leg */
    SEGMENT_RANGE_OK,
    SEGMENT_RANGE_WEAK,
    SEGMENT_TRANSITION,
    SEGMENT_TREND
};

/* 1h bars. RANGE is OK where the middle of its stretch (half-way between its
 * largest and smallest value) was crossed twice or more in the 24 bars that
 * end with this one, and the next TRANSITION is 24 bars away or more; else it
 * is WEAK. `out` has `count` entries. */
void zigzag_segments(const double *series, size_t count, const struct leg *legs,
                     size_t leg_count, double factor, enum segment *out);

#endif
