/* base/zone.h - the operator's clock: how far a time zone is from UTC, and what
 * it calls itself, over a few years. Pure; sys/zone_file.h fills it.
 *
 * A time outside the years that were asked for has no local time: whoever
 * writes it has UTC only. A struct of zeros is UTC.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZONE_NAME_MAX     64
#define ZONE_ABBREVIATION 8 /* "CET", "+0545"; the database has six at most */
#define ZONE_SPANS        32

struct zone_span {
    int64_t from_ms;   /* up to the next one */
    int64_t offset_ms; /* local time less UTC */
    char abbreviation[ZONE_ABBREVIATION];
};

struct zone {
    char name[ZONE_NAME_MAX]; /* of the IANA database, or "" */
    int64_t until_ms;         /* the last span ends here */
    size_t count;             /* 0: UTC */
    struct zone_span spans[ZONE_SPANS];
};

/* The span of that time; NULL when it is told in UTC only. `z` may be NULL. */
const struct zone_span *zone_span_at(const struct zone *z, int64_t ms);

/* What the clocks there show, counted as if it were UTC; UTC where there is no
 * span. */
int64_t zone_local_ms(const struct zone *z, int64_t ms);

/* Minutes since the local midnight, 0 to 1439, and the number of the local
 * day. */
int zone_minute(const struct zone *z, int64_t ms);
int64_t zone_day(const struct zone *z, int64_t ms);

/* Could it be the name of a zone: words of letters, digits, + - _ with single
 * slashes between, so no path that leads elsewhere? */
bool zone_is_name(const char *name);

/* Of names for UTC itself, which no file is needed for. */
bool zone_is_utc(const char *name);

#endif
