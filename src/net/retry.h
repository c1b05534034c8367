/* net/retry.h - whether a request is tried again, and when.
 *
 * The pool asks the policy of the request after every try. What is transient
 * by transport alone stands in one table here; who knows the body as well (the
 * exchange's codes, for instance) has its own classifier and falls back on
 * retry_by_transport().
 *
 *   before try 2, 3, 4 ...   first_ms, doubled each time, at most cap_ms
 *   a spent quota            as long as the host says, or limited_ms
 *
 * and always a random part on top, never below, so that many clients do not
 * come back at once.
 */
#ifndef NET_RETRY_H
#define NET_RETRY_H

#include <stdint.h>

struct http_request;

enum retry_verdict {
    RETRY_NO,
    RETRY_BACKOFF, /* trouble that passes: wait longer each time */
    RETRY_LIMITED  /* too many requests: wait until the quota is back */
};

struct retry_policy {
    enum retry_verdict (*classify)(const struct http_request *r);
    int max_tries;      /* the first included */
    int64_t first_ms;   /* wait before the second try */
    int64_t cap_ms;     /* longest wait of the doubling kind */
    int64_t limited_ms; /* wait after RETRY_LIMITED without any header */
    /* Seconds that the body asks for, or HTTP_ABSENT; NULL: bodies say
     * nothing. */
    int64_t (*asked_s)(const struct http_request *r);
};

/* Connection, TLS, timeout, broken reply, 408 and 5xx: backoff. 429: limited.
 * All else: no. */
enum retry_verdict retry_by_transport(const struct http_request *r);

/* How long to wait before the next try. `tries` have been made. Reads
 * Retry-After and gw-ratelimit-*: a quota that is not spent means that the
 * host is overloaded, which is answered by doubling. `dice` is the state of
 * the random numbers. */
int64_t retry_delay_ms(const struct retry_policy *policy,
                       const struct http_request *r, enum retry_verdict verdict,
                       uint64_t *dice);

#endif
