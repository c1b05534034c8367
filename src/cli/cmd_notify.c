/* gridwatch notify --test: one message to each channel, and what became of it.
 */
#include <stdio.h>

#include "base/moment.h"
#include "cli/command.h"
#include "doctor/test_message.h"
#include "sys/clock.h"

enum { OPTION_TEST };

static void tell(const struct context *c, const struct trial_result *r)
{
    if (c->json)
        printf("{\"channel\":\"%s\",\"delivered\":%s}\n", r->channel,
               r->taken ? "true" : "false");
    else if (r->taken)
        printf("%s: delivered\n", r->channel);
    else
        printf("%s: not delivered: %s\n", r->channel, r->why);
}

static enum run_exit try_all(const struct context *c, struct error *err)
{
    struct trial_result results[TRIAL_MAX];
    const struct http_pool_options options = { .user_agent = "gridwatch",
                                               .seed =
                                                   (uint64_t)clock_wall_ms() };
    struct http_pool *pool = http_pool_new(&options, err);
    size_t failed = 0;

    if (!pool)
        return RUN_INTERNAL;
    size_t n = trial_send(c->config, pool, clock_wall_ms(), results);
    http_pool_free(pool);
    for (size_t i = 0; i < n; i++) {
        tell(c, &results[i]);
        failed += !results[i].taken;
    }
    fflush(stdout); /* what follows goes to stderr */
    if (!failed)
        return RUN_DONE;
    error_set(err, FAULT_TRANSIENT, "%zu of %zu channels took nothing", failed,
              n);
    return RUN_NOT_DELIVERED;
}

enum run_exit cmd_notify(const struct context *c, struct error *err)
{
    const char *names[TRIAL_MAX];
    size_t n = trial_channels(c->config, names);

    if (!c->args->value[1][OPTION_TEST]) {
        error_set(err, FAULT_USAGE, "say 'gridwatch notify --test'");
        return RUN_USAGE;
    }
    if (n == 0) {
        error_set(err, FAULT_CONFIG,
                  "no channel is set up: set PUSHOVER_TOKEN and PUSHOVER_USER, "
                  "or see docs/channels.md");
        return RUN_CONFIG;
    }
    if (!c->dry_run)
        return try_all(c, err);
    for (size_t i = 0; i < n; i++)
        printf("%s: would be told\n", names[i]);
    return RUN_DONE;
}
