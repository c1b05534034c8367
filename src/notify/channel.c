#include "notify/channel.h"

#include <stdio.h>
#include <string.h>

#define URL_ROOM    4400
#define BODY_ROOM   (1 << 15)
#define TOKEN_ROOM  2200
#define REPLY_MAX   (1 << 16)
#define SPACING_CAP 60000
#define HIDDEN_MIN  4 /* a secret that is shorter is no secret */

const char *channel_outcome_name(enum channel_outcome outcome)
{
    static const char *const names[] = {
        [CHANNEL_DELIVERED] = "delivered",
        [CHANNEL_REFUSED] = "refused",
        [CHANNEL_LATER] = "later",
    };
    return names[outcome];
}

static void wipe(struct text *t)
{
    if (t->data)
        explicit_bzero(t->data, t->room);
    text_release(t);
}

void channel_call_release(struct channel_call *c)
{
    http_request_release(&c->request);
    wipe(&c->url);
    wipe(&c->token);
    text_release(&c->body);
    *c = (struct channel_call){ .channel = NULL };
}

int channel_add(struct channel_call *c, const struct channel *channel,
                struct http_pool *pool, const struct channel_options *o,
                const struct channel_message *m, struct error *err)
{
    *c = (struct channel_call){
        .channel = channel,
        .options = *o,
        .retry = { .classify = channel->classify,
                   .asked_s = channel->asked_s,
                   .max_tries = o->max_tries,
                   .first_ms = o->spacing_ms,
                   .cap_ms = SPACING_CAP,
                   .limited_ms = SPACING_CAP },
        .url = TEXT_INIT(URL_ROOM),
        .body = TEXT_INIT(BODY_ROOM),
        .token = TEXT_INIT(TOKEN_ROOM),
    };
    int rc = channel->write(c, m, err);
    c->request = (struct http_request){
        .method = HTTP_POST,
        .url = text_str(&c->url),
        .body = text_str(&c->body),
        .content_type = "application/json",
        .headers = c->headers,
        .timeout_ms = o->timeout_ms,
        .reply_max = REPLY_MAX,
        .retry = &c->retry,
        .secret_path = true,
    };
    if (!rc)
        rc = http_pool_add(pool, &c->request, err);
    if (rc)
        channel_call_release(c);
    return rc ? error_wrap(err, "%s", channel->name) : 0;
}

/* The address ends in what must not be shown: a topic, a key. */
static void hide(char *reason, const char *secret)
{
    size_t len = secret ? strlen(secret) : 0;
    if (len < HIDDEN_MIN)
        return;
    for (char *at = reason; (at = strstr(at, secret)) != NULL; at += len)
        memset(at, '*', len);
}

static void hide_all(const struct channel_call *c, char *reason)
{
    const char *last = c->options.url ? strrchr(c->options.url, '/') : NULL;
    hide(reason, c->options.token);
    hide(reason, c->options.url);
    hide(reason, last ? last + 1 : NULL);
}

static const char *usual_reason(const struct channel_result *result)
{
    if (result->status == 429)
        return "too many messages";
    if (result->status >= 500)
        return "the server has an internal error";
    if (result->status >= 400 || result->outcome == CHANNEL_REFUSED)
        return "not taken, and no reason given";
    return "the reply is not of this channel";
}

void channel_take(const struct channel_call *c, struct channel_result *out)
{
    const struct http_reply *reply = &c->request.reply;
    char said[UTF8_ROOM(CHANNEL_REASON_MAX)];
    struct error why;

    *out = (struct channel_result){ .outcome = CHANNEL_LATER,
                                    .status = reply->status,
                                    .tries = reply->tries };
    if (reply->outcome == HTTP_REPLIED) {
        c->channel->read(reply, out);
        if (reply->status >= 300)
            out->outcome = reply->status >= 400 && reply->status < 500 &&
                                   reply->status != 429
                               ? CHANNEL_REFUSED
                               : CHANNEL_LATER;
        snprintf(said, sizeof(said), "%s",
                 out->reason[0] ? out->reason : usual_reason(out));
        hide_all(c, said);
    } else {
        http_request_error(&c->request, &why);
        utf8_cut_line(why.msg, CHANNEL_REASON_MAX, said);
    }
    out->reason[0] = '\0';
    if (out->outcome == CHANNEL_DELIVERED)
        return;
    out->request[0] = '\0';
    if (reply->outcome == HTTP_REPLIED)
        snprintf(out->reason, sizeof(out->reason), "HTTP %d: ", reply->status);
    char whole[2 * sizeof(said)];
    snprintf(whole, sizeof(whole), "%s%s", out->reason, said);
    utf8_cut_line(whole, CHANNEL_REASON_MAX, out->reason);
}
