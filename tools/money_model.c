#include "tools/money_model.h"

#include <math.h>

#include "base/moment.h"
#include "base/value.h"

/* Whole steps of a cell's amount. */
static int64_t steps(double base)
{
    return (int64_t)llround(base * 1e8);
}

static void compare_risk(const struct money_side *s, const struct money_grid *g,
                         const struct bar *bar, const struct position *p,
                         struct money_modelled *found)
{
    struct risk_order orders[SHADOW_CELLS_MAX];
    struct risk r;
    struct value none = value_none(VALUE_UNAVAILABLE);
    const struct risk_inputs in = {
        .grid = &g->file,
        .position = p,
        .close = value_real(bar->close, 1),
        .sigma_15m = none,
        .atr_4h = none,
        .fee = g->terms.fee,
        .slippage = (double)g->slippage / 1e4,
        .orders = orders,
        .order_count = holding_orders(&s->held, bar->close, orders),
        .exit_cost = none,
    };

    risk_of(&in, &r);
    if (!value_usable(r.at_risk))
        return;
    double truth = money_double(money_at_risk(s, g, bar));
    double room = 1e-9 * g->file.capital;
    found->risks++;
    found->risk_low += truth < r.at_risk_lo.v - room;
    found->risk_high += truth > r.at_risk_hi.v + room;
}

static void add_sample(const struct money_side *s, const struct money_grid *g,
                       const struct position *p, double e, uint32_t number,
                       struct money_cover *cover)
{
    const struct shadow *model = &s->held.shadow;
    double full = model->amount * (double)model->count;
    struct money_sample one = {
        .grid = number,
        .base = (float)((p->inventory.hi - p->inventory.lo) / full),
        .e = (float)((p->pnl.e.hi - p->pnl.e.lo) / g->file.capital),
        .levels = (uint8_t)g->bot.cells,
        .step = (float)(g->step_share / g->range_share),
        .stopped = !isnan(model->stop_lo),
        .above = e > p->pnl.e.hi,
    };
    money_cover_add(cover, &one);
}

void money_model(struct money_side *s, const struct money_grid *g, size_t i,
                 struct window *window, struct money_modelled *found,
                 struct money_cover *cover, uint32_t number)
{
    const struct sim_book *b = &g->market->book;
    const struct bar *bar = &b->bars[i];
    const struct series all = { TF_15M, b->count, b->bars };
    const struct witnesses nobody = { NULL, NO_VALUE };
    int64_t slot_ms = bar_close_ms(bar, TF_15M);
    struct shadow_books books;

    window_extend(&all, slot_ms, nobody, true, window);
    if (holding_walk(&s->held, &g->file, &g->terms, window) ||
        s->held.shadow.last_ms != slot_ms) {
        found->late++;
        return;
    }
    struct value close = value_real(bar->close, 1);
    struct position p =
        holding_by_shadow(&s->held, &g->file, close, "none better");
    shadow_value(&s->held.shadow, &g->file, &g->terms, bar->close, &books);

    struct money_outside *sort =
        books.e_lo_holds ? &found->sure : &found->unpaid;
    int64_t base =
        (int64_t)(s->bot->ledger.base / sim_money_of(1, SIM_STEP_PLACES));
    double e = money_double(money_net(s, g, bar));
    sort->bars++;
    sort->inventory +=
        base < steps(p.inventory.lo) || base > steps(p.inventory.hi);
    sort->lower += e < p.pnl.e.lo;
    compare_risk(s, g, bar, &p, found);
    add_sample(s, g, &p, e, number, cover);
}
