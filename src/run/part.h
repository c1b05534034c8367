/* run/part.h - grids that were left, as their accounts show it (SPEC 9).
 *
 * The operator's file is the operator's: nothing here writes it. What was seen
 * stands in the state of the grid and as an event `exited`; one that turned out
 * to be wrong is taken back by `returned`.
 */
#ifndef RUN_PART_H
#define RUN_PART_H

#include "run/run_internal.h"

/* At the present slot, once its position is known: was the grid left? */
void run_part_see(struct run *r, struct grid_run *g, int64_t slot_ms,
                  struct value close);

/* Once the slot is recorded: the event of what has changed since `before`. */
void run_part_tell(struct run *r, const struct grid_run *g,
                   const struct holding *before);

/* Orders that are open long after their grid was stopped are a fault. Once the
 * account was asked. */
void run_part_orders(struct run *r);

/* Is the account asked for the orders of a grid that was stopped? Within the
 * days in which its gates are asked, and as long as that fault stands. */
bool run_part_asks(struct run *r, const struct grid_run *g);

#endif
