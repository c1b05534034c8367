/* base/moment.h - points in time as text and as slots. Pure.
 *
 * A moment is an int64_t of milliseconds since 1970-01-01T00:00:00Z. All text
 * is RFC 3339 in UTC. The range is the years 1970 to 9999.
 */
#ifndef BASE_MOMENT_H
#define BASE_MOMENT_H

#include <stdint.h>

#define MOMENT_NONE INT64_MIN /* there is no such moment */
#define MOMENT_TEXT 32        /* room for any text written here */

#define MS_PER_MINUTE ((int64_t)60 * 1000)
#define MS_PER_SLOT   (15 * MS_PER_MINUTE)
#define MS_PER_HOUR   (60 * MS_PER_MINUTE)
#define MS_PER_DAY    (24 * MS_PER_HOUR)

struct civil {
    int year, month, day, hour, minute, second, ms; /* month and day from 1 */
};

struct civil moment_civil(int64_t ms);
int64_t civil_moment(struct civil c);

/* "2021-05-19T02:00:00Z", with ".250" before the Z when there are ms. */
void moment_format(int64_t ms, char out[MOMENT_TEXT]);

/* Reads exactly the forms that moment_format() writes, and also
 * "2021-05-19T02:00Z", "2021-05-19" and a numeric offset in place of Z.
 * Returns MOMENT_NONE when the text is anything else. */
int64_t moment_parse(const char *text);

/* The largest multiple of `step_ms` that is not after `ms`. */
static inline int64_t moment_floor(int64_t ms, int64_t step_ms)
{
    int64_t rest = ms % step_ms;
    return ms - (rest < 0 ? rest + step_ms : rest);
}

/* The slot that an exchange time belongs to, given the settle delay: the
 * newest 15-minute boundary that is at least `settle_ms` old. */
int64_t slot_of(int64_t exchange_ms, int64_t settle_ms);

#endif
