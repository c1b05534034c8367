/* hindsight/outcome.h - what became of a range: the label L1. Pure.
 *
 * RANGE: neither two 1h closes outside on the same side nor a stop within the
 * horizon. Else it broke, at the slot that completes the event; FOLLOW if the
 * price then went one ATR(4h) further before one ATR back, within 24 h; FALSE
 * if it did not (regime-science notes 5.1). Further and back are counted from
 * the close of the break, by highs and lows; a 15m bar that does both came
 * back.
 */
#ifndef HINDSIGHT_OUTCOME_H
#define HINDSIGHT_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "market/bar.h"

enum outcome {
    OUTCOME_UNKNOWN, /* the bars end before the horizon, nothing broke */
    OUTCOME_RANGE,
    OUTCOME_BREAK, /* broken; the bars end before it is known how */
    OUTCOME_FALSE,
    OUTCOME_FOLLOW,
    OUTCOME_COUNT
};
const char *outcome_name(enum outcome outcome);

struct outcome_range {
    double lower, upper;           /* 0 < lower < upper */
    double stop_below, stop_above; /* NO_VALUE: none */
    double atr;                    /* ATR14(4h) known at from_ms, > 0 */
    double close; /* at from_ms: outside, it is the first of the two; NO_VALUE
                     where none is to count */
    int64_t from_ms, horizon_ms; /* an event at from_ms + horizon_ms counts */
};

struct outcome_label {
    enum outcome outcome;
    int64_t break_ms; /* or MOMENT_NONE */
    bool down;        /* of a break: its side, */
    bool by_stop;     /* and that the stop came before the second close */
};

/* 15m bars, ascending; those that open before from_ms are passed over. The 1h
 * close is that of the hour's last bar; an hour without bars is none. */
struct outcome_label outcome_of(const struct outcome_range *range,
                                const struct bar *bars, size_t count);

#endif
