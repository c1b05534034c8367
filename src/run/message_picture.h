/* run/message_picture.h - the chart that goes with a message.
 *
 * The message never depends on it: it is drawn by an errand with so much time
 * and memory, out of what the alert itself leaves of the run's time. When there
 * is none the message says the same without it, and the delivery says why. */
#ifndef RUN_MESSAGE_PICTURE_H
#define RUN_MESSAGE_PICTURE_H

#include "notify/pushover.h"
#include "run/run_internal.h"

#define PICTURE_WHY 120

struct run_picture {
    bool wanted;
    struct text png;                  /* owned; empty: there is none */
    char why[UTF8_ROOM(PICTURE_WHY)]; /* there is none, or "" */
};

/* Draws it when the message is to have one: by its reason (alert/row.h), as
 * notify.picture says, and only in the run that decided it. */
void run_picture_of(struct run *r, const struct message_run *m,
                    struct run_picture *out);

/* What became of it, for the delivery of a message that was accepted and for
 * the log; releases the picture. */
void run_picture_end(struct run_picture *p, const struct pushover_result *sent,
                     struct message_run *m);

#endif
