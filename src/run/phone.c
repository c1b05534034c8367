#include "run/phone.h"

#include "run/feed.h"
#include "sys/clock.h"

bool run_has_channel(const struct run *r)
{
    return r->config->secrets.pushover_token.text[0] &&
           r->config->secrets.pushover_user.text[0];
}

/* A run that could not take its lock has none yet; finish() frees it. */
static int make_pool(struct run *r, struct error *err)
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

int run_ring(struct run *r, const struct pushover_message *m,
             struct pushover_result *out, struct error *err)
{
    const struct config *c = r->config;
    const struct feed *feed = r->options->feed;
    struct pushover_options options = PUSHOVER_OPTIONS_INIT;

    if (feed)
        return feed->send(feed->payload, r->exchange_ms, m, out, err);
    options.base_url = c->notify.pushover_url;
    options.token = c->secrets.pushover_token.text;
    options.user = c->secrets.pushover_user.text;
    options.timeout_ms = c->notify.request_timeout_ms;
    options.max_tries = (int)c->notify.tries;
    options.spacing_ms = c->notify.retry_spacing_ms;
    if (make_pool(r, err))
        return -1;
    return pushover_send(r->pool, &options, m, r->deadline_ms, out, err);
}
