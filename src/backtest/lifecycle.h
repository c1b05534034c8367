/* backtest/lifecycle.h - one grid after the other, as somebody runs them who
 * heeds both the gates and the alerts (regime-science notes 5.3). Pure.
 *
 *   FLAT    at every slot the range of the cohort is laid on trial; a grid of
 *           it begins when all gates let it through. It is a new one around
 *           the close: the gates of a restart in an old range (G5, G8) do not
 *           apply.
 *   OPEN    until the operator left, the stop sold, or the window is over.
 *   CLOSED  nothing is asked for gate.wait, and for gate.wait_hard after a
 *           MANDATORY or a stop; then FLAT again.
 *
 * Each operator has a line of grids of his own, since when one may begin
 * follows from when the last one ended: unlike those of the cohort the grids
 * of two operators are not the same ones.
 */
#ifndef BACKTEST_LIFECYCLE_H
#define BACKTEST_LIFECYCLE_H

#include "backtest/trial.h"

struct lifecycle {
    bool open;
    int64_t start_ms; /* of the grid that is open */
    int64_t flat_ms;  /* no gate is asked before */
};

/* Do the gates let the planned grid begin at this close? */
bool lifecycle_gates_open(const struct trial_rule *rule,
                          const struct snapshot *now,
                          const struct trial_plan *plan);

void lifecycle_open(struct lifecycle *l, int64_t start_ms);

/* Closes it if this trial is its open grid and has ended by the slot. */
void lifecycle_follow(struct lifecycle *l, const struct trial *t,
                      const struct gate_config *gates, int64_t slot_ms);

/* Most grids that it can begin in a day. */
size_t lifecycle_most_a_day(const struct gate_config *gates);

#endif
