#include "expose/pushgateway.h"

#include <string.h>

#include "expose/exposition.h"

#define URL_ROOM  1200
#define REPLY_MAX 16384

void pushgateway_release(struct pushgateway *g)
{
    http_request_release(&g->request);
    text_release(&g->url);
    *g = (struct pushgateway){ 0 };
}

static int make_url(struct text *url, const struct pushgateway_options *o)
{
    int rc = http_url_start(url, o->url, "/metrics/job/gridwatch");
    if (!rc && o->instance[0])
        rc = text_printf(url, "/instance/%s", o->instance);
    return rc;
}

int pushgateway_add(struct pushgateway *g, struct http_pool *pool,
                    const struct pushgateway_options *o, const char *page,
                    struct error *err)
{
    pushgateway_release(g);
    g->url = (struct text)TEXT_INIT(URL_ROOM);
    int rc = make_url(&g->url, o)
                 ? error_set(err, FAULT_CONFIG, "pushgateway: URL too long")
                 : 0;
    g->request = (struct http_request){
        .method = HTTP_PUT,
        .url = text_str(&g->url),
        .body = page,
        .content_type = EXPOSITION_TYPE,
        .timeout_ms = o->timeout_ms,
        .reply_max = REPLY_MAX,
        .secret_path = true,
        .aside = true,
    };
    if (!rc)
        rc = http_pool_add(pool, &g->request, err);
    if (rc)
        pushgateway_release(g);
    return rc ? -1 : 0;
}

int pushgateway_check(const struct pushgateway *g, struct error *err)
{
    const struct http_reply *reply = &g->request.reply;
    if (!g->request.url || reply->status == 200 || reply->status == 202)
        return 0;
    return http_request_error(&g->request, err);
}
