#include "sim/account_balance.h"

#include <string.h>

struct sheet {
    struct sim_balance *items;
    size_t count;
};

static struct sim_balance *of(struct sheet *s, const char *currency)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->items[i].currency, currency) == 0)
            return &s->items[i];
    struct sim_balance *b = &s->items[s->count++];
    *b = (struct sim_balance){ 0 };
    memcpy(b->currency, currency, strlen(currency) + 1);
    return b;
}

static sim_money held_by_buy(const struct sim_bot *bot, int places,
                             const struct sim_order *o)
{
    sim_money funds = (sim_money)o->price * o->size *
                      sim_power10(SIM_MONEY_PLACES - places - SIM_STEP_PLACES);
    sim_money fee = funds / sim_power10(SIM_RATE_PLACES) * bot->plan.rate;
    return bot->plan.fee_in == SIM_FEE_QUOTE ? funds + fee : funds;
}

static void add_bot(struct sheet *s, const struct sim_bot *bot,
                    const struct sim_book *book)
{
    of(s, book->quote)->total += bot->plan.capital + bot->ledger.cash;
    of(s, book->base)->total += bot->ledger.base;
    for (int i = 0; i < bot->plan.cells; i++) {
        const struct sim_order *o = &bot->cells[i].order;
        if (!bot->cells[i].resting)
            continue;
        if (o->sell)
            of(s, book->base)->holds += sim_money_of(o->size, SIM_STEP_PLACES);
        else
            of(s, book->quote)->holds += held_by_buy(bot, book->places, o);
    }
}

size_t sim_balances(const struct sim_account *a, const struct sim_market *m,
                    const char *robot, struct sim_balance *out)
{
    struct sheet s = { out, 0 };
    sim_money kcs = 0;
    bool pays_kcs = false;

    for (int i = 0; i < a->bot_count; i++) {
        const struct sim_bot *bot = a->bots[i];
        const struct sim_book *book = sim_market_find(m, bot->plan.symbol);
        bool runs = bot->state == SIM_BOT_RUNS;
        if (strcmp(runs ? bot->plan.robot : "", robot) == 0)
            add_bot(&s, bot, book);
        else if (strcmp(bot->plan.robot, robot) == 0) {
            of(&s, book->quote);
            of(&s, book->base);
        }
        pays_kcs = pays_kcs || bot->plan.fee_in == SIM_FEE_OTHER;
        kcs += bot->ledger.other_fees;
    }
    if (!*robot)
        of(&s, "KCS")->total +=
            pays_kcs ? sim_money_of(SIM_KCS_DEPOSIT, 0) - kcs : 0;
    return s.count;
}
