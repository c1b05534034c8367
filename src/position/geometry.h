/* position/geometry.h - is there time to warn? Pure.
 *
 * How well a rule can warn is decided by the grid's own measures, how wide its
 * range is and how far beyond it the stop sits, both in ATR(4h), and by how
 * long its owner takes. Measured with the rules that ship on 9,610 recorded
 * grids a width (docs/backtest.md): so many were left before the break (EAW)
 * and not stopped out (SLAR) by who takes an hour, and four hours:
 *
 *   half of the range   stop beyond it   EAW, SLAR     EAW, SLAR
 *   4 ATR               1 ATR            .913, .919    .804, .891
 *   4 ATR               2 ATR            .946, .952    .828, .938
 *   4 ATR               3 ATR            .956, .970    .835, .963
 *   6 ATR               1 ATR            .920, .924    .880, .913
 *   6 ATR               2 ATR            .949, .954    .902, .947
 *   6 ATR               3 ATR            .958, .967    .909, .964
 *
 * The words tell those of 4 ATR, the lower ones. A narrower range is told in
 * time, too (2 ATR with a stop 2 beyond: .971, .983), but all the time: four
 * messages a grid-day, and half of the grids are left within 18 hours.
 */
#ifndef POSITION_GEOMETRY_H
#define POSITION_GEOMETRY_H

#include "base/value.h"
#include "position/grid.h"

#define GEOMETRY_STOP_ATR   2.0 /* beyond the bound; from here on it is good */
#define GEOMETRY_HALF_ATR   4.0 /* half of the range; from here on it is good */
#define GEOMETRY_STOP_LEAST 1.0 /* the closest stop that was measured */

enum geometry_grade {
    GEOMETRY_GOOD,
    GEOMETRY_UNKNOWN,  /* there is no ATR */
    GEOMETRY_NO_STOP,  /* on a side that costs: nothing is warned in time of */
    GEOMETRY_NARROW,   /* half of the range is less than GEOMETRY_HALF_ATR */
    GEOMETRY_CLOSE,    /* the stop is nearer than GEOMETRY_STOP_ATR */
    GEOMETRY_TOO_CLOSE /* nearer than what was measured: no rule warns in time
                        */
};

struct geometry {
    enum geometry_grade grade; /* the worst that holds */
    double half_atr;           /* half of the range, or NO_VALUE */
    double stop_atr;  /* the nearer stop of those that cost, beyond its bound;
                         NO_VALUE: none is set, or there is no ATR */
    double good_stop; /* the price from which on that stop would be far enough;
                         NO_VALUE, likewise, or when that is below 0 */
};

struct geometry geometry_of(const struct grid *g, struct value atr_4h);

/* What a price that goes from the upper bound to the lower one costs the grid,
 * a share of its capital: no path inside the range can take more from the peak
 * of its net PnL, but for the step of one cell. With the lines p_0 .. p_N as
 * position/shadow.h has them, unrounded, start price P0 and fee f a fill:
 *
 *   sum over i < N of p_i (1 + f) - p_0 (1 - f)
 *   -------------------------------------------   c_i = P0 where the cell
 *   sum over i < N of c_i (1 + f)                 began full, else p_i
 *
 * Above, every cell is empty; below, every cell was bought at its line and is
 * worth the lower bound. The amount per cell is capital over the divisor, so
 * that the capital itself is not needed. Where the file states no start price,
 * that of a start at the lower bound: the dearest of all, so that a limit made
 * of it is never too low. One outside the range counts as the nearer bound: a
 * mistyped price may not make it dearer than any. NO_VALUE for a grid that
 * shadow_cannot() model: nothing is assumed. */
double geometry_range_loss(const struct grid *g, double fee);

/* One line for people, "" when it is good or unknown. `delay_ms` is how long
 * the operator takes. */
#define GEOMETRY_WORDS 240
void geometry_words(const struct geometry *geometry, int64_t delay_ms,
                    char out[GEOMETRY_WORDS]);

/* Of 100 grids so many are left in time with the stop at 1, 2 and 3 ATR, by who
 * takes so long: an hour or less, or what was measured beyond it. */
struct geometry_in_time {
    int64_t most_ms; /* measured for who takes so long */
    int of_100[3];
};
const struct geometry_in_time *geometry_in_time(int64_t delay_ms);

#endif
