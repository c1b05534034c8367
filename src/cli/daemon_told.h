/* cli/daemon_told.h - what the daemon says of itself and of the last run: the
 * pages /metrics and /healthz. No clock of its own, no input, no output.
 */
#ifndef CLI_DAEMON_TOLD_H
#define CLI_DAEMON_TOLD_H

#include "alert/alert.h"
#include "cron/daemon_plan.h"
#include "expose/exposition.h"
#include "expose/listener.h"

#define DAEMON_CODES    256
#define DAEMON_OUTCOMES (DELIVERY_GROUPED + 1)

struct daemon_told {
    int64_t began_ms;                   /* the daemon */
    int64_t runs[DAEMON_CODES];         /* that ended, by exit code */
    int64_t looks[DAEMON_CODES];        /* likewise */
    int64_t delivered[DAEMON_OUTCOMES]; /* by looks, by outcome */
    int64_t delivered_ms; /* when one of these was last accepted, or
                             MOMENT_NONE */
    int64_t missed;
    int64_t next_ms;      /* or MOMENT_NONE */
    int64_t succeeded_ms; /* when a run last ended with 0, or MOMENT_NONE */
    bool running;
    bool wanted; /* a look: by the newest page that there was */

    /* Of the last run that ended. */
    struct daemon_ended last;
    struct exposition_job job;
    struct text
        page; /* what it said of itself, or empty: it could not; owned */

    /* Of the moment at which it is asked. */
    enum daemon_health health;
};
struct daemon_told daemon_told_new(int64_t now_ms);
void daemon_told_release(struct daemon_told *t);

/* A run ended. `page` is what it printed; copied. */
void daemon_told_run(struct daemon_told *t, const struct daemon_ended *last,
                     const struct exposition_job *job, const char *page);

/* A look between two runs ended; the page of the last run stays. `page` is what
 * the look printed, its deliveries, or empty. */
void daemon_told_look(struct daemon_told *t, int exit, const char *page);

/* Did the last run leave a grid in LATEST_ACCEPTABLE_EXIT? By its page; one
 * without a page changes nothing: looks matter most when runs fail. */
bool daemon_told_wants_look(const struct daemon_told *t);

/* Answers the path; 404 when there is no such page. */
void daemon_told_answer(const struct daemon_told *t, const char *path,
                        struct listener_reply *reply);

#endif
