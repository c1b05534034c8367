/* Replies of the exchange: whatever comes, what is taken of it is sound. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/kucoin_book.h"
#include "exchange/kucoin_page.h"
#include "exchange/kucoin_private_json.h"
#include "fuzz.h"
#include "sys/xmalloc.h"

static int same_bars(const struct kucoin_rows *a, const struct kucoin_rows *b)
{
    return a->count == b->count && a->idle == b->idle &&
           (!a->count ||
            memcmp(a->bars, b->bars, a->count * sizeof(*a->bars)) == 0);
}

/* The two readers of a page must say the same of every text. */
static void feed_page(struct kucoin_body body, enum timeframe tf)
{
    struct kucoin_page page = { 0 };
    struct kucoin_envelope envelope;
    struct kucoin_rows rows = { 0 };
    struct error err = { 0 };
    kucoin_page_read(body, tf, &page);
    memset(&envelope, 0, sizeof(envelope));
    int rc = kucoin_candles_parse(body, tf, &envelope, &rows, &err);
    fuzz_must((rc != 0) == (page.err.fault != FAULT_NONE));
    fuzz_must(rc == 0 || strcmp(err.msg, page.err.msg) == 0);
    fuzz_must(rc != 0 || same_bars(&rows, &page.rows));
    fuzz_must(envelope.is_json == page.envelope.is_json);
    fuzz_must(!envelope.is_json || envelope.success == page.envelope.success);
    for (size_t i = 0; i < rows.count; i++)
        fuzz_must(bar_check(&rows.bars[i], tf) == BAR_OK);
    kucoin_rows_release(&rows);
    kucoin_page_release(&page);
}

static void feed_book(struct kucoin_body body)
{
    struct kucoin_book book;
    struct error err = { 0 };
    if (kucoin_book_parse(body, &book, &err))
        return;
    fuzz_must(book.bid_count <= KUCOIN_BOOK_LEVELS);
    fuzz_must(book.ask_count <= KUCOIN_BOOK_LEVELS);
    for (size_t i = 0; i < book.bid_count; i++)
        fuzz_must(book.bids[i].price > 0 && isfinite(book.bids[i].price));
    fuzz_must(!book.bid_count || !book.ask_count ||
              book.bids[0].price < book.asks[0].price);
}

void fuzz_candles(const char *bytes, size_t len)
{
    struct kucoin_body body = { bytes, len };
    struct kucoin_status status;
    struct kucoin_symbol symbol;
    struct kucoin_ticker ticker;
    struct error err = { 0 };
    int64_t ms;
    for (int tf = 0; tf < TF_COUNT; tf++)
        feed_page(body, (enum timeframe)tf);
    feed_book(body);
    kucoin_time_parse(body, &ms, &err);
    kucoin_status_parse(body, &status, &err);
    if (!kucoin_symbol_parse(body, "BTC-USDT", &symbol, &err))
        fuzz_must(symbol.price_tick > 0 && symbol.base_increment > 0);
    if (!kucoin_ticker_parse(body, &ticker, &err))
        fuzz_must(ticker.price > 0 && isfinite(ticker.price));
}

static void feed_orders(struct kucoin_body body)
{
    struct kucoin_orders orders = { 0 };
    struct kucoin_paging paging = { 0 };
    struct error err = { 0 };
    kucoin_orders_parse(body, "BTC-USDT", &orders, &paging, &err);
    kucoin_stops_parse(body, "BTC-USDT", &orders, &paging, &err);
    free(orders.items);
}

static void feed_fills(struct kucoin_body body)
{
    struct kucoin_fills fills = { 0 };
    struct error err = { 0 };
    int64_t last_id = 0;
    kucoin_fills_parse(body, "BTC-USDT", &fills, &last_id, &err);
    free(fills.items);
}

static void feed_subs(struct kucoin_body body)
{
    struct kucoin_sub_names names = { 0 };
    struct kucoin_paging paging = { 0 };
    struct kucoin_sub *sub = xcalloc(1, sizeof(*sub));
    struct error err = { 0 };
    kucoin_sub_names_parse(body, &names, &paging, &err);
    free(names.items);
    kucoin_sub_parse(body, sub, &err);
    free(sub);
}

void fuzz_account(const char *bytes, size_t len)
{
    enum { BALANCES = 16 };
    struct kucoin_body body = { bytes, len };
    struct kucoin_balance balances[BALANCES];
    struct kucoin_key *key = xcalloc(1, sizeof(*key));
    struct kucoin_unified *subs = xcalloc(1, sizeof(*subs));
    enum kucoin_mode mode;
    struct error err = { 0 };
    size_t count = 0;
    kucoin_rights_parse(body, key, &err);
    kucoin_mode_parse(body, &mode, subs, &err);
    if (!kucoin_balances_parse(body, balances, BALANCES, &count, &err))
        fuzz_must(count <= BALANCES);
    feed_orders(body);
    feed_fills(body);
    feed_subs(body);
    free(key);
    free(subs);
}

void fuzz_replies(const char *bytes, size_t len)
{
    struct kucoin_envelope e;
    struct error err = { 0 };
    kucoin_envelope_parse((struct kucoin_body){ bytes, len }, &e);
    if (e.is_json && e.success)
        return;
    for (int status = 200; status < 600; status += 101)
        fuzz_must(kucoin_envelope_error(&e, status, &err) == -1 && err.msg[0]);
}
