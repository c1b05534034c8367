/* run/channels_internal.h - what the files of channels.h share. */
#ifndef RUN_CHANNELS_INTERNAL_H
#define RUN_CHANNELS_INTERNAL_H

#include "run/channel_job.h"
#include "run/channels.h"

struct channel_seen {
    bool asked, refused;
    bool broken; /* nothing more is sent to it in this run */
    int status;
    char reason[UTF8_ROOM(CHANNEL_REASON_MAX)];
};

struct second {
    struct message_run message;
    bool owed;
};

struct channels_run {
    struct channel_seen seen[CHANNEL_SET];
    struct second *second; /* owned */
    size_t second_count;
};

/* Made when it is asked for first. */
struct channels_run *channels_of(struct run *r);

/* The list of the grid or of the service; it is to be written again. */
struct owed_list *channels_list(struct run *r, size_t grid);

/* Sends all that wait. */
void channels_send_jobs(struct run *r, struct channel_job *jobs, size_t count);

/* What was answered, or that it is not sent any more: for the record, and off
 * the list. */
void channels_settle(struct run *r, const struct channel_job *j,
                     enum delivery_outcome outcome,
                     const struct channel_result *result, const char *reason);

#endif
