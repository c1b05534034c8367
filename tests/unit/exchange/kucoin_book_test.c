/* The order book's best levels, by the facts gathered on the interface, 4.4. */
#include <string.h>

#include "base/array.h"
#include "exchange/kucoin_account_bodies.h"
#include "exchange/kucoin_rig.h"

static struct kucoin_body body(const char *s)
{
    return (struct kucoin_body){ s, strlen(s) };
}

static void a_book_has_bids_downwards_and_asks_upwards(void)
{
    struct kucoin_book b;
    ASSERT_INT(kucoin_book_parse(body(BODY_BOOK), &b, &err), 0);
    ASSERT_INT(b.time_ms, 1795176461260);
    ASSERT_INT(b.bid_count, 4);
    ASSERT_INT(b.ask_count, 4);
    ASSERT_NEAR(b.bids[0].price, 84212.2, 0);
    ASSERT_NEAR(b.bids[3].price, 84208.7, 0);
    ASSERT_NEAR(b.bids[3].size, 0.00011873, 0);
    ASSERT_NEAR(b.asks[0].price, 84212.3, 0);
    ASSERT_NEAR(b.asks[3].size, 2.00001, 0);
}

#define BOOK(bids, asks)                                                       \
    "{\"code\":\"200000\",\"data\":{\"time\":1795176461260,\"bids\":" bids     \
    ",\"asks\":" asks "}}"

static void what_is_no_book_is_refused(void)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        { BOOK("[[\"2\",\"1\"],[\"2\",\"1\"]]", "[]"),
          "'bids' 1: price 2 follows on 2" },
        { BOOK("[]", "[[\"2\",\"1\"],[\"1\",\"1\"]]"),
          "'asks' 1: price 1 follows on 2" },
        { BOOK("[[\"2\",\"1\"]]", "[[\"2\",\"1\"]]"),
          "the bid 2 meets the ask 2" },
        { BOOK("[[\"2\",\"0\"]]", "[]"), "'bids' 0: not a price and a size" },
        { BOOK("[[\"2\"]]", "[]"), "'bids' 0: not a price and a size" },
        { BOOK("[[\"2\",null]]", "[]"), "'bids' 0: not a price and a size" },
        { BOOK("[[\"nan\",\"1\"]]", "[]"), "'bids' 0: not a price and a size" },
        { BOOK("null", "[]"), "'bids' is not a list" },
        { "{\"code\":\"200000\",\"data\":{\"bids\":[],\"asks\":[]}}",
          "'time' is missing" },
        { "{\"code\":\"200000\",\"data\":null}", "without data" },
        { "{\"code\":\"900001\",\"msg\":\"x\"}", "there is no such symbol" },
    };
    struct kucoin_book b;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ASSERT_INT(kucoin_book_parse(body(rows[i].text), &b, &err), -1);
        ASSERT(strstr(err.msg, rows[i].says) != NULL);
    }
    ASSERT_INT(kucoin_book_parse(body(BOOK("[]", "[]")), &b, &err), 0);
    ASSERT_INT(b.bid_count + b.ask_count, 0);
    ASSERT_INT(kucoin_book_parse(body(BOOK("[[2, 1.5]]", "[]")), &b, &err), 0);
    ASSERT_NEAR(b.bids[0].size, 1.5, 0);
}

static void levels_beyond_the_twentieth_are_left_out(void)
{
    struct text t = TEXT_INIT(1 << 16);
    struct kucoin_book b;
    text_puts(&t, "{\"code\":\"200000\",\"data\":{\"time\":1,\"asks\":[],"
                  "\"bids\":[");
    for (int i = 0; i < 30; i++)
        text_printf(&t, "%s[\"%d\",\"1\"]", i ? "," : "", 100 - i);
    text_puts(&t, "]}}");
    ASSERT_INT(kucoin_book_parse(body(text_str(&t)), &b, &err), 0);
    ASSERT_INT(b.bid_count, 20);
    ASSERT_NEAR(b.bids[19].price, 81, 0);
    text_release(&t);
}

static void a_fetch_brings_the_book_when_it_is_wanted(void)
{
    route(0, "/api/v1/market/orderbook/level2_20?symbol=BTC-USDT", BODY_BOOK);
    begin();
    struct kucoin_want w[3] = { { .symbol = "BTC-USDT", .book = true },
                                { .symbol = "A-B", .book = true },
                                { .symbol = "C-D" } };
    struct kucoin_answer a[3];
    ASSERT_INT(kucoin_weight(w, 3), 4);
    ASSERT_INT(kucoin_fetch(&client, w, 3, a, in_20_s(), &err), 0);
    ASSERT(a[0].book_ok);
    ASSERT_NEAR(a[0].book.bids[0].price, 84212.2, 0);
    ASSERT(!a[0].ticker_ok);
    ASSERT(!a[1].book_ok); /* no route: 404 */
    ASSERT(strstr(a[1].book_err.msg, "symbol 'A-B' order book: GET ") ==
           a[1].book_err.msg);
    ASSERT(!a[2].book_ok);
    ASSERT_INT(a[2].book_err.fault, FAULT_NONE);
    ASSERT_INT(client.weight_used, 4);
    for (int i = 0; i < 3; i++)
        kucoin_answer_release(&a[i]);
    end();
}

void kucoin_book_test(void);
void kucoin_book_test(void)
{
    TEST_SUITE("exchange/kucoin order book");
    TEST(a_book_has_bids_downwards_and_asks_upwards);
    TEST(what_is_no_book_is_refused);
    TEST(levels_beyond_the_twentieth_are_left_out);
    TEST(a_fetch_brings_the_book_when_it_is_wanted);
}
