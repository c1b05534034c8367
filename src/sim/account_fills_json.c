/* Fills of the main account's bots, newest first: a window of at most seven
 * days, the newest of what was asked for, and none older than the key reaches.
 */
#include <inttypes.h>
#include <string.h>

#include "base/moment.h"
#include "sim/account.h"
#include "sim/sim.h"

#define FILLS_MAX 100
#define WINDOW_MS (7 * MS_PER_DAY)

struct query {
    const struct sim_book *book;
    const char *side, *type, *order; /* or NULL */
    int64_t start_ms, end_ms;        /* both inclusive */
    int64_t before_id, limit;
};

static bool is_one_of(const char *text, const char *a, const char *b)
{
    return !text || strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

/* False with the reply made. */
static bool read_query(struct sim *s, struct sim_call *call, struct query *q)
{
    const struct sim_fields *f = call->request->query;
    const char *symbol = sim_fields_get(f, "symbol");
    int64_t oldest = call->now_ms - call->key->reach_days * MS_PER_DAY;
    int64_t listed_ms = call->now_ms - call->key->list_s * 1000;

    *q = (struct query){ .side = sim_fields_get(f, "side"),
                         .type = sim_fields_get(f, "type"),
                         .order = sim_fields_get(f, "orderId"),
                         .end_ms = call->now_ms,
                         .before_id = INT64_MAX,
                         .limit = 20 };
    q->book = symbol ? sim_market_find(&s->market, symbol) : NULL;
    if (!q->book || !is_one_of(q->side, "buy", "sell") ||
        !is_one_of(q->type, "limit", "market")) {
        sim_account_fail(call, "400100",
                         symbol ? "Incorrect request parameter"
                                : "symbol is required");
        return false;
    }
    if (!sim_account_number(call, "limit", 1, FILLS_MAX, &q->limit) ||
        !sim_account_number(call, "lastId", 0, INT64_MAX, &q->before_id) ||
        !sim_account_number(call, "startAt", 0, INT64_MAX, &q->start_ms) ||
        !sim_account_number(call, "endAt", 0, INT64_MAX, &q->end_ms))
        return false;
    if (q->before_id == 0)
        q->before_id = INT64_MAX;
    if (q->end_ms > call->now_ms)
        q->end_ms = call->now_ms;
    if (oldest < q->end_ms - WINDOW_MS)
        oldest = q->end_ms - WINDOW_MS;
    if (q->start_ms < oldest)
        q->start_ms = oldest;
    if (q->end_ms > listed_ms)
        q->end_ms = listed_ms;
    return true;
}

static bool is_asked(const struct query *q, const struct sim_fill *f)
{
    return f->id < q->before_id && f->at_ms >= q->start_ms &&
           f->at_ms <= q->end_ms &&
           (!q->side || (strcmp(q->side, "sell") == 0) == f->sell) &&
           (!q->type || (strcmp(q->type, "market") == 0) == f->taker) &&
           (!q->order || strcmp(q->order, f->order) == 0);
}

/* The newest that is asked for; NULL for none. */
static const struct sim_fill *newest(const struct sim_account *a,
                                     const struct query *q,
                                     const struct sim_bot **whose)
{
    const struct sim_fill *best = NULL;

    for (int i = 0; i < a->bot_count; i++) {
        const struct sim_bot *bot = a->bots[i];
        if (bot->plan.robot[0] ||
            strcmp(bot->plan.symbol, q->book->symbol) != 0)
            continue;
        for (size_t n = bot->fill_count; n-- > 0;) {
            const struct sim_fill *f = &bot->fills[n];
            if (!is_asked(q, f))
                continue;
            if (!best || f->id > best->id) {
                best = f;
                *whose = bot;
            }
            break;
        }
    }
    return best;
}

static void put_fill(struct text *out, const struct sim_fill *f,
                     const struct sim_bot *bot, const struct sim_book *book)
{
    char price[SIM_MONEY_TEXT], size[SIM_MONEY_TEXT], funds[SIM_MONEY_TEXT];
    char fee[SIM_MONEY_TEXT], rate[SIM_MONEY_TEXT];
    const char *currencies[] = { [SIM_FEE_QUOTE] = book->quote,
                                 [SIM_FEE_BASE] = book->base,
                                 [SIM_FEE_OTHER] = "KCS" };

    sim_money_format(f->price, price);
    sim_money_format(f->size, size);
    sim_money_format(f->funds, funds);
    sim_money_format(f->fee, fee);
    sim_money_format(sim_money_of(bot->plan.rate, SIM_RATE_PLACES), rate);
    text_printf(out,
                "{\"id\":%" PRId64 ",\"orderId\":\"%s\","
                "\"counterOrderId\":\"674d2e1b%s\",\"tradeId\":%" PRId64
                ",\"symbol\":\"%s\",\"side\":\"%s\",\"liquidity\":\"%s\","
                "\"type\":\"%s\",\"forceTaker\":false,\"price\":\"%s\","
                "\"size\":\"%s\",\"funds\":\"%s\",\"fee\":\"%s\","
                "\"feeRate\":\"%s\",\"feeCurrency\":\"%s\",\"stop\":\"\","
                "\"tradeType\":\"TRADE\",\"taxRate\":\"0\",\"tax\":\"0\","
                "\"createdAt\":%" PRId64 "}",
                f->id, f->order, f->order + 8, f->trade_id, book->symbol,
                f->sell ? "sell" : "buy", f->taker ? "taker" : "maker",
                f->taker ? "market" : "limit", price, size, funds, fee, rate,
                currencies[f->fee_in], f->at_ms);
}

void sim_account_fills(struct sim *s, struct sim_call *call)
{
    struct text *out = &call->reply->body;
    const struct sim_bot *bot = NULL;
    const struct sim_fill *f;
    struct query q;
    int64_t last = 0;

    if (!read_query(s, call, &q))
        return;
    sim_account_advance(&s->account, &s->market, call->now_ms);
    text_puts(out, "{\"code\":\"200000\",\"data\":{\"items\":[");
    while (q.limit-- > 0 && (f = newest(&s->account, &q, &bot))) {
        text_puts(out, last ? "," : "");
        put_fill(out, f, bot, q.book);
        last = q.before_id = f->id;
    }
    text_printf(out, "],\"lastId\":%" PRId64 "}}", last);
}
