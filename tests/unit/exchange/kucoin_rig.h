/* tests/unit/exchange/kucoin_rig.h - a client, its pool and a server that plays
 * the exchange, for one test file: begin(), the test, end().
 */
#ifndef EXCHANGE_KUCOIN_RIG_H
#define EXCHANGE_KUCOIN_RIG_H

#include "base/moment.h"
#include "exchange/kucoin.h"
#include "exchange/kucoin_bodies.h"
#include "net/tiny_server.h"
#include "test.h"

#define CANDLES_OF(symbol, type)                                               \
    "/api/v1/market/candles?symbol=" symbol "&type=" type "&"
#define SLOT ((int64_t)1795176900000) /* 2026-11-20T12:15:00Z */

static struct http_pool *pool;
static struct tiny_server server;
static struct kucoin client;
static char base[64];
static struct error err;

static inline void begin(void)
{
    struct http_pool_options pool_options = { .seed = 3 };
    struct kucoin_options options = KUCOIN_OPTIONS_INIT;
    memset(&err, 0, sizeof(err));
    pool = http_pool_new(&pool_options, &err);
    ASSERT_FATAL(pool != NULL);
    ASSERT_FATAL(tiny_start(&server));
    snprintf(base, sizeof(base), "http://127.0.0.1:%d/", server.port);
    options.base_url = base;
    options.timeout_ms = 2000;
    options.max_tries = 3;
    options.backoff_ms = 10;
    options.backoff_cap_ms = 40;
    options.limited_ms = 20;
    kucoin_init(&client, pool, &options);
}

static inline void end(void)
{
    http_pool_free(pool);
    tiny_stop(&server);
    memset(&server, 0, sizeof(server));
}

static inline struct tiny_route *route(int i, const char *prefix,
                                       const char *text)
{
    server.routes[i].prefix = prefix;
    server.routes[i].replies[0] =
        (struct tiny_reply){ .status = 200, .body = text };
    return &server.routes[i];
}

static inline int64_t in_20_s(void)
{
    return clock_monotonic_ms() + 20000;
}

static inline struct kucoin_want want_15m(const char *symbol, int64_t bars)
{
    struct kucoin_want w = { .symbol = symbol };
    w.span[TF_15M].from_ms = SLOT - bars * MS_PER_SLOT;
    w.span[TF_15M].until_ms = SLOT;
    return w;
}

#endif
