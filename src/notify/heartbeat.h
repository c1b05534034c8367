/* notify/heartbeat.h - a word to a check as healthchecks has them.
 *
 * The check knows when it should hear of a run. It tells a person when a run
 * did not begin, did not end, or ended with another exit code than 0:
 *
 *   BASE/start  the run begins
 *   BASE        it ended with 0
 *   BASE/CODE   it ended with that code
 *   BASE/log    a note, which changes nothing of what the check knows
 *
 * One try each, and no other request waits for it (http.h: aside). The address
 * is a secret: it is in no error. What the other side answers is not shown.
 */
#ifndef NOTIFY_HEARTBEAT_H
#define NOTIFY_HEARTBEAT_H

#include <stdint.h>

#include "base/error.h"
#include "net/http.h"
#include "sys/text.h"

#define HEARTBEAT_BODY_MAX 500

struct heartbeat_options {
    const char *url; /* BASE, without a slash at the end */
    int64_t timeout_ms;
};

/* One word under way. It must stay where it is until it has its reply or the
 * pool is gone; dropped with heartbeat_release(). `= { 0 }`: nothing. */
struct heartbeat {
    struct http_request request;
    struct text url;
    char body[HEARTBEAT_BODY_MAX];
};
void heartbeat_release(struct heartbeat *h);

#define HEARTBEAT_START (-1)
#define HEARTBEAT_NOTE  (-2)

/* Adds the word to the pool: HEARTBEAT_START, HEARTBEAT_NOTE, or how the run
 * ended, 0 to 255. The body is plain text for people, without secrets; what is
 * longer than its room is cut. -1 when the address cannot be asked: nothing was
 * added. */
int heartbeat_add(struct heartbeat *h, struct http_pool *pool,
                  const struct heartbeat_options *o, int word, const char *body,
                  struct error *err);

/* 0 when the check took it (status 200 or 201), or nothing was added. */
int heartbeat_check(const struct heartbeat *h, struct error *err);

#endif
