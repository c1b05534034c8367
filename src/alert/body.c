#include "alert/body.h"

#include <inttypes.h>
#include <string.h>

#include "alert/draft.h"
#include "base/moment.h"

static void put_base(struct draft *d, const struct grid *g)
{
    draft_put(d, "%.*s", (int)strcspn(g->symbol, "-"), g->symbol);
}

static void put_quote(struct draft *d, const struct grid *g)
{
    const char *dash = strchr(g->symbol, '-');
    draft_put(d, "%s", g->quote[0] || !dash ? g->quote : dash + 1);
}

bool evaluation_is_riskless(const struct evaluation *e, const struct grid *g)
{
    return (e->side == SIDE_UP && !grid_risks_up(g)) ||
           (e->side == SIDE_DOWN && !grid_risks_down(g));
}

bool evaluation_is_broken(const struct evaluation *e, const struct grid *g)
{
    return e->verdict.triggers[M_BOUNDARY].answer == ANSWER_YES ||
           e->verdict.triggers[M_STOP].answer == ANSWER_YES ||
           (value_usable(e->close) &&
            (e->close.v < g->lower || e->close.v > g->upper));
}

static const char *cause_words(const struct evaluation *e)
{
    static const char *const words[] = {
        [PRICE_KNOWN] = "more than 5 % of the candles are missing",
        [PRICE_MARKET_CLOSED] = "the exchange says the market is closed",
        [PRICE_CLOCK] = "our clock is off by more than 30 s",
        [PRICE_API_ERROR] = "the exchange gave no candles",
        [PRICE_NO_TRADES] = "no trade for more than 30 minutes",
        [PRICE_UNWITNESSED] = "the price jumped and nothing confirms it yet",
    };
    if (e->price_cause != PRICE_KNOWN)
        return words[e->price_cause];
    if (e->verdict.triggers[M_BOUNDARY].answer == ANSWER_UNKNOWN)
        return "the newest 1h candle is missing";
    if (e->hazard.pi.status == VALUE_WARMUP)
        return "too few candles yet for the volatility, it needs a day of them";
    return words[PRICE_KNOWN];
}

static bool is_idle(const struct evaluation *e, const struct grid *g)
{
    return e->verdict.state >= STATE_LATEST && evaluation_is_riskless(e, g) &&
           evaluation_is_broken(e, g);
}

static void put_riskless(struct draft *d, const struct evaluation *e,
                         const struct grid *g)
{
    bool up = e->side == SIDE_UP;
    if (!is_idle(e, g)) {
        draft_put(d, "No hurry: the likelier break is %s, where this grid ",
                  up ? "up" : "down");
        draft_put(d, "risks nothing. A break %s would cost.\n",
                  up ? "down" : "up");
        return;
    }
    draft_put(d,
              "Idle, nothing at risk: the price broke out %s, where this grid ",
              up ? "above" : "below");
    draft_put(d, up ? "holds only " : "has nothing left to buy back, only ");
    put_quote(d, g);
    draft_put(d, ". Stop it when convenient.\n");
}

static void put_unknown(struct draft *d, const struct evaluation *e)
{
    draft_put(d, "State unknown: %s. ", cause_words(e));
    if (e->verdict.known == STATE_UNKNOWN)
        draft_put(d, "It was not known before either. ");
    else
        draft_put(d, "Last known: %s. ", exit_state_name(e->verdict.known));
    draft_put(d, "Look at the exchange yourself.\n");
}

static void put_what_to_do(struct draft *d, const struct evaluation *e,
                           const struct grid *g,
                           const struct alert_config *config)
{
    enum exit_state state = e->verdict.state;
    if (state == STATE_UNKNOWN) {
        put_unknown(d, e);
    } else if (state == STATE_NORMAL) {
        draft_put(d, "Nothing to do: the state is NORMAL again.\n");
    } else if (state == STATE_WARNING) {
        draft_put(d, "Watch it. No need to act yet.\n");
    } else if (evaluation_is_riskless(e, g)) {
        put_riskless(d, e, g);
    } else if (state == STATE_LATEST) {
        draft_put(d, "Get out by ");
        draft_clock(d, e->slot_ms + config->act_within_ms);
        draft_put(d, ": stop the grid and close its position.\n");
    } else {
        draft_put(d, "Get out now: stop the grid and close its position.\n");
    }
}

/* "lower 39913 is 5.7 % below" the price */
static void put_bound(struct draft *d, const char *name, double bound,
                      double price)
{
    draft_put(d, "%s ", name);
    draft_number(d, bound);
    draft_put(d, " is %.1f %% %s", 100.0 * fabs(bound / price - 1.0),
              bound <= price ? "below" : "above");
}

static void put_where(struct draft *d, const struct evaluation *e,
                      const struct grid *g)
{
    if (value_usable(e->close)) {
        draft_put(d, "%s ", e->symbol);
        draft_number(d, e->close.v);
        draft_put(d, " (15m close ");
        draft_clock(d, e->close_ms);
        put_bound(d, "): lower", g->lower, e->close.v);
        put_bound(d, ", upper", g->upper, e->close.v);
        draft_put(d, ".\n");
        return;
    }
    draft_put(d, "%s ", e->symbol);
    if (e->close_ms == MOMENT_NONE) {
        draft_put(d, "has no 15m close yet");
    } else {
        draft_put(d, "was ");
        draft_number(d, e->close.v);
        draft_put(d, " (newest 15m close ");
        draft_clock(d, e->close_ms);
        draft_put(d, ")");
    }
    draft_put(d, ": the range is ");
    draft_number(d, g->lower);
    draft_put(d, " to ");
    draft_number(d, g->upper);
    draft_put(d, ".\n");
}

static void put_chances(struct draft *d, const struct evaluation *e)
{
    if (!value_usable(e->hazard.pi))
        return;
    draft_put(d, "pi, the chance to leave the range in 24 h: ");
    draft_percent(d, e->hazard.pi.v);
    draft_put(d, " (down ");
    draft_percent(d, e->hazard.pi_dn.v);
    draft_put(d, ", up ");
    draft_percent(d, e->hazard.pi_up.v);
    draft_put(d, ").\n");
}

static void put_stop_distance(struct draft *d, const struct evaluation *e,
                              const struct grid *g)
{
    const struct distances *x = &e->distances;
    bool up = x->stop_side == SIDE_UP || isnan(g->stop.below);
    double stop = up ? g->stop.above : g->stop.below;
    if (isnan(stop)) {
        draft_put(d, "No stop is set.\n");
        return;
    }
    draft_put(d, "Stop ");
    draft_number(d, stop);
    if (!value_usable(x->to_stop)) {
        draft_put(d, ", its distance is unknown.\n");
    } else if (x->to_stop.v <= 0) {
        draft_put(d, " is passed.\n");
    } else {
        draft_put(d, " is ");
        draft_percent(d, fabs(stop / e->close.v - 1.0));
        draft_put(d, up ? " above" : " below");
        if (value_usable(x->stop_touch_12h)) {
            draft_put(d, "; chance to touch it in 12 h: at most ");
            draft_percent(d, x->stop_touch_12h.v);
        }
        draft_put(d, ".\n");
    }
}

static void put_loss(struct draft *d, const struct evaluation *e,
                     const struct grid *g)
{
    bool to_stop = value_usable(e->distances.stop_loss_most);
    struct value loss =
        to_stop ? e->distances.stop_loss_most : e->distances.bound_loss_most;
    draft_put(d, "at most ");
    draft_amount(d, loss.v);
    draft_put(d, " of ");
    draft_number(d, g->capital);
    draft_put(d, " ");
    put_quote(d, g);
    draft_put(d, to_stop
                     ? " lost from here to the stop, if all were in "
                     : " lost from here to the lower bound, if all were in ");
    put_base(d, g);
    draft_put(d, " and before fees. ");
}

static void put_money(struct draft *d, const struct evaluation *e,
                      const struct grid *g, const struct position *p)
{
    draft_put(d, "Money: ");
    if (is_idle(e, g))
        draft_put(d, "nothing at risk as long as the price stays outside. ");
    else if (value_usable(e->distances.stop_loss_most) ||
             value_usable(e->distances.bound_loss_most))
        put_loss(d, e, g);
    else if (g->market == GRID_FUTURES || !grid_risks_down(g))
        draft_put(d, "not computed yet for futures and short grids. ");
    else if (isnan(g->capital))
        draft_put(d, "unknown, the grid's file states no capital. ");
    else if (value_usable(e->close))
        draft_put(
            d, "the price is below %s: nothing bounds the loss from here. ",
            isnan(g->stop.below) ? "the range and no stop is set" : "the stop");
    else
        draft_put(d, "unknown without a price. ");
    if (p->source == POSITION_NONE)
        draft_put(d, "Position unknown: %s.\n", p->reason);
    else
        draft_put(d, "Position source: %s.\n", position_source_name(p->source));
}

static void put_mandatory_next(struct draft *d,
                               const struct trigger_result *triggers_now)
{
    const struct trigger_result *b = &triggers_now[M_BOUNDARY];
    const char *between = "Next: MANDATORY_EXIT after ";
    if (b->of > 0) {
        draft_put(d,
                  "%s%" PRId64 " hourly closes in a row outside (%" PRId64
                  " so far)",
                  between, b->of, b->hits);
        between = " or ";
    }
    if (triggers_now[M_STOP].answer != ANSWER_NOT_APPLICABLE) {
        draft_put(d, "%sa touch of the stop", between);
        between = " or ";
    }
    if (*between == ' ')
        draft_put(d, ".\n");
}

static void put_next(struct draft *d, const struct evaluation *e,
                     const struct intent *intent)
{
    const struct trigger_result *t = e->verdict.triggers;
    if (e->boundary_pending && t[M_BOUNDARY].answer != ANSWER_YES)
        draft_put(d,
                  "Pending: the last two 15m closes are outside the range.\n");
    if (e->verdict.state == STATE_UNKNOWN) {
        draft_put(d, "Next: a message when the state is known again.\n");
    } else if (e->verdict.state == STATE_WARNING && !isnan(t[L_HAZ].limit)) {
        draft_put(d, "Next: LATEST_ACCEPTABLE_EXIT when pi reaches ");
        draft_number(d, t[L_HAZ].limit);
        draft_put(d, ".\n");
    } else if (e->verdict.state == STATE_LATEST) {
        put_mandatory_next(d, t);
    } else if (intent->priority == 2) {
        draft_put(d,
                  "Next: the siren repeats every %" PRId64
                  " s until you acknowledge it, for %" PRId64 " min at most.\n",
                  intent->retry_s, intent->expire_s / 60);
    }
}

void body_write(const struct evaluation *e, const struct grid *grid,
                const struct position *position,
                const struct alert_config *config, struct intent *out)
{
    struct draft d = { out->body, sizeof(out->body), 0, e->slot_ms };
    put_what_to_do(&d, e, grid, config);
    put_where(&d, e, grid);
    draft_why(&d, &e->verdict);
    put_chances(&d, e);
    put_stop_distance(&d, e, grid);
    put_money(&d, e, grid, position);
    put_next(&d, e, out);
}
