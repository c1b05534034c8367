/* The shapes are those of recorded replies; turnover is the simulator's own
 * invention, volume times typical price, worked out with decimals. */
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "sim/candles.h"
#include "sim/sim_world.h"
#include "test.h"

#define NOW "2026-11-20T12:07:41.318Z" /* 1795176461318 */

static struct sim world(void)
{
    // clang-format off
    static const struct bar bars[] = {
        { 1795174200000, 84680.7, 84704.7, 84544.9, 84605.2, 31.71274807, 0 },
        { 1795175100000, 84605.2, 84638.8, 84477.6, 84498.2, 18.5967182, 0 },
        { 1795176000000, 84212.3, 84647.5, 84212.3, 84498.2, 6.20118744, 0 },
    };
    // clang-format on
    struct sim s = sim_world_at(NOW);
    for (size_t i = 0; i < ARRAY_LEN(bars); i++)
        ASSERT_INT(sim_book_append(&s.market.books[0], &bars[i], NULL), 0);
    s.market.books[0].places = 1;
    return s;
}

static void time_and_status_are_as_on_the_wire(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s, "GET /api/v1/timestamp", ""),
               "{\"code\":\"200000\",\"data\":1795176461318}");
    ASSERT_STR(sim_world_reply.content_type, "application/json");
    ASSERT_STR(sim_world_ask(&s, "GET /api/v1/status", ""),
               "{\"code\":\"200000\",\"data\":"
               "{\"status\":\"open\",\"msg\":\"\"}}");
    ASSERT_INT(sim_world_reply.status, 200);
    sim_world_end(&s);
}

static void a_candle_is_seven_texts_with_close_before_high(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s,
                             "GET /api/v1/market/candles?symbol=BTC-USDT&type="
                             "15min&startAt=1795175100&endAt=1795176900",
                             ""),
               "{\"code\":\"200000\",\"data\":["
               "[\"1795176000\",\"84212.3\",\"84212.3\",\"84212.3\","
               "\"84212.3\",\"0.001\",\"84.2123\"],"
               "[\"1795175100\",\"84605.2\",\"84498.2\",\"84638.8\","
               "\"84477.6\",\"18.5967182\",\"1572133.08253524\"]]}");
    sim_world_end(&s);
}

static void a_range_before_listing_is_an_empty_list(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s,
                             "GET /api/v1/market/candles?symbol=BTC-USDT&type="
                             "15min&startAt=1262304000&endAt=1262304600",
                             ""),
               "{\"code\":\"200000\",\"data\":[]}");
    sim_world_end(&s);
}

static int rows_in(const char *body)
{
    int n = -1; /* the list itself */
    for (; *body; body++)
        n += *body == '[';
    return n;
}

/* An ignored limit brings the newest rows, however far back they reach. */
static void fractions_and_milliseconds_are_silently_ignored(void)
{
    // clang-format off
    static const struct {
        const char *query;
        int rows;
    } asks[] = {
        { "startAt=1795175100",                       2 },
        { "startAt=1795175100.0",                     3 },
        { "startAt=1795175100000",                    3 },
        { "startAt=-5",                               3 },
        { "startAt=now",                              3 },
        { "startAt=",                                 3 },
        { "endAt=1795175100",                         1 },
        { "endAt=1795175100.5",                       3 },
        { "endAt=1795175100000",                      3 },
        { "startAt=1795175100&endAt=1795176000",      1 },
        { "startAt=0&endAt=1795176001",               3 },
        { "",                                         3 },
    };
    // clang-format on
    struct sim s = world();
    for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
        char what[200] =
            "GET /api/v1/market/candles?symbol=BTC-USDT&type=15min&";
        memcpy(what + strlen(what), asks[i].query, strlen(asks[i].query) + 1);
        ASSERT_INT(rows_in(sim_world_ask(&s, what, "")), asks[i].rows);
    }
    sim_world_end(&s);
}

static void unknown_pairs_and_types_fail_with_http_200(void)
{
    static const char *const pairs[] = {
        "GET /api/v1/market/candles?symbol=NOPE-USDT&type=15min",
        "GET /api/v1/market/candles?symbol=btc-usdt&type=15min",
        "GET /api/v1/market/candles?type=15min",
    };
    static const char *const types[] = {
        "GET /api/v1/market/candles?symbol=BTC-USDT&type=15m",
        "GET /api/v1/market/candles?symbol=BTC-USDT&type=1min",
        "GET /api/v1/market/candles?symbol=BTC-USDT",
    };
    struct sim s = world();
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        ASSERT_STR(sim_world_ask(&s, pairs[i], ""),
                   "{\"code\":\"400100\","
                   "\"msg\":\"This pair is not provided at present\"}");
        ASSERT_INT(sim_world_reply.status, 200);
        sim_world_ask(&s, types[i], "");
        ASSERT_STR(sim_world_text("code"), "400100");
        ASSERT_INT(sim_world_reply.status, 200);
    }
    sim_world_end(&s);
}

static void the_ticker_has_the_price_at_the_clock(void)
{
    struct sim s = world();
    ASSERT_STR(
        sim_world_ask(&s, "GET /api/v1/market/orderbook/level1?symbol=BTC-USDT",
                      ""),
        "{\"code\":\"200000\",\"data\":{\"time\":1795176461318,"
        "\"sequence\":\"1795176461\",\"price\":\"84212.3\","
        "\"size\":\"0.00214\",\"bestBid\":\"84212.2\","
        "\"bestBidSize\":\"0.51433271\",\"bestAsk\":\"84212.3\","
        "\"bestAskSize\":\"0.88201\"}}");
    ASSERT_STR(
        sim_world_ask(
            &s, "GET /api/v1/market/orderbook/level1?symbol=NOPE-USDT", ""),
        "{\"code\":\"200000\",\"data\":null}");
    sim_world_ask(&s, "PUT /sim/clock", "2020-01-01T00:00:00Z");
    ASSERT_STR(
        sim_world_ask(&s, "GET /api/v1/market/orderbook/level1?symbol=BTC-USDT",
                      ""),
        "{\"code\":\"200000\",\"data\":null}");
    sim_world_end(&s);
}

/* Recorded: spot_symbol_v2_one. */
#define BTC_USDT                                                               \
    "{\"symbol\":\"BTC-USDT\",\"name\":\"BTC-USDT\",\"baseCurrency\":"         \
    "\"BTC\",\"quoteCurrency\":\"USDT\",\"feeCurrency\":\"USDT\","             \
    "\"market\":\"USDS\",\"baseMinSize\":\"0.00001\",\"quoteMinSize\":"        \
    "\"0.1\",\"baseMaxSize\":\"10000000000\",\"quoteMaxSize\":"                \
    "\"99999999\",\"baseIncrement\":\"0.00000001\",\"quoteIncrement\":"        \
    "\"0.000001\",\"priceIncrement\":\"0.1\",\"priceLimitRate\":\"0.1\","      \
    "\"minFunds\":\"0.1\",\"isMarginEnabled\":true,\"enableTrading\":true,"    \
    "\"feeCategory\":1,\"makerFeeCoefficient\":\"1.00\","                      \
    "\"takerFeeCoefficient\":\"1.00\",\"st\":false,"                           \
    "\"callauctionIsEnabled\":false,\"callauctionPriceFloor\":null,"           \
    "\"callauctionPriceCeiling\":null,"                                        \
    "\"callauctionFirstStageStartTime\":null,"                                 \
    "\"callauctionSecondStageStartTime\":null,"                                \
    "\"callauctionThirdStageStartTime\":null,\"tradingStartTime\":null}"

static void symbols_are_described_in_full(void)
{
    struct sim s = world();
    ASSERT_STR(sim_world_ask(&s, "GET /api/v2/symbols", ""),
               "{\"code\":\"200000\",\"data\":[" BTC_USDT "]}");
    ASSERT_STR(sim_world_ask(&s, "GET /api/v2/symbols?market=USDS", ""),
               "{\"code\":\"200000\",\"data\":[" BTC_USDT "]}");
    ASSERT_STR(sim_world_ask(&s, "GET /api/v2/symbols?market=BTC", ""),
               "{\"code\":\"200000\",\"data\":[]}");
    ASSERT_STR(sim_world_ask(&s, "GET /api/v2/symbols/BTC-USDT", ""),
               "{\"code\":\"200000\",\"data\":" BTC_USDT "}");
    ASSERT_STR(sim_world_ask(&s, "GET /api/v2/symbols/NOPE-USDT", ""),
               "{\"code\":\"900001\",\"msg\":\"symbol not exists\"}");
    sim_world_end(&s);
}

static void unknown_paths_and_methods_are_404(void)
{
    static const char *const asks[] = {
        "GET /api/v1/no-such-thing", "GET /api/v2/symbols/A/B",
        "GET /api/v2/symbols/",      "GET /",
        "POST /api/v1/timestamp",
    };
    struct sim s = world();
    for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
        ASSERT_STR(sim_world_ask(&s, asks[i], ""),
                   "{\"code\":\"404000\",\"msg\":\"URL Not Found\"}");
        ASSERT_INT(sim_world_reply.status, 404);
    }
    ASSERT_STR(sim_world_ask(&s, "GET /api/ua/v1/market/kline", ""),
               "{\"code\":\"404\",\"msg\":\"Not Found\",\"retry\":false,"
               "\"success\":false}");
    sim_world_end(&s);
}

static void every_reply_tells_the_rate_limit(void)
{
    struct sim s = world();
    sim_world_mono_ms = 1000;
    sim_world_ask(&s, "GET /api/v1/timestamp", "");
    ASSERT_STR(sim_world_header("gw-ratelimit-limit"), "2000");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1997");
    ASSERT_STR(sim_world_header("gw-ratelimit-reset"), "30000");
    sim_world_mono_ms = 1250;
    sim_world_ask(&s, "GET /api/v2/symbols", "");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1993");
    ASSERT_STR(sim_world_header("gw-ratelimit-reset"), "29750");
    sim_world_ask(&s, "GET /api/v1/no-such-thing", "");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1993");
    sim_world_end(&s);
}

/* 666 requests of weight 3 fit into 2000, a 667th does not; one of weight 2
 * still does. */
static void the_quota_is_a_fixed_window(void)
{
    struct sim s = world();
    sim_world_mono_ms = 5000;
    for (int i = 0; i < 666; i++)
        sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "2");
    sim_world_mono_ms = 34999;
    ASSERT_STR(sim_world_ask(&s, "GET /api/v1/status", ""),
               "{\"code\":\"429000\",\"msg\":\"Too Many Requests\"}");
    ASSERT_INT(sim_world_reply.status, 429);
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "0");
    ASSERT_STR(sim_world_header("gw-ratelimit-reset"), "1");
    sim_world_ask(&s, "GET /api/v1/market/orderbook/level1?symbol=BTC-USDT",
                  "");
    ASSERT_INT(sim_world_reply.status, 200);
    sim_world_mono_ms = 35000;
    sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT_INT(sim_world_reply.status, 200);
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1997");
    sim_world_ask(&s, "PUT /sim/clock", NOW);
    sim_world_ask(&s, "GET /api/v1/status", "");
    ASSERT_STR(sim_world_header("gw-ratelimit-remaining"), "1997");
    sim_world_end(&s);
}

void sim_kucoin_test(void);

void sim_kucoin_test(void)
{
    TEST_SUITE("sim/kucoin");
    TEST(time_and_status_are_as_on_the_wire);
    TEST(a_candle_is_seven_texts_with_close_before_high);
    TEST(a_range_before_listing_is_an_empty_list);
    TEST(fractions_and_milliseconds_are_silently_ignored);
    TEST(unknown_pairs_and_types_fail_with_http_200);
    TEST(the_ticker_has_the_price_at_the_clock);
    TEST(symbols_are_described_in_full);
    TEST(unknown_paths_and_methods_are_404);
    TEST(every_reply_tells_the_rate_limit);
    TEST(the_quota_is_a_fixed_window);
}
