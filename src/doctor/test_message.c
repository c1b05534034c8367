#include "doctor/test_message.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "notify/pushover_receipt.h"
#include "run/channel_set.h"
#include "sys/clock.h"

_Static_assert(CHANNEL_SET + 1 <= TRIAL_MAX, "raise TRIAL_MAX");

static const char title[] = "gridwatch: a test message";
static const char body[] =
    "Nothing is to be done. Who reads this is told by gridwatch when a grid "
    "has to be left. Does the phone make a sound, and does it at night?";

bool trial_has_phone(const struct config *c)
{
    return c->secrets.pushover_token.text[0] &&
           c->secrets.pushover_user.text[0];
}

size_t trial_channels(const struct config *c, const char *names[TRIAL_MAX])
{
    struct channel_options options;
    size_t n = 0;
    if (trial_has_phone(c))
        names[n++] = "pushover";
    for (size_t i = 0; i < CHANNEL_SET; i++)
        if (channel_set_options(&channel_set[i], c, &options))
            names[n++] = channel_set[i].channel->name;
    return n;
}

static int64_t deadline_ms(const struct config *c)
{
    return clock_monotonic_ms() +
           c->notify.tries *
               (c->notify.request_timeout_ms + 8 * c->notify.retry_spacing_ms);
}

static struct pushover_options phone_options(const struct config *c)
{
    return (struct pushover_options){
        .base_url = c->notify.pushover_url,
        .token = c->secrets.pushover_token.text,
        .user = c->secrets.pushover_user.text,
        .timeout_ms = c->notify.request_timeout_ms,
        .max_tries = (int)c->notify.tries,
        .spacing_ms = c->notify.retry_spacing_ms,
    };
}

bool trial_ask_phone(const struct config *c, struct http_pool *pool,
                     bool *refused, char why[TRIAL_WHY])
{
    const struct pushover_options options = phone_options(c);
    struct pushover_result said;
    struct error err;

    *refused = false;
    if (pushover_validate(pool, &options, deadline_ms(c), &said, &err)) {
        snprintf(why, TRIAL_WHY, "%.250s", err.msg);
        return false;
    }
    *refused = said.outcome == PUSHOVER_REFUSED;
    snprintf(why, TRIAL_WHY, "%.250s", said.reason);
    return said.outcome == PUSHOVER_DELIVERED;
}

static void try_phone(const struct config *c, struct http_pool *pool,
                      int64_t now_ms, struct trial_result *out)
{
    const struct pushover_options options = phone_options(c);
    const struct pushover_message message = { .title = title,
                                              .body = body,
                                              .timestamp_s = now_ms / 1000 };
    struct pushover_result said;
    struct error err;

    out->channel = "pushover";
    if (pushover_send(pool, &options, &message, deadline_ms(c), &said, &err))
        snprintf(out->why, sizeof(out->why), "%.250s", err.msg);
    else if (said.outcome != PUSHOVER_DELIVERED)
        snprintf(out->why, sizeof(out->why), "%.250s", said.reason);
    out->taken = !out->why[0];
}

static void try_channel(const struct channel_row *row,
                        const struct channel_options *options,
                        struct http_pool *pool, int64_t within_ms,
                        int64_t now_ms, struct trial_result *out)
{
    const struct channel_message message = {
        .title = title,
        .body = body,
        .intent = "",
        .reason = "test",
        .state = "UNKNOWN",
        .grid = "run",
        .symbol = "",
        .commit = "",
        .slot_ms = moment_floor(now_ms, MS_PER_SLOT),
    };
    struct channel_call call = { 0 };
    struct channel_result said = { .outcome = CHANNEL_LATER };
    struct error err = { FAULT_NONE, "" };

    out->channel = row->channel->name;
    int rc = channel_add(&call, row->channel, pool, options, &message, &err);
    if (!rc)
        rc = http_pool_run(pool, within_ms, &err);
    if (!rc)
        channel_take(&call, &said);
    out->taken = !rc && said.outcome == CHANNEL_DELIVERED;
    if (!out->taken)
        snprintf(out->why, sizeof(out->why), "%.250s",
                 rc ? err.msg : said.reason);
    channel_call_release(&call);
}

size_t trial_send(const struct config *c, struct http_pool *pool,
                  int64_t now_ms, struct trial_result out[TRIAL_MAX])
{
    struct channel_options options;
    size_t n = 0;
    memset(out, 0, TRIAL_MAX * sizeof(*out));
    if (trial_has_phone(c))
        try_phone(c, pool, now_ms, &out[n++]);
    for (size_t i = 0; i < CHANNEL_SET; i++)
        if (channel_set_options(&channel_set[i], c, &options))
            try_channel(&channel_set[i], &options, pool, deadline_ms(c), now_ms,
                        &out[n++]);
    return n;
}
