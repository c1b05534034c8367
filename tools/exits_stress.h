/* tools/exits_stress.h - markets in which something happens a day after a grid
 * was laid (regime-science notes 6).
 *
 * The base is an Ornstein-Uhlenbeck path of the log price in steps of five
 * minutes, 3 % a day, half-life 8 h (the middle of RANGE_OK of the notes' 3.5;
 * section 6 does not say its own), 45 days before the grid and 5 after. All
 * scenarios of a seed share its noise. What only a feed can do to the job (bars
 * twice, late, by a skewed clock) does not reach a backtest, whose files are
 * checked as they are read; it is tested elsewhere.
 */
#ifndef TOOLS_EXITS_STRESS_H
#define TOOLS_EXITS_STRESS_H

#include "sys/text.h"
#include "tools/exits_run.h"

#define STRESS_BEFORE_DAYS 45
#define STRESS_AFTER_DAYS  5
#define STRESS_START_MS    INT64_C(1514764800000) /* Monday, 2018-01-01 */
#define STRESS_GRID_MS     (STRESS_START_MS + STRESS_BEFORE_DAYS * MS_PER_DAY)
#define STRESS_EVENT_MS    (STRESS_GRID_MS + MS_PER_DAY)
#define STRESS_GAP_HOURS   6 /* of the outage */

enum stress {
    STRESS_QUIET,
    STRESS_CRASH,
    STRESS_GRIND,
    STRESS_EXPLOSION,
    STRESS_OUTAGE,
    STRESS_SPREAD,
    STRESS_FLIP_FLOP,
    STRESS_BAD_TICK,
    STRESS_TINY_PRICE,
    STRESS_THIN,
    STRESS_HALT,
    STRESS_COSTS,
    STRESS_COUNT
};

/* The 15m bars of a scenario. */
void stress_bars(struct bars *out, enum stress scenario, uint64_t seed);

/* A row a scenario: its KPIs, the messages that phones got (exits_heard.h), and
 * whether what must hold held (exits_holds.h). Grids of half-width 4 ATR. */
void stress_say(struct text *t, const struct exits_rules *rules,
                uint64_t seeds);

#endif
