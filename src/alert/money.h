/* alert/money.h - what is at stake and what waiting costs, as far as it can be
 * said without a position. Pure. */
#ifndef ALERT_MONEY_H
#define ALERT_MONEY_H

#include "alert/draft.h"
#include "engine/evaluate.h"

/* The names of the two currencies: the symbol's where the grid states none. */
void money_put_base(struct draft *d, const struct grid *g);
void money_put_quote(struct draft *d, const struct grid *g);

/* "1.9 % to 4.4 %" of the value held, given back within that time. False, and
 * nothing is put, when it is not known. */
bool money_put_give_back(struct draft *d, const struct waiting *w);

/* The line of a message. `idle`: the grid is out on the side that costs
 * nothing. */
void money_put(struct draft *d, const struct evaluation *e,
               const struct grid *g, const struct position *p, bool idle);

#endif
