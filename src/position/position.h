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
    struct interval realised;   /* quote: by sales, above cost and fees */
    struct interval unrealised; /* quote: of what is held, at the close */
    struct interval fees;       /* quote: paid so far */
};

/* Nothing is known, and why. `reason` must be a string constant. */
struct position position_none(const char *reason);

struct books;
struct shadow_books;

/* From the exchange's fills, net PnL being what selling all at the close with
 * `fee` would leave. `peak` is the largest net PnL of the grid's life before
 * this close: 0 at its start, NO_VALUE when it was lost, and then peak and
 * drawdown are unavailable. A `pnl.peak` that is usable is to be remembered.
 *
 * What needs a close that may not be used has its status. Books that were
 * oversold do not hold all that the grid holds: of them only the fees are
 * known. Without a holding there is no average cost (flat). Fees are those
 * whose worth in the quote currency is known: see other_fees of the books. */
struct position position_from_books(const struct books *b, struct value close,
                                    double fee, double peak,
                                    const char *reason);

/* From the shadow ledger, valued at the close. Nominal figures are those of the
 * nominal walk, its peak among them; inventory and net PnL lie between the
 * bounds over all paths, the other figures between those of the two walks. */
struct position position_from_shadow(const struct shadow_books *s,
                                     struct value close, const char *reason);

#endif
