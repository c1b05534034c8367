/* exit/baseline.h - what was normal when the grid began. Pure.
 *
 * Taken at the 1h close at or before the grid's start, frozen, and taken anew
 * every 48 h while the state is NORMAL and the grid runs (regime-science notes
 * 2.5, 2.12, 2.13); one that is known is not given up for one that is not. A
 * grid that began before the window does is measured where the window allows
 * it; `at_ms` says where. Held in state/GRID.yaml.
 */
#ifndef EXIT_BASELINE_H
#define EXIT_BASELINE_H

#include <stdint.h>

#include "base/value.h"
#include "metrics/anchored_z.h"
#include "metrics/hourly.h"

#define BASELINE_HALF_LIVES 400 /* 1h bars whose HL_c the median is of, 2 n */
#define BASELINE_CLOSES     100 /* 1h bars whose closes sigma_st is of */
#define BASELINE_REFRESH_MS ((int64_t)48 * 60 * 60 * 1000)

struct baseline {
    int64_t at_ms; /* the 1h close it was taken at, or MOMENT_NONE: never */
    struct value half_life;   /* bars, median of the corrected ones, n = 200; an
                                 infinite one is not identified */
    bool identified;          /* half_life <= 200/16 and median t_DF <= -2.57 */
    struct value sigma_st;    /* sd of ln C, at least one ATR(4h), a fraction */
    struct value ver_mean;    /* deseasonalised mean of ATR14, quote currency */
    struct value sigma_entry; /* EWMA volatility of 1 h at the first slot that
                                 knew it; never taken anew */
};

struct baseline baseline_none(void);

/* From the rows that closed at or before `at_ms`. `sigma_entry` is kept. */
void baseline_take(const struct hourly *hourly, int64_t at_ms,
                   struct baseline *b);

#endif
