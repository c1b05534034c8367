/* notify/pushover.h - one message to a phone.
 *
 * Pushover knows no idempotency key: when a reply was lost, the repeated
 * message can arrive twice. What its answers mean:
 *
 *   200 with status 1        delivered: it is queued there; keep the receipt
 *   429                      later: the month's quota is used up, see reset_s
 *   other 4xx                refused: the same message will never be taken
 *   5xx, timeout, network    repeated here while there is time, then later
 *   200 without status 1     refused, not repeated
 *   200 without JSON, 3xx    later, not repeated: it was not Pushover
 *
 * Token and user key are in no error and no reason, also when the other side
 * sends them back. What became of a siren is asked by pushover_receipt.h.
 */
#ifndef NOTIFY_PUSHOVER_H
#define NOTIFY_PUSHOVER_H

#include <stdint.h>

#include "base/error.h"
#include "net/http.h"
#include "notify/pushover_json.h"

/* Longer texts are cut at a code point and end in an ellipsis. */
#define PUSHOVER_TITLE_MAX     250
#define PUSHOVER_BODY_MAX      1024
#define PUSHOVER_URL_MAX       512 /* a longer URL is left out: cut, it lies */
#define PUSHOVER_URL_TITLE_MAX 100
#define PUSHOVER_REASON_MAX    120

struct pushover_options {
    const char *base_url; /* "https://api.pushover.net" */
    const char *token;    /* secret */
    const char *user;     /* secret */
    int64_t timeout_ms;   /* of one try */
    int max_tries;
    int64_t spacing_ms; /* before the second try, doubled from there up to a
                           minute; Pushover asks for at least 5000 */
};
#define PUSHOVER_OPTIONS_INIT                                                  \
    {                                                                          \
        .base_url = "https://api.pushover.net", .timeout_ms = 15000,           \
        .max_tries = 4, .spacing_ms = 5000                                     \
    }

#define PUSHOVER_PICTURE_MAX  ((size_t)300 << 10) /* the channel takes 5 MB */
#define PUSHOVER_BARE         40
#define PUSHOVER_PRIORITY_MIN (-2)
#define PUSHOVER_PRIORITY_MAX 2 /* repeats until acknowledged */
#define PUSHOVER_RETRY_S_MIN  30
#define PUSHOVER_EXPIRE_S_MAX 10800

/* Texts may be NULL except the body. */
struct pushover_message {
    const char *title;
    const char *body; /* not blank */
    int priority;
    const char *url;
    const char *url_title;
    const char *tag;     /* of priority 2: for cancelling */
    int retry_s;         /* of priority 2: seconds between repeats */
    int expire_s;        /* of priority 2: seconds until they stop */
    int64_t timestamp_s; /* of the event, since 1970; 0: when it arrives */
    const char *sound;
    /* A PNG, or NULL. Only the first try carries it: what is tried again after
     * trouble goes without, and what was refused is sent once more without,
     * unless the reply says that it was refused for another reason. */
    const char *picture;
    size_t picture_len; /* at most PUSHOVER_PICTURE_MAX, or it stays here */
};

enum pushover_outcome {
    PUSHOVER_DELIVERED,
    PUSHOVER_REFUSED, /* do not send this again; use another channel */
    PUSHOVER_LATER    /* the next run may try, from reset_s on */
};
const char *pushover_outcome_name(enum pushover_outcome outcome);

struct pushover_result {
    enum pushover_outcome outcome;
    int status; /* HTTP status, 0 without a reply */
    int tries;
    char request[PUSHOVER_ID]; /* Pushover's name of it, or "" */
    char receipt[PUSHOVER_ID]; /* of priority 2, or "" */
    int64_t limit, remaining;  /* of the month; HTTP_ABSENT if not said;
                                  remaining may be -1 */
    int64_t reset_s;           /* when the quota is back, since 1970 */
    char reason[UTF8_ROOM(
        PUSHOVER_REASON_MAX)]; /* one line; "" when delivered */
    bool pictured;             /* the last try carried the picture */
    char bare[PUSHOVER_BARE];  /* why it did not although there is one, or "" */
};

/* Sends it now, with repeats, until `deadline_ms` (monotonic clock). The pool
 * must be empty. 0 with the outcome in `out`; -1 when the options or the
 * message are wrong and nothing was sent. */
int pushover_send(struct http_pool *pool, const struct pushover_options *o,
                  const struct pushover_message *m, int64_t deadline_ms,
                  struct pushover_result *out, struct error *err);

#endif
