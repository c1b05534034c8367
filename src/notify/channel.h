/* notify/channel.h - channels beside the phone: one message to each of them.
 *
 * A channel is a row of functions (struct channel): how a message is written as
 * a request, and what an answer means. All else is shared: the pool drives the
 * calls of several channels at the same time, TLS is verified, no redirect is
 * followed, a reply is cut at 64 KiB. What answers mean, for all of them:
 *
 *   taken, as the channel says it   delivered
 *   429                             repeated here after the wait that is asked
 *                                   for, when it fits; then later
 *   other 4xx                       refused: the same will never be taken
 *   5xx, timeout, network           repeated here while there is time, then
 *                                   later
 *   2xx that does not say "taken"   refused, not repeated
 *   3xx, and no JSON of the channel later, not repeated: it was another
 *
 * No channel knows an idempotency key: when a reply was lost, the repeated
 * message can arrive twice. Address and token are in no error and no reason.
 */
#ifndef NOTIFY_CHANNEL_H
#define NOTIFY_CHANNEL_H

#include <stdint.h>

#include "base/error.h"
#include "base/utf8.h"
#include "net/http.h"
#include "sys/text.h"

#define CHANNEL_REASON_MAX 120 /* code points */
#define CHANNEL_HEADERS    3
#define CHANNEL_ID         64

struct channel_options {
    const char *url;    /* where to; without a slash at the end */
    const char *token;  /* secret, or "" */
    const char *chat;   /* Telegram: who is told */
    int64_t timeout_ms; /* of one try */
    int max_tries;
    int64_t spacing_ms; /* before the second try, doubled from there up to a
                           minute */
};

/* Texts are plain: what a channel would take for markup is sent as it is. */
struct channel_message {
    const char *title, *body;
    int priority;       /* Pushover's, -2 to 2 */
    const char *intent; /* its id, or "": it is not recorded */
    const char *reason, *state;
    const char *grid, *symbol; /* symbol "" in a message about the service */
    const char *commit;        /* of the record, or "" */
    int64_t slot_ms;
};

enum channel_outcome {
    CHANNEL_DELIVERED,
    CHANNEL_REFUSED, /* do not send this again */
    CHANNEL_LATER    /* the next run may try */
};
const char *channel_outcome_name(enum channel_outcome outcome);

struct channel_result {
    enum channel_outcome outcome;
    int status; /* HTTP status, 0 without a reply */
    int tries;
    char request[CHANNEL_ID]; /* the channel's name of it, or "" */
    char reason[UTF8_ROOM(CHANNEL_REASON_MAX)]; /* one line; "" when
                                                   delivered */
};

struct channel;

/* One message under way. It must stay where it is until it was taken or
 * released. `= { 0 }`: nothing. */
struct channel_call {
    const struct channel *channel;
    struct channel_options options; /* borrowed texts */
    struct http_request request;
    struct retry_policy retry;
    struct text url, body, token; /* the last is a whole header */
    char event[80];               /* likewise */
    const char *headers[CHANNEL_HEADERS + 1];
};
void channel_call_release(struct channel_call *c);

struct channel {
    const char *name; /* in the record, in lower case */
    /* Fills url, body and headers. -1 when the options cannot be used. */
    int (*write)(struct channel_call *c, const struct channel_message *m,
                 struct error *err);
    /* Is a reply repeated, and after how many seconds does it want that?
     * HTTP_ABSENT: it does not say. */
    enum retry_verdict (*classify)(const struct http_request *r);
    int64_t (*asked_s)(const struct http_request *r); /* or NULL */
    /* Judges a reply with a status below 300; and what the channel says of any
     * other, as the reason. */
    void (*read)(const struct http_reply *reply, struct channel_result *out);
};

extern const struct channel channel_ntfy, channel_telegram, channel_webhook;

/* Adds the message to the pool. -1 when the options are wrong: nothing was
 * added. The options' texts are borrowed until the call is released. */
int channel_add(struct channel_call *c, const struct channel *channel,
                struct http_pool *pool, const struct channel_options *o,
                const struct channel_message *m, struct error *err);

/* What became of it, once the pool was run. */
void channel_take(const struct channel_call *c, struct channel_result *out);

#endif
