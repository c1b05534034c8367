/* run/bundle.h - the messages that a run has to send, as few as they can be.
 *
 * Open messages about grids are put into groups (alert/group.h); of each the
 * leader is sent and says which others it stands for. These are settled by the
 * leader's answer alone: accepted, they were told; refused for good, they go
 * out by themselves; not delivered, all of them stay open, and the next run
 * groups what is open then anew. What a crash left unanswered is grouped and
 * sent once more, as any message would be.
 *
 * What was sent can be told from the record: title and body of the leader's
 * intent, what bundle_title() and bundle_line() make of the intents whose
 * delivery names it, and the record line. So a message that could not be
 * recorded goes out alone: nobody could tell later what was sent with it. So
 * does a siren that is over before it could be sent, because it does not ring.
 */
#ifndef RUN_BUNDLE_H
#define RUN_BUNDLE_H

#include "run/run_internal.h"

/* Places are counted from the strongest message to the weakest; those as strong
 * as each other stand by grid, then by id. All arrays are owned. */
struct bundle {
    size_t count;
    size_t *message; /* index into r->messages */
    size_t *lead;    /* the place of the one that goes out for it, or its own */
};

/* Of those messages about grids that are open. To be released by the caller. */
void bundle_make(const struct run *r, struct bundle *out);
void bundle_release(struct bundle *b);

/* How many others the one at `place` stands for. */
size_t bundle_others(const struct bundle *b, size_t place);

/* Appends to a title " and 2 more", and to a body the line about the others, of
 * `points` code points at most: nothing when there are none. */
void bundle_title(const struct bundle *b, size_t place, char *title,
                  size_t size);
void bundle_line(const struct run *r, const struct bundle *b, size_t place,
                 size_t points, char *body, size_t size);

#endif
