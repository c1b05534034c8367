#include "tools/money_exact.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"

#define RATE_WHOLE  10000                /* 10^SIM_RATE_PLACES */
#define AMOUNT_UNIT ((sim_money)1000000) /* amounts are multiples of 10^-12 */

double money_double(money_exact m)
{
    return (double)m / 1e21;
}

/* --- Compared ------------------------------------------------------------- */

static void alike(struct money_found *found, enum money_figure f, bool same)
{
    found->compared[f]++;
    found->wrong[f] += !same;
}

/* Doubles of money: half a unit of the ninth decimal, on which a position is
 * shown, and the rounding of a few operations on `size`. */
static void near(struct money_found *found, enum money_figure f, double got,
                 double want, double size)
{
    double off = fabs(got - want);
    alike(found, f, off <= 5.1e-10 + 1e-15 * size);
    found->farthest[f] = fmax(found->farthest[f], off);
}

/* --- Fills ---------------------------------------------------------------- */

static struct fill fill_of(const struct sim_fill *f, const struct sim_book *b)
{
    struct fill out = {
        .id = f->trade_id,
        .at_ms = f->at_ms,
        .side = f->sell ? FILL_SELL : FILL_BUY,
        .price = { f->price },
        .size = { f->size },
        .funds = { f->funds },
        .fee = { f->fee },
    };
    const char *currency = f->fee_in == SIM_FEE_BASE    ? b->base
                           : f->fee_in == SIM_FEE_QUOTE ? b->quote
                                                        : "KCS";
    snprintf(out.fee_currency, sizeof(out.fee_currency), "%.15s", currency);
    return out;
}

static bool enter(struct money_side *s, const struct money_grid *g)
{
    const struct sim_book *book = &g->market->book;
    for (; s->entered < s->bot->fill_count; s->entered++) {
        struct fill f = fill_of(&s->bot->fills[s->entered], book);
        if (books_enter(&s->held.books, &f, book->base, book->quote) !=
            BOOKS_OK)
            return false;
    }
    return true;
}

static void compare_books(const struct money_side *s, struct money_found *found)
{
    const struct books *b = &s->held.books;
    const struct sim_ledger *l = &s->bot->ledger;
    struct decimal average = DECIMAL_ZERO;

    alike(found, MONEY_BOOKS,
          b->count == l->fills && b->base.units == l->base &&
              b->cash.units == l->cash && b->cost.units == l->cost &&
              b->realised.units == l->realised && b->fees.units == l->fees &&
              b->other_fees.units == l->other_fees && !b->oversold &&
              l->cash == l->realised - l->cost);
    bool held = books_avg_cost(b, &average);
    alike(found, MONEY_AVERAGE,
          held == (l->base > 0) && average.units == sim_ledger_average(l));
}

/* --- Net PnL -------------------------------------------------------------- */

static int64_t close_of(const struct money_grid *g, const struct bar *bar)
{
    return sim_path_ticks(bar->close, g->market->book.places);
}

/* amount (12 decimals) * ticks * rate (4 decimals) */
static money_exact product(const struct money_grid *g, sim_money amount,
                           int64_t ticks, int64_t rate)
{
    return amount / AMOUNT_UNIT * ticks * rate *
           sim_power10(5 - g->market->book.places);
}

money_exact money_net(const struct money_side *s, const struct money_grid *g,
                      const struct bar *bar)
{
    const struct sim_ledger *l = &s->bot->ledger;
    return l->cash * 1000 +
           product(g, l->base, close_of(g, bar), RATE_WHOLE - g->bot.rate);
}

static void compare_shown(struct money_side *s, const struct money_grid *g,
                          const struct bar *bar, const struct position *p,
                          struct money_found *found)
{
    const struct sim_ledger *l = &s->bot->ledger;
    double size = g->file.capital;
    double base = money_double(l->base * 1000);
    money_exact net = money_net(s, g, bar);
    money_exact worth = product(g, l->base, close_of(g, bar), RATE_WHOLE);

    s->peak = net > s->peak ? net : s->peak;
    near(found, MONEY_SHOWN, p->inventory.nominal.v, base, base);
    near(found, MONEY_SHOWN, p->realised.nominal.v,
         money_double(l->realised * 1000), size);
    near(found, MONEY_SHOWN, p->fees.nominal.v, money_double(l->fees * 1000),
         size);
    if (l->base > 0)
        near(found, MONEY_SHOWN, p->avg_cost.nominal.v,
             money_double(sim_ledger_average(l) * 1000), bar->close);
    near(found, MONEY_NET, p->pnl.e.nominal.v, money_double(net), size);
    near(found, MONEY_NET, p->unrealised.nominal.v,
         money_double(worth - l->cost * 1000), size);
    near(found, MONEY_NET, p->pnl.peak.nominal.v, money_double(s->peak), size);
    near(found, MONEY_NET, p->pnl.drawdown.nominal.v,
         money_double(s->peak - net), size);
}

/* --- Capital at risk ------------------------------------------------------ */

static int64_t stop_of(const struct money_grid *g)
{
    return g->bot.stop ? g->bot.stop : g->bot.lower;
}

money_exact money_at_risk(const struct money_side *s,
                          const struct money_grid *g, const struct bar *bar)
{
    int64_t close = close_of(g, bar), stop = stop_of(g);
    sim_money step = sim_money_of(1, SIM_STEP_PLACES);
    sim_money base = s->bot->ledger.base, bought = 0;
    money_exact lost = product(g, base, close - stop, RATE_WHOLE);

    for (int i = 0; i < g->bot.cells; i++) {
        const struct sim_cell *c = &s->bot->cells[i];
        bool counts = c->resting && !c->order.sell && c->order.price >= stop &&
                      c->order.price < close;
        if (!counts)
            continue;
        bought += c->order.size * step;
        lost +=
            product(g, c->order.size * step, c->order.price - stop, RATE_WHOLE);
    }
    return lost + product(g, base + bought, stop, g->bot.rate + g->slippage);
}

static size_t orders_of(const struct money_side *s, const struct money_grid *g,
                        struct risk_order out[SIM_CELLS_MAX])
{
    double tick = (double)sim_power10(g->market->book.places);
    double step = (double)sim_power10(SIM_STEP_PLACES);
    size_t n = 0;
    for (int i = 0; i < g->bot.cells; i++) {
        const struct sim_cell *c = &s->bot->cells[i];
        if (c->resting && !c->order.sell)
            out[n++] = (struct risk_order){ (double)c->order.price / tick,
                                            (double)c->order.size / step };
    }
    return n;
}

static void compare_risk(const struct money_side *s, const struct money_grid *g,
                         const struct bar *bar, const struct position *p,
                         struct money_found *found)
{
    struct risk_order orders[SIM_CELLS_MAX];
    struct risk r;
    struct value none = value_none(VALUE_UNAVAILABLE);
    const struct risk_inputs in = {
        .grid = &g->file,
        .position = p,
        .close = value_real(bar->close, 1),
        .sigma_15m = none,
        .atr_4h = none,
        .fee = g->terms.fee,
        .slippage = (double)g->slippage / RATE_WHOLE,
        .orders = orders,
        .order_count = orders_of(s, g, orders),
        .exit_cost = none,
    };
    int64_t close = close_of(g, bar);
    int64_t stop = stop_of(g);
    double size = g->file.capital;

    risk_of(&in, &r);
    alike(found, MONEY_AT_RISK, value_usable(r.at_risk) == (close > stop));
    if (!value_usable(r.at_risk))
        return;
    /* A fee in base has twelve decimals, what is held is shown on nine. */
    if (s->bot->plan.fee_in == SIM_FEE_BASE)
        size += 5e5 * bar->close;
    near(found, MONEY_AT_RISK, r.at_risk.v,
         money_double(money_at_risk(s, g, bar)), size);
    near(
        found, MONEY_AT_RISK, r.at_risk_simple.v,
        money_double(product(g, s->bot->ledger.base, close - stop, RATE_WHOLE)),
        size);
}

void money_compare(struct money_side *s, const struct money_grid *g,
                   const struct bar *bar, struct money_found *found)
{
    struct value close = value_real(bar->close, 1);

    if (!enter(s, g))
        found->wrong[MONEY_BOOKS]++;
    compare_books(s, found);
    struct position p =
        holding_by_books(&s->held, close, g->terms.fee, "none better");
    compare_shown(s, g, bar, &p, found);
    compare_risk(s, g, bar, &p, found);
}
