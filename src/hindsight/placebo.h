/* hindsight/placebo.h - leaving as often and as late as a policy did, but not
 * when it said so. Pure.
 *
 * How long each grid waited for its alert is dealt anew among the grids of the
 * same calendar week and half-width (regime-science notes 5.3), "never" being
 * a wait like any other. So a placebo is told exactly as many times as the
 * policy was, in every week, and what is left of the difference is the choice
 * of the moment.
 */
#ifndef HINDSIGHT_PLACEBO_H
#define HINDSIGHT_PLACEBO_H

#include <stddef.h>
#include <stdint.h>

#include "hindsight/life.h"

struct placebo_row {
    double half_width_atr;
    int32_t week;
    size_t life;
};

/* wait_ms[i]: from the start of life i to its placebo alert, or MOMENT_NONE.
 * `rows` is written over; it and `wait_ms` have `count` entries. */
void placebo_deal(const struct life *const *lives, size_t count, uint64_t seed,
                  struct placebo_row *rows, int64_t *wait_ms);

#endif
