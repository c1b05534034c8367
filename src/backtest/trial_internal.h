/* backtest/trial_internal.h - what the files of a trial share. Pure. */
#ifndef BACKTEST_TRIAL_INTERNAL_H
#define BACKTEST_TRIAL_INTERNAL_H

#include "backtest/trial.h"

/* Is that moment in the window of its lives? */
bool trial_in_window(const struct trial *t, int64_t ms);

/* The life is over at `ms`. A MANDATORY is met by the order to leave, within
 * T_c; where the stop was first in that time, nobody can tell: it is no case.
 */
enum trial_ending { TRIAL_LEFT, TRIAL_STOPPED };
void trial_finish(struct trial_life *l, enum trial_ending ending, int64_t ms);

#endif
