/* alert/watch.h - messages that all is as it should be: the first one of a data
 * repository, and the all-clear of each day. Pure.
 *
 * Both are of the subject "run". Their texts answer in the order of every
 * message: what to do; how it stands; money; what is known from where; what
 * comes next.
 */
#ifndef ALERT_WATCH_H
#define ALERT_WATCH_H

#include "alert/fault.h"
#include "alert/quiet.h"

/* A grid that is not stopped, after the slot. Borrowed. */
struct watch_grid {
    const struct grid *grid;
    const struct position *position;
    enum exit_state state;
    bool left;            /* as the account looks */
    struct value at_risk; /* quote currency */
};

struct watch {
    int64_t slot_ms;
    const struct quiet *quiet; /* with the operator's zone */
    const char *all_clear_at;  /* "": never */
    const char *channels;      /* named, as "ntfy (from warning)"; "": none */
    bool has_phone, has_key, has_calendar, has_signal;
    const struct watch_grid *grids;
    size_t count;
    size_t evaluated, due; /* slots of all grids, since `since_ms` */
    int64_t since_ms;
    const struct fault_list *faults;
};

/* Is the all-clear due? Once in a local day, from that time on, and not on the
 * day of `last_ms`, that of the last one or of the first message; 0: none. */
bool watch_is_due(const struct watch *w, int64_t last_ms);

void watch_installed(const struct watch *w, struct intent *out);
void watch_all_clear(const struct watch *w, struct intent *out);

#endif
