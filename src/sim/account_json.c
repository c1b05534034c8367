/* Key, user, balances and sub-accounts. All texts in the bodies are plain. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/prng.h"
#include "sim/account.h"
#include "sim/account_balance.h"
#include "sim/candles.h"
#include "sim/decimal.h"
#include "sim/sim.h"

#define MAIN_ROW                                                               \
    "{\"id\":\"66a1c07e93b1dd0007a4f0c1\",\"currency\":\"USDT\","              \
    "\"type\":\"main\",\"balance\":\"120.5\",\"available\":\"120.5\","         \
    "\"holds\":\"0\"}"
#define NORMAL_SUB                                                             \
    "{\"userId\":\"66b0c0905fc1480001c1aaab\",\"uid\":229900001,"              \
    "\"subName\":\"normalsub\",\"status\":2,\"type\":0,\"access\":\"All\","    \
    "\"createdAt\":1762000000001,\"remarks\":\"x\","                           \
    "\"tradeTypes\":[\"Spot\",\"Futures\"],\"openedTradeTypes\":[\"Spot\"],"   \
    "\"hostedStatus\":null}"
#define NORMAL_SUB_ID "66b0c0905fc1480001c1aaab"
#define USER_ID_TEXT  25

void sim_account_api_key(struct sim *s, struct sim_call *call)
{
    struct text *out = &call->reply->body;
    (void)s;

    text_printf(out,
                "{\"code\":\"200000\",\"data\":{\"remark\":\"gridwatch\","
                "\"apiKey\":\"%s\",\"apiVersion\":3,\"permission\":\"%s\"",
                call->key->key, call->key->permission);
    if (call->key->whitelist[0])
        text_printf(out, ",\"ipWhitelist\":\"%s\"", call->key->whitelist);
    text_puts(out, ",\"createdAt\":1775001122000,\"uid\":228800119,"
                   "\"isMaster\":true}}");
}

void sim_account_user(struct sim *s, struct sim_call *call)
{
    (void)s;
    text_printf(&call->reply->body,
                "{\"code\":\"200000\",\"data\":{\"level\":%d,"
                "\"subQuantity\":1,\"spotSubQuantity\":1,"
                "\"marginSubQuantity\":0,\"futuresSubQuantity\":0,"
                "\"optionSubQuantity\":0,\"maxSubQuantity\":5,"
                "\"maxDefaultSubQuantity\":5,\"maxSpotSubQuantity\":0,"
                "\"maxMarginSubQuantity\":0,\"maxFuturesSubQuantity\":0,"
                "\"maxOptionSubQuantity\":0}}",
                call->key->vip);
}

void sim_account_mode(struct sim *s, struct sim_call *call)
{
    (void)s;
    text_printf(&call->reply->body,
                "{\"code\":\"200000\",\"data\":{\"selfAccountMode\":\"%s\","
                "\"unifiedSubAccount\":[],\"classicSubAccount\":[]}}",
                call->key->unified ? "UNIFIED" : "CLASSIC");
}

static bool is_asked(const struct sim_call *call, const char *name,
                     const char *value)
{
    const char *asked = sim_fields_get(call->request->query, name);
    return !asked || !*asked || strcmp(asked, value) == 0;
}

static void put_amounts(struct text *out, const struct sim_balance *b)
{
    char total[SIM_MONEY_TEXT], free[SIM_MONEY_TEXT], holds[SIM_MONEY_TEXT];

    sim_money_format(b->total, total);
    sim_money_format(b->total - b->holds, free);
    sim_money_format(b->holds, holds);
    text_printf(out, "\"balance\":\"%s\",\"available\":\"%s\",\"holds\":\"%s\"",
                total, free, holds);
}

void sim_account_balances(struct sim *s, struct sim_call *call)
{
    struct sim_balance rows[SIM_BALANCES_MAX];
    struct text *out = &call->reply->body;
    const char *comma = "";

    sim_account_advance(&s->account, &s->market, call->now_ms);
    size_t n = sim_balances(&s->account, &s->market, "", rows);
    text_puts(out, "{\"code\":\"200000\",\"data\":[");
    if (is_asked(call, "currency", "USDT") && is_asked(call, "type", "main")) {
        text_puts(out, MAIN_ROW);
        comma = ",";
    }
    for (size_t i = 0; i < n; i++) {
        if (!is_asked(call, "currency", rows[i].currency) ||
            !is_asked(call, "type", "trade"))
            continue;
        text_printf(out,
                    "%s{\"id\":\"28911745332%02zu\",\"currency\":\"%s\","
                    "\"type\":\"trade\",",
                    comma, i, rows[i].currency);
        put_amounts(out, &rows[i]);
        text_puts(out, "}");
        comma = ",";
    }
    text_puts(out, "]}");
}

/* The name of the n-th sub-account of a robot, or NULL. */
static const char *robot_name(const struct sim_account *a, int n)
{
    for (int i = 0; i < a->bot_count; i++) {
        const char *name = a->bots[i]->plan.robot;
        bool again = !*name;
        for (int j = 0; j < i; j++)
            again = again || strcmp(a->bots[j]->plan.robot, name) == 0;
        if (!again && n-- == 0)
            return name;
    }
    return NULL;
}

static void user_id(const char *robot, char out[USER_ID_TEXT])
{
    uint64_t seed = 1;
    while (*robot)
        seed = seed * 131 + (unsigned char)*robot++;
    snprintf(out, USER_ID_TEXT, "66b0c090%016" PRIx64, splitmix64(&seed));
}

void sim_account_subs(struct sim *s, struct sim_call *call)
{
    struct text *out = &call->reply->body;
    int64_t page = 1, size = 10, total = 1, at = 0;
    const char *comma = "", *name;
    char id[USER_ID_TEXT];

    if (!sim_account_number(call, "currentPage", 1, 100000, &page) ||
        !sim_account_number(call, "pageSize", 1, 100, &size))
        return;
    while (robot_name(&s->account, (int)total - 1))
        total++;
    text_printf(out,
                "{\"code\":\"200000\",\"data\":{\"currentPage\":%" PRId64
                ",\"pageSize\":%" PRId64 ",\"totalNum\":%" PRId64
                ",\"totalPage\":%" PRId64 ",\"items\":[",
                page, size, total, (total + size - 1) / size);
    for (at = (page - 1) * size; at < total && at < page * size; at++) {
        text_puts(out, comma);
        comma = ",";
        name = robot_name(&s->account, (int)at);
        if (!name) {
            text_puts(out, NORMAL_SUB);
            continue;
        }
        user_id(name, id);
        text_printf(out,
                    "{\"userId\":\"%s\",\"uid\":%" PRId64 ","
                    "\"subName\":\"%s\",\"status\":2,\"type\":1,"
                    "\"access\":\"All\",\"createdAt\":1762000000000,"
                    "\"remarks\":null,\"tradeTypes\":[\"Spot\"],"
                    "\"openedTradeTypes\":[\"Spot\"],\"hostedStatus\":null}",
                    id, 229900010 + at, name);
    }
    text_puts(out, "]}}");
}

/* What one coin is worth in USDT at the clock; 1 when nothing tells. */
static double worth(const struct sim *s, const char *currency, int64_t now_ms)
{
    struct sim_trade last;
    for (size_t i = 0; i < s->market.count; i++)
        if (strcmp(s->market.books[i].base, currency) == 0 &&
            sim_last_trade(&s->market.books[i], now_ms, &last))
            return last.price;
    return 1.0;
}

static void put_sub_rows(struct sim *s, struct sim_call *call, const char *name)
{
    struct sim_balance rows[SIM_BALANCES_MAX];
    struct text *out = &call->reply->body;
    char price[SIM_DECIMAL_TEXT], amount[SIM_DECIMAL_TEXT];
    size_t n = sim_balances(&s->account, &s->market, name, rows);

    for (size_t i = 0; i < n; i++) {
        double each = worth(s, rows[i].currency, call->now_ms);
        sim_decimal(each, price);
        sim_decimal(sim_round8(each * ((double)rows[i].total / 1e18)), amount);
        text_printf(out, "%s{\"currency\":\"%s\",", i ? "," : "",
                    rows[i].currency);
        put_amounts(out, &rows[i]);
        text_printf(out,
                    ",\"baseCurrency\":\"USDT\",\"baseCurrencyPrice\":\"%s\","
                    "\"baseAmount\":\"%s\",\"tag\":\"DEFAULT\"}",
                    price, amount);
    }
}

void sim_account_sub(struct sim *s, struct sim_call *call)
{
    struct text *out = &call->reply->body;
    const char *name = NULL;
    char id[USER_ID_TEXT];
    bool normal = strcmp(call->part, NORMAL_SUB_ID) == 0;

    for (int i = 0; !normal && (name = robot_name(&s->account, i)); i++) {
        user_id(name, id);
        if (strcmp(id, call->part) == 0)
            break;
    }
    if (!normal && !name) {
        sim_account_fail(call, "400100", "sub user not exists");
        return;
    }
    sim_account_advance(&s->account, &s->market, call->now_ms);
    text_printf(out,
                "{\"code\":\"200000\",\"data\":{\"subUserId\":\"%s\","
                "\"subName\":\"%s\",\"mainAccounts\":[],\"tradeAccounts\":[",
                call->part, normal ? "normalsub" : name);
    if (name)
        put_sub_rows(s, call, name);
    text_puts(out, "],\"marginAccounts\":[],\"tradeHFAccounts\":[]}}");
}
