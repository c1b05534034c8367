/* net/http.h - requests to other hosts, many at once.
 *
 * A pool drives all requests that were added to it at the same time, repeats
 * those whose policy says so, and returns when each has its reply or the
 * deadline has come. Nothing here is fatal to a neighbour: every request has an
 * outcome of its own.
 *
 * What always holds:
 *   - TLS 1.2 or newer, certificate and name verified; there is no switch.
 *   - http:// only to this machine (127.0.0.0/8, localhost, [::1]).
 *   - No redirects. No user name or password in a URL.
 *   - IPv4, because lists of admitted callers hold IPv4 addresses.
 *   - No proxy: the environment's http_proxy and the like are not read. A
 *     request that carries a key takes the way that was configured, no other.
 *   - A reply longer than `reply_max` bytes (unpacked) is an outcome, not a
 *     full memory.
 *   - Errors name method, scheme, host and path; never query, headers or body.
 *
 * One thread. Only http.c knows libcurl.
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "net/retry.h"
#include "sys/text.h"

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT };

enum http_outcome {
    HTTP_UNSENT,    /* not run yet */
    HTTP_REPLIED,   /* a whole reply, whatever its status */
    HTTP_TIMEOUT,   /* `timeout_ms` was over */
    HTTP_NOCONNECT, /* name not known, or nobody answers */
    HTTP_TLS,       /* handshake failed or the certificate is not good */
    HTTP_BROKEN,    /* the connection ended early, or it was not HTTP */
    HTTP_TOO_LARGE, /* longer than `reply_max` */
    HTTP_CANCELLED, /* the deadline of the run came first */
    HTTP_OUTCOME_COUNT
};
const char *http_outcome_name(enum http_outcome outcome);

/* The headers that are kept, all as numbers. */
enum http_header {
    HTTP_RATE_LIMIT,     /* gw-ratelimit-limit */
    HTTP_RATE_REMAINING, /* gw-ratelimit-remaining */
    HTTP_RATE_RESET_MS,  /* gw-ratelimit-reset: until the window ends */
    HTTP_APP_LIMIT,      /* X-Limit-App-Limit */
    HTTP_APP_REMAINING,  /* X-Limit-App-Remaining: -1 was seen */
    HTTP_APP_RESET_S,    /* X-Limit-App-Reset: since 1970 */
    HTTP_RETRY_AFTER_S,  /* Retry-After as seconds; the date form is not read */
    HTTP_DATE_MS,        /* Date: since 1970 */
    HTTP_HEADER_COUNT
};
#define HTTP_ABSENT INT64_MIN

struct http_reply {
    enum http_outcome outcome; /* of the last try */
    int status;                /* HTTP status; 0 unless HTTP_REPLIED */
    struct text body;
    int64_t header[HTTP_HEADER_COUNT]; /* HTTP_ABSENT when not there */
    int64_t sent_ms, received_ms;      /* wall clock, of the last try: request
                                          written, first byte read; 0: never */
    int64_t took_ms;                   /* the last try, connecting included */
    int tries;
    const char *detail; /* the transport's own words, or NULL; static */
};

/* Fill the first part, zero the rest. The strings must live until the run is
 * over; http_request_release() drops the body of the reply. */
struct http_request {
    enum http_method method;
    const char *url;
    const char *body;                 /* of a POST or PUT, or NULL */
    const char *content_type;         /* of `body`, or NULL */
    const char *const *headers;       /* "Name: value", up to NULL; or NULL */
    int64_t timeout_ms;               /* of one try */
    size_t reply_max;                 /* bytes */
    const struct retry_policy *retry; /* NULL: one try */
    bool secret_path;                 /* the path is a secret: errors omit it */
    bool aside; /* no run waits for it, see http_pool_idle() */
    /* Called before each try, or NULL: what `headers` point at may be written
     * anew there, such as a signature that holds for seconds only. */
    void (*prepare)(struct http_request *r, void *payload);
    struct http_reply reply;
    /* Called during the run, once no further try comes, or NULL. It may take
     * what it wants of the reply and release the request. */
    void (*done)(struct http_request *r, void *payload);
    void *payload;
};
void http_request_release(struct http_request *r);

/* Writes why there is no reply, or the status of the reply, and returns -1.
 * Faults: too large is data; 4xx except 408 and 429, and 3xx, are refused; all
 * else is transient. */
int http_request_error(const struct http_request *r, struct error *err);

/* "GET https://host/path": all that may be shown of a request. */
#define HTTP_LABEL 200
void http_request_label(const struct http_request *r, char out[HTTP_LABEL]);

struct http_counts {
    int64_t requests; /* first tries */
    int64_t retries;  /* all others */
};

struct http_pool_options {
    const char *user_agent;     /* "gridwatch/1.2.3"; NULL: "gridwatch" */
    const char *ca_file;        /* PEM; NULL: the system's */
    size_t max_per_host;        /* requests at once to one host; 0: 8 */
    uint64_t seed;              /* of the random part of waits */
    struct http_counts *counts; /* counted up as they begin, or NULL */
};

struct http_pool;

/* The strings must live as long as the pool. NULL when libcurl cannot. */
struct http_pool *http_pool_new(const struct http_pool_options *options,
                                struct error *err);
void http_pool_free(struct http_pool *pool);

/* Checks the request and takes it into the next run. -1 with FAULT_CONFIG when
 * the URL may not be asked; the pool is then as before. */
int http_pool_add(struct http_pool *pool, struct http_request *r,
                  struct error *err);

/* Forgets what was added and not run. */
void http_pool_clear(struct http_pool *pool);

/* Runs all that was added until `deadline_ms` (monotonic clock) at the latest;
 * a retry that could not start before it is not waited for. Afterwards the
 * pool is empty and its connections are kept. 0 whatever the outcomes are; -1
 * only when the pool itself failed. What is aside stays in the pool until it
 * has its reply, and gets on during each run. */
int http_pool_run(struct http_pool *pool, int64_t deadline_ms,
                  struct error *err);

/* Until `until_ms` (monotonic clock) at the latest: lets what is aside get on,
 * and returns when it has got its reply. */
int http_pool_idle(struct http_pool *pool, int64_t until_ms, struct error *err);

/* Appends `base` without the slashes at its end, and `path`. */
int http_url_start(struct text *t, const char *base, const char *path);

/* Appends application/x-www-form-urlencoded "name=value", with a '&' before it
 * unless `t` is empty or ends in '?'. -1 when the maximum of `t` is passed. */
int http_form_add(struct text *t, const char *name, const char *value);

#endif
