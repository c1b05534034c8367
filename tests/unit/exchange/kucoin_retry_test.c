/* Which replies of the exchange are asked for again: the retry table of the
 * facts gathered on the interface, section 8, row by row. */
#include "base/array.h"
#include "exchange/kucoin_rig.h"

#define SPENT                                                                  \
    "gw-ratelimit-limit: 2000\r\ngw-ratelimit-remaining: 0\r\n"                \
    "gw-ratelimit-reset: 30\r\n"
#define OVERLOAD                                                               \
    "gw-ratelimit-limit: 2000\r\ngw-ratelimit-remaining: 1721\r\n"             \
    "gw-ratelimit-reset: 21004\r\n"

static const struct {
    struct tiny_reply reply;
    int requests; /* until a good second reply, or the end */
} rows[] = {
    { { .status = -1 }, 2 },
    { { .status = 200, .body = BODY_CANDLES_15MIN, .missing = 5 }, 2 },
    { { .status = 200, .body = "{\"code\":\"200000\",\"data\":[[\"17" }, 2 },
    { { .status = 200, .body = BODY_BAD_GATEWAY }, 2 },
    { { .status = 502, .body = BODY_BAD_GATEWAY }, 2 },
    { { .status = 504 }, 2 },
    { { .status = 520, .body = "<html>" }, 2 },
    { { .status = 500,
        .body = "{\"code\":\"500000\",\"msg\":\"Internal Server "
                "Error\"}" },
      2 },
    { { .status = 503,
        .body = "{\"code\":\"503000\",\"msg\":\"Service "
                "Unavailable\"}" },
      2 },
    { { .status = 200,
        .body = "{\"code\":\"230005\",\"msg\":\"The system is busy\"}" },
      2 },
    { { .status = 200,
        .body = "{\"code\":\"408000\",\"msg\":\"Network timeout\"}" },
      2 },
    { { .status = 200, .body = "{\"code\":\"200002\",\"msg\":\"\"}" }, 2 },
    { { .status = 429,
        .headers = SPENT,
        .body = "{\"code\":\"429000\",\"msg\":\"Too Many Requests\"}" },
      2 },
    { { .status = 429,
        .headers = OVERLOAD,
        .body = "{\"code\":\"429000\",\"msg\":\"Too Many Requests\"}" },
      2 },
    { { .status = 200,
        .body = "{\"code\":\"429000\",\"msg\":\"Too Many Requests\"}" },
      2 },
    { { .status = 503, .body = "{\"code\":\"777777\",\"msg\":\"\"}" }, 2 },
    { { .status = 200, .body = "{\"code\":\"777777\",\"msg\":\"\"}" }, 1 },
    { { .status = 400,
        .body = "{\"code\":\"400002\",\"msg\":\"Invalid "
                "KC-API-TIMESTAMP\"}" },
      1 },
    { { .status = 200, .body = "{\"code\":\"400100\",\"msg\":\"\"}" }, 1 },
    { { .status = 400, .body = "{\"code\":\"400100\",\"msg\":\"\"}" }, 1 },
    { { .status = 200, .body = "{\"code\":\"100003\",\"msg\":\"\"}" }, 1 },
    { { .status = 200, .body = "{\"code\":\"900001\",\"msg\":\"\"}" }, 1 },
    { { .status = 404, .body = "{\"code\":\"404000\",\"msg\":\"\"}" }, 1 },
    { { .status = 200, .body = "{\"code\":\"411100\",\"msg\":\"\"}" }, 1 },
    { { .status = 403, .body = BODY_CLOUDFLARE_1015 }, 1 },
    { { .status = 429, .body = BODY_CLOUDFLARE_1015 }, 1 },
    { { .status = 403, .body = "<html>blocked</html>" }, 1 },
    { { .status = 302, .headers = "Location: /x\r\n" }, 1 },
    { { .status = 200, .body = "{\"code\":\"200000\"}" }, 1 },
    { { .status = 400, .body = BODY_CANDLES_15MIN }, 1 },
};

static void only_what_passes_is_asked_for_again(void)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        route(0, CANDLES_OF("BTC-USDT", "15min"), NULL)->replies[0] =
            rows[i].reply;
        server.routes[0].replies[1] =
            (struct tiny_reply){ .status = 200, .body = BODY_CANDLES_15MIN };
        begin();
        struct kucoin_want w = want_15m("BTC-USDT", 8);
        struct kucoin_answer a;
        ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
        ASSERT_INT(server.seen_count, rows[i].requests);
        ASSERT_INT(a.series[TF_15M].ok, rows[i].requests == 2);
        ASSERT_INT(client.weight_used, 3 * rows[i].requests);
        kucoin_answer_release(&a);
        end();
    }
}

/* A reset of 27 s is beyond a deadline of 5 s: the run is not held up. */
static void a_quota_that_comes_back_too_late_is_not_waited_for(void)
{
    struct kucoin_want w = want_15m("BTC-USDT", 8);
    struct kucoin_answer a;
    route(0, "/", NULL)->replies[0] =
        (struct tiny_reply){ .status = 429,
                             .headers = "gw-ratelimit-remaining: 0\r\n"
                                        "gw-ratelimit-reset: 27411\r\n",
                             .body = "{\"code\":\"429000\",\"msg\":\"\"}" };
    begin();
    int64_t start = clock_monotonic_ms();
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, start + 5000, &err), 0);
    ASSERT(clock_monotonic_ms() - start < 2000);
    ASSERT_INT(server.seen_count, 1);
    ASSERT_INT(a.series[TF_15M].err.fault, FAULT_TRANSIENT);
    ASSERT(strstr(a.series[TF_15M].err.msg, "too many requests") != NULL);
    kucoin_answer_release(&a);
    end();
}

void kucoin_retry_test(void);
void kucoin_retry_test(void)
{
    TEST_SUITE("exchange/kucoin retries");
    TEST(only_what_passes_is_asked_for_again);
    TEST(a_quota_that_comes_back_too_late_is_not_waited_for);
}
