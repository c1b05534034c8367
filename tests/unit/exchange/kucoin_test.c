/* The client against a server on loopback that behaves like the exchange. */
#include "exchange/kucoin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "exchange/kucoin_rig.h"

static int64_t query_of(const char *target, const char *name)
{
    const char *at = strstr(target, name);
    return at ? strtoll(at + strlen(name), NULL, 10) : -1;
}

/* How an invented exchange departs from the documented one. */
struct market {
    bool end_inclusive;   /* a bar that opens at endAt comes too */
    int rows_max;         /* 0: 1500 */
    int64_t idle_from_s;  /* bars that were not traded: left out */
    int64_t idle_until_s; /* (half open) */
    int64_t corrected_s;  /* this bar differs when it is at a page's end */
};

static double close_at(int64_t open_s)
{
    return 100 + (double)(open_s / 900 % 50);
}

/* Rows newest first from endAt, exclusive, down to startAt, 1500 at most. */
static char *make_candles(const char *target, void *arg)
{
    const struct market *m = arg;
    int64_t step = strstr(target, "type=15min")   ? 900
                   : strstr(target, "type=1hour") ? 3600
                                                  : 14400;
    int64_t start = query_of(target, "startAt=");
    int64_t stop = query_of(target, "endAt=");
    struct text t = TEXT_INIT(1 << 20);
    int rows = 0, rows_max = m->rows_max ? m->rows_max : 1500;
    text_puts(&t, "{\"code\":\"200000\",\"data\":[");
    for (int64_t at = m->end_inclusive ? stop : stop - step;
         at >= start && rows < rows_max; at -= step) {
        if (at >= m->idle_from_s && at < m->idle_until_s)
            continue;
        double c = close_at(at);
        bool changed = at == m->corrected_s && at == stop;
        text_printf(&t,
                    "%s[\"%" PRId64 "\",\"%g\",\"%g\",\"%g\",\"%g\",\"1.5\","
                    "\"150\"]",
                    rows++ ? "," : "", at, c, c, c + (changed ? 2 : 1), c - 1);
    }
    text_puts(&t, "]}");
    return t.data;
}

static void a_fetch_brings_candles_ticker_and_facts(void)
{
    route(0, CANDLES_OF("BTC-USDT", "15min"), BODY_CANDLES_15MIN);
    route(1, "/api/v1/market/orderbook/level1?symbol=BTC-USDT",
          BODY_TICKER_LEVEL1);
    route(2, "/api/v2/symbols/BTC-USDT", BODY_SYMBOL_V2_ONE);
    begin();
    struct kucoin_want w = want_15m("BTC-USDT", 8);
    struct kucoin_answer a;
    w.facts = w.ticker = true;
    /* the fixture's newest bar opened at 12:00 and is closed at 12:15 */
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
    const struct kucoin_bars *s = &a.series[TF_15M];
    ASSERT(s->ok);
    ASSERT_STR(s->err.msg, "");
    ASSERT_FATAL(s->count == 8);
    ASSERT_INT(s->bars[0].open_ms, 1795169700000);
    ASSERT_INT(s->bars[7].open_ms, 1795176000000);
    ASSERT_NEAR(s->bars[7].close, 84212.3, 0);
    ASSERT_NEAR(s->bars[7].high, 84647.5, 0);
    ASSERT(a.ticker_ok);
    ASSERT_NEAR(a.ticker.price, 84212.3, 0);
    ASSERT(a.facts_ok);
    ASSERT_NEAR(a.facts.price_tick, 0.1, 0);
    ASSERT(!a.series[TF_1H].ok);
    ASSERT_INT(a.series[TF_1H].err.fault, FAULT_NONE);
    ASSERT_INT(client.weight_used, 3 + 2 + 4);
    kucoin_answer_release(&a);
    end();
}

/* A bar that is still forming at the slot must not get in. */
static void only_bars_closed_at_the_slot_are_taken(void)
{
    route(0, CANDLES_OF("BTC-USDT", "15min"), BODY_CANDLES_15MIN);
    begin();
    struct kucoin_want w = { .symbol = "BTC-USDT" };
    struct kucoin_answer a;
    w.span[TF_15M] =
        (struct kucoin_span){ SLOT - 8 * MS_PER_SLOT, SLOT - MS_PER_SLOT };
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
    const struct kucoin_bars *s = &a.series[TF_15M];
    ASSERT(s->ok);
    ASSERT_FATAL(s->count == 7);
    ASSERT_INT(s->bars[6].open_ms, 1795175100000);
    ASSERT_INT(s->outside, 1);
    kucoin_answer_release(&a);
    end();
}

static void long_ranges_are_paged_backwards_with_fixed_windows(void)
{
    struct market m = { 0 };
    route(0, CANDLES_OF("A-B", "15min"), NULL)->make = make_candles;
    server.routes[0].arg = &m;
    server.routes[0].replies[0].delay_ms = 50;
    begin();
    struct kucoin_want w = want_15m("A-B", 3200);
    struct kucoin_answer a;
    ASSERT_INT(kucoin_weight(&w, 1), 9);
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
    const struct kucoin_bars *s = &a.series[TF_15M];
    ASSERT(s->ok);
    ASSERT_FATAL(s->count == 3200);
    ASSERT_INT(s->bars[0].open_ms, SLOT - 3200 * MS_PER_SLOT);
    ASSERT_INT(s->bars[3199].open_ms, SLOT - MS_PER_SLOT);
    size_t steps = 0;
    for (size_t i = 1; i < s->count; i++)
        steps += s->bars[i].open_ms - s->bars[i - 1].open_ms == MS_PER_SLOT;
    ASSERT_INT(steps, 3199);
    ASSERT_NEAR(s->bars[77].close, close_at(s->bars[77].open_ms / 1000), 0);

    ASSERT_INT(server.seen_count, 3);
    ASSERT_INT(server.at_once_max, 3); /* the pages go out together */
    int found = 0;
    for (int i = 0; i < 3; i++) {
        int64_t start = query_of(server.seen[i].target, "startAt=");
        int64_t stop = query_of(server.seen[i].target, "endAt=");
        int64_t newest = SLOT / 1000;
        found += stop == newest && start == newest - 1500 * 900;
        found += stop == newest - 1500 * 900 && start == newest - 3000 * 900;
        found += stop == newest - 3000 * 900 && start == newest - 3200 * 900;
    }
    ASSERT_INT(found, 3);
    kucoin_answer_release(&a);
    end();
}

static void fetch_2998(struct market *m, struct kucoin_answer *a)
{
    route(0, CANDLES_OF("A-B", "15min"), NULL)->make = make_candles;
    server.routes[0].arg = m;
    begin();
    struct kucoin_want w = want_15m("A-B", 2998);
    ASSERT_INT(kucoin_fetch(&client, &w, 1, a, in_20_s(), &err), 0);
    end();
}

/* Were endAt inclusive, a bar would be in two pages and one beyond the end. */
static void page_edges_that_come_twice_are_taken_once(void)
{
    struct market m = { .end_inclusive = true, .rows_max = 2000 };
    struct kucoin_answer a;
    fetch_2998(&m, &a);
    ASSERT(a.series[TF_15M].ok);
    ASSERT_INT(a.series[TF_15M].count, 2998);
    ASSERT_INT(a.series[TF_15M].outside, 1);
    ASSERT_INT(a.series[TF_15M].repeated, 1);
    kucoin_answer_release(&a);

    m.corrected_s = SLOT / 1000 - 1500 * 900;
    fetch_2998(&m, &a);
    ASSERT(!a.series[TF_15M].ok);
    ASSERT_INT(a.series[TF_15M].err.fault, FAULT_DATA);
    ASSERT(a.series[TF_15M].bars == NULL);
    ASSERT(strstr(a.series[TF_15M].err.msg, "that differ: 'high' is ") != NULL);
    kucoin_answer_release(&a);
}

#define ROW(time, close)                                                       \
    "[\"" time "\",\"100\",\"" close "\",\"110\",\"90\",\"1\",\"1\"]"
#define TWICE(close)                                                           \
    "{\"code\":\"200000\",\"data\":[" ROW("1795176000", "101") "," ROW(        \
        "1795175100", "102") "," ROW("1795176000", close) "]}"

static void equal_rows_are_merged_and_different_ones_reject_the_series(void)
{
    route(0, CANDLES_OF("A-B", "15min"), TWICE("101"));
    route(1, CANDLES_OF("C-D", "15min"), TWICE("101.5"));
    begin();
    struct kucoin_want w[2] = { want_15m("A-B", 4), want_15m("C-D", 4) };
    struct kucoin_answer a[2];
    ASSERT_INT(kucoin_fetch(&client, w, 2, a, in_20_s(), &err), 0);
    ASSERT(a[0].series[TF_15M].ok);
    ASSERT_INT(a[0].series[TF_15M].count, 2);
    ASSERT_INT(a[0].series[TF_15M].repeated, 1);
    ASSERT(!a[1].series[TF_15M].ok);
    ASSERT_INT(a[1].series[TF_15M].count, 0);
    ASSERT_INT(a[1].series[TF_15M].err.fault, FAULT_DATA);
    ASSERT(strstr(a[1].series[TF_15M].err.msg,
                  "symbol 'C-D' 15m: two rows for 2026-11-20T12:00:00Z that "
                  "differ") != NULL);
    kucoin_answer_release(&a[0]);
    kucoin_answer_release(&a[1]);
    end();
}

static void stops_and_idle_rows_leave_holes_not_errors(void)
{
    struct market m = { .idle_from_s = SLOT / 1000 - 3000 * 900,
                        .idle_until_s = SLOT / 1000 - 1500 * 900 };
    route(0, CANDLES_OF("A-B", "15min"), NULL)->make = make_candles;
    server.routes[0].arg = &m;
    begin();
    struct kucoin_want w = want_15m("A-B", 4500);
    struct kucoin_answer a;
    /* the page in the middle is empty, which does not end the history */
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
    ASSERT(a.series[TF_15M].ok);
    ASSERT_INT(a.series[TF_15M].count, 3000);
    kucoin_answer_release(&a);
    end();
}

static void spans_are_narrowed_to_whole_bars(void)
{
    struct market m = { 0 };
    route(0, CANDLES_OF("A-B", "4hour"), NULL)->make = make_candles;
    server.routes[0].arg = &m;
    begin();
    struct kucoin_want w = { .symbol = "A-B" };
    struct kucoin_answer a;
    w.span[TF_4H] = (struct kucoin_span){ SLOT - 9 * MS_PER_HOUR, SLOT };
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
    ASSERT(a.series[TF_4H].ok);
    /* from 03:15 to 12:15: the bars 04:00 and 08:00 */
    ASSERT_FATAL(a.series[TF_4H].count == 2);
    ASSERT_INT(a.series[TF_4H].bars[0].open_ms, 1795147200000);
    ASSERT_INT(a.series[TF_4H].bars[1].open_ms, 1795161600000);
    kucoin_answer_release(&a);

    w.span[TF_4H].from_ms = SLOT - MS_PER_HOUR; /* no whole bar */
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
    ASSERT(a.series[TF_4H].ok);
    ASSERT_INT(a.series[TF_4H].count, 0);
    ASSERT_INT(server.seen_count, 1);
    kucoin_answer_release(&a);
    end();
}

static void what_fails_fails_alone(void)
{
    struct market m = { 0 };
    route(0, CANDLES_OF("A-B", "15min"), NULL)->make = make_candles;
    server.routes[0].arg = &m;
    route(1, CANDLES_OF("A-B", "1hour"), BODY_BAD_GATEWAY);
    server.routes[1].replies[0].status = 502;
    route(2, CANDLES_OF("A-B", "4hour"),
          "{\"code\":\"200000\",\"data\":[[\"1795104000\",1,1,1,1,1,1]]}");
    route(3, CANDLES_OF("NOPE-USDT", "15min"),
          "{\"code\":\"400100\",\"msg\":\"This pair is not provided at "
          "present\"}");
    route(4, "/api/v1/market/orderbook/level1", BODY_TICKER_LEVEL1_NULL);
    route(5, "/api/v2/symbols/",
          "{\"code\":\"900001\",\"msg\":\"symbol not "
          "exists\"}");
    begin();
    struct kucoin_want w[3] = { want_15m("A-B", 4), want_15m("NOPE-USDT", 4),
                                want_15m("bad&symbol=X", 4) };
    struct kucoin_answer a[3];
    w[0].span[TF_1H] = (struct kucoin_span){ SLOT - MS_PER_DAY, SLOT };
    w[0].span[TF_4H] = w[0].span[TF_1H];
    w[1].facts = w[1].ticker = true;
    ASSERT_INT(kucoin_fetch(&client, w, 3, a, in_20_s(), &err), 0);

    ASSERT(a[0].series[TF_15M].ok);
    ASSERT_INT(a[0].series[TF_15M].count, 4);
    ASSERT(!a[0].series[TF_1H].ok);
    ASSERT_INT(a[0].series[TF_1H].err.fault, FAULT_TRANSIENT);
    ASSERT(strstr(a[0].series[TF_1H].err.msg, "symbol 'A-B' 1h: GET http://") ==
           a[0].series[TF_1H].err.msg);
    ASSERT(strstr(a[0].series[TF_1H].err.msg,
                  "/api/v1/market/candles: HTTP 502") != NULL);
    ASSERT(strstr(a[0].series[TF_1H].err.msg, "startAt") == NULL);
    ASSERT_STR(a[0].series[TF_4H].err.msg,
               "symbol 'A-B' 4h: row 0: 'open' is not a text");
    ASSERT_INT(a[1].series[TF_15M].err.fault, FAULT_REFUSED);
    ASSERT(strstr(a[1].series[TF_15M].err.msg, "400100") != NULL);
    ASSERT(!a[1].ticker_ok);
    ASSERT_INT(a[1].ticker_err.fault, FAULT_DATA);
    ASSERT(!a[1].facts_ok);
    ASSERT(strstr(a[1].facts_err.msg, "there is no such symbol") != NULL);
    ASSERT_INT(a[2].series[TF_15M].err.fault, FAULT_CONFIG);
    for (int i = 0; i < server.seen_count; i++)
        ASSERT(strstr(server.seen[i].target, "bad") == NULL);
    for (int i = 0; i < 3; i++)
        kucoin_answer_release(&a[i]);
    end();
}

static void the_deadline_ends_a_fetch_with_what_is_there(void)
{
    route(0, CANDLES_OF("A-B", "15min"), NULL)->replies[0] =
        (struct tiny_reply){ .status = 200, .body = "{}", .delay_ms = 3000 };
    route(1, CANDLES_OF("BTC-USDT", "15min"), BODY_CANDLES_15MIN);
    begin();
    struct kucoin_want w[2] = { want_15m("A-B", 8), want_15m("BTC-USDT", 8) };
    struct kucoin_answer a[2];
    int64_t start = clock_monotonic_ms();
    ASSERT_INT(kucoin_fetch(&client, w, 2, a, start + 250, &err), 0);
    ASSERT(clock_monotonic_ms() - start < 1000);
    ASSERT(!a[0].series[TF_15M].ok);
    ASSERT_INT(a[0].series[TF_15M].err.fault, FAULT_TRANSIENT);
    ASSERT(strstr(a[0].series[TF_15M].err.msg, "deadline") != NULL);
    ASSERT(a[1].series[TF_15M].ok);
    kucoin_answer_release(&a[0]);
    kucoin_answer_release(&a[1]);
    end();
}

static void a_budget_too_small_sends_nothing(void)
{
    route(0, "/", BODY_CANDLES_15MIN);
    begin();
    struct kucoin_want w = want_15m("BTC-USDT", 8);
    struct kucoin_answer a;
    client.options.weight_max = 5;
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), 0);
    kucoin_answer_release(&a);
    ASSERT_INT(client.weight_used, 3);
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    ASSERT(strstr(err.msg, "3 weights are needed and 2 of 5 are left") != NULL);
    ASSERT_INT(server.seen_count, 1);
    kucoin_answer_release(&a);
    end();
}

static void plain_http_to_the_exchange_is_a_configuration_error(void)
{
    begin();
    struct kucoin_want w = want_15m("BTC-USDT", 8);
    struct kucoin_answer a;
    client.options.base_url = "http://api.kucoin.com";
    ASSERT_INT(kucoin_fetch(&client, &w, 1, &a, in_20_s(), &err), -1);
    ASSERT_INT(err.fault, FAULT_CONFIG);
    kucoin_answer_release(&a);
    end();
}

static char *make_time(const char *target, void *arg)
{
    const int64_t *ahead_ms = arg;
    struct text t = TEXT_INIT(200);
    (void)target;
    text_printf(&t, "{\"code\":\"200000\",\"data\":%" PRId64 "}",
                clock_wall_ms() + *ahead_ms);
    return t.data;
}

static void the_offset_is_of_the_fastest_sample(void)
{
    int64_t ahead_ms = 45000;
    route(0, "/api/v1/timestamp", NULL)->make = make_time;
    server.routes[0].arg = &ahead_ms;
    for (int i = 0; i < 3; i++)
        server.routes[0].replies[i] =
            (struct tiny_reply){ .status = 200, .delay_ms = i == 1 ? 0 : 400 };
    route(1, "/api/v1/status", BODY_STATUS_CLOSE);
    begin();
    struct kucoin_host host;
    ASSERT_INT(kucoin_greet(&client, in_20_s(), &host, &err), 0);
    ASSERT(host.clock_ok);
    ASSERT(host.round_trip_ms < 200);
    ASSERT(llabs(host.offset_ms - 45000) <= 100); /* a slow one: 200 off */
    ASSERT(host.status_ok);
    ASSERT_INT(host.status.status, MARKET_CLOSED);
    ASSERT_STR(host.status.note, "upgrade match engine");
    ASSERT_INT(client.weight_used, 12);
    end();
}

/* The exchange reads its clock 300 ms before we have the reply: as far as we
 * can know, it was in the middle. */
static void the_offset_is_against_the_middle_of_the_round_trip(void)
{
    int64_t ahead_ms = 0;
    route(0, "/api/v1/timestamp", NULL)->make = make_time;
    server.routes[0].arg = &ahead_ms;
    server.routes[0].replies[0].delay_ms = 300;
    route(1, "/api/v1/status", BODY_STATUS_OPEN);
    begin();
    struct kucoin_host host;
    ASSERT_INT(kucoin_greet(&client, in_20_s(), &host, &err), 0);
    ASSERT(host.clock_ok);
    ASSERT(host.round_trip_ms >= 295);
    ASSERT(llabs(host.offset_ms + host.round_trip_ms / 2) <= 60);
    end();
}

static void time_and_status_fail_apart(void)
{
    route(0, "/api/v1/timestamp", BODY_CLOUDFLARE_1015);
    server.routes[0].replies[0].status = 403;
    route(1, "/api/v1/status", BODY_STATUS_OPEN);
    begin();
    struct kucoin_host host;
    ASSERT_INT(kucoin_greet(&client, in_20_s(), &host, &err), 0);
    ASSERT(!host.clock_ok);
    ASSERT_INT(host.clock_err.fault, FAULT_REFUSED);
    ASSERT(strstr(host.clock_err.msg, "exchange time: GET ") ==
           host.clock_err.msg);
    ASSERT(host.status_ok);
    ASSERT_INT(host.status.status, MARKET_OPEN);
    end();

    route(0, "/api/v1/timestamp", BODY_TIMESTAMP);
    begin();
    ASSERT_INT(kucoin_greet(&client, in_20_s(), &host, &err), 0);
    ASSERT(host.clock_ok);
    ASSERT_STR(host.clock_err.msg, "");
    ASSERT(!host.status_ok);
    ASSERT_INT(host.status.status, MARKET_STATUS_UNKNOWN);
    ASSERT_INT(host.status_err.fault, FAULT_REFUSED);
    end();
}

void kucoin_test(void);
void kucoin_test(void)
{
    TEST_SUITE("exchange/kucoin");
    TEST(a_fetch_brings_candles_ticker_and_facts);
    TEST(only_bars_closed_at_the_slot_are_taken);
    TEST(long_ranges_are_paged_backwards_with_fixed_windows);
    TEST(page_edges_that_come_twice_are_taken_once);
    TEST(equal_rows_are_merged_and_different_ones_reject_the_series);
    TEST(stops_and_idle_rows_leave_holes_not_errors);
    TEST(spans_are_narrowed_to_whole_bars);
    TEST(what_fails_fails_alone);
    TEST(the_deadline_ends_a_fetch_with_what_is_there);
    TEST(a_budget_too_small_sends_nothing);
    TEST(plain_http_to_the_exchange_is_a_configuration_error);
    TEST(the_offset_is_of_the_fastest_sample);
    TEST(the_offset_is_against_the_middle_of_the_round_trip);
    TEST(time_and_status_fail_apart);
}
