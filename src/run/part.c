#include "run/part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "run/account.h"
#include "run/faults.h"
#include "run/reconcile.h"
#include "run/robot.h"
#include "sys/log.h"

/* --- Was it left? --------------------------------------------------------- */

/* A limit order between its lines. Who trades there by hand besides makes the
 * grid look as if it went on: that is the safe side. */
static bool is_in_range(const struct grid *g, const struct kucoin_order *o)
{
    double price = decimal_double(o->price);
    return price >= g->lower && price <= g->upper;
}

/* Its open orders. A stop order of the symbol is taken for its own. */
static size_t orders_of(const struct grid *g,
                        const struct kucoin_account_part *a)
{
    size_t n = a->stop_count;
    for (size_t i = 0; i < a->order_count; i++)
        n += is_in_range(g, &a->orders[i]);
    return n;
}

static enum answer by_fills(const struct run *r, const struct grid_run *g)
{
    const struct symbol_run *s = &r->symbols[g->symbol];
    const struct kucoin_account_part *a = &s->account;
    struct decimal dust;

    if (!s->account_asked || !a->orders_ok || !a->stops_ok)
        return ANSWER_UNKNOWN;
    bool known = reconcile_dust(r, g, &dust);
    return parting_of_books(&g->holding.books, orders_of(&g->grid, a),
                            known ? &dust : NULL);
}

/* To come back takes less proof than to leave. */
static enum answer by_orders(const struct run *r, const struct grid_run *g)
{
    const struct symbol_run *s = &r->symbols[g->symbol];
    const struct kucoin_account_part *a = &s->account;
    return s->account_asked && a->orders_ok && orders_of(&g->grid, a)
               ? ANSWER_NO
               : ANSWER_UNKNOWN;
}

static enum answer by_funds(const struct run *r, struct grid_run *g,
                            int64_t slot_ms, struct value close)
{
    const struct parting_funds now = robot_funds(r, g, close);
    return parting_of_balances(&g->holding.parting, &now, slot_ms);
}

/* From the last slot that saw it full to this one, and the prices between. */
static struct parting_sale emptied(const struct run *r,
                                   const struct grid_run *g, int64_t slot_ms)
{
    const struct window *w =
        &r->symbols[g->symbol].snapshot.view->window[TF_15M];
    struct parting_sale sale = { g->holding.parting.held_ms, slot_ms, NO_VALUE,
                                 NO_VALUE, NO_VALUE };
    for (size_t i = w->count; i-- > 0;) {
        const struct bar *b = &w->bars[i];
        if (bar_close_ms(b, TF_15M) <= sale.from_ms)
            break;
        sale.low = fmin(sale.low, b->low);
        sale.high = fmax(sale.high, b->high);
    }
    return sale;
}

void run_part_see(struct run *r, struct grid_run *g, int64_t slot_ms,
                  struct value close)
{
    struct parting *p = &g->holding.parting;
    bool was_left = p->left_ms != MOMENT_NONE;
    enum answer left = ANSWER_UNKNOWN;
    enum grid_status status = grid_status_at(&g->grid, slot_ms);

    if (status != GRID_IS_RUNNING && status != GRID_IS_PAUSED)
        return;
    if (g->position.source == POSITION_EXCHANGE)
        left = by_fills(r, g);
    else if (account_is_own(&g->grid))
        left = by_orders(r, g);
    else
        left = by_funds(r, g, slot_ms, close);
    parting_conclude(p, left, slot_ms);
    if (!was_left && left == ANSWER_YES &&
        g->position.source != POSITION_EXCHANGE)
        p->sale = emptied(r, g, slot_ms);
}

void run_part_tell(struct run *r, const struct grid_run *g,
                   const struct holding *before)
{
    const struct parting *is = &g->holding.parting;
    bool left = is->left_ms != MOMENT_NONE;
    struct operator_document d = { .at_ms = r->exchange_ms,
                                   .inferred = true,
                                   .seen_ms = g->now.slot_ms };

    /* A life whose first slot this is was told nothing before. */
    bool was = before->life_ms == g->holding.life_ms &&
               before->parting.left_ms != MOMENT_NONE;
    if (left == was)
        return;
    d.action = left ? OPERATOR_EXITED : OPERATOR_RETURNED;
    d.sale = left ? is->sale : parting_new().sale;
    memcpy(d.grid, g->grid.id, sizeof(d.grid));
    snprintf(d.note, sizeof(d.note), "%s",
             left ? "inferred from the account"
                  : "inferred: the account shows orders or inventory of it");
    log_event(LOG_LEVEL_INFO, left ? "grid-left" : "grid-returned", "grid=%s",
              d.grid);
    run_put_operator(r, &d);
}

/* --- Orders that outlast their grid --------------------------------------- */

/* Since when it is stopped, or MOMENT_NONE. */
static int64_t stopped_ms(const struct grid *g)
{
    for (size_t i = g->history_count;
         grid_status(g) == GRID_IS_STOPPED && i-- > 0;)
        if (!grid_event_keeps(g->history[i].event))
            return g->history[i].at_ms;
    return MOMENT_NONE;
}

bool run_part_asks(struct run *r, const struct grid_run *g)
{
    return grid_status(&g->grid) == GRID_IS_STOPPED &&
           (g->first_due_ms != MOMENT_NONE ||
            run_fault(r, FAULT_CLASS_ORDERS, g->grid.id));
}

/* May the order be of a grid that goes on? */
static bool is_of_another(const struct run *r, const struct grid_run *g,
                          const struct kucoin_order *o)
{
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *other = &r->grids[i];
        if (other != g && other->symbol == g->symbol &&
            account_is_own(&other->grid) &&
            grid_status(&other->grid) != GRID_IS_STOPPED &&
            is_in_range(&other->grid, o))
            return true;
    }
    return false;
}

static void see_orders(struct run *r, const struct grid_run *g)
{
    const struct kucoin_account_part *a = &r->symbols[g->symbol].account;
    char what[RECORD_LINE_MAX], sum_text[32];
    size_t buys = 0, sells = 0;
    double sum = 0;

    for (size_t i = 0; i < a->order_count; i++) {
        const struct kucoin_order *o = &a->orders[i];
        if (!is_in_range(&g->grid, o) || is_of_another(r, g, o))
            continue;
        buys += o->side == FILL_BUY;
        sells += o->side == FILL_SELL;
        sum += decimal_double(o->price) * decimal_double(o->remain);
    }
    if (buys + sells == 0)
        return;
    snprintf(sum_text, sizeof(sum_text), "%.2f", sum);
    snprintf(what, sizeof(what),
             "%zu order%s of %s are open between its lines, worth %s %s: "
             "%zu to buy, %zu to sell",
             buys + sells, buys + sells == 1 ? "" : "s", g->grid.symbol,
             sum_text, strchr(g->grid.symbol, '-') + 1, buys, sells);
    run_see(r, FAULT_CLASS_ORDERS, g->grid.id, "", what);
}

/* What could not be looked at stands as it stood. */
static void keep_standing(struct run *r, const struct grid_run *g)
{
    const struct service_fault *f =
        run_fault(r, FAULT_CLASS_ORDERS, g->grid.id);
    if (f && r->seen.count < FAULTS_MAX)
        r->seen.list[r->seen.count++] = *f;
}

void run_part_orders(struct run *r)
{
    /* Grids of other writers may trade there, and are not known here. */
    if (!run_is_alone(r))
        return;
    for (size_t i = 0; i < r->grid_count; i++) {
        const struct grid_run *g = &r->grids[i];
        const struct symbol_run *s = &r->symbols[g->symbol];
        int64_t since_ms = stopped_ms(&g->grid);

        if (!account_is_own(&g->grid) || since_ms == MOMENT_NONE)
            continue;
        if (!s->account_asked || !s->account.orders_ok)
            keep_standing(r, g);
        else
            run_look(r, FAULT_CLASS_ORDERS);
        if (s->account_asked && s->account.orders_ok &&
            r->exchange_ms - since_ms >= PARTING_GAP_MS)
            see_orders(r, g);
    }
}
