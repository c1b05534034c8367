/* run/channels.h - the channels beside the phone.
 *
 * A message goes to each channel whose least level it reaches; one that the
 * phone's service refused goes to all of them, and so does, once an episode,
 * the siren of a MANDATORY that nobody acknowledged. What a channel is to hear
 * is committed with the message, in the `owed` of its grid or of the service,
 * and taken off with the delivery of that channel: nothing is lost, and at most
 * one duplicate follows from a crash. What cannot be delivered in this run the
 * next one sends; a newer message of the grid takes the place of an older one.
 *
 * What belongs together is one message to a channel that people read; the
 * others of it have its answer, as on the phone (bundle.h).
 *
 * Channels are asked side by side after the phone was, one message each at a
 * time. One that fails is left alone for the rest of the run, which ends with
 * 75. A refusal is final, and stands as a fault of the service until the
 * channel takes a message again or is taken away. Of several writers those that
 * have it set up tell of it once a day; when nobody did for two days nobody has
 * it, and the fault ends.
 */
#ifndef RUN_CHANNELS_H
#define RUN_CHANNELS_H

#include "run/run_internal.h"

/* Is one set up? Not in a dry run, nor for a feed. */
bool run_channels_any(const struct run *r);

/* After a decision about the present slot: has nobody answered the siren? */
void run_channels_watch(struct run *r, struct grid_run *g,
                        const struct alert_now *now,
                        const struct alert_memory *before,
                        const struct alert_memory *after);

/* Puts what was decided since on the lists: before a commit, and before states
 * and the service's document are put. */
void run_channels_owe(struct run *r);

/* Sends what is owed, and puts the answers. After the phone was told. */
void run_channels_send(struct run *r);

/* Is it another writer's to tell anew that a channel refuses messages? It is
 * not set up here. */
bool run_channels_leave(const struct run *r, const struct service_fault *f);

/* Tells without a record, as run_outcry() does. True when one heard it,
 * or none wants to. */
bool run_channels_cry(struct run *r, const char *title, const char *body,
                      int priority);

void run_channels_release(struct run *r);

#endif
