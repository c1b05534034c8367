/* outside/calendar.h - windows of time that the operator marked beforehand.
 *
 * A CSV file:
 *
 *     from,to,name
 *     2026-03-18T17:30:00Z,2026-03-18T20:00:00Z,rate decision
 *
 * Times are RFC 3339 with Z or an offset; a window holds from `from` until
 * before `to`. A name with a comma stands in double quotes. Empty lines and
 * lines that begin with # are passed over. Windows may overlap.
 */
#ifndef OUTSIDE_CALENDAR_H
#define OUTSIDE_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "exit/outside.h"

#define CALENDAR_BYTES_MAX   ((size_t)1 << 20)
#define CALENDAR_WINDOWS_MAX 10000

struct calendar_window {
    int64_t from_ms, to_ms; /* from < to; `to` is outside */
    char name[EVENT_NAME_MAX];
};

/* `= { 0 }` is an empty one. It owns its windows until calendar_release(). */
struct calendar {
    struct calendar_window *windows; /* in the order of the file */
    size_t count;
};

/* Reads the whole text into an empty calendar. -1 with FAULT_DATA, the line,
 * and what to do; the calendar is then empty. */
int calendar_parse(const char *data, size_t len, struct calendar *out,
                   struct error *err);

/* The same from a file. */
int calendar_load(const char *path, struct calendar *out, struct error *err);

/* The name of the first window of the file that the moment lies in, or "".
 * Borrowed from the calendar. */
const char *calendar_event(const struct calendar *c, int64_t ms);

void calendar_release(struct calendar *c);

#endif
