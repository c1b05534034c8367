/* exit/exit_memory.h - what is remembered of a grid from slot to slot. Pure.
 *
 * state/GRID.yaml holds it. Counts are of bars, never of runs: a slot that was
 * missed is evaluated later, in order, and counts like any other.
 */
#ifndef EXIT_EXIT_MEMORY_H
#define EXIT_EXIT_MEMORY_H

#include "exit/baseline.h"
#include "exit/trigger_id.h"
#include "metrics/anchored_z.h"

struct trigger_memory {
    bool active;      /* answered yes last time it was asked */
    int64_t since_ms; /* first slot, or look, of that, or MOMENT_NONE */
};

/* A touched stop stays touched until the stop or the life changes. */
struct stop_latch {
    enum range_side side; /* SIDE_NONE: not latched */
    int64_t at_ms;        /* the slot that saw it; between two slots the time
                             of the trade */
    double stop;          /* the price it was touched at */
    int64_t set_ms;       /* when that stop was set */
};

/* Successive bars up to the newest evaluated slot that was concluded. 15m bars
 * count when they come, one to a slot; 1h closes count at their own slot. */
struct exit_counts {
    int64_t trend_slots; /* 15m bars with p of TREND at its limit */
    int64_t pi_closes;   /* 1h closes with pi at the gate */
    int64_t warnings;    /* 15m bars with enough warnings together */
    struct reversion reversion;
    int64_t reversion_ms; /* newest 1h close that it was fed, or MOMENT_NONE */
};

struct exit_memory {
    int64_t slot_ms;          /* newest evaluated slot, or MOMENT_NONE */
    int64_t life_ms;          /* the start event that all this belongs to */
    enum exit_state known;    /* last state that was not UNKNOWN, or UNKNOWN */
    int64_t since_ms;         /* slot, or look, from which `known` holds */
    int64_t unknown_since_ms; /* first slot of this UNKNOWN, or MOMENT_NONE */
    int64_t episode_ms;       /* slot that left NORMAL, or MOMENT_NONE */
    int64_t clear_closes;     /* 1h closes without an M while MANDATORY */
    struct stop_latch latch;
    int64_t scanned_ms;   /* close time of the newest bar that was held to the
                             stop, or MOMENT_NONE */
    int64_t blind_ms;     /* first slot of this unknown price, whether or not a
                             run looked at it, or MOMENT_NONE */
    double last_pi;       /* newest that was known, or NO_VALUE */
    int64_t crisis_ms;    /* newest slot with a crisis, or MOMENT_NONE */
    enum exit_state left; /* what held when the grid was stopped, or UNKNOWN */
    struct exit_counts counts;
    struct baseline baseline;
    double atr_entry; /* ATR(4h) at the first slot that knew it, in the quote
                         currency, or NO_VALUE; never taken anew in a life */
    struct trigger_memory triggers[TRIGGER_COUNT];
};

/* The memory of a grid that was never evaluated. */
struct exit_memory exit_memory_new(void);

#endif
