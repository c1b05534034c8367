#include "notify/ntfy_ahead.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "notify/ntfy_json.h"

#define URL_ROOM   2200
#define TOKEN_ROOM 2200
#define REPLY_MAX  16384

void ntfy_ahead_release(struct ntfy_ahead *a)
{
    http_request_release(&a->request);
    text_release(&a->url);
    if (a->token.data)
        explicit_bzero(a->token.data, a->token.len);
    text_release(&a->token);
    *a = (struct ntfy_ahead){ 0 };
}

static void put_headers(struct ntfy_ahead *a, const struct ntfy_options *o,
                        int64_t delay_s, const char *title)
{
    size_t n = 0;
    snprintf(a->title, sizeof(a->title), "Title: %s", title);
    snprintf(a->delay, sizeof(a->delay), "Delay: %" PRId64 "s", delay_s);
    a->token = (struct text)TEXT_INIT(TOKEN_ROOM);
    a->headers[n++] = a->title;
    a->headers[n++] = a->delay;
    a->headers[n++] = "Priority: 5";
    a->headers[n++] = "Tags: warning";
    if (o->token && o->token[0] &&
        !text_printf(&a->token, "Authorization: Bearer %s", o->token))
        a->headers[n++] = text_str(&a->token);
    a->headers[n] = NULL;
}

int ntfy_ahead_add(struct ntfy_ahead *a, struct http_pool *pool,
                   const struct ntfy_options *o, int64_t delay_s,
                   const char *title, const char *body, struct error *err)
{
    ntfy_ahead_release(a);
    if (delay_s < NTFY_DELAY_S_MIN || delay_s > NTFY_DELAY_S_MAX)
        return error_set(err, FAULT_CONFIG,
                         "ntfy: no message can be %" PRId64 " s ahead",
                         delay_s);
    a->url = (struct text)TEXT_INIT(URL_ROOM);
    snprintf(a->body, sizeof(a->body), "%s", body);
    put_headers(a, o, delay_s, title);
    int rc = http_url_start(&a->url, o->url, "/" NTFY_SEQUENCE)
                 ? error_set(err, FAULT_CONFIG, "ntfy: URL too long")
                 : 0;
    a->request = (struct http_request){
        .method = HTTP_POST,
        .url = text_str(&a->url),
        .body = a->body,
        .content_type = "text/plain; charset=utf-8",
        .headers = a->headers,
        .timeout_ms = o->timeout_ms,
        .reply_max = REPLY_MAX,
        .secret_path = true,
        .aside = true,
    };
    if (!rc)
        rc = http_pool_add(pool, &a->request, err);
    if (rc)
        ntfy_ahead_release(a);
    return rc ? -1 : 0;
}

int ntfy_ahead_check(const struct ntfy_ahead *a, struct error *err)
{
    const struct http_reply *reply = &a->request.reply;
    if (!a->request.url)
        return 0;
    if (reply->status == 404)
        return error_set(err, FAULT_REFUSED,
                         "ntfy: no such place (404): is NTFY_URL a topic, and "
                         "the server 2.16 or newer?");
    if (reply->status != 200)
        return http_request_error(&a->request, err);
    if (!ntfy_json_took(reply->body.data, reply->body.len, NTFY_SEQUENCE))
        return error_set(err, FAULT_DATA,
                         "ntfy: the reply does not say that the message was "
                         "put ahead: is NTFY_URL a topic?");
    return 0;
}
