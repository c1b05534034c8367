/* Any server that takes JSON. The keys are in docs/channels.md. */
#include <stdio.h>

#include "notify/channel_json.h"

static int put_message(struct channel_call *c, const struct channel_message *m,
                       struct error *err)
{
    const char *token = c->options.token;
    size_t n = 0;

    if (text_puts(&c->url, c->options.url) || webhook_json_message(m, &c->body))
        return error_set(err, FAULT_CONFIG, "the message is too long");
    if (token && token[0] &&
        !text_printf(&c->token, "Authorization: Bearer %s", token))
        c->headers[n++] = text_str(&c->token);
    if (m->intent[0]) {
        snprintf(c->event, sizeof(c->event), "X-Event-Id: %s", m->intent);
        c->headers[n++] = c->event;
    }
    c->headers[n] = NULL;
    return 0;
}

/* Any 2xx is a yes, whatever it says. */
static void judge_reply(const struct http_reply *reply,
                        struct channel_result *out)
{
    if (reply->status >= 200 && reply->status < 300)
        out->outcome = CHANNEL_DELIVERED;
}

const struct channel channel_webhook = { .name = "webhook",
                                         .write = put_message,
                                         .classify = retry_by_transport,
                                         .read = judge_reply };
