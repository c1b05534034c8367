/* A bot of Telegram. Its token stands in the address; the text is plain, so
 * nothing in it can be markup. */
#include <string.h>

#include "notify/channel_json.h"

#define TOKEN_LETTERS                                                          \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:"

static int put_message(struct channel_call *c, const struct channel_message *m,
                       struct error *err)
{
    const char *token = c->options.token;
    if (!token[0] || token[strspn(token, TOKEN_LETTERS)])
        return error_set(err, FAULT_CONFIG,
                         "TELEGRAM_TOKEN is no token: it is like 123456:ABC");
    if (http_url_start(&c->url, c->options.url, "/bot") ||
        text_puts(&c->url, token) || text_puts(&c->url, "/sendMessage") ||
        telegram_json_message(c->options.chat, m, &c->body))
        return error_set(err, FAULT_CONFIG, "the message is too long");
    return 0;
}

static int64_t asked_s(const struct http_request *r)
{
    return telegram_json_retry_after_s(&r->reply);
}

const struct channel channel_telegram = { .name = "telegram",
                                          .write = put_message,
                                          .classify = retry_by_transport,
                                          .asked_s = asked_s,
                                          .read = telegram_json_read };
