/* position: what each grid holds at a slot, from the best source that answers
 * (SPEC 9): the exchange's fills, a robot sub-account's balances, the model. A
 * source that fails gives way to the next, and the position says why. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "metrics/metric.h"
#include "run/account.h"
#include "run/faults.h"
#include "run/part.h"
#include "run/reconcile.h"
#include "run/robot.h"
#include "sys/log.h"

/* Did the other grid fill orders in the account since this one began? */
static bool disturbs(const struct grid_run *other, const struct grid_run *g)
{
    return other != g && other->symbol == g->symbol &&
           account_is_own(&other->grid) &&
           (grid_status(&other->grid) != GRID_IS_STOPPED ||
            grid_last_event_ms(&other->grid) > grid_life_ms(&g->grid));
}

/* Why the account's fills of the symbol may not be this grid's alone. */
static const char *not_alone(const struct run *r, const struct grid_run *g)
{
    const char *grids = r->config->run.grids;

    if (grids[strspn(grids, " ")])
        return "grids of other writers may trade in that account";
    for (size_t i = 0; i < r->seen.count; i++)
        if (r->seen.list[i].class == FAULT_CLASS_GRID_FILE ||
            r->seen.list[i].class == FAULT_CLASS_GRID_STATE)
            return "not all grids could be read: one may share the account";
    for (size_t i = 0; i < r->grid_count; i++)
        if (disturbs(&r->grids[i], g))
            return "another grid trades the same symbol in that account";
    return NULL;
}

/* The newest fill of the books must be among those that were asked with it. */
static bool shows_newest(const struct run *r, const struct grid_run *g)
{
    const struct kucoin_account_part *a = &r->symbols[g->symbol].account;
    const struct books *b = &g->holding.books;

    if (!g->holding.booked || b->count == 0 ||
        account_fills_from_ms(r, g) > b->last_ms)
        return true;
    for (size_t i = 0; i < a->fill_count; i++)
        if (a->fills[i].id == b->last_id)
            return true;
    return false;
}

/* Why the exchange's fills are not the grid's books; NULL: they are. */
static const char *no_books(const struct run *r, const struct grid_run *g)
{
    const struct symbol_run *s = &r->symbols[g->symbol];
    const struct kucoin_account_part *a = &s->account;

    if (g->grid.source == GRID_SOURCE_MODEL)
        return "the grid's file asks for the model";
    if (r->account->key.state != KUCOIN_KEY_USABLE)
        return account_no_key(r);
    if (!account_is_own(&g->grid))
        return "fills of a sub-account are shown to nobody";
    const char *shared = not_alone(r, g);
    if (shared)
        return shared;
    if (!s->account_asked || !a->fills_ok)
        return "its fills could not be read";
    if (a->fills_cut ||
        account_fills_from_ms(r, g) < r->exchange_ms - ACCOUNT_REACH_MS)
        return "its fills do not reach back far enough";
    if (!g->holding.booked && a->fill_count == 0)
        return "the account shows no fill of it";
    if (!shows_newest(r, g))
        return "the account does not show its newest known fill";
    return NULL;
}

/* More is offered than was bought: what was bought first is not in the fills.
 */
static bool offers_more(const struct run *r, const struct grid_run *g)
{
    const struct kucoin_account_part *a = &r->symbols[g->symbol].account;
    struct decimal offered = DECIMAL_ZERO, dust;
    for (size_t i = 0; i < a->order_count; i++)
        if (a->orders[i].side == FILL_SELL)
            offered = decimal_add(offered, a->orders[i].remain);
    struct decimal more = decimal_sub(offered, reconcile_base_now(r, g));
    return a->orders_ok && decimal_sign(more) > 0 &&
           reconcile_dust(r, g, &dust) && decimal_cmp(more, dust) >= 0;
}

/* The books stand at the end of the slot: fills until then are in them, once,
 * by their time, also those that were listed late. */
static const char *keep_books(const struct run *r, struct grid_run *g,
                              int64_t slot_ms)
{
    const struct kucoin_account_part *a = &r->symbols[g->symbol].account;
    const struct fills_read read = { a->fills, a->fill_count };
    struct holding *h = &g->holding;
    const char *why = no_books(r, g);

    if (why)
        return why;
    if (!h->booked && (!a->fill_count || a->fills[0].at_ms >= slot_ms))
        return "the account shows no fill of it until the slot";
    int64_t late = holding_book(h, &g->grid, &read, slot_ms, &why);
    if (late < 0)
        return why;
    if (late)
        log_event(LOG_LEVEL_WARN, "fill-late", "grid=%s fills=%" PRId64,
                  g->grid.id, late);
    if (h->books.oversold)
        return "more was sold than its fills bought";
    return offers_more(r, g) ? "it offers more than its fills bought" : NULL;
}

static struct shadow_terms terms_of(const struct run *r,
                                    const struct grid_run *g)
{
    const struct kucoin_answer *a = &r->symbols[g->symbol].answer;
    return (struct shadow_terms){
        .fee = g->strategy.gate.fee,
        .tick = a->facts_ok ? a->facts.price_tick : NO_VALUE,
        .step = a->facts_ok ? a->facts.base_increment : NO_VALUE,
    };
}

/* What is held is exact; what it came to only the model can say. */
static struct position by_balance(struct run *r, struct grid_run *g,
                                  double base, struct value close,
                                  const char *no_model)
{
    const struct parting_funds now = robot_funds(r, g, close);

    if (parting_is_emptied(&g->holding.parting, &now)) {
        run_look(r, FAULT_CLASS_POSITION); /* it agrees with nothing left */
        no_model = "its sub-account was emptied";
    } else if (!no_model && !isnan(now.base) && !robot_agrees(r, g, base)) {
        no_model = "its sub-account does not hold what the model says";
    }
    return holding_by_balance(&g->holding, &g->grid, base, close, no_model);
}

static struct position take_position(struct run *r, struct grid_run *g,
                                     int64_t slot_ms, struct value close)
{
    const struct window *bars =
        &r->symbols[g->symbol].snapshot.view->window[TF_15M];
    const struct shadow_terms terms = terms_of(r, g);
    enum grid_status status = grid_status_at(&g->grid, slot_ms);

    holding_of_life(&g->holding, &g->grid);
    if (status != GRID_IS_RUNNING && status != GRID_IS_PAUSED)
        return position_none("the grid does not run");
    const char *no_model = holding_walk(&g->holding, &g->grid, &terms, bars);
    if (slot_ms != r->slot_ms)
        return position_none("not read for a slot that was missed");
    const char *no_exchange = keep_books(r, g, slot_ms);
    if (!no_exchange)
        return holding_by_books(&g->holding, close, terms.fee,
                                "the exchange's fills");
    if (!no_model && g->holding.shadow.stopped)
        no_model = "the stop was touched, and nobody saw whether it sold";
    if (!account_is_own(&g->grid) && r->account) {
        double base;
        no_exchange = robot_inventory(r, g, &base);
        if (!no_exchange)
            return by_balance(r, g, base, close, no_model);
    }
    if (!no_model)
        return holding_by_shadow(&g->holding, &g->grid, close, no_exchange);
    return position_none(g->grid.source == GRID_SOURCE_EXCHANGE ? no_exchange
                                                                : no_model);
}

/* Buy orders that may still fill: the account's own, or the model's. NULL with
 * no count when neither is known. */
static const struct risk_order *orders_of(const struct run *r,
                                          const struct grid_run *g,
                                          double below, struct risk_order *room,
                                          size_t *count)
{
    const struct kucoin_account_part *a = &r->symbols[g->symbol].account;

    *count = 0;
    if (g->position.source == POSITION_MODEL ||
        (g->position.source == POSITION_ROBOT &&
         value_usable(g->position.pnl.e.nominal))) {
        *count = holding_orders(&g->holding, below, room);
        return room;
    }
    if (g->position.source != POSITION_EXCHANGE || !a->orders_ok)
        return NULL;
    for (size_t i = 0; i < a->order_count && *count < SHADOW_CELLS_MAX; i++)
        if (a->orders[i].side == FILL_BUY)
            room[(*count)++] =
                (struct risk_order){ decimal_double(a->orders[i].price),
                                     decimal_double(a->orders[i].remain) };
    return room;
}

static struct value exit_cost_of(const struct run *r, const struct grid_run *g)
{
    const struct kucoin_answer *a = &r->symbols[g->symbol].answer;
    const struct kucoin_book *b = &a->book;
    struct risk_order bids[KUCOIN_BOOK_LEVELS];

    if (!a->book_ok || !b->bid_count || !b->ask_count ||
        !value_usable(g->position.inventory.nominal))
        return value_none(VALUE_UNAVAILABLE);
    for (size_t i = 0; i < b->bid_count; i++)
        bids[i] = (struct risk_order){ b->bids[i].price, b->bids[i].size };
    return risk_exit_cost(
        bids, b->bid_count, (b->bids[0].price + b->asks[0].price) / 2,
        g->position.inventory.nominal.v, g->strategy.gate.fee);
}

void run_position(struct run *r, struct grid_run *g, int64_t slot_ms)
{
    const struct snapshot *now = &r->symbols[g->symbol].snapshot;
    struct value close = now->view->price_cause == PRICE_KNOWN
                             ? value_real(now->view->close, 1)
                             : value_none(VALUE_UNAVAILABLE);
    struct risk_order orders[SHADOW_CELLS_MAX];
    size_t count;

    g->position = take_position(r, g, slot_ms, close);
    if (slot_ms == r->slot_ms && r->account)
        run_part_see(r, g, slot_ms, close);
    if (g->position.source == POSITION_EXCHANGE)
        reconcile_fills(r, g);
    struct risk_inputs in = {
        .grid = &g->grid,
        .position = &g->position,
        .close = close,
        .sigma_15m = now->metrics.values[METRIC_VOL_HAZ_15M],
        .atr_4h = now->metrics.values[METRIC_ATR_4H],
        .fee = g->strategy.gate.fee,
        .slippage = r->config->position.slippage,
        .orders = orders_of(r, g, close.v, orders, &count),
        .exit_cost = exit_cost_of(r, g),
    };
    in.order_count = count;
    risk_of(&in, &g->risk);
    risk_round(&g->risk);
}
