/* run/robot.h - a grid whose money is in a sub-account: what its balances say.
 *
 * KuCoin's own bots trade in a robot's sub-account. Its orders and fills are
 * shown to nobody; a master key reads its balances. Several bots may share one:
 * then nothing can be said of one of them.
 */
#ifndef RUN_ROBOT_H
#define RUN_ROBOT_H

#include "run/run_internal.h"

/* The names of the sub-accounts that the grids of this run are in, each once;
 * `out` has room for one more than there are grids and ends in NULL. */
void robot_names(const struct run *r, const char **out);

/* What the sub-account holds of the grid's base currency. NULL, or why it
 * cannot be said; static text. */
const char *robot_inventory(const struct run *r, const struct grid_run *g,
                            double *base);

/* What the sub-account of the grid holds, dust left out; NO_VALUE where
 * robot_inventory() does not say it. */
struct parting_funds robot_funds(const struct run *r, const struct grid_run *g,
                                 struct value close);

/* Does the model allow what is held? Tells of a fault when not. */
bool robot_agrees(struct run *r, const struct grid_run *g, double base);

#endif
