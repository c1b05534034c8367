/* tests/unit/position/shadow_truth.h - an exchange of its own, in whole
 * numbers.
 *
 * Prices are ticks of 0.01, amounts units of 0.001, the fee ten-thousandths;
 * money is units of 10^-9. The price moves tick by tick and each tick fills the
 * orders that stand there: nothing here is computed as the shadow ledger does.
 */
#ifndef POSITION_SHADOW_TRUTH_H
#define POSITION_SHADOW_TRUTH_H

#include "position/shadow.h"

#define TRUTH_TICKS 20000 /* prices are below */

__extension__ typedef __int128 truth_money;

struct truth {
    int64_t fee; /* ten-thousandths */
    int cells;
    int64_t line[SHADOW_CELLS_MAX + 1];
    int16_t line_at[TRUTH_TICKS]; /* the line at a tick, or -1 */
    bool full[SHADOW_CELLS_MAX];  /* a sell order stands, else a buy order */
    int64_t amount;
    int64_t capital; /* whole quote units */
    truth_money cash;
    int64_t held, sells; /* amounts */
    int64_t price;
    int64_t stop_below, stop_above; /* ticks; 0: none */
    bool is_obedient; /* sells all when the price comes to a stop */
    bool stopped;
};

/* Lines at the nearest tick; false when two fall on one, or the amount is
 * nothing. */
bool truth_begin(struct truth *t, const struct grid *g, int64_t fee,
                 int64_t price);

/* Moves the price, tick by tick. */
void truth_move(struct truth *t, int64_t to);
/* The same, but a stop that is passed sells where the price lands. */
void truth_jump(struct truth *t, int64_t to);

double truth_quote(truth_money m);

/* Net PnL as SPEC 7 has it, at the present price. */
double truth_e(const struct truth *t);

#endif
