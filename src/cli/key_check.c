#include "cli/key_check.h"

#include <stdio.h>

#include "exchange/kucoin_private.h"
#include "sys/clock.h"

#define KEY_CHECK_MS 10000

static void ask(struct http_pool *pool, const struct config *c,
                struct kucoin_key *out)
{
    struct kucoin_options options = KUCOIN_OPTIONS_INIT;
    struct kucoin_login login = {
        .key = c->secrets.kucoin_api_key.text,
        .secret = c->secrets.kucoin_api_secret.text,
        .passphrase = c->secrets.kucoin_api_passphrase.text,
    };
    int64_t deadline_ms = clock_monotonic_ms() + KEY_CHECK_MS;
    struct kucoin_host host;
    struct kucoin kucoin;
    struct error err;

    options.base_url = c->exchange.base_url;
    options.timeout_ms = c->exchange.request_timeout_ms;
    options.weight_max = (int)c->exchange.weight_budget;
    kucoin_init(&kucoin, pool, &options);
    if (kucoin_greet(&kucoin, deadline_ms, &host, &err) == 0 && host.clock_ok)
        login.offset_ms = host.offset_ms;
    kucoin_ask_key(&kucoin, &login, c->exchange.allow_trading_key, deadline_ms,
                   out);
}

enum run_exit key_check(const struct config *config, struct error *err)
{
    char agent[96];
    const struct http_pool_options options = {
        .user_agent = agent,
        .max_per_host = 1,
        .seed = (uint64_t)clock_wall_ms(),
    };
    struct kucoin_key key = { .state = KUCOIN_KEY_NONE };

    if (!config->secrets.kucoin_api_key.text[0])
        return RUN_DONE;
    snprintf(agent, sizeof(agent), "gridwatch/%s", version_engine());
    struct http_pool *pool = http_pool_new(&options, err);
    if (!pool)
        return RUN_INTERNAL;
    ask(pool, config, &key);
    http_pool_free(pool);
    if (key.state == KUCOIN_KEY_UNKNOWN)
        fprintf(stderr,
                "gridwatch: the key could not be checked ('gridwatch doctor' "
                "does it again): %s\n",
                key.err.msg);
    if (key.state != KUCOIN_KEY_POWERFUL && key.state != KUCOIN_KEY_REFUSED)
        return RUN_DONE;
    *err = key.err;
    return RUN_KEY_REFUSED;
}
