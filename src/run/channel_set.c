#include "run/channel_set.h"

#include "alert/draft.h"

/* A secret address goes before the one that stands in a file. */
static const char *either(const struct secret *secret, const char *option)
{
    return secret->text[0] ? secret->text : option;
}

static void ntfy_options(const struct config *c, struct channel_options *out)
{
    out->url = either(&c->secrets.ntfy_alert_url, c->notify.ntfy_url);
    out->token = c->secrets.ntfy_alert_token.text;
}

static enum notify_from ntfy_from(const struct config *c)
{
    return c->notify.ntfy_from;
}

static void telegram_options(const struct config *c,
                             struct channel_options *out)
{
    out->chat = c->notify.telegram_chat;
    out->url = out->chat[0] ? c->notify.telegram_url : "";
    out->token = c->secrets.telegram_token.text;
}

static enum notify_from telegram_from(const struct config *c)
{
    return c->notify.telegram_from;
}

static void webhook_options(const struct config *c, struct channel_options *out)
{
    out->url = either(&c->secrets.webhook_url, c->notify.webhook_url);
    out->token = c->secrets.webhook_token.text;
}

static enum notify_from webhook_from(const struct config *c)
{
    return c->notify.webhook_from;
}

const struct channel_row channel_set[CHANNEL_SET] = {
    { &channel_ntfy, ntfy_options, ntfy_from, true },
    { &channel_telegram, telegram_options, telegram_from, true },
    { &channel_webhook, webhook_options, webhook_from, false },
};

bool channel_set_options(const struct channel_row *row, const struct config *c,
                         struct channel_options *out)
{
    *out = (struct channel_options){
        .timeout_ms = c->notify.request_timeout_ms,
        .max_tries = (int)c->notify.tries,
        .spacing_ms = c->notify.retry_spacing_ms,
    };
    row->options(c, out);
    return out->url[0] && row->from(c) != NOTIFY_OFF;
}

bool channel_set_takes(const struct channel_row *row, const struct config *c,
                       int64_t priority)
{
    enum notify_from level = priority >= 2   ? NOTIFY_FROM_MANDATORY
                             : priority == 1 ? NOTIFY_FROM_LATEST
                             : priority == 0 ? NOTIFY_FROM_WARNING
                                             : NOTIFY_FROM_NORMAL;
    return row->from(c) <= level;
}

void channel_set_names(const struct config *c, bool has_phone,
                       char out[CHANNEL_NAMES_MAX])
{
    struct draft d = { .out = out, .size = CHANNEL_NAMES_MAX };
    struct channel_options options;

    out[0] = '\0';
    if (has_phone)
        draft_put(&d, "Pushover");
    for (size_t i = 0; i < CHANNEL_SET; i++) {
        const struct channel_row *row = &channel_set[i];
        if (channel_set_options(row, c, &options))
            draft_put(&d, "%s%s (from %s)", d.len ? ", " : "",
                      row->channel->name, notify_from_name(row->from(c)));
    }
}
