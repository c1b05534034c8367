/* sim/ntfy.h - topics of ntfy 2.16, with messages that are put ahead.
 *
 *   POST or PUT /TOPIC            a message; what it is stands in headers
 *   POST or PUT /                 the same as a JSON object, with its topic
 *   POST or PUT /TOPIC/SEQUENCE   the same as one of a sequence
 *   DELETE /TOPIC/SEQUENCE        what waits of the sequence never appears
 *
 * Read are Title, Priority, Tags and Delay, with or without "X-". A message
 * with a delay waits for the simulated clock, 10 s to 3 days; one of the same
 * sequence replaces it meanwhile. What appears is kept as a line of its own,
 * with the method DELIVER and the time when it appeared, whenever the world
 * was asked next. A token is not checked, only kept as "authorization".
 *
 * Not played: sequences in JSON, subscribing, attachments, limits of visitors.
 */
#ifndef SIM_NTFY_H
#define SIM_NTFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct sim;
struct sim_call;
struct sim_received;

#define SIM_NTFY_NAME        65 /* of a topic or a sequence, end included */
#define SIM_NTFY_ID          13
#define SIM_NTFY_BODY_MAX    4096
#define SIM_NTFY_WAITING_MAX 64

struct sim_ntfy_message {
    char id[SIM_NTFY_ID];
    char topic[SIM_NTFY_NAME], sequence[SIM_NTFY_NAME]; /* "": none */
    int64_t due_ms;                                     /* when it appears */
    int64_t priority;
    char *title, *tags, *text; /* owned; "" when not given */
};

struct sim_ntfy {
    uint64_t messages; /* the counter behind ids */
    size_t count;
    struct sim_ntfy_message waiting[SIM_NTFY_WAITING_MAX];
};

void sim_ntfy_release(struct sim_ntfy *n);

/* A path of one or two names that is no other side's. */
bool sim_ntfy_is(const struct sim_call *call);
void sim_ntfy_answer(struct sim *s, struct sim_call *call);

/* Shows what is due, the oldest first. -1 when it could not be kept. */
int sim_ntfy_show(struct sim_ntfy *n, struct sim_received *to, int64_t now_ms,
                  struct error *err);

/* Of the message that was taken, and of one that was not; HTTP status of the
 * latter is the code without its last two digits. */
struct sim_reply;
void sim_ntfy_reply(struct sim_reply *reply, const struct sim_ntfy_message *m,
                    const char *event);
void sim_ntfy_refuse(struct sim_reply *reply, int code, const char *why);

#endif
