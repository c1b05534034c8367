#include "notify/heartbeat.h"

#include <stdio.h>

#define URL_ROOM  2200
#define REPLY_MAX 16384

void heartbeat_release(struct heartbeat *h)
{
    http_request_release(&h->request);
    text_release(&h->url);
    *h = (struct heartbeat){ 0 };
}

static int make_url(struct heartbeat *h, const char *base, int word,
                    struct error *err)
{
    char path[16] = "";
    if (word == HEARTBEAT_START)
        snprintf(path, sizeof(path), "/start");
    else if (word == HEARTBEAT_NOTE)
        snprintf(path, sizeof(path), "/log");
    else if (word != 0)
        snprintf(path, sizeof(path), "/%d", word);
    h->url = (struct text)TEXT_INIT(URL_ROOM);
    return http_url_start(&h->url, base, path)
               ? error_set(err, FAULT_CONFIG, "heartbeat: URL too long")
               : 0;
}

int heartbeat_add(struct heartbeat *h, struct http_pool *pool,
                  const struct heartbeat_options *o, int word, const char *body,
                  struct error *err)
{
    heartbeat_release(h);
    snprintf(h->body, sizeof(h->body), "%s", body);
    int rc = make_url(h, o->url, word, err);
    h->request = (struct http_request){
        .method = HTTP_POST,
        .url = text_str(&h->url),
        .body = h->body,
        .content_type = "text/plain; charset=utf-8",
        .timeout_ms = o->timeout_ms,
        .reply_max = REPLY_MAX,
        .secret_path = true,
        .aside = true,
    };
    if (!rc)
        rc = http_pool_add(pool, &h->request, err);
    if (rc)
        heartbeat_release(h);
    return rc ? -1 : 0;
}

int heartbeat_check(const struct heartbeat *h, struct error *err)
{
    const struct http_reply *reply = &h->request.reply;
    if (!h->request.url || reply->status == 200 || reply->status == 201)
        return 0;
    return http_request_error(&h->request, err);
}
