/* The bodies are written as text: their only texts from outside are symbols,
 * and those are capital letters, digits and a dash. */
#include "sim/kucoin.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/moment.h"
#include "base/number.h"
#include "sim/candles.h"
#include "sim/decimal.h"
#include "sim/sim.h"

/* A time in seconds from here on is really one in milliseconds. */
#define SECONDS_END INT64_C(100000000000)

#define TAKER_SIZE "0.00214"

/* Room for the time of a row and the brackets around the row. */
#define TIME_TEXT 32

void sim_kucoin_timestamp(struct sim *s, struct sim_call *call)
{
    (void)s;
    text_printf(&call->reply->body,
                "{\"code\":\"200000\",\"data\":%" PRId64 "}", call->now_ms);
}

void sim_kucoin_status(struct sim *s, struct sim_call *call)
{
    (void)s;
    sim_reply_text(call->reply, 200,
                   "{\"code\":\"200000\",\"data\":"
                   "{\"status\":\"open\",\"msg\":\"\"}}");
}

void sim_kucoin_not_found(struct sim *s, struct sim_call *call)
{
    (void)s;
    bool unified = strncmp(call->request->path, "/api/ua/", 8) == 0;
    sim_reply_text(call->reply, 404,
                   unified ? "{\"code\":\"404\",\"msg\":\"Not Found\","
                             "\"retry\":false,\"success\":false}"
                           : "{\"code\":\"404000\",\"msg\":\"URL Not Found\"}");
}

void sim_kucoin_too_many(struct sim *s, struct sim_call *call)
{
    (void)s;
    sim_reply_text(call->reply, 429,
                   "{\"code\":\"429000\",\"msg\":\"Too Many Requests\"}");
}

static void fail(struct sim_call *call, const char *code, const char *msg)
{
    text_printf(&call->reply->body, "{\"code\":\"%s\",\"msg\":\"%s\"}", code,
                msg);
}

static const struct sim_book *asked_book(struct sim *s, struct sim_call *call)
{
    const char *symbol = sim_fields_get(call->request->query, "symbol");
    return symbol ? sim_market_find(&s->market, symbol) : NULL;
}

static void put_number(struct text *out, double v)
{
    char number[SIM_DECIMAL_TEXT];
    sim_decimal(v, number);
    text_printf(out, "\"%s\"", number);
}

/* [time, open, close, high, low, volume, turnover], all as texts. A page has
 * 1,500 of them, so that each is appended in one piece. */
static void put_candle(struct text *out, const struct bar *b)
{
    double typical = (b->high + b->low + b->close) / 3.0;
    const double columns[] = { b->open,   b->close,
                               b->high,   b->low,
                               b->volume, sim_round8(b->volume * typical) };
    char row[TIME_TEXT + ARRAY_LEN(columns) * (SIM_DECIMAL_TEXT + 3)];
    char *p = row;

    p += snprintf(p, TIME_TEXT, "[\"%" PRId64 "\"", b->open_ms / 1000);
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        *p++ = ',';
        *p++ = '"';
        sim_decimal(columns[i], p);
        p += strlen(p);
        *p++ = '"';
    }
    *p++ = ']';
    text_append(out, row, (size_t)(p - row));
}

static bool asked_timeframe(const struct sim_call *call, enum timeframe *tf)
{
    static const char *const types[TF_COUNT] = {
        [TF_15M] = "15min", [TF_1H] = "1hour", [TF_4H] = "4hour"
    };
    const char *type = sim_fields_get(call->request->query, "type");

    for (int i = 0; type && i < TF_COUNT; i++) {
        if (strcmp(types[i], type) == 0) {
            *tf = (enum timeframe)i;
            return true;
        }
    }
    return false;
}

/* Whole seconds as milliseconds; `none` when the value is absent or is what
 * the exchange silently ignores: a fraction, milliseconds, no number. */
static int64_t asked_ms(const struct sim_call *call, const char *name,
                        int64_t none)
{
    const char *value = sim_fields_get(call->request->query, name);
    int64_t seconds = 0;
    if (!value || !integer_parse(value, &seconds) || seconds < 0 ||
        seconds >= SECONDS_END)
        return none;
    return seconds * 1000;
}

void sim_kucoin_candles(struct sim *s, struct sim_call *call)
{
    struct bar rows[SIM_CANDLES_MAX];
    struct sim_candle_query q = { 0 };
    struct text *out = &call->reply->body;
    const struct sim_book *book = asked_book(s, call);

    if (!book) {
        fail(call, "400100", "This pair is not provided at present");
        return;
    }
    if (!asked_timeframe(call, &q.tf)) {
        fail(call, "400100", "This candle type is not provided at present");
        return;
    }
    q.start_ms = asked_ms(call, "startAt", INT64_MIN);
    q.end_ms = asked_ms(call, "endAt", INT64_MAX);
    size_t n = sim_candles(book, call->now_ms, &q, rows);
    text_puts(out, "{\"code\":\"200000\",\"data\":[");
    for (size_t i = 0; i < n; i++) {
        text_puts(out, i ? "," : "");
        put_candle(out, &rows[i]);
    }
    text_puts(out, "]}");
}

static double tick_of(const struct sim_book *b)
{
    char text[24];
    double tick = 1.0;
    snprintf(text, sizeof(text), "1e-%d", b->places);
    number_parse(text, &tick);
    return tick;
}

void sim_kucoin_ticker(struct sim *s, struct sim_call *call)
{
    struct text *out = &call->reply->body;
    const struct sim_book *book = asked_book(s, call);
    struct sim_trade last;

    if (!book || !sim_last_trade(book, call->now_ms, &last)) {
        text_puts(out, "{\"code\":\"200000\",\"data\":null}");
        return;
    }
    text_printf(out,
                "{\"code\":\"200000\",\"data\":{\"time\":%" PRId64
                ",\"sequence\":\"%" PRId64 "\",\"price\":",
                last.at_ms, last.at_ms / 1000);
    put_number(out, last.price);
    text_printf(out,
                ",\"size\":\"" TAKER_SIZE "\",\"bestBid\":\"%.*f\""
                ",\"bestBidSize\":\"0.51433271\",\"bestAsk\":",
                book->places, last.price - tick_of(book));
    put_number(out, last.price);
    text_puts(out, ",\"bestAskSize\":\"0.88201\"}}");
}

/* Dollars of all kinds share one market there. */
static const char *market_name(const struct sim_book *b)
{
    static const char *const dollars[] = { "USDT", "USDC", "USD1", "DAI" };
    for (size_t i = 0; i < ARRAY_LEN(dollars); i++)
        if (strcmp(b->quote, dollars[i]) == 0)
            return "USDS";
    return b->quote;
}

static void put_symbol(struct text *out, const struct sim_book *b)
{
    text_printf(out,
                "{\"symbol\":\"%s\",\"name\":\"%s\",\"baseCurrency\":\"%s\","
                "\"quoteCurrency\":\"%s\",\"feeCurrency\":\"%s\","
                "\"market\":\"%s\",\"baseMinSize\":\"0.00001\","
                "\"quoteMinSize\":\"0.1\",\"baseMaxSize\":\"10000000000\","
                "\"quoteMaxSize\":\"99999999\","
                "\"baseIncrement\":\"0.00000001\","
                "\"quoteIncrement\":\"0.000001\",\"priceIncrement\":",
                b->symbol, b->symbol, b->base, b->quote, b->quote,
                market_name(b));
    put_number(out, tick_of(b));
    text_puts(out, ",\"priceLimitRate\":\"0.1\",\"minFunds\":\"0.1\","
                   "\"isMarginEnabled\":true,\"enableTrading\":true,"
                   "\"feeCategory\":1,\"makerFeeCoefficient\":\"1.00\","
                   "\"takerFeeCoefficient\":\"1.00\",\"st\":false,"
                   "\"callauctionIsEnabled\":false,"
                   "\"callauctionPriceFloor\":null,"
                   "\"callauctionPriceCeiling\":null,"
                   "\"callauctionFirstStageStartTime\":null,"
                   "\"callauctionSecondStageStartTime\":null,"
                   "\"callauctionThirdStageStartTime\":null,"
                   "\"tradingStartTime\":null}");
}

void sim_kucoin_symbols(struct sim *s, struct sim_call *call)
{
    const char *market = sim_fields_get(call->request->query, "market");
    struct text *out = &call->reply->body;
    const char *comma = "";

    text_puts(out, "{\"code\":\"200000\",\"data\":[");
    for (size_t i = 0; i < s->market.count; i++) {
        const struct sim_book *b = &s->market.books[i];
        if (market && strcmp(market, market_name(b)) != 0)
            continue;
        text_puts(out, comma);
        put_symbol(out, b);
        comma = ",";
    }
    text_puts(out, "]}");
}

void sim_kucoin_symbol(struct sim *s, struct sim_call *call)
{
    const struct sim_book *b = sim_market_find(&s->market, call->part);
    if (!b) {
        fail(call, "900001", "symbol not exists");
        return;
    }
    text_puts(&call->reply->body, "{\"code\":\"200000\",\"data\":");
    put_symbol(&call->reply->body, b);
    text_puts(&call->reply->body, "}");
}
