#include "sim/account.h"

#include "base/number.h"
#include "sim/sim.h"

void sim_account_release(struct sim_account *a)
{
    for (int i = 0; i < a->bot_count; i++)
        sim_bot_free(a->bots[i]);
    a->bot_count = 0;
}

void sim_account_advance(struct sim_account *a, const struct sim_market *m,
                         int64_t now_ms)
{
    for (int i = 0; i < a->bot_count; i++)
        sim_bot_advance(a->bots[i], sim_market_find(m, a->bots[i]->plan.symbol),
                        now_ms);
}

void sim_account_fail(struct sim_call *call, const char *code, const char *msg)
{
    text_printf(&call->reply->body, "{\"code\":\"%s\",\"msg\":\"%s\"}", code,
                msg);
}

bool sim_account_number(struct sim_call *call, const char *name, int64_t min,
                        int64_t max, int64_t *value)
{
    const char *text = sim_fields_get(call->request->query, name);
    int64_t n = 0;

    if (!text || !*text)
        return true;
    if (integer_parse(text, &n) && n >= min && n <= max) {
        *value = n;
        return true;
    }
    text_printf(&call->reply->body,
                "{\"msg\":\"%s is out of range\",\"code\":\"400100\"}", name);
    return false;
}
