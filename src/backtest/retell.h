/* backtest/retell.h - a grid once more, whose operators are told at times that
 * are given instead of by the verdict. Pure.
 *
 * The money, the range, the operators and the end are trial.h's: a policy that
 * has no verdict of its own, or knows what comes, meets the same grid on the
 * same bars with the same delays. Told what a pass told, a grid has the same
 * life to the bit (tests/unit/backtest/retell_test.c).
 */
#ifndef BACKTEST_RETELL_H
#define BACKTEST_RETELL_H

#include "backtest/trial.h"

/* When operators are told; MOMENT_NONE: not. One message each. */
struct cue {
    int64_t latest_ms, mandatory_ms;
    bool at_boundary;        /* MANDATORY, too, once M or S completes */
    enum life_reason reason; /* of the LATEST */
};

/* One cue a group, 1 to TRIAL_GROUPS of them: the lives of cues[k] are
 * out->lives[k * TRIAL_DELAYS], ... The grid is walked once for all of them.
 * `series` of 15m and 1h, all of one history; the plan is the cohort's, its
 * grid without a start price. False: no such grid (trial.h, `cannot`), or no
 * slot after its start. */
bool retell(const struct trial_rule *rule, const struct trial_plan *plan,
            const struct series series[TF_COUNT], const struct cue *cues,
            size_t count, struct trial *out);

/* What leaving would bring at each slot of the same grid left running: e of
 * the nominal walk at its close, the i-th at start + (i + 1) slots. The newest
 * one before where a slot has no bar; NO_VALUE before the first, past the end
 * of the series and where there is no such grid. */
void retell_equity(const struct trial_rule *rule, const struct trial_plan *plan,
                   const struct series series[TF_COUNT], double *e,
                   size_t count);

#endif
