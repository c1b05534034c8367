/* cron/ - when something is to be done, as a Kubernetes CronJob says it. Pure.
 *
 * Five fields: minute 0-59, hour 0-23, day of the month 1-31, month 1-12 or
 * JAN-DEC, day of the week 0-6 or SUN-SAT; Sunday is 0 and never 7. A field is
 * a list, with commas, of N, A-B, * or ?, each with /STEP behind it if wanted;
 * N/STEP is N up to the end. When both days are restricted, either will do;
 * a field with a * or ? (in steps of one) is not. Or one of @hourly, @daily,
 * @midnight, @weekly, @monthly, @yearly, @annually; or "@every 1h30m": so long
 * after the last time, whatever the clock shows.
 *
 * Source: github.com/robfig/cron v3.0.1, ParseStandard() and Next(), which
 * Kubernetes uses; tests/golden/cron.tsv holds this to it. Narrower here, since
 * nobody means them: an empty place in a list, a sign, "*-5", a time zone in
 * front, @every of less than a second or in us and ns. Wider: blanks around.
 *
 * May include: base. Start reading at cron_next().
 */
#ifndef CRON_CRON_H
#define CRON_CRON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/zone.h"

struct cron {
    int64_t every_ms; /* of @every, whole seconds; 0: the fields hold */
    uint64_t minutes, hours, month_days, months, week_days; /* bit N: at N */
    bool any_month_day, any_week_day;                       /* * or ? */
};

/* -1 with FAULT_CONFIG and "column N: what, and what to do" (bytes, from 1);
 * `out` is then not to be used. */
int cron_parse(const char *text, struct cron *out, struct error *err);

/* The first time after that moment, by the clocks of the zone (NULL: UTC).
 * MOMENT_NONE when there is none up to the end of the fifth year from then,
 * or none before the zone's last span ends: it must reach to cron_horizon().
 *
 * When the clocks are set, as robfig has it:
 * - A time that they skip over is not made up for: "30 2 * * *" has none on
 *   the day on which 03:00 follows 02:00.
 * - A time that they show twice is one both times: "30 2 * * *" has two on the
 *   day on which 02:00 follows 03:00, as an hourly or a finer one has.
 * - Where midnight is skipped over, east of Greenwich, the whole day is passed
 *   over by a search that goes by days ("0 12 * * SUN" in Beirut). */
int64_t cron_next(const struct cron *c, const struct zone *zone,
                  int64_t after_ms);

/* Up to when cron_next() may look. */
int64_t cron_horizon(int64_t after_ms);

#endif
