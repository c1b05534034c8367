/* run/channel_job.h - one message under way to one channel. */
#ifndef RUN_CHANNEL_JOB_H
#define RUN_CHANNEL_JOB_H

#include "run/channel_set.h"
#include "run/run_internal.h"

enum job_fate {
    JOB_WAITS,
    JOB_FOLLOWS, /* another one tells it; else it waits */
    JOB_UNDER_WAY,
    JOB_OVER /* or for another run */
};

#define CHANNEL_ALSO_POINTS 400 /* there is more room than on the phone */

struct channel_job {
    size_t channel;              /* in channel_set */
    size_t grid;                 /* index, or MESSAGE_OF_SERVICE */
    struct message_run *message; /* of this run, or NULL */
    struct intent intent;
    bool decided_now, unrecorded;
    bool unrung; /* a siren that is over: it is told, and does not ring */
    bool plain;  /* an outcry: no record to name, none to make */
    enum job_fate fate;
    bool delivered;
    char with[INTENT_ID_MAX]; /* of one that follows: the message that goes out
                                 for it, or "" */
    size_t others;            /* that follow this one, */
    char also[UTF8_ROOM(CHANNEL_ALSO_POINTS)]; /* and the line about them */
    struct channel_call call;
};

/* Of those that wait for one channel that people read: who goes out for whom.
 */
void channels_group(struct channel_job *jobs, size_t count);

#endif
