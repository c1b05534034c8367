/* run/reconcile.h - what the grids' books say beside what the account holds. */
#ifndef RUN_RECONCILE_H
#define RUN_RECONCILE_H

#include "run/run_internal.h"

/* What the exchange asks of an order, at the price of the ticker. The facts of
 * the symbol must be there. */
struct books_least reconcile_least(const struct kucoin_answer *a);

/* books_dust() by what the exchange says of the symbol. */
bool reconcile_dust(const struct run *r, const struct grid_run *g,
                    struct decimal *out);

/* The base currency of a grid that is held now: by its books, and by the fills
 * after the slot's end. */
struct decimal reconcile_base_now(const struct run *r,
                                  const struct grid_run *g);

/* A grid that does not fill where the bars say that it must is a note. Once its
 * position is known by its fills. */
void reconcile_fills(struct run *r, struct grid_run *g);

/* The venue wins: grids of one base currency whose books say, together, more
 * than the trade account holds are a fault, unless it is less than their dust.
 * Fees that other grids paid in that currency came out of it. Grids that were
 * left hold nothing, and take no part. More in the account than in the books
 * may be the operator's own. Once all grids were evaluated. */
void run_reconcile(struct run *r);

#endif
