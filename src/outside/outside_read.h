/* outside/ - what the operator's world says besides the market: a calendar of
 * events that are known beforehand, and one signal that somebody else computes.
 *
 * Both are read anew in each run. What is configured and cannot be read is an
 * error that is told, and leaves its trigger unknown, never calm. A window of
 * the calendar holds for any slot, so slots that were missed can be asked too;
 * the signal is of the present only.
 *
 * May include: base, sys, net and the types of exit. Start reading at
 * outside_read().
 */
#ifndef OUTSIDE_OUTSIDE_READ_H
#define OUTSIDE_OUTSIDE_READ_H

#include "base/error.h"
#include "exit/outside.h"
#include "net/http.h"
#include "outside/calendar.h"

/* A signal of later than this after `now_ms` is not believed: one of the two
 * clocks is wrong. */
#define SIGNAL_AHEAD_MS ((int64_t)60 * 1000)

/* The strings are borrowed; "" or NULL: there is none. */
struct outside_options {
    const char *calendar_file;
    const char *signal_file; /* comes before `signal_url` */
    const char *signal_url;
    int64_t signal_timeout_ms; /* of the request */
    int64_t now_ms;            /* exchange time */
};

struct outside_source {
    bool calendar_configured, calendar_read;
    struct calendar calendar; /* owned */
    struct signal signal;
};

/* Reads what is configured; `pool` must be empty, and may be NULL when there
 * is no `signal_url`. 0, or -1 when something could not be read: `err` says
 * all of it, what to do, and the fault of the first; `out` is good either
 * way, and must be released. */
int outside_read(const struct outside_options *o, struct http_pool *pool,
                 int64_t deadline_ms, struct outside_source *out,
                 struct error *err);
void outside_source_release(struct outside_source *s);

/* The inputs of the present slot. A signal that came between the slot and now
 * counts as of the slot. */
struct outside outside_now(const struct outside_source *s, int64_t slot_ms);

/* The inputs of a slot that was missed: no signal was heard then. */
struct outside outside_then(const struct outside_source *s, int64_t slot_ms);

#endif
