/* backtest/course.h - what becomes of a range as it is, whoever left it. Pure.
 *
 * M: the close that completes the boundary rule (SPEC 7: two successive 1h
 * closes outside on the same side), or the stop; S: the stop. A stop that a
 * jump passes is passed at the bar's open; else a bar tells it at its close.
 */
#ifndef BACKTEST_COURSE_H
#define BACKTEST_COURSE_H

#include "exit/trigger_id.h"
#include "hindsight/life.h"
#include "market/bar.h"
#include "position/grid.h"

#define COURSE_CLOSES 2 /* 1h closes that complete the boundary rule */

struct course {
    double lower, upper;
    struct grid_stop stop;
    enum range_side side; /* of the newest 1h closes outside, and how many */
    int64_t run;
    int64_t m_ms[LIFE_SIDES], s_ms[LIFE_SIDES]; /* or MOMENT_NONE */
};

void course_begin(struct course *c, const struct grid *g);
void course_bar(struct course *c, const struct bar *fifteen);
void course_hour(struct course *c, const struct bar *hour);

/* Nothing that comes later could change it. */
bool course_is_over(const struct course *c);

#endif
