/* The paths by which a test makes keys and bots, and asks for their books. */
#include <inttypes.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "sim/account.h"
#include "sim/sim.h"

static void refuse(struct sim_call *call, const char *why)
{
    char plain[sizeof(((struct error *)0)->msg)];
    size_t n = 0;

    for (; *why && n + 1 < sizeof(plain); why++)
        plain[n++] = *why == '"' || *why == '\\' || *why < ' ' ? '?' : *why;
    plain[n] = '\0';
    call->reply->status = 400;
    text_clear(&call->reply->body);
    text_printf(&call->reply->body, "{\"error\":\"%s\"}", plain);
}

void sim_account_set_key(struct sim *s, struct sim_call *call)
{
    struct sim_fields f = { 0 };
    struct error err = { 0 };

    if (sim_fields_read_json(&f, call->request->body, call->request->body_len,
                             &err) ||
        sim_keys_set(&s->account.keys, &f, &err))
        refuse(call, err.msg);
    else
        text_puts(&call->reply->body, "{\"account\":\"set\"}");
    sim_fields_release(&f);
}

/* What a member is read into. */
struct draft {
    struct sim_bot_plan plan;
    int places;
};

static bool read_price(const char *value, int places, int64_t *out)
{
    sim_money m;
    return sim_money_parse(value, &m) && sim_money_whole(m, places, out);
}

static bool read_word(const char *value, const char *const words[], int *which)
{
    for (*which = 0; words[*which]; (*which)++)
        if (strcmp(words[*which], value) == 0)
            return true;
    return false;
}

static bool read_account(const char *value, char out[SIM_ROBOT_TEXT])
{
    static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t n = strlen(value);

    if (strcmp(value, "main") == 0)
        value = "", n = 0;
    else if (n == 0 || n >= SIM_ROBOT_TEXT || strspn(value, fine) != n)
        return false;
    memcpy(out, value, n + 1);
    return true;
}

static bool read_member(struct draft *d, const char *name, const char *value)
{
    static const char *const spacings[] = { "arithmetic", "geometric", NULL };
    static const char *const fees[] = { "quote", "base", "KCS", NULL };
    struct sim_bot_plan *p = &d->plan;
    int64_t n = 0;
    int word = 0;
    bool ok = true;

    if (strcmp(name, "symbol") == 0)
        return true; /* read before */
    if (strcmp(name, "lower") == 0)
        return read_price(value, d->places, &p->lower);
    if (strcmp(name, "upper") == 0)
        return read_price(value, d->places, &p->upper);
    if (strcmp(name, "stop") == 0)
        return read_price(value, d->places, &p->stop) && p->stop > 0;
    if (strcmp(name, "capital") == 0)
        return sim_money_parse(value, &p->capital) && p->capital > 0;
    if (strcmp(name, "fee") == 0)
        return read_price(value, SIM_RATE_PLACES, &p->rate) && p->rate < 1000;
    if (strcmp(name, "account") == 0)
        return read_account(value, p->robot);
    if (strcmp(name, "at") == 0)
        return (p->at_ms = moment_parse(value)) != MOMENT_NONE;
    if (strcmp(name, "levels") == 0) {
        ok = integer_parse(value, &n) && n > 0 && n <= SIM_CELLS_MAX;
        p->cells = ok ? (int)n : 0;
        return ok;
    }
    if (strcmp(name, "spacing") == 0) {
        ok = read_word(value, spacings, &word);
        p->geometric = word == 1;
        return ok;
    }
    ok = strcmp(name, "fee_in") == 0 && read_word(value, fees, &word);
    p->fee_in = ok ? (enum sim_fee_in)word : SIM_FEE_QUOTE;
    return ok;
}

static int read_plan(const struct sim *s, const struct sim_call *call,
                     const struct sim_fields *f, struct draft *d,
                     struct error *err)
{
    const char *symbol = sim_fields_get(f, "symbol");
    const struct sim_book *book =
        symbol ? sim_market_find(&s->market, symbol) : NULL;

    if (!book)
        return error_set(err, FAULT_DATA, "member 'symbol' names no market");
    *d = (struct draft){ .places = book->places };
    d->plan.rate = 10;
    d->plan.at_ms = call->now_ms;
    d->plan.end_ms = INT64_MAX;
    memcpy(d->plan.symbol, book->symbol, sizeof(d->plan.symbol));
    for (size_t i = 0; i < f->count; i++)
        if (!read_member(d, f->items[i].name, f->items[i].value))
            return error_set(err, FAULT_DATA, "member '%s' cannot be that",
                             f->items[i].name);
    if (!d->plan.lower || !d->plan.upper || !d->plan.cells || !d->plan.capital)
        return error_set(err, FAULT_DATA,
                         "'lower', 'upper', 'levels' and 'capital' are needed");
    return 0;
}

void sim_account_add_bot(struct sim *s, struct sim_call *call)
{
    struct sim_account *a = &s->account;
    struct sim_fields f = { 0 };
    struct error err = { 0 };
    struct sim_bot *bot = NULL;
    struct draft d;

    if (a->bot_count == SIM_BOTS_MAX)
        error_set(&err, FAULT_DATA, "more than %d bots", SIM_BOTS_MAX);
    else if (!sim_fields_read_json(&f, call->request->body,
                                   call->request->body_len, &err) &&
             !read_plan(s, call, &f, &d, &err))
        bot = sim_bot_new(&d.plan, a->bot_count + 1, d.places, &err);
    sim_fields_release(&f);
    if (!bot) {
        refuse(call, err.msg);
        return;
    }
    a->bots[a->bot_count++] = bot;
    text_printf(&call->reply->body, "{\"bot\":\"%d\"}", bot->number);
}

/* The bot, as it is at the clock; NULL with the reply made. */
static struct sim_bot *find_bot(struct sim *s, struct sim_call *call,
                                const char *number)
{
    int64_t n = 0;

    if (!number || !integer_parse(number, &n) || n < 1 ||
        n > s->account.bot_count) {
        refuse(call, "no such bot");
        return NULL;
    }
    sim_account_advance(&s->account, &s->market, call->now_ms);
    return s->account.bots[n - 1];
}

void sim_account_end_bot(struct sim *s, struct sim_call *call)
{
    const char *sells = sim_fields_get(call->request->query, "sell");
    int64_t zombies = 0;
    struct sim_bot *bot = find_bot(s, call, call->part);

    if (!bot ||
        !sim_account_number(call, "zombies", 0, SIM_CELLS_MAX, &zombies))
        return;
    if (bot->plan.end_ms <= call->now_ms) {
        refuse(call, "the bot has ended before");
        return;
    }
    bot->plan.end_ms = call->now_ms;
    bot->plan.end_sells = sells && strcmp(sells, "1") == 0;
    bot->plan.zombies = (int)zombies;
    sim_account_advance(&s->account, &s->market, call->now_ms);
    text_puts(&call->reply->body, "{\"bot\":\"ended\"}");
}

static void put_money(struct text *out, const char *name, sim_money m)
{
    char text[SIM_MONEY_TEXT];
    sim_money_format(m, text);
    text_printf(out, "\"%s\":\"%s\",", name, text);
}

static void put_open(struct text *out, const struct sim_bot *bot, int places)
{
    const char *comma = "";
    for (int i = 0; i < bot->plan.cells; i++) {
        const struct sim_order *o = &bot->cells[i].order;
        char price[SIM_MONEY_TEXT], size[SIM_MONEY_TEXT];
        if (!bot->cells[i].resting)
            continue;
        sim_money_format(sim_money_of(o->price, places), price);
        sim_money_format(sim_money_of(o->size, SIM_STEP_PLACES), size);
        text_printf(out,
                    "%s{\"id\":\"%s\",\"side\":\"%s\",\"price\":\"%s\","
                    "\"size\":\"%s\"}",
                    comma, o->id, o->sell ? "sell" : "buy", price, size);
        comma = ",";
    }
}

void sim_account_ledger(struct sim *s, struct sim_call *call)
{
    static const char *const states[] = { [SIM_BOT_WAITING] = "waiting",
                                          [SIM_BOT_RUNS] = "running",
                                          [SIM_BOT_STOPPED] = "stopped" };
    struct text *out = &call->reply->body;
    const struct sim_bot *bot =
        find_bot(s, call, sim_fields_get(call->request->query, "bot"));

    if (!bot)
        return;
    const struct sim_ledger *l = &bot->ledger;
    text_printf(out, "{\"state\":\"%s\",", states[bot->state]);
    put_money(out, "base", l->base);
    put_money(out, "quote_cash", l->cash);
    put_money(out, "cost", l->cost);
    if (l->base)
        put_money(out, "avg_cost", sim_ledger_average(l));
    else
        text_puts(out, "\"avg_cost\":null,");
    put_money(out, "realised", l->realised);
    put_money(out, "fees", l->fees);
    put_money(out, "other_fees", l->other_fees);
    text_printf(out, "\"fills\":%" PRId64 ",\"orders\":[", l->fills);
    put_open(out, bot, sim_market_find(&s->market, bot->plan.symbol)->places);
    text_puts(out, "]}");
}
