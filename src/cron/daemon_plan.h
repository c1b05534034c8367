/* cron/daemon_plan.h - what a daemon that runs by a schedule does next, and
 * whether it is well. Pure.
 *
 * One run at a time. A time that comes while another is being run, while the
 * machine slept or while the daemon was away is made up for as cron_due() says:
 * the latest of them, while it is younger than the deadline. When there are too
 * many (CRON_MISSED_MAX) Kubernetes runs none of them and never another; here
 * they are given up and the schedule goes on from now.
 *
 * The wall clock may be set while this runs. Forward is like sleeping. Back, by
 * more than DAEMON_BACK_MS, the schedule begins anew from the new time: a time
 * may then be run twice, and none is waited for until the clock is again where
 * it was. By less, nothing is run twice.
 */
#ifndef CRON_DAEMON_PLAN_H
#define CRON_DAEMON_PLAN_H

#include "cron/cron_due.h"

#define DAEMON_BACK_MS (INT64_C(60) * 1000)
/* Nobody wakes a sleeper when a clock was set: it looks that often. */
#define DAEMON_NAP_MS  (INT64_C(15) * 1000)

struct daemon_state {
    int64_t last_ms; /* the time of the schedule that was run last, or from
                        which on there was something to run */
    bool running;
    bool stopping; /* it was told to end */
};

enum daemon_act {
    DAEMON_WAIT, /* for `wait_ms` at most, then ask again */
    DAEMON_RUN,  /* begin the run of `at_ms`, then ask again */
    DAEMON_LEAVE
};

struct daemon_plan {
    enum daemon_act act;
    int64_t at_ms;   /* of DAEMON_RUN */
    int64_t last_ms; /* the new one of the state */
    int missed; /* times that are passed over now, those behind the deadline
                   included; CRON_MISSED_MAX, or one more: that or more */
    int64_t next_ms; /* the next time of the schedule, or MOMENT_NONE */
    int64_t wait_ms; /* of DAEMON_WAIT */
};

/* `deadline_ms`: how long after its time a run may still begin. The zone is as
 * for cron_due(). */
struct daemon_plan daemon_plan(const struct cron *c, const struct zone *zone,
                               const struct daemon_state *s, int64_t now_ms,
                               int64_t deadline_ms);

/* Looks between two runs, while the last run left a grid that wants them. */
struct daemon_looks {
    int64_t every_ms; /* 0: none are taken */
    int64_t room_ms;  /* after so long a look is ended */
    int64_t last_ms;  /* when the last run or look began */
    bool wanted;
};

/* When the next look is due: `every_ms` after what began last, unless the next
 * run comes within `room_ms` of it: a run does not wait for a look, and no look
 * is ended for one. MOMENT_NONE: none before the next run. */
int64_t daemon_look_due(const struct daemon_looks *l, int64_t next_ms);

enum daemon_health {
    DAEMON_WELL,
    DAEMON_NEW,    /* no run has ended yet */
    DAEMON_FAILED, /* the last one ended with another code than 0 */
    DAEMON_LATE    /* the one after it should have ended by now */
};

struct daemon_ended {
    int64_t at_ms; /* the time of the schedule of the last run that ended, or
                      MOMENT_NONE */
    int exit;
};

/* `grace_ms`: how long after its time a run may end. */
enum daemon_health daemon_health(const struct cron *c, const struct zone *zone,
                                 const struct daemon_ended *last,
                                 int64_t now_ms, int64_t grace_ms);

#endif
