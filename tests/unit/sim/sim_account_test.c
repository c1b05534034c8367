/* The account's endpoints, on the bot of sim_bot_world.h and on a walk. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "sim/account_balance.h"
#include "sim/sim_bot_world.h"
#include "test.h"

#define ORDERS "/api/v1/hf/orders/active?symbol=BTC-USDT"
#define PAGE   "/api/v1/hf/orders/active/page?symbol=BTC-USDT"
#define FILLS  "/api/v1/hf/fills?symbol=BTC-USDT"
#define STOPS  "/api/v1/stop-order?symbol=BTC-USDT"

void sim_account_test(void);

static const char *body(void)
{
    return text_str(&sim_world_reply.body);
}

static int count_of(const char *what)
{
    int n = 0;
    for (const char *at = body(); (at = strstr(at, what)); at++)
        n++;
    return n;
}

static void a_fill_is_as_on_the_wire(void)
{
    struct sim s = sim_bot_world(1);
    sim_bot_world_add(&s, "");
    sim_world_signed(&s, FILLS "&limit=1");
    /* The bar opens at 1795176900000; bot 1's first fill then. */
    ASSERT(strstr(body(),
                  "{\"code\":\"200000\",\"data\":{\"items\":["
                  "{\"id\":1795176900000010001,\"orderId\":\"") == body());
    ASSERT(strstr(body(),
                  ",\"tradeId\":14361415200000001,\"symbol\":\"BTC-USDT\","
                  "\"side\":\"buy\",\"liquidity\":\"maker\",\"type\":\"limit\","
                  "\"forceTaker\":false,\"price\":\"100\","
                  "\"size\":\"3.08333641\",\"funds\":\"308.333641\","
                  "\"fee\":\"0.308333641\",\"feeRate\":\"0.001\","
                  "\"feeCurrency\":\"USDT\",\"stop\":\"\","
                  "\"tradeType\":\"TRADE\",\"taxRate\":\"0\",\"tax\":\"0\","
                  "\"createdAt\":1795176900000}],"
                  "\"lastId\":1795176900000010001}}") != NULL);
    sim_world_end(&s);
}

static void a_double_cannot_tell_two_fills_of_a_moment_apart(void)
{
    struct sim s = sim_bot_world(2);
    sim_bot_world_add(&s, "");
    sim_world_signed(&s, FILLS "&limit=2");
    ASSERT(strstr(body(), "\"id\":1795177800000010002,") != NULL);
    ASSERT(strstr(body(), "\"id\":1795177800000010001,") != NULL);
    ASSERT((double)INT64_C(1795177800000010002) ==
           (double)INT64_C(1795177800000010001));
    sim_world_end(&s);
}

static void orders_are_those_of_the_cells_newest_first(void)
{
    struct sim s = sim_bot_world(3);
    sim_bot_world_add(&s, "");
    sim_world_signed(&s, ORDERS);
    ASSERT_INT(count_of("\"symbol\":"), 3);
    ASSERT_INT(count_of("\"createdAt\":1795178700000"), 1);
    const char *newest = strstr(body(), "\"price\":\"120\"");
    const char *older = strstr(body(), "\"price\":\"100\"");
    const char *oldest = strstr(body(), "\"price\":\"130\"");
    ASSERT(newest && older && oldest && newest < older && older < oldest);
    ASSERT(strstr(body(), "\"side\":\"sell\",\"price\":\"130\",\"size\":"
                          "\"3.08333641\",\"funds\":\"400.8337333\"") != NULL);
    const char *id = strstr(body(), "\"id\":\"");
    ASSERT(id != NULL);
    ASSERT_INT(id ? strspn(id + 6, "0123456789abcdef") : 0, 24);
    sim_world_signed(&s, PAGE "&pageNum=2&pageSize=2");
    ASSERT_INT(count_of("\"symbol\":"), 1);
    ASSERT(strstr(body(), "\"currentPage\":2,\"pageSize\":2,\"totalNum\":3,"
                          "\"totalPage\":2,") != NULL);
    sim_world_signed(&s, PAGE "&pageSize=51");
    ASSERT_STR(sim_world_text("code"), "400100");
    sim_world_signed(&s, "/api/v1/hf/orders/active");
    ASSERT_STR(sim_world_text("code"), "400100");
    sim_world_end(&s);
}

static void a_stop_is_listed_until_it_is_touched(void)
{
    struct sim s = sim_bot_world(4);
    sim_bot_world_add(&s, ",\"stop\":90");
    sim_world_signed(&s, STOPS);
    ASSERT(strstr(body(), "\"totalNum\":1,\"totalPage\":1,") != NULL);
    ASSERT(strstr(body(), "\"stopPrice\":\"90.00000000000000000000\"") != NULL);
    /* Three times 3.08333641. */
    ASSERT(strstr(body(), "\"size\":\"9.25000923000000000000\"") != NULL);
    ASSERT(strstr(body(), "\"orderTime\":1795176000000000000,") != NULL);
    sim_world_signed(&s, STOPS "&stop=oco");
    ASSERT(strstr(body(), "\"totalNum\":0,\"totalPage\":0,\"items\":[]") !=
           NULL);
    sim_bot_world_go(&s, 5);
    sim_world_signed(&s, STOPS);
    ASSERT_INT(count_of("stopPrice"), 0);
    sim_world_signed(&s, FILLS "&type=market&side=sell");
    ASSERT_INT(count_of("\"price\":\"90\",\"size\":\"9.25000923\""), 1);
    ASSERT_INT(count_of("\"liquidity\":\"taker\""), 1);
    sim_world_end(&s);
}

/* 1000 - 631.04796301624; the buy at 100 holds 308.333641 * 1.001. */
static void balances_are_the_capital_and_what_became_of_it(void)
{
    struct sim s = sim_bot_world(3);
    sim_bot_world_add(&s, "");
    sim_world_signed(&s, "/api/v1/accounts");
    ASSERT(strstr(body(), "\"currency\":\"USDT\",\"type\":\"trade\","
                          "\"balance\":\"368.95203698376\","
                          "\"available\":\"60.31006234276\","
                          "\"holds\":\"308.641974641\"") != NULL);
    ASSERT(strstr(body(), "\"currency\":\"BTC\",\"type\":\"trade\","
                          "\"balance\":\"6.16667282\",\"available\":\"0\","
                          "\"holds\":\"6.16667282\"") != NULL);
    ASSERT_INT(count_of("\"type\":\"main\""), 1);
    sim_world_signed(&s, "/api/v1/accounts?currency=USDT&type=trade");
    ASSERT_INT(count_of("\"currency\":"), 1);
    sim_world_end(&s);
}

static void a_robot_is_seen_by_its_balances_alone(void)
{
    char sub[128], *id;
    struct sim s = sim_bot_world(3);
    sim_bot_world_add(&s, ",\"account\":\"gridrobot1\",\"stop\":90");
    sim_world_signed(&s, ORDERS);
    ASSERT_STR(body(), "{\"code\":\"200000\",\"data\":[]}");
    sim_world_signed(&s, FILLS);
    ASSERT_STR(body(),
               "{\"code\":\"200000\",\"data\":{\"items\":[],\"lastId\":0}}");
    sim_world_signed(&s, STOPS);
    ASSERT_INT(count_of("stopPrice"), 0);
    sim_world_signed(&s, "/api/v1/accounts?type=trade");
    ASSERT_INT(count_of("BTC"), 0);
    sim_world_signed(&s, "/api/v2/sub/user?pageSize=100");
    ASSERT_INT(count_of("\"subName\":"), 2);
    ASSERT_INT(count_of("\"subName\":\"gridrobot1\",\"status\":2,\"type\":1"),
               1);
    id = strstr(body(), "\"userId\":\"");
    ASSERT_FATAL(id != NULL);
    snprintf(sub, sizeof(sub), "/api/v1/sub-accounts/%.24s", id + 10);
    sim_world_signed(&s, sub);
    ASSERT_INT(
        count_of("\"currency\":\"USDT\",\"balance\":\"368.95203698376\""), 1);
    ASSERT_INT(count_of("\"baseCurrencyPrice\":\"105\",\"baseAmount\":"
                        "\"647.5006461\""),
               1);
    /* Stopped: closed, its money with the main account. */
    sim_bot_world_go(&s, 5);
    sim_world_signed(&s, sub);
    ASSERT_INT(count_of("\"balance\":\"0\""), 2);
    sim_world_signed(&s, "/api/v1/accounts?type=trade&currency=USDT");
    ASSERT_INT(count_of("\"balance\":\"952.16511893526\""), 1);
    sim_world_signed(&s, "/api/v1/sub-accounts/66b0c0900000000000000000");
    ASSERT_STR(sim_world_text("code"), "400100");
    sim_world_end(&s);
}

static struct sim walk(const char *now)
{
    struct sim_walk seven = { .seed = 7 };
    struct sim s = sim_world_at(now);
    ASSERT_INT(sim_market_walk(&s.market, "ETH-USDT", &seven, NULL), 0);
    sim_world_key(&s);
    for (int i = 0; i < 2; i++) {
        sim_world_ask(
            &s, "PUT /sim/bot",
            i ? "{\"symbol\":\"ETH-USDT\",\"fee\":0.0005,\"lower\":57000,"
                "\"upper\":63000,\"levels\":60,\"capital\":5000,"
                "\"spacing\":\"geometric\","
                "\"at\":\"2026-02-04T00:00:00Z\"}"
              : "{\"symbol\":\"ETH-USDT\",\"fee\":0.0005,\"lower\":56400,"
                "\"upper\":63600,\"levels\":72,\"capital\":1000,"
                "\"stop\":55554,\"at\":\"2026-01-20T00:07:00Z\"}");
        ASSERT_INT(sim_world_reply.status, 200);
    }
    return s;
}

/* Pages of 100 bring each fill once, from the newest to the seventh day. */
static void pages_bring_each_fill_once(void)
{
    struct sim s = walk("2026-02-09T11:11:11Z");
    int64_t oldest_ms = s.clock.set_ms - 7 * 24 * 60 * MS_PER_MINUTE;
    int64_t last = 0, seen = 0, pages = 0, falling = 1, want = 0;
    char target[128];

    do {
        snprintf(target, sizeof(target),
                 "/api/v1/hf/fills?symbol=ETH-USDT&limit=100&startAt=1&lastId="
                 "%" PRId64,
                 last);
        sim_world_signed(&s, target);
        for (const char *at = body(); (at = strstr(at, "{\"id\":")); seen++) {
            int64_t id = strtoll(at += 6, NULL, 10);
            falling = falling && (last == 0 || id < last);
            last = id;
        }
        pages++;
    } while (count_of("{\"id\":") == 100 && pages < 100);
    for (int i = 0; i < s.account.bot_count; i++)
        for (size_t n = 0; n < s.account.bots[i]->fill_count; n++)
            want += s.account.bots[i]->fills[n].at_ms >= oldest_ms;
    ASSERT(falling);
    ASSERT(pages > 1);
    ASSERT_INT(seen, want);
    ASSERT(want < (int64_t)(s.account.bots[0]->fill_count +
                            s.account.bots[1]->fill_count));
    sim_world_signed(&s, "/api/v1/hf/fills?symbol=ETH-USDT&limit=101");
    ASSERT_STR(sim_world_text("code"), "400100");
    sim_world_end(&s);
}

/* A window of eight days is seven, and older ones are had by asking for them.
 */
static void a_key_may_reach_farther_back(void)
{
    char target[160];
    struct sim s = walk("2026-02-09T11:11:11Z");
    int64_t day = 24 * 60 * MS_PER_MINUTE, seen = 0, want = 0;

    sim_world_ask(&s, "PUT /sim/account",
                  "{\"key\":\"" SIGN_KEY "\",\"secret\":\"" SIGN_SECRET
                  "\",\"passphrase\":\"" SIGN_PHRASE "\",\"reach_days\":30}");
    for (int week = 0; week < 4; week++) {
        int64_t until = s.clock.set_ms - week * (7 * day + 1);
        int64_t id = 0, rows = 0;
        do {
            snprintf(target, sizeof(target),
                     "/api/v1/hf/fills?symbol=ETH-USDT&limit=100&startAt="
                     "%" PRId64 "&endAt=%" PRId64 "&lastId=%" PRId64,
                     until - 8 * day, until, id);
            sim_world_signed(&s, target);
            rows = count_of("{\"id\":");
            seen += rows;
            const char *last = strstr(body(), "\"lastId\":");
            id = last ? strtoll(last + 9, NULL, 10) : 0;
        } while (rows == 100);
    }
    for (int i = 0; i < s.account.bot_count; i++)
        want += (int64_t)s.account.bots[i]->fill_count;
    ASSERT(want > 100);
    ASSERT_INT(seen, want);
    sim_world_end(&s);
}

/* To the unit: cash is the sum of all fills, amounts likewise, orders hold no
 * more than there is, and cash = realised - cost. */
static void money_is_neither_made_nor_lost(void)
{
    struct sim s = walk("2026-02-10T15:50:00Z");
    struct sim_balance rows[SIM_BALANCES_MAX];
    sim_money cash = 0, base = 0;

    sim_account_advance(&s.account, &s.market, s.clock.set_ms);
    for (int i = 0; i < 2; i++) {
        const struct sim_bot *bot = s.account.bots[i];
        for (size_t n = 0; n < bot->fill_count; n++) {
            const struct sim_fill *f = &bot->fills[n];
            cash += (f->sell ? f->funds : -f->funds) - f->fee;
            base += f->sell ? -f->size : f->size;
        }
        ASSERT(bot->ledger.cash == bot->ledger.realised - bot->ledger.cost);
        ASSERT(bot->fill_count > 100);
    }
    size_t n = sim_balances(&s.account, &s.market, "", rows);
    ASSERT_INT(n, 3);
    ASSERT_STR(rows[0].currency, "USDT");
    ASSERT(rows[0].total == sim_money_of(6000, 0) + cash);
    ASSERT(rows[1].total == base && base > 0);
    ASSERT(rows[1].holds == base);
    ASSERT(rows[0].holds >= 0 && rows[0].total >= 0);
    sim_world_end(&s);
}

/* The clock that goes in steps of any size comes to the same. */
static void a_bot_does_not_care_how_often_it_is_asked(void)
{
    struct sim a = walk("2026-02-10T23:00:00Z");
    struct sim b = walk("2026-01-20T00:00:00Z");
    int64_t end_ms = a.clock.set_ms;
    int other = 0;

    sim_account_advance(&a.account, &a.market, end_ms);
    for (int64_t ms = b.clock.set_ms; ms < end_ms; ms += 47777)
        sim_account_advance(&b.account, &b.market, ms);
    sim_account_advance(&b.account, &b.market, end_ms);
    for (int i = 0; i < 2; i++) {
        const struct sim_bot *x = a.account.bots[i], *y = b.account.bots[i];
        ASSERT_FATAL(x->fill_count == y->fill_count);
        for (size_t n = 0; n < x->fill_count; n++)
            other += x->fills[n].id != y->fills[n].id ||
                     x->fills[n].price != y->fills[n].price ||
                     strcmp(x->fills[n].order, y->fills[n].order) != 0;
        ASSERT(x->ledger.cash == y->ledger.cash);
    }
    ASSERT_INT(other, 0);
    ASSERT_INT(a.account.bots[0]->state, SIM_BOT_STOPPED);
    ASSERT_INT(a.account.bots[1]->state, SIM_BOT_RUNS);
    sim_world_end(&a);
    sim_world_end(&b);
}

static void the_book_begins_at_the_ticker(void)
{
    struct sim s = sim_bot_world(2);
    sim_world_ask(&s, "GET /api/v1/market/orderbook/level2_20?symbol=BTC-USDT",
                  "");
    ASSERT(strstr(body(), "\"bids\":[[\"120.9\",\"") != NULL);
    ASSERT(strstr(body(), "\"asks\":[[\"121\",\"") != NULL);
    ASSERT_INT(count_of("[\""), 40);
    sim_world_ask(&s, "GET /api/v1/market/orderbook/level2_20?symbol=X-Y", "");
    ASSERT_STR(body(), "{\"code\":\"200000\",\"data\":null}");
    sim_world_end(&s);
}

void sim_account_test(void)
{
    TEST_SUITE("sim_account");
    TEST(a_fill_is_as_on_the_wire);
    TEST(a_double_cannot_tell_two_fills_of_a_moment_apart);
    TEST(orders_are_those_of_the_cells_newest_first);
    TEST(a_stop_is_listed_until_it_is_touched);
    TEST(balances_are_the_capital_and_what_became_of_it);
    TEST(a_robot_is_seen_by_its_balances_alone);
    TEST(pages_bring_each_fill_once);
    TEST(a_key_may_reach_farther_back);
    TEST(money_is_neither_made_nor_lost);
    TEST(a_bot_does_not_care_how_often_it_is_asked);
    TEST(the_book_begins_at_the_ticker);
}
