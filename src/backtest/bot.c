#include "backtest/bot.h"

#include <math.h>

/* What the stop sold along one walk. */
static double sold_at_stop(const struct shadow *s, bool reverse)
{
    int64_t full = 0;
    for (size_t i = 0; s->stopped && i < s->count; i++)
        full += reverse ? s->cell[i].reverse.full : s->cell[i].nominal.full;
    return (double)full * s->amount;
}

/* Of cells. In the ledger the stop's sale is realised as well; a walk that did
 * not sell there has only what its cells brought. */
static double realised_of(const struct bot *b, const struct shadow_path *p,
                          bool reverse)
{
    struct shadow_books books;

    if (!b->shadow.stopped)
        return p->realised;
    struct shadow unsold = b->shadow;
    unsold.stopped = false;
    shadow_value(&unsold, &b->grid, &b->terms.shadow, b->shadow.stopped_at,
                 &books);
    return reverse ? books.reverse.realised : books.nominal.realised;
}

/* The books' own, less what the stop's sale slipped. */
static struct bot_money money_of(const struct bot *b,
                                 const struct shadow_path *p, bool reverse)
{
    double fee = b->terms.shadow.fee;
    double base = sold_at_stop(&b->shadow, reverse);
    double slipped = base > 0 ? base * b->shadow.stopped_at * b->terms.slip : 0;
    struct bot_money m = {
        .cash = p->cash - slipped * (1 - fee),
        .base = p->base,
        .e = p->e - slipped * (1 - fee),
        .realised = realised_of(b, p, reverse),
        .fees = p->fees - slipped * fee,
    };
    m.unrealised = m.e - m.realised;
    return m;
}

struct bot_money bot_money_at(const struct bot *b, bool reverse, double close)
{
    struct shadow_books books;
    shadow_value(&b->shadow, &b->grid, &b->terms.shadow, close, &books);
    return money_of(b, reverse ? &books.reverse : &books.nominal, reverse);
}

static void value_at(struct bot *b, double close)
{
    shadow_value(&b->shadow, &b->grid, &b->terms.shadow, close, &b->books);
    b->now = money_of(b, &b->books.nominal, false);
}

bool bot_begin(struct bot *b, const struct grid *g,
               const struct bot_terms *terms, double price, const char **why)
{
    b->grid = *g;
    b->grid.start_price = price;
    b->terms = *terms;
    b->peak = b->peak_unrealised = 0.0;
    if (!shadow_begin(&b->shadow, &b->grid, &terms->shadow, price, why))
        return false;
    value_at(b, price);
    return true;
}

void bot_walk(struct bot *b, const struct bar *bar)
{
    if (bar_close_ms(bar, TF_15M) <= b->shadow.last_ms)
        return;
    shadow_walk_bar(&b->shadow, &b->grid, &b->terms.shadow, bar);
    value_at(b, bar->close);
    b->peak = fmax(b->peak, b->now.e);
    b->peak_unrealised = fmax(b->peak_unrealised, b->now.unrealised);
}

static void sell_all(const struct bot *b, double price, struct bot_money *m)
{
    double fee = b->terms.shadow.fee;
    double got = price * (1 - b->terms.half_spread - b->terms.slip);

    m->fees += m->base * got * fee;
    m->cash += m->base * got * (1 - fee);
    m->base = 0;
    m->e = m->cash - b->grid.capital;
    m->unrealised = m->e - m->realised;
}

/* A bar that ends where it opened walks the jump and nothing else. */
struct bot_sale bot_leave(const struct bot *b, const struct bar *bar)
{
    struct bot then = *b;
    struct bar jump = *bar;

    jump.high = jump.low = jump.close = bar->open;
    shadow_walk_bar(&then.shadow, &then.grid, &then.terms.shadow, &jump);
    struct bot_sale sale = {
        .stopped = then.shadow.stopped,
        .nominal = bot_money_at(&then, false, bar->open),
        .reverse = bot_money_at(&then, true, bar->open),
    };
    sell_all(&then, bar->open, &sale.nominal);
    sell_all(&then, bar->open, &sale.reverse);
    return sale;
}
