/* position/position.h - what the grid holds, where that is known from, and
 * what it is worth. Pure.
 *
 * Sources, best first: exchange, robot, model (SPEC 9). "No data" is never
 * "no position": POSITION_NONE means that nothing could be learned, and then
 * every figure is VALUE_UNAVAILABLE. A modelled figure is an interval; `lo` and
 * `hi` are equal for the other sources.
 */
#ifndef POSITION_POSITION_H
#define POSITION_POSITION_H

#include "base/value.h"

enum position_source {
    POSITION_NONE,
    POSITION_EXCHANGE,
    POSITION_ROBOT,
    POSITION_MODEL
};
const char *position_source_name(enum position_source source);

struct interval {
    struct value nominal; /* what triggers read */
    double lo, hi;        /* NO_VALUE with an unusable nominal */
};

/* e = quote cash + base * close * (1 - fee) - capital, since the grid's start
 * event (SPEC 7). All in the quote currency; peak and drawdown >= 0. */
struct net_pnl {
    struct interval e;
    struct interval peak;     /* max e over the grid's life so far */
    struct interval drawdown; /* peak - e */
};

struct position {
    enum position_source source;
    const char *reason;        /* why there is no better source; static */
    struct interval inventory; /* base currency */
    struct interval avg_cost;  /* quote per base */
    struct net_pnl pnl;
};

/* Nothing is known, and why. `reason` must be a string constant. */
struct position position_none(const char *reason);

#endif
