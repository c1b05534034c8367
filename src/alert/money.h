/* alert/money.h - what is at stake and what waiting costs: in money where the
 * position is known, else as far as it can be said without one. Pure. */
#ifndef ALERT_MONEY_H
#define ALERT_MONEY_H

#include "alert/alert.h"
#include "alert/draft.h"

/* The names of the two currencies: the symbol's where the grid states none. */
void money_put_base(struct draft *d, const struct grid *g);
void money_put_quote(struct draft *d, const struct grid *g);

/* "1.9 % to 4.4 %" of the value held, given back within that time. False, and
 * nothing is put, when it is not known. */
bool money_put_give_back(struct draft *d, const struct waiting *w);

/* The line of a message: capital at risk, what 12 h may cost, the stop in
 * ATR(4h), then the source of the position and how sure it is. A modelled
 * figure is told with its interval. `idle`: the grid is out on the side that
 * costs nothing. */
void money_put(struct draft *d, const struct alert_now *now, bool idle);

#endif
