/* Open orders, stop orders and fills of the main account's bots. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/account.h"
#include "sim/sim.h"

#define ORDERS_MAX (SIM_BOTS_MAX * SIM_CELLS_MAX)

struct row {
    const struct sim_bot *bot;
    const struct sim_order *order;
};

/* The book asked for, or NULL with the reply made. */
static const struct sim_book *asked(struct sim *s, struct sim_call *call)
{
    const char *symbol = sim_fields_get(call->request->query, "symbol");
    const struct sim_book *book =
        symbol ? sim_market_find(&s->market, symbol) : NULL;
    if (!symbol)
        sim_account_fail(call, "400100", "symbol is required");
    else if (!book)
        sim_account_fail(call, "400100", "symbol not exists");
    sim_account_advance(&s->account, &s->market, call->now_ms);
    return book;
}

static bool shows(const struct sim_bot *bot, const struct sim_book *book)
{
    return !bot->plan.robot[0] && strcmp(bot->plan.symbol, book->symbol) == 0;
}

/* Newest first. */
static int by_time(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int64_t dx = x->order->created_ms, dy = y->order->created_ms;
    if (dx != dy)
        return dx < dy ? 1 : -1;
    if (x->bot != y->bot)
        return x->bot->number - y->bot->number;
    return y->order->serial - x->order->serial;
}

static size_t open_orders(const struct sim_account *a,
                          const struct sim_book *book, struct row *rows)
{
    size_t n = 0;
    for (int i = 0; i < a->bot_count; i++) {
        const struct sim_bot *bot = a->bots[i];
        for (int c = 0; shows(bot, book) && c < bot->plan.cells; c++)
            if (bot->cells[c].resting)
                rows[n++] = (struct row){ bot, &bot->cells[c].order };
    }
    qsort(rows, n, sizeof(*rows), by_time);
    return n;
}

static void put_order(struct text *out, const struct row *row,
                      const struct sim_book *book)
{
    const struct sim_order *o = row->order;
    char price[SIM_MONEY_TEXT], size[SIM_MONEY_TEXT], funds[SIM_MONEY_TEXT];

    sim_money_format(sim_money_of(o->price, book->places), price);
    sim_money_format(sim_money_of(o->size, SIM_STEP_PLACES), size);
    sim_money_format(
        (sim_money)o->price * o->size *
            sim_power10(SIM_MONEY_PLACES - book->places - SIM_STEP_PLACES),
        funds);
    text_printf(out,
                "{\"id\":\"%s\",\"clientOid\":\"grid-%d-%04d\","
                "\"symbol\":\"%s\",\"opType\":\"DEAL\",\"type\":\"limit\","
                "\"side\":\"%s\",\"price\":\"%s\",\"size\":\"%s\","
                "\"funds\":\"%s\",\"dealSize\":\"0\",\"dealFunds\":\"0\","
                "\"fee\":\"0\",\"feeCurrency\":\"%s\",",
                o->id, row->bot->number, o->serial, book->symbol,
                o->sell ? "sell" : "buy", price, size, funds, book->quote);
    text_printf(out,
                "\"stp\":null,\"timeInForce\":\"GTC\",\"postOnly\":false,"
                "\"hidden\":false,\"iceberg\":false,\"visibleSize\":\"0\","
                "\"cancelAfter\":0,\"channel\":\"API\",\"remark\":null,"
                "\"tags\":null,\"cancelExist\":false,\"tradeType\":\"TRADE\","
                "\"inOrderBook\":true,\"cancelledSize\":\"0\","
                "\"cancelledFunds\":\"0\",\"remainSize\":\"%s\","
                "\"remainFunds\":\"%s\",\"tax\":\"0\",\"active\":true,"
                "\"createdAt\":%" PRId64 ",\"lastUpdatedAt\":%" PRId64 "}",
                size, funds, o->created_ms, o->created_ms);
}

void sim_account_active(struct sim *s, struct sim_call *call)
{
    struct row rows[ORDERS_MAX];
    struct text *out = &call->reply->body;
    const struct sim_book *book = asked(s, call);
    if (!book)
        return;
    size_t n = open_orders(&s->account, book, rows);
    text_puts(out, "{\"code\":\"200000\",\"data\":[");
    for (size_t i = 0; i < n; i++) {
        text_puts(out, i ? "," : "");
        put_order(out, &rows[i], book);
    }
    text_puts(out, "]}");
}

static void put_page(struct text *out, int64_t page, int64_t size, size_t total)
{
    text_printf(out,
                "{\"code\":\"200000\",\"data\":{\"currentPage\":%" PRId64
                ",\"pageSize\":%" PRId64
                ",\"totalNum\":%zu,\"totalPage\":%" PRId64 ",\"items\":[",
                page, size, total, ((int64_t)total + size - 1) / size);
}

void sim_account_active_page(struct sim *s, struct sim_call *call)
{
    struct row rows[ORDERS_MAX];
    struct text *out = &call->reply->body;
    int64_t page = 1, size = 20;
    const struct sim_book *book = asked(s, call);

    if (!book || !sim_account_number(call, "pageNum", 1, ORDERS_MAX, &page) ||
        !sim_account_number(call, "pageSize", 1, 50, &size))
        return;
    size_t n = open_orders(&s->account, book, rows);
    put_page(out, page, size, n);
    size_t from = (size_t)((page - 1) * size);
    for (size_t i = from; i < n && i < from + (size_t)size; i++) {
        text_puts(out, i > from ? "," : "");
        put_order(out, &rows[i], book);
    }
    text_puts(out, "]}}");
}

/* "81900.00000000000000000000": twenty decimals, zeros and all. */
static void put_padded(struct text *out, sim_money m)
{
    text_printf(out, "\"%" PRId64 ".%018" PRId64 "00\"",
                (int64_t)(m / sim_power10(SIM_MONEY_PLACES)),
                (int64_t)(m % sim_power10(SIM_MONEY_PLACES)));
}

static void put_stop(struct text *out, const struct sim_bot *bot,
                     const struct sim_book *book)
{
    const struct sim_order *o = &bot->stop;
    sim_money rate = sim_money_of(bot->plan.rate, SIM_RATE_PLACES);

    text_printf(out,
                "{\"id\":\"vs9f0pt4%s\",\"symbol\":\"%s\","
                "\"userId\":\"633559791e1cbc0001f31abc\",\"status\":\"NEW\","
                "\"type\":\"market\",\"side\":\"sell\",\"price\":null,"
                "\"size\":",
                o->id + 8, book->symbol);
    put_padded(out, sim_money_of(o->size, SIM_STEP_PLACES));
    text_printf(out,
                ",\"funds\":null,\"stp\":null,\"timeInForce\":\"GTC\","
                "\"cancelAfter\":-1,\"postOnly\":false,\"hidden\":false,"
                "\"iceberg\":false,\"visibleSize\":null,\"channel\":\"API\","
                "\"clientOid\":\"grid-stop-%d\",\"remark\":\"exit\","
                "\"tags\":null,\"relatedNo\":null,\"orderTime\":%" PRId64
                "000000,\"domainId\":\"kucoin\",\"tradeSource\":\"USER\","
                "\"tradeType\":\"TRADE\",\"feeCurrency\":\"%s\","
                "\"takerFeeRate\":",
                bot->number, o->created_ms, book->quote);
    put_padded(out, rate);
    text_puts(out, ",\"makerFeeRate\":");
    put_padded(out, rate);
    text_printf(out,
                ",\"createdAt\":%" PRId64 ",\"stop\":\"loss\","
                "\"stopTriggerTime\":null,\"stopPrice\":",
                o->created_ms);
    put_padded(out, sim_money_of(o->price, book->places));
    text_puts(out, ",\"limitPrice\":null,\"pop\":null,"
                   "\"activateCondition\":null}");
}

static bool has_stop(const struct sim_bot *bot, const struct sim_call *call)
{
    const char *symbol = sim_fields_get(call->request->query, "symbol");
    const char *kind = sim_fields_get(call->request->query, "stop");

    return bot->state == SIM_BOT_RUNS && bot->plan.stop &&
           !bot->plan.robot[0] &&
           (!symbol || strcmp(symbol, bot->plan.symbol) == 0) &&
           (!kind || strcmp(kind, "loss") == 0);
}

void sim_account_stops(struct sim *s, struct sim_call *call)
{
    const struct sim_account *a = &s->account;
    struct text *out = &call->reply->body;
    int64_t page = 1, size = 50, at = 0;
    size_t total = 0;
    const char *comma = "";

    if (!sim_account_number(call, "currentPage", 1, 100000, &page) ||
        !sim_account_number(call, "pageSize", 10, 500, &size))
        return;
    sim_account_advance(&s->account, &s->market, call->now_ms);
    for (int i = 0; i < a->bot_count; i++)
        total += has_stop(a->bots[i], call);
    put_page(out, page, size, total);
    for (int i = 0; i < a->bot_count; i++) {
        const struct sim_bot *bot = a->bots[i];
        if (!has_stop(bot, call) || at++ / size != page - 1)
            continue;
        text_puts(out, comma);
        put_stop(out, bot, sim_market_find(&s->market, bot->plan.symbol));
        comma = ",";
    }
    text_puts(out, "]}}");
}
