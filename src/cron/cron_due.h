/* cron/cron_due.h - which time is to be run now, when some may have been missed
 * because nothing was running, or something else was. Pure.
 *
 * As Kubernetes documents it of CronJobs (startingDeadlineSeconds): only the
 * latest of the times that were missed, only while it is younger than the
 * deadline, and none of them when there are more than a hundred. Those of
 * @every keep their distance to the last run; there they would begin anew at
 * the deadline, and with one shorter than the span never come.
 */
#ifndef CRON_CRON_DUE_H
#define CRON_CRON_DUE_H

#include "cron/cron.h"

#define CRON_NO_DEADLINE (-1)
#define CRON_MISSED_MAX  100

struct cron_due {
    int64_t at_ms;   /* is to be run now; MOMENT_NONE: nothing is */
    int64_t next_ms; /* the first one after now; MOMENT_NONE: there is none */
    int missed;      /* since the last run and the deadline, `at_ms` counted;
                        CRON_MISSED_MAX + 1: that or more, and nothing is run */
};

/* How many times of the schedule lie after `after_ms` and not after
 * `until_ms`; CRON_MISSED_MAX + 1: that or more. The zone reaches from there to
 * cron_horizon(until_ms). */
int cron_count(const struct cron *c, const struct zone *zone, int64_t after_ms,
               int64_t until_ms);

/* `last_ms`: the time (not the moment of its run) that was run last, or from
 * which on there was something to run. It is never run again, also when the
 * clock was set back. `deadline_ms`: how long after its time one may still
 * begin, or CRON_NO_DEADLINE. The zone reaches from the last run, or from the
 * deadline if that is later, to cron_horizon(now_ms). */
struct cron_due cron_due(const struct cron *c, const struct zone *zone,
                         int64_t last_ms, int64_t now_ms, int64_t deadline_ms);

#endif
