/* expose/pushgateway.h - a page for a Pushgateway, which keeps it for
 * Prometheus after the job is gone.
 *
 *   PUT BASE/metrics/job/gridwatch[/instance/NAME]
 *
 * puts the page in the place of the one before. One try, and no other request
 * waits for it (http.h: aside). The path is in no error: where a proxy stands
 * before the gateway it may hold a secret.
 *
 * Source: https://github.com/prometheus/pushgateway, README, "PUT method".
 */
#ifndef EXPOSE_PUSHGATEWAY_H
#define EXPOSE_PUSHGATEWAY_H

#include "net/http.h"
#include "sys/text.h"

struct pushgateway_options {
    const char *url;      /* BASE, without a slash at the end */
    const char *instance; /* letters, digits, . _ - alone; "": none */
    int64_t timeout_ms;
};

/* One page under way. It must stay where it is until it has its reply or the
 * pool is gone. `= { 0 }`: nothing. */
struct pushgateway {
    struct http_request request;
    struct text url;
};
void pushgateway_release(struct pushgateway *g);

/* `page` is borrowed until then. -1 when the address cannot be asked: nothing
 * was added. */
int pushgateway_add(struct pushgateway *g, struct http_pool *pool,
                    const struct pushgateway_options *o, const char *page,
                    struct error *err);

/* 0 when it was taken (status 200 or 202), or nothing was added. */
int pushgateway_check(const struct pushgateway *g, struct error *err);

#endif
