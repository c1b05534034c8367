/* exit/outside.h - what the operator's world says besides the market: calendar
 * windows and one external signal. Pure.
 *
 * Both are inputs that a run read and recorded; replay reads the record.
 */
#ifndef EXIT_OUTSIDE_H
#define EXIT_OUTSIDE_H

#include "base/value.h"

#define EVENT_NAME_MAX 64

/* A number that somebody else computed. It fades: half of it is left after
 * each half-life since its time. */
struct signal {
    bool configured;
    bool read;          /* false: it could not be had */
    double value;       /* as it was at `at_ms`, or NO_VALUE */
    int64_t at_ms;      /* or MOMENT_NONE */
    double half_life_s; /* above 0; HUGE_VAL: never fades */
};

struct outside {
    bool calendar;              /* windows are configured */
    bool calendar_read;         /* false: they could not be had */
    char event[EVENT_NAME_MAX]; /* the window that the slot lies in, or "" */
    struct signal signal;
};

/* Nothing is configured. */
struct outside outside_none(void);

/* What is left of the signal at `slot_ms`. Unavailable when it could not be
 * read, is not finite or is of later than the slot; its n_used is 1. */
struct value signal_at(const struct signal *s, int64_t slot_ms);

#endif
