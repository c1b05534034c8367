/* notify/ntfy_ahead.h - a message that speaks when nobody calls it back.
 *
 * Each good run puts a message on a topic of ntfy that is to appear after a
 * while. A message of the same sequence that has not appeared yet is replaced,
 * so nothing appears while runs come. When they stop the last one does, from a
 * machine that has nothing to do with ours.
 *
 * Servers before 2.16 know no sequences and would show every one of them. The
 * sequence stands in the path, POST /TOPIC/SEQUENCE: such a server refuses it
 * with 404 and nothing was put anywhere.
 *
 * One try, and no other request waits for it (http.h: aside). The address is a
 * secret, as is the token: both are in no error.
 */
#ifndef NOTIFY_NTFY_AHEAD_H
#define NOTIFY_NTFY_AHEAD_H

#include <stdint.h>

#include "base/error.h"
#include "net/http.h"
#include "sys/text.h"

/* The topic is one installation's alone, so that one name will do. */
#define NTFY_SEQUENCE "gridwatch-silence"

#define NTFY_BODY_MAX    1000
#define NTFY_TITLE_MAX   120
#define NTFY_DELAY_S_MIN 10
#define NTFY_DELAY_S_MAX 259200 /* 3 days */

struct ntfy_options {
    const char *url;   /* of the topic, without a slash at the end */
    const char *token; /* or "" */
    int64_t timeout_ms;
};

/* One message under way, as struct heartbeat. */
struct ntfy_ahead {
    struct http_request request;
    struct text url, token;
    char body[NTFY_BODY_MAX], title[NTFY_TITLE_MAX], delay[40];
    const char *headers[6];
};
void ntfy_ahead_release(struct ntfy_ahead *a);

/* Adds it to the pool. Title in ASCII; what is longer than its room is cut.
 * The time is counted by the server, so no clock of ours matters. -1 when it
 * cannot be sent: nothing was added. */
int ntfy_ahead_add(struct ntfy_ahead *a, struct http_pool *pool,
                   const struct ntfy_options *o, int64_t delay_s,
                   const char *title, const char *body, struct error *err);

/* 0 when the server has it in the place of the one before, or nothing was
 * added. */
int ntfy_ahead_check(const struct ntfy_ahead *a, struct error *err);

#endif
