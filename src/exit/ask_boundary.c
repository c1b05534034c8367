/* M_BOUNDARY: closed 1h bars outside the range. */
#include "exit/trigger_internal.h"

#include <stddef.h>

#include "base/moment.h"

static enum range_side side_of(double close, const struct grid *g)
{
    return close < g->lower   ? SIDE_DOWN
           : close > g->upper ? SIDE_UP
                              : SIDE_NONE;
}

/* Is the 1h bar of the newest hour that ended and had trades not there? Then it
 * is late, and what it says is unknown. */
static bool hour_bar_is_late(const struct market_view *v)
{
    const struct window *w = &v->window[TF_15M];
    const struct bar *hour = window_last(&v->window[TF_1H]);
    int64_t due = moment_floor(v->slot_ms, MS_PER_HOUR);
    for (size_t i = w->count; i-- > 0;) {
        const struct bar *b = &w->bars[i];
        /* A filled one will do: there are real ones in its hour too. */
        if (b->open_ms < due)
            return !hour ||
                   hour->open_ms < moment_floor(b->open_ms, MS_PER_HOUR);
    }
    return false;
}

/* How many of the newest 1h bars closed outside on the same side, `most` at
 * the most. */
static int64_t closes_outside(const struct window *hours, const struct grid *g,
                              int64_t most)
{
    int64_t hits = 0;
    enum range_side side = SIDE_NONE;
    for (size_t i = hours->count; i-- > 0 && hits < most; hits++) {
        enum range_side here = side_of(hours->bars[i].close, g);
        if (here == SIDE_NONE || (side != SIDE_NONE && here != side))
            break;
        side = here;
    }
    return hits;
}

struct trigger_result ask_boundary(const struct trigger_inputs *in)
{
    const struct window *hours = &in->view->window[TF_1H];
    const struct bar *last = window_last(hours);
    struct trigger_result r = result_none(ANSWER_UNKNOWN);

    r.of = in->config->m_boundary.closes;
    if (in->view->price_cause != PRICE_KNOWN || !last ||
        hour_bar_is_late(in->view))
        return r;
    double below = log(last->close / in->grid->lower);
    double above = log(in->grid->upper / last->close);
    r.value = value_real(last->close, 1);
    r.limit = below < above ? in->grid->lower : in->grid->upper;
    r.distance = fmin(below, above);
    r.side = side_of(last->close, in->grid);
    r.hits = closes_outside(hours, in->grid, r.of);
    r.seen_ms = bar_close_ms(last, TF_1H);
    r.answer = r.hits >= r.of ? ANSWER_YES : ANSWER_NO;
    r.evidence = r.answer == ANSWER_YES ? EVIDENCE_BAR : EVIDENCE_NONE;
    return r;
}
