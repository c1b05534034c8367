#include "alert/body.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"

struct draft {
    char *out;
    size_t size, len;
    int64_t now_ms;
};

/* Appends; what does not fit is left off whole, never cut in the middle. */
static void put(struct draft *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void put(struct draft *d, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(d->out + d->len, d->size - d->len, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= d->size - d->len)
        d->out[d->len] = '\0';
    else
        d->len += (size_t)n;
}

/* "02:00 UTC", with the day in front when that is not within a day of now. */
static void put_clock(struct draft *d, int64_t ms)
{
    struct civil c = moment_civil(ms);
    if (ms <= d->now_ms - MS_PER_DAY || ms >= d->now_ms + MS_PER_DAY)
        put(d, "%04d-%02d-%02d ", c.year, c.month, c.day);
    put(d, "%02d:%02d UTC", c.hour, c.minute);
}

static void put_number(struct draft *d, double x)
{
    char text[NUMBER_TEXT];
    number_format(x, text);
    put(d, "%s", text);
}

static void put_percent(struct draft *d, double fraction)
{
    put(d, fraction < 0.0995 ? "%.1f %%" : "%.0f %%", 100.0 * fraction);
}

/* Three digits or whole units, whichever says more: 452, 4.52, 0.0213. */
static void put_amount(struct draft *d, double x)
{
    put(d, x >= 100.0 ? "%.0f" : "%.3g", x);
}

static void put_base(struct draft *d, const struct grid *g)
{
    put(d, "%.*s", (int)strcspn(g->symbol, "-"), g->symbol);
}

static void put_quote(struct draft *d, const struct grid *g)
{
    const char *dash = strchr(g->symbol, '-');
    put(d, "%s", g->quote[0] || !dash ? g->quote : dash + 1);
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

static void put_riskless(struct draft *d, const struct evaluation *e,
                         const struct grid *g)
{
    bool up = e->side == SIDE_UP;
    if (!evaluation_is_broken(e, g)) {
        put(d, "No hurry: the likelier break is %s, where this grid ",
            up ? "up" : "down");
        put(d, "risks nothing. A break %s would cost.\n", up ? "down" : "up");
        return;
    }
    put(d, "Idle, nothing at risk: the price broke out %s, where this grid ",
        up ? "above" : "below");
    put(d, up ? "holds only " : "has nothing left to buy back, only ");
    put_quote(d, g);
    put(d, ". Stop it when convenient.\n");
}

static void put_unknown(struct draft *d, const struct evaluation *e)
{
    put(d, "State unknown: %s. ", cause_words(e));
    if (e->verdict.known == STATE_UNKNOWN)
        put(d, "It was not known before either. ");
    else
        put(d, "Last known: %s. ", exit_state_name(e->verdict.known));
    put(d, "Look at the exchange yourself.\n");
}

static void put_what_to_do(struct draft *d, const struct evaluation *e,
                           const struct grid *g,
                           const struct alert_config *config)
{
    enum exit_state state = e->verdict.state;
    if (state == STATE_UNKNOWN) {
        put_unknown(d, e);
    } else if (state == STATE_NORMAL) {
        put(d, "Nothing to do: the state is NORMAL again.\n");
    } else if (state == STATE_WARNING) {
        put(d, "Watch it. No need to act yet.\n");
    } else if (evaluation_is_riskless(e, g)) {
        put_riskless(d, e, g);
    } else if (state == STATE_LATEST) {
        put(d, "Get out by ");
        put_clock(d, e->slot_ms + config->act_within_ms);
        put(d, ": stop the grid and close its position.\n");
    } else {
        put(d, "Get out now: stop the grid and close its position.\n");
    }
}

/* "lower 39913 is 5.7 % below" the price */
static void put_bound(struct draft *d, const char *name, double bound,
                      double price)
{
    put(d, "%s ", name);
    put_number(d, bound);
    put(d, " is %.1f %% %s", 100.0 * fabs(bound / price - 1.0),
        bound <= price ? "below" : "above");
}

static void put_where(struct draft *d, const struct evaluation *e,
                      const struct grid *g)
{
    bool known = value_usable(e->close);
    if (e->close_ms == MOMENT_NONE)
        return;
    put(d, "%s %s", e->symbol, known ? "" : "was ");
    put_number(d, e->close.v);
    put(d, " (%s15m close ", known ? "" : "newest ");
    put_clock(d, e->close_ms);
    put(d, "): ");
    if (known) {
        put_bound(d, "lower", g->lower, e->close.v);
        put_bound(d, ", upper", g->upper, e->close.v);
    } else {
        put(d, "the range is ");
        put_number(d, g->lower);
        put(d, " to ");
        put_number(d, g->upper);
    }
    put(d, ".\n");
}

static void put_boundary(struct draft *d, const struct trigger_result *r)
{
    put(d, "%" PRId64 " hourly closes in a row %s ", r->hits,
        r->side == SIDE_UP ? "above" : "below");
    put_number(d, r->limit);
    put(d, ", the last ");
    put_number(d, r->value.v);
    put(d, " at ");
    put_clock(d, r->seen_ms);
}

static const char *stop_witness(const struct trigger_result *r)
{
    if (r->evidence == EVIDENCE_TICKER)
        return "ticker";
    return r->side == SIDE_UP ? "15m high" : "15m low";
}

static void put_stop(struct draft *d, const struct trigger_result *r)
{
    if (r->evidence == EVIDENCE_LATCH) {
        put(d, "stop ");
        put_number(d, r->limit);
        put(d, " was touched at ");
        put_clock(d, r->seen_ms);
        put(d, " and the grid was not stopped since");
        return;
    }
    put(d, "%s ", stop_witness(r));
    put_number(d, r->value.v);
    put(d, r->side == SIDE_UP ? " ≥ stop " : " ≤ stop ");
    put_number(d, r->limit);
    if (r->seen_ms == MOMENT_NONE)
        return;
    put(d, r->evidence == EVIDENCE_TICKER ? " at " : " (15m close ");
    put_clock(d, r->seen_ms);
    put(d, r->evidence == EVIDENCE_TICKER ? "" : ")");
}

static void put_reason(struct draft *d, int id, const struct trigger_result *r)
{
    put(d, "%s ", triggers[id].id);
    if (id == M_BOUNDARY) {
        put_boundary(d, r);
    } else if (id == M_STOP) {
        put_stop(d, r);
    } else {
        put(d, "%s %.3f ≥ ", triggers[id].metric, r->value.v);
        put_number(d, r->limit);
        put(d, " (%s close ", triggers[id].timeframe);
        put_clock(d, r->seen_ms);
        put(d, ")");
    }
}

static void put_why(struct draft *d, const struct evaluation *e)
{
    const char *between = "Why: ";
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (e->verdict.triggers[i].answer != ANSWER_YES)
            continue;
        put(d, "%s", between);
        put_reason(d, i, &e->verdict.triggers[i]);
        between = "; ";
    }
    if (e->verdict.held)
        put(d,
            "%sMANDATORY_EXIT is held until hourly closes in a row are free "
            "of its cause",
            between);
    if (*between == ';' || e->verdict.held)
        put(d, ".\n");
}

static void put_chances(struct draft *d, const struct evaluation *e)
{
    if (!value_usable(e->hazard.pi))
        return;
    put(d, "pi, the chance to leave the range in 24 h: ");
    put_percent(d, e->hazard.pi.v);
    put(d, " (down ");
    put_percent(d, e->hazard.pi_dn.v);
    put(d, ", up ");
    put_percent(d, e->hazard.pi_up.v);
    put(d, ").\n");
}

static void put_stop_distance(struct draft *d, const struct evaluation *e,
                              const struct grid *g)
{
    const struct distances *x = &e->distances;
    if (isnan(g->stop.below) && isnan(g->stop.above)) {
        put(d, "No stop is set.\n");
        return;
    }
    if (!value_usable(x->to_stop))
        return;
    double stop = x->stop_side == SIDE_UP ? g->stop.above : g->stop.below;
    put(d, "Stop ");
    put_number(d, stop);
    if (x->to_stop.v <= 0) {
        put(d, " is passed.\n");
        return;
    }
    put(d, " is ");
    put_percent(d, fabs(stop / e->close.v - 1.0));
    put(d, x->stop_side == SIDE_UP ? " above" : " below");
    if (value_usable(x->stop_touch_12h)) {
        put(d, "; chance to touch it in 12 h: at most ");
        put_percent(d, x->stop_touch_12h.v);
    }
    put(d, ".\n");
}

static void put_loss(struct draft *d, const struct evaluation *e,
                     const struct grid *g)
{
    bool to_stop = value_usable(e->distances.stop_loss_most);
    struct value loss =
        to_stop ? e->distances.stop_loss_most : e->distances.bound_loss_most;
    put(d, "at most ");
    put_amount(d, loss.v);
    put(d, " of ");
    put_number(d, g->capital);
    put(d, " ");
    put_quote(d, g);
    put(d, to_stop ? " lost from here to the stop, if all were in "
                   : " lost from here to the lower bound, if all were in ");
    put_base(d, g);
    put(d, " and before fees. ");
}

static void put_money(struct draft *d, const struct evaluation *e,
                      const struct grid *g, const struct position *p)
{
    put(d, "Money: ");
    if (value_usable(e->distances.stop_loss_most) ||
        value_usable(e->distances.bound_loss_most))
        put_loss(d, e, g);
    else if (g->market == GRID_FUTURES || !grid_risks_down(g))
        put(d, "not computed yet for futures and short grids. ");
    else if (isnan(g->capital))
        put(d, "unknown, the grid's file states no capital. ");
    else if (value_usable(e->close))
        put(d, "the price is below %s: nothing bounds the loss from here. ",
            isnan(g->stop.below) ? "the range and no stop is set" : "the stop");
    else
        put(d, "unknown without a price. ");
    if (p->source == POSITION_NONE)
        put(d, "Position unknown: %s.\n", p->reason);
    else
        put(d, "Position source: %s.\n", position_source_name(p->source));
}

static void put_mandatory_next(struct draft *d,
                               const struct trigger_result *triggers_now)
{
    const struct trigger_result *b = &triggers_now[M_BOUNDARY];
    const char *between = "Next: MANDATORY_EXIT after ";
    if (b->of > 0) {
        put(d,
            "%s%" PRId64 " hourly closes in a row outside (%" PRId64 " so far)",
            between, b->of, b->hits);
        between = " or ";
    }
    if (triggers_now[M_STOP].answer != ANSWER_NOT_APPLICABLE) {
        put(d, "%sa touch of the stop", between);
        between = " or ";
    }
    if (*between == ' ')
        put(d, ".\n");
}

static void put_next(struct draft *d, const struct evaluation *e,
                     const struct intent *intent)
{
    const struct trigger_result *t = e->verdict.triggers;
    if (e->boundary_pending && t[M_BOUNDARY].answer != ANSWER_YES)
        put(d, "Pending: the last two 15m closes are outside the range.\n");
    if (e->verdict.state == STATE_UNKNOWN) {
        put(d, "Next: a message when the state is known again.\n");
    } else if (e->verdict.state == STATE_WARNING && !isnan(t[L_HAZ].limit)) {
        put(d, "Next: LATEST_ACCEPTABLE_EXIT when pi reaches ");
        put_number(d, t[L_HAZ].limit);
        put(d, ".\n");
    } else if (e->verdict.state == STATE_LATEST) {
        put_mandatory_next(d, t);
    } else if (intent->priority == 2) {
        put(d,
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
    put_why(&d, e);
    put_chances(&d, e);
    put_stop_distance(&d, e, grid);
    put_money(&d, e, grid, position);
    put_next(&d, e, out);
}
