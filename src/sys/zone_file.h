/* sys/zone_file.h - a time zone of this system's database (tzdata).
 *
 * libc reads the rules. It knows one zone at a time, by the variable TZ, so TZ
 * is set for the length of a call and set back: no call from a thread of its
 * own. libc takes a zone that it does not find for UTC; so the file is looked
 * at first.
 */
#ifndef SYS_ZONE_FILE_H
#define SYS_ZONE_FILE_H

#include "base/error.h"
#include "base/zone.h"

/* Has this system the zone? UTC it always has. */
bool zone_file_there(const char *name);

/* Fills `out` with the year of `around_ms`, the one before and the one after:
 * it depends on nothing else but the database. FAULT_CONFIG when there is no
 * such zone; `out` is UTC then. */
int zone_file_load(const char *name, int64_t around_ms, struct zone *out,
                   struct error *err);

/* The same from one moment up to another; so far that there are more than
 * ZONE_SPANS spans, it ends earlier. Ten years of any zone do fit. */
int zone_file_load_span(const char *name, int64_t from_ms, int64_t until_ms,
                        struct zone *out, struct error *err);

/* Is it that zone, and was it loaded for the year of `ms`? */
bool zone_file_serves(const struct zone *z, const char *name, int64_t ms);

#endif
