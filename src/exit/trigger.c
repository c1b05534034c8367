/* The questions. Each reads the inputs, never the clock, and answers in full:
 * value, limit, distance, side, evidence. */
#include "exit/trigger.h"

#include <stddef.h>

#include "base/moment.h"

const char *exit_state_name(enum exit_state state)
{
    static const char *const names[STATE_COUNT] = {
        [STATE_UNKNOWN] = "UNKNOWN",
        [STATE_NORMAL] = "NORMAL",
        [STATE_WARNING] = "WARNING",
        [STATE_LATEST] = "LATEST_ACCEPTABLE_EXIT",
        [STATE_MANDATORY] = "MANDATORY_EXIT",
    };
    return names[state];
}

const char *range_side_name(enum range_side side)
{
    static const char *const names[SIDE_COUNT] = { "none", "down", "up" };
    return names[side];
}

const char *trigger_mode_name(enum trigger_mode mode)
{
    static const char *const names[] = { "active", "shadow", "off" };
    return names[mode];
}

const char *profile_name(enum profile profile)
{
    return profile == PROFILE_SEED ? "seed" : "calibrated";
}

const char *trigger_evidence_name(enum trigger_evidence evidence)
{
    static const char *const names[EVIDENCE_COUNT] = { "none", "bar", "ticker",
                                                       "latch" };
    return names[evidence];
}

struct exit_memory exit_memory_new(void)
{
    struct exit_memory m = {
        .slot_ms = MOMENT_NONE,
        .life_ms = MOMENT_NONE,
        .known = STATE_UNKNOWN,
        .since_ms = MOMENT_NONE,
        .unknown_since_ms = MOMENT_NONE,
        .episode_ms = MOMENT_NONE,
        .latch = { SIDE_NONE, MOMENT_NONE, NO_VALUE, MOMENT_NONE },
        .scanned_ms = MOMENT_NONE,
    };
    for (int i = 0; i < TRIGGER_COUNT; i++)
        m.triggers[i].since_ms = MOMENT_NONE;
    return m;
}

static struct trigger_result no_result(enum answer answer)
{
    return (struct trigger_result){
        .answer = answer,
        .value = value_none(VALUE_UNAVAILABLE),
        .limit = NO_VALUE,
        .distance = NO_VALUE,
        .seen_ms = MOMENT_NONE,
    };
}

struct trigger_result threshold_ask(struct value x, struct limits limits,
                                    bool active)
{
    struct trigger_result r = no_result(ANSWER_NO);
    r.value = x;
    r.limit = active ? limits.leave : limits.enter;
    r.of = 1;
    if (!value_usable(x)) {
        r.answer = value_missing_answer(x);
        return r;
    }
    r.distance = r.limit - x.v;
    if (decision_round(x.v) >= decision_round(r.limit)) {
        r.answer = ANSWER_YES;
        r.evidence = EVIDENCE_BAR;
        r.hits = 1;
    }
    return r;
}

/* The threshold rows on pi: they point to the likelier side. */
static struct trigger_result ask_pi(const struct trigger_inputs *in,
                                    struct limits limits, enum trigger_id id)
{
    const struct hazard *h = in->hazard;
    struct trigger_result r =
        threshold_ask(h->pi, limits, in->memory->triggers[id].active);
    if (value_usable(h->pi))
        r.side = h->pi_dn.v >= h->pi_up.v ? SIDE_DOWN : SIDE_UP;
    r.seen_ms = in->view->close_ms;
    return r;
}

static struct trigger_result ask_l_haz(const struct trigger_inputs *in)
{
    return ask_pi(in, in->config->l_haz, L_HAZ);
}

static struct trigger_result ask_w_haz(const struct trigger_inputs *in)
{
    return ask_pi(in, in->config->w_haz, W_HAZ);
}

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

static struct trigger_result ask_boundary(const struct trigger_inputs *in)
{
    const struct window *hours = &in->view->window[TF_1H];
    const struct bar *last = window_last(hours);
    struct trigger_result r = no_result(ANSWER_UNKNOWN);

    r.of = in->config->boundary_closes;
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

/* A ticker that itself would need a witness is none. */
static bool ticker_counts(const struct market_view *v)
{
    const struct bar *last = window_last(&v->window[TF_15M]);
    double ticker = market_ticker(&v->facts, v->slot_ms);
    return !isnan(ticker) && (!last || !bar_is_jump(last, ticker));
}

static struct trigger_result ask_stop(const struct trigger_inputs *in)
{
    const struct grid *g = in->grid;
    struct trigger_result r = no_result(ANSWER_NOT_APPLICABLE);

    if (isnan(g->stop.below) && isnan(g->stop.above))
        return r;
    r.of = 1;
    r.answer =
        in->view->price_cause == PRICE_KNOWN ? ANSWER_NO : ANSWER_UNKNOWN;
    hold_bars_to_stop(&r, in);
    if (r.answer != ANSWER_YES && in->view->price_cause != PRICE_KNOWN)
        r.answer = ANSWER_UNKNOWN;
    if (r.answer != ANSWER_YES && latch_holds(&in->memory->latch, g)) {
        r = no_result(ANSWER_YES);
        r.of = 1;
        r.evidence = EVIDENCE_LATCH;
        r.side = in->memory->latch.side;
        r.limit = in->memory->latch.stop;
        r.seen_ms = in->memory->latch.at_ms;
    }
    if (r.answer != ANSWER_YES && ticker_counts(in->view)) {
        struct trigger_result t = no_result(ANSWER_NO);
        hold_to_stop(&t, g, in->view->facts.ticker, in->view->facts.ticker_ms,
                     EVIDENCE_TICKER);
        if (t.answer == ANSWER_YES)
            r = t;
        r.of = 1;
    }
    r.hits = r.answer == ANSWER_YES;
    return r;
}

// clang-format off
const struct trigger triggers[TRIGGER_COUNT] = {
    [M_BOUNDARY] = { "M_BOUNDARY", STATE_MANDATORY, "close",   "quote",       "1h",  "successive 1h closes outside the range", ask_boundary },
    [M_STOP]     = { "M_STOP",     STATE_MANDATORY, "extreme", "quote",       "15m", "stop touched",                           ask_stop },
    [L_HAZ]      = { "L_HAZ",      STATE_LATEST,    "pi",      "probability", "15m", "chance to leave the range in 24 h",       ask_l_haz },
    [W_HAZ]      = { "W_HAZ",      STATE_WARNING,   "pi",      "probability", "15m", "chance to leave the range in 24 h",       ask_w_haz },
};
// clang-format on

void triggers_ask(const struct trigger_inputs *in,
                  struct trigger_result out[TRIGGER_COUNT])
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        bool off = in->config->mode[i] == TRIGGER_OFF;
        out[i] = off ? no_result(ANSWER_NOT_APPLICABLE) : triggers[i].ask(in);
    }
}
