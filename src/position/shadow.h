/* position/shadow.h - the shadow ledger: what a grid must hold, from its
 * description and the bars. Pure.
 *
 * A bar says open, high, low and close, not their order. Two orders are walked:
 * the nominal one (low first if the bar closed at or above its open, else high
 * first) and its reverse (regime-science notes 5.3). Lines: p_0 = lower to
 * p_N = upper, N = `levels`, arithmetic or geometric. Cell i buys at p_i and
 * sells at p_(i+1), at its line's price whenever it is touched, once a segment;
 * a segment is previous close to open, then the three of the bar's order. A
 * touch is a fill: who stood last in the queue at the very extreme of a bar and
 * was left out is not seen here.
 *
 * Beside the two walks each cell keeps what ANY continuous path through the bar
 * may have done: whether it may be empty or full, and the fewest and the most
 * sells with either. Cells do not touch each other's orders, so that the sums
 * over cells bound the grid.
 *
 * Why it holds: below p_i a cell is full, above p_(i+1) empty, and in between
 * it is what the line last touched made of it. Of a path only the touches of
 * the cell's two lines count, taken in turns. A path that touches both has sold
 * at least as often as the one of the two orders that touches the same line
 * last: more turns can only add sells. So the inventory always lies between,
 * and so does net PnL above its lower end, as long as a round of buy and sell
 * pays its own fees (`e_lo_holds`; where it does not, cash may also fall below
 * 0). The upper end is no bound but an estimate: a path may cross a cell any
 * number of times inside one bar. Besides the two orders it counts so many
 * rounds of each cell within the bar as Brownian motion of that range makes on
 * average of the cell at its start: range / 4 steps, rounded down, so none
 * where a step is above a quarter of the bar. `make check-money` measures how
 * often it holds.
 *
 * The stop: the first segment that reaches it sells all at min(stop, start of
 * the segment) as taker, or at max() of the stop above, and the walks stand
 * still. Nobody has seen that the bot did so: from then on the bounds hold both
 * for one that sold and for one that goes on; base_lo is 0, base_hi what it
 * would hold. A sale may have been at the stop, down to the open when the price
 * jumped over it, at a later touch, or at a later bar's start while the price
 * stayed beyond. What a sale slipped below its price is not counted.
 *
 * At the start cell i is full if its middle (arithmetic or geometric mean) is
 * above the start price P0; full cells are bought at P0 as taker. The amount
 * per cell is Q = capital / sum(full: P0 (1+f), empty: p_i (1+f)), rounded down
 * to `step`; lines are rounded to twelve digits, then to the nearest `tick`.
 *
 * Not walked: a pause, a take-profit, a change of capital. Bars that are
 * missing are a jump from close to open.
 */
#ifndef POSITION_SHADOW_H
#define POSITION_SHADOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "market/bar.h"
#include "position/grid.h"

#define SHADOW_CELLS_MAX 200

struct shadow_terms {
    double fee;  /* of one fill, a share of its funds, 0 <= fee < 1 */
    double tick; /* price tick, or NO_VALUE: prices are not rounded */
    double step; /* least amount of base, or NO_VALUE */
};

/* One cell: sells so far along each walk and whether it holds its amount. */
struct shadow_walk {
    bool full;
    int32_t sells;
};
struct shadow_cell {
    bool began_full; /* was bought at the start price */
    struct shadow_walk nominal, reverse;
    bool may[2];                /* [0] empty, [1] full: either or both */
    int32_t fewest[2], most[2]; /* sells, where may[]; 0 elsewhere */
};

struct shadow {
    bool begun;
    int64_t began_ms; /* of the start event */
    int64_t last_ms;  /* close of the newest bar walked, or began_ms */
    double last;      /* its close, or the start price */
    double start_price, amount; /* P0; base per cell */
    size_t count;               /* cells, at least 2 */
    double line[SHADOW_CELLS_MAX + 1];
    struct shadow_cell cell[SHADOW_CELLS_MAX];
    double nominal_peak, reverse_peak; /* max e at a close so far, 0 at least */
    bool stopped;      /* the walks reached the stop and stand still */
    double stopped_at; /* what they sold at there, or NO_VALUE */
    /* Net PnL of a bot that sold at a stop along any path so far, before the
     * allowance of e_lo and e_hi; NO_VALUE: none reached one. */
    double stop_lo, stop_hi;
    bool start_known; /* false: the bar of the start was walked as one that
                         may or may not have touched what it could */
};

/* NULL when the grid can be modelled, else why not: a futures or short grid, a
 * trailing one, spacing, levels or capital unstated, fewer than 2 levels or
 * more than SHADOW_CELLS_MAX. Static text. */
const char *shadow_cannot(const struct grid *g);

/* Line `i` of the grid, 0 its lower end, `levels` its upper one. The grid has
 * levels; without a tick (NO_VALUE) the price is not rounded to one. */
double grid_line(const struct grid *g, size_t i, double tick);

/* Sets `count` and `line` and nothing else: what a shadow whose other members
 * were kept needs besides its cells. False, and `why` is static text, as
 * above, or when two lines fall on one tick. */
bool shadow_lines(struct shadow *s, const struct grid *g,
                  const struct shadow_terms *terms, const char **why);

/* Begins at the grid's life with P0 = start_price, or `first_price` (of the
 * market at that time) where the file states none. False with a reason as
 * above, or when it was never started, there is no price, the terms are not
 * sound, or the amount rounds to nothing; then `begun` is false. */
bool shadow_begin(struct shadow *s, const struct grid *g,
                  const struct shadow_terms *terms, double first_price,
                  const char **why);

/* Walks a closed 15m bar. Bars come in order. Of one that opened before the
 * start and closed after it, the walks go straight from the start price to its
 * close, which every path did at least; the bounds take in whatever it may have
 * touched besides. Earlier, repeated and unsound bars are passed over. */
void shadow_walk_bar(struct shadow *s, const struct grid *g,
                     const struct shadow_terms *terms, const struct bar *bar);

struct shadow_path {
    double base, cash; /* cash: capital less what was paid, fees included */
    double e;          /* cash + base * close * (1 - fee) - capital */
    double realised;   /* sum over sells: Q (p_(i+1) (1 - f) - what it cost),
                          and what the stop's sale brought above the cost */
    double fees;
    double avg_cost; /* of the full cells, fees included; NO_VALUE: none */
    double peak;     /* of e, this close included */
    int64_t sells;   /* of cells; the stop's sale is none */
};

struct shadow_books {
    struct shadow_path nominal, reverse;
    double base_lo, base_hi; /* along any path */
    double e_lo, e_hi;       /* e_lo along any path, if e_lo_holds */
    bool e_lo_holds; /* false: a round of some cell does not pay its fees, so
                        that a path of many rounds may lie below e_lo */
};

/* What it comes to at a close. e_lo and e_hi are let out by SHADOW_ALLOWANCE of
 * the capital, far more than the sums can lose to rounding in a million rounds.
 * Sums run over the cells from the lowest: equal inputs, equal bits. */
#define SHADOW_ALLOWANCE 1e-9
void shadow_value(const struct shadow *s, const struct grid *g,
                  const struct shadow_terms *terms, double close,
                  struct shadow_books *out);

/* How often the cells traded since the start along the nominal walk and along
 * the reverse one: buys and sells, what was bought to begin with aside. */
void shadow_fills(const struct shadow *s, int64_t fills[2]);

/* The cells as one line of text that reads back, a word a cell:
 *
 *     BEGAN NOMINAL REVERSE : BOUNDS     (without the blanks)
 *
 * BEGAN is e (empty) or f (full); a walk is e or f and its sells; BOUNDS are e,
 * f or both in this order, each with its fewest sells and, where the most are
 * others, '-' and those: "ee0e0:e0", "ff12e13:e11-13f12". `size` of SHADOW_TEXT
 * suffices for sells below 10^9. False, and `s` untouched, when the text is not
 * of that many cells, is written otherwise, or says what cannot be: a sale of
 * what was never bought, or a walk outside of what any path may have sold. */
#define SHADOW_TEXT (SHADOW_CELLS_MAX * 64)
void shadow_cells_format(const struct shadow *s, char *out, size_t size);
bool shadow_cells_parse(const char *text, size_t count, struct shadow *s);

#endif
