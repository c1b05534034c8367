#include "run/phone.h"

#include "run/feed.h"
#include "sys/clock.h"

bool run_has_channel(const struct run *r)
{
    return r->config->secrets.pushover_token.text[0] &&
           r->config->secrets.pushover_user.text[0];
}

/* A run that could not take its lock has none yet; finish() frees it. */
int run_pool(struct run *r, struct error *err)
{
    const struct http_pool_options pool = {
        .user_agent = r->user_agent,
        .max_per_host = (size_t)r->config->exchange.max_connections,
        .seed = (uint64_t)clock_wall_ms(),
    };
    if (!r->pool)
        r->pool = http_pool_new(&pool, err);
    return r->pool ? 0 : -1;
}

static struct pushover_options options_of(const struct run *r)
{
    const struct config *c = r->config;
    struct pushover_options options = PUSHOVER_OPTIONS_INIT;

    options.base_url = c->notify.pushover_url;
    options.token = c->secrets.pushover_token.text;
    options.user = c->secrets.pushover_user.text;
    options.timeout_ms = c->notify.request_timeout_ms;
    options.max_tries = (int)c->notify.tries;
    options.spacing_ms = c->notify.retry_spacing_ms;
    return options;
}

int run_ring(struct run *r, const struct pushover_message *m,
             struct pushover_result *out, struct error *err)
{
    const struct feed *feed = r->options->feed;
    const struct pushover_options options = options_of(r);

    if (feed)
        return feed->send(feed->payload, r->exchange_ms, m, out, err);
    if (run_pool(r, err))
        return -1;
    return pushover_send(r->pool, &options, m, r->deadline_ms, out, err);
}

int run_ask_siren(struct run *r, const char *receipt, int64_t deadline_ms,
                  struct pushover_result *out, struct pushover_receipt *said,
                  struct error *err)
{
    const struct feed *feed = r->options->feed;
    const struct pushover_options options = options_of(r);

    *out = (struct pushover_result){ .outcome = PUSHOVER_LATER };
    if (feed)
        return feed->ask ? feed->ask(feed->payload, r->exchange_ms, receipt,
                                     out, said, err)
                         : 0;
    if (run_pool(r, err))
        return -1;
    return pushover_ask(r->pool, &options, receipt, deadline_ms, out, said,
                        err);
}

int run_cancel_siren(struct run *r, const char *tag, int64_t deadline_ms,
                     struct pushover_result *out, struct error *err)
{
    const struct feed *feed = r->options->feed;
    const struct pushover_options options = options_of(r);

    *out = (struct pushover_result){ .outcome = PUSHOVER_LATER };
    if (feed)
        return feed->cancel
                   ? feed->cancel(feed->payload, r->exchange_ms, tag, out, err)
                   : 0;
    if (run_pool(r, err))
        return -1;
    return pushover_cancel(r->pool, &options, tag, deadline_ms, out, err);
}
