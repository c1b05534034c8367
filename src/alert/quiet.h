/* alert/quiet.h - when the phone makes no sound for less than MANDATORY_EXIT:
 * the quiet hours of each day, and windows of maintenance. Pure.
 *
 * What is told then is told all the same, at priority -1, and once more aloud
 * if it still stands when the quiet is over (ALERT_ALOUD). Not lowered: what
 * is told of MANDATORY_EXIT, the one siren of a LATEST_ACCEPTABLE_EXIT that
 * nobody resolved, and faults that mean that nobody watches.
 */
#ifndef ALERT_QUIET_H
#define ALERT_QUIET_H

#include "alert/fault.h"
#include "base/zone.h"

/* Minutes of the local day, 0 to 1439; from > until crosses midnight, equal
 * ones are none. */
struct quiet_hours {
    int from, until;
};

/* "22:00-07:00", or "": none. False when it is neither. */
bool quiet_hours_parse(const char *text, struct quiet_hours *out);

/* "08:00" as minutes of the day. */
bool quiet_clock_parse(const char *text, int *minute);

/* START/END, blanks between several, each end after its start; "" is sound. */
bool quiet_windows_are_sound(const char *text);

/* As the operator wrote it, checked with the configuration. */
struct quiet {
    const char *hours, *windows;
    const struct zone *zone; /* of the hours; NULL: UTC */
};
bool quiet_at(const struct quiet *q, int64_t ms);

/* Does the fault mean that a grid is not watched, or that nobody is told? Such
 * a message is as loud as ever. */
bool fault_wakes(enum fault_class class);

/* Did its last message go out quietly only because of the hour? */
bool quiet_lowered(const struct quiet *q, const struct service_fault *f);

/* Such a fault is told aloud once the quiet is over. */
bool quiet_owes(const struct quiet *q, const struct service_fault *f,
                int64_t slot_ms);

/* The priority of a message about a fault in that slot. */
int64_t quiet_priority(const struct quiet *q, enum fault_class class,
                       int64_t priority, int64_t slot_ms);

#endif
