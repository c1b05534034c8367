/* backtest/past_life.h - the life of a grid that did run, from what was
 * recorded of it, so that hindsight/kpi.h judges it as it judges a simulated
 * one. Pure.
 *
 * Bars say what became of the range (course.h), the recorded verdicts what was
 * told, the operator's acts when the grid was left, and the recorded positions
 * what it came to. Nothing is simulated: the money is not known once the grid
 * was left or its stop was touched, unless the record has it.
 */
#ifndef BACKTEST_PAST_LIFE_H
#define BACKTEST_PAST_LIFE_H

#include "backtest/trial.h"
#include "market/series.h"

/* Bars are known to the first stretch of more than this without any. */
#define PAST_GAP_MS MS_PER_DAY

/* One recorded slot of the life. Money as in struct life, at its close. */
struct past_slot {
    struct trial_word word; /* but for the message */
    double e, realised, peak;
    bool backfilled; /* told by a later run */
};

/* A message that was decided; not all are of a slot of their own. */
struct past_message {
    int64_t slot_ms;
    enum exit_state state;
};

struct past {
    const struct trial_plan *plan; /* as of the slot of the start */
    int64_t window_ms; /* at least so long a grid that was left is followed */
    int64_t left_ms;   /* when the operator left it, or MOMENT_NONE */
    const struct past_slot *slots; /* ascending */
    size_t slot_count;
    const struct past_message *messages;
    size_t message_count;
    struct series fifteen, hours; /* of its symbol, all there are */
};

/* The window of a grid that was left ends `window_ms` after its start or with
 * the exit, whichever is later, that of one that was not with the bars.
 * `delay_ms` is from the first alert to the exit, 0 where the grid was not left
 * after one. False, and `out` untouched, when no bar closed after the start. */
bool past_life(const struct past *p, struct life *out);

#endif
