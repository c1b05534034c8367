/* M_STOP: the stop was touched, by a bar or by the ticker. */
#include "exit/trigger_internal.h"

#include <stddef.h>

#include "base/moment.h"

/* The stop that a price is nearer to, or has passed. */
static enum range_side stop_side(const struct grid_stop *s, double price)
{
    if (isnan(s->below) || isnan(s->above))
        return isnan(s->below) ? SIDE_UP : SIDE_DOWN;
    return price - s->below <= s->above - price ? SIDE_DOWN : SIDE_UP;
}

static double stop_price(const struct grid_stop *s, enum range_side side)
{
    return side == SIDE_UP ? s->above : s->below;
}

/* ln distance from a price to the stop on that side; <= 0 when touched. */
static double stop_distance(const struct grid_stop *s, enum range_side side,
                            double price)
{
    return side == SIDE_UP ? log(s->above / price) : log(price / s->below);
}

static void hold_to_stop(struct trigger_result *r, const struct grid *g,
                         double price, int64_t seen_ms,
                         enum trigger_evidence evidence)
{
    enum range_side side = stop_side(&g->stop, price);
    double distance = stop_distance(&g->stop, side, price);
    if (!isnan(r->distance) && distance >= r->distance)
        return;
    r->value = value_real(price, 1);
    r->side = side;
    r->limit = stop_price(&g->stop, side);
    r->distance = distance;
    r->seen_ms = seen_ms;
    r->answer = distance <= 0 ? ANSWER_YES : ANSWER_NO;
    r->evidence = distance <= 0 ? evidence : EVIDENCE_NONE;
}

/* A change of the grid that leaves the stop alone leaves the latch alone; a new
 * life begins without one (engine/evaluate.c). */
static bool latch_holds(const struct stop_latch *l, const struct grid *g)
{
    return l->side != SIDE_NONE && stop_price(&g->stop, l->side) == l->stop;
}

/* Bars that closed at or before this were held to the stop already, or closed
 * before it was set. Without a word on when it was set, only the newest slot's
 * bar counts. */
static int64_t scan_after(const struct trigger_inputs *in)
{
    int64_t set_ms = grid_stop_set_ms(in->grid);
    if (set_ms == MOMENT_NONE)
        set_ms = in->view->slot_ms - MS_PER_SLOT;
    return in->memory->scanned_ms > set_ms ? in->memory->scanned_ms : set_ms;
}

static void hold_bars_to_stop(struct trigger_result *r,
                              const struct trigger_inputs *in)
{
    const struct window *w = &in->view->window[TF_15M];
    int64_t after = scan_after(in);
    for (size_t i = w->count; i-- > 0;) {
        const struct bar *b = &w->bars[i];
        int64_t closed_ms = bar_close_ms(b, TF_15M);
        if (closed_ms <= after)
            break;
        if (!isnan(in->grid->stop.below))
            hold_to_stop(r, in->grid, b->low, closed_ms, EVIDENCE_BAR);
        if (!isnan(in->grid->stop.above))
            hold_to_stop(r, in->grid, b->high, closed_ms, EVIDENCE_BAR);
    }
}

/* A ticker that itself would need a witness is none; nor is one that no bar
 * can show to need none. */
static bool ticker_counts(const struct market_view *v)
{
    const struct bar *last = window_last(&v->window[TF_15M]);
    double ticker = market_ticker(&v->facts, v->slot_ms);
    return !isnan(ticker) && last && !bar_is_jump(last, ticker);
}

struct trigger_result ask_stop_by_ticker(const struct grid *g, double ticker,
                                         int64_t ticker_ms)
{
    struct trigger_result r = result_none(ANSWER_NOT_APPLICABLE);
    if (isnan(g->stop.below) && isnan(g->stop.above))
        return r;
    r.answer = ANSWER_NO;
    hold_to_stop(&r, g, ticker, ticker_ms, EVIDENCE_TICKER);
    r.of = 1;
    r.hits = r.answer == ANSWER_YES;
    return r;
}

struct trigger_result ask_stop(const struct trigger_inputs *in)
{
    const struct grid *g = in->grid;
    struct trigger_result r = result_none(ANSWER_NOT_APPLICABLE);

    if (isnan(g->stop.below) && isnan(g->stop.above))
        return r;
    r.of = 1;
    r.answer =
        in->view->price_cause == PRICE_KNOWN ? ANSWER_NO : ANSWER_UNKNOWN;
    hold_bars_to_stop(&r, in);
    if (r.answer != ANSWER_YES && in->view->price_cause != PRICE_KNOWN)
        r.answer = ANSWER_UNKNOWN;
    if (r.answer != ANSWER_YES && latch_holds(&in->memory->latch, g)) {
        r = result_none(ANSWER_YES);
        r.of = 1;
        r.evidence = EVIDENCE_LATCH;
        r.side = in->memory->latch.side;
        r.limit = in->memory->latch.stop;
        r.seen_ms = in->memory->latch.at_ms;
    }
    if (r.answer != ANSWER_YES && ticker_counts(in->view)) {
        struct trigger_result t = ask_stop_by_ticker(g, in->view->facts.ticker,
                                                     in->view->facts.ticker_ms);
        if (t.answer == ANSWER_YES)
            r = t;
        r.of = 1;
    }
    r.hits = r.answer == ANSWER_YES;
    return r;
}
