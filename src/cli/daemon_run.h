/* cli/daemon_run.h - one run of the daemon: `gridwatch run --metrics`, of a
 * look `run --look --metrics`, in a process of its own, so that one that
 * crashes or hangs ends alone.
 *
 * It reads the configuration anew. It has run.deadline and DAEMON_RUN_GRACE_MS,
 * and so has a look between two runs, which plans with the same deadline: one
 * that is ended sooner has rung and cannot say so. Then it is ended, by its
 * number, with all that it started. It ends with the daemon, too, however that
 * ends.
 */
#ifndef CLI_DAEMON_RUN_H
#define CLI_DAEMON_RUN_H

#include "cli/command.h"
#include "cron/daemon_plan.h"
#include "sys/child.h"

#define DAEMON_RUN_GRACE_MS (INT64_C(30) * 1000)

/* `= { 0 }`: none goes on. */
struct daemon_run {
    bool goes_on, silent; /* silent: nothing more comes out of it */
    bool look;            /* a look between two runs: `run --look` */
    struct child child;
    int64_t at_ms;    /* the time of the schedule */
    int64_t began_ms; /* wall clock */
    int64_t began_monotonic_ms;
    struct text page; /* what it said of itself so far; owned */
};
void daemon_run_release(struct daemon_run *r); /* ends one that goes on */

/* After so long one that goes on is ended; never sooner. */
int64_t daemon_run_room_ms(const struct config *config);

/* Begins it, or a look. -1 and FAULT_TRANSIENT when there is no process for it.
 */
int daemon_run_begin(struct daemon_run *r, const struct context *c,
                     int64_t at_ms, bool look, struct error *err);

/* How it ended. */
struct daemon_run_end {
    int exit;  /* of a lost one RUN_INTERNAL */
    bool lost; /* it crashed, or had to be ended; its page is empty */
    int64_t took_ms;
};

/* Listens to it, without waiting. True once it has ended; one whose time is
 * over is ended. The page stays until the next begins. */
bool daemon_run_ended(struct daemon_run *r, struct daemon_run_end *end);

/* Ends it now; it is then lost. */
void daemon_run_break_off(struct daemon_run *r);

#endif
