#include "watchdog/tell.h"

#include <stdio.h>

#include "notify/pushover.h"
#include "notify/pushover_receipt.h"
#include "sys/clock.h"

/* No longer than all tries and the waits between them may take. */
static int64_t deadline_ms(const struct config_watchdog *c)
{
    return clock_monotonic_ms() +
           c->tries * (c->request_timeout_ms + 8 * c->retry_spacing_ms) + 1000;
}

static struct pushover_options options_of(const struct config *config)
{
    const struct config_watchdog *c = &config->watchdog;
    return (struct pushover_options){
        .base_url = c->pushover_url,
        .token = config->secrets.watchdog_pushover_token.text,
        .user = config->secrets.watchdog_pushover_user.text,
        .timeout_ms = c->request_timeout_ms,
        .max_tries = (int)c->tries,
        .spacing_ms = c->retry_spacing_ms,
    };
}

/* Of the sirens of one rule. */
#define TAG_MAX 64
static const char *tag_of(enum watch_rule_id id, char out[TAG_MAX])
{
    snprintf(out, TAG_MAX, "gridwatch-watchdog-%.40s", watch_rules[id].name);
    return out;
}

bool watchdog_tell(struct http_pool *pool, const struct config *config,
                   enum watch_rule_id id, const struct watch_message *m,
                   int64_t now_ms, char *why, size_t size)
{
    const struct pushover_options options = options_of(config);
    char tag[TAG_MAX];
    const struct pushover_message message = {
        .title = m->title,
        .body = m->body,
        .priority = m->priority,
        .retry_s = m->retry_s,
        .expire_s = m->expire_s,
        .tag = m->priority == 2 ? tag_of(id, tag) : NULL,
        .timestamp_s = now_ms / 1000,
    };
    struct pushover_result said;
    struct error err;
    why[0] = '\0';
    if (pushover_send(pool, &options, &message, deadline_ms(&config->watchdog),
                      &said, &err))
        snprintf(why, size, "%.150s", err.msg);
    else if (said.outcome != PUSHOVER_DELIVERED)
        snprintf(why, size, "%.150s", said.reason);
    else
        return true;
    return false;
}

void watchdog_quiet(struct http_pool *pool, const struct config *config,
                    enum watch_rule_id id)
{
    const struct pushover_options options = options_of(config);
    struct pushover_result said;
    struct error err;
    char tag[TAG_MAX];
    if (pushover_cancel(pool, &options, tag_of(id, tag),
                        deadline_ms(&config->watchdog), &said, &err))
        fprintf(stderr, "gridwatch: sirens of %s ring on: %s\n",
                watch_rules[id].name, err.msg);
    else if (said.outcome != PUSHOVER_DELIVERED)
        fprintf(stderr, "gridwatch: sirens of %s ring on: %s\n",
                watch_rules[id].name, said.reason);
}
