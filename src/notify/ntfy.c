/* A topic of ntfy: JSON to the server, so that a title may hold any letter. */
#include <string.h>

#include "notify/channel_json.h"

#define SPENT_TODAY 42908 /* the day's quota: no wait within a run helps */

/* The topic is the last part of the address. */
static int put_message(struct channel_call *c, const struct channel_message *m,
                       struct error *err)
{
    const char *url = c->options.url, *slash = strrchr(url, '/');
    const char *token = c->options.token;
    size_t n = 0;

    if (!slash || slash < url + strlen("http://x") || !slash[1])
        return error_set(err, FAULT_CONFIG, "the address is no topic");
    if (text_append(&c->url, url, (size_t)(slash + 1 - url)) ||
        ntfy_json_message(slash + 1, m, &c->body))
        return error_set(err, FAULT_CONFIG, "the message is too long");
    if (token && token[0] &&
        !text_printf(&c->token, "Authorization: Bearer %s", token))
        c->headers[n++] = text_str(&c->token);
    c->headers[n] = NULL;
    return 0;
}

static enum retry_verdict classify(const struct http_request *r)
{
    return ntfy_json_code(&r->reply) == SPENT_TODAY ? RETRY_NO
                                                    : retry_by_transport(r);
}

const struct channel channel_ntfy = { .name = "ntfy",
                                      .write = put_message,
                                      .classify = classify,
                                      .read = ntfy_json_read };
