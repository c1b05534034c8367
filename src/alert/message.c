/* The text on the phone. It answers, in this order: what to do and until when;
 * why; money; what comes next. Every number has a unit, every time says UTC. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "alert/alert.h"
#include "base/hash.h"
#include "base/moment.h"
#include "base/number.h"

struct draft {
    char *out;
    size_t size, len;
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

static void put_clock(struct draft *d, int64_t ms)
{
    struct civil c = moment_civil(ms);
    put(d, "%02d:%02d UTC", c.hour, c.minute);
}

static void put_price(struct draft *d, double price)
{
    char text[NUMBER_TEXT];
    number_format(price, text);
    put(d, "%s", text);
}

static void put_percent(struct draft *d, double fraction)
{
    put(d, fraction < 0.0995 ? "%.1f %%" : "%.0f %%", 100.0 * fraction);
}

/* Does the verdict's side cost this grid money? Without a side it may. */
static bool is_riskless(const struct evaluation *e, const struct grid *g)
{
    return (e->side == SIDE_UP && !grid_risks_up(g)) ||
           (e->side == SIDE_DOWN && !grid_risks_down(g));
}

static const char *cause_words(enum price_cause cause)
{
    static const char *const words[] = {
        [PRICE_KNOWN] = "a 1h bar or the volatility is missing",
        [PRICE_MARKET_CLOSED] = "the exchange says the market is closed",
        [PRICE_CLOCK] = "our clock is off",
        [PRICE_API_ERROR] = "the exchange gave no candles",
        [PRICE_NO_TRADES] = "no trade for more than 30 minutes",
        [PRICE_UNWITNESSED] = "the price jumped and nothing confirms it yet",
    };
    return words[cause];
}

static void put_what_to_do(struct draft *d, const struct evaluation *e,
                           const struct grid *g,
                           const struct alert_config *config)
{
    if (e->verdict.state == STATE_UNKNOWN) {
        put(d,
            "State unknown: %s. Last known: %s. Look at the exchange "
            "yourself.\n",
            cause_words(e->price_cause), exit_state_name(e->verdict.known));
    } else if (e->verdict.state == STATE_NORMAL) {
        put(d, "Nothing to do: the state is NORMAL again.\n");
    } else if (is_riskless(e, g)) {
        put(d,
            "Idle, nothing at risk: the range breaks on the side where "
            "this grid holds no %s.\n",
            e->side == SIDE_UP ? "base currency" : "quote currency");
    } else if (e->verdict.state == STATE_WARNING) {
        put(d, "Watch it. No need to act yet.\n");
    } else if (e->verdict.state == STATE_LATEST) {
        put(d, "Get out by ");
        put_clock(d, e->slot_ms + config->act_within_ms);
        put(d, ".\n");
    } else {
        put(d, "Get out now.\n");
    }
}

static void put_where(struct draft *d, const struct evaluation *e,
                      const struct grid *g)
{
    if (e->close_ms == MOMENT_NONE)
        return;
    put(d, "%s ", e->symbol);
    put_price(d, e->close.v);
    put(d, " (15m close ");
    put_clock(d, e->close_ms);
    put(d, ")");
    if (value_usable(e->distances.to_lower)) {
        double lower = expm1(e->distances.to_lower.v);
        double upper = expm1(e->distances.to_upper.v);
        put(d, ": lower ");
        put_price(d, g->lower);
        put(d,
            lower >= 0 ? " is %.1f %% below, upper "
                       : " is %.1f %% above, upper ",
            100.0 * fabs(g->lower / e->close.v - 1.0));
        put_price(d, g->upper);
        put(d, upper >= 0 ? " %.1f %% above" : " %.1f %% below",
            100.0 * fabs(upper));
    }
    put(d, ".\n");
}

static void put_boundary(struct draft *d, const struct trigger_result *r)
{
    put(d, "%lld of %lld 1h closes %s ", (long long)r->hits, (long long)r->of,
        r->side == SIDE_UP ? "above" : "below");
    put_price(d, r->limit);
    put(d, ", last ");
    put_price(d, r->value.v);
    put(d, " at ");
    put_clock(d, r->seen_ms);
}

static void put_stop(struct draft *d, const struct trigger_result *r)
{
    if (r->evidence == EVIDENCE_LATCH) {
        put(d, "stop ");
        put_price(d, r->limit);
        put(d, " was touched, seen at ");
    } else {
        put(d, "%s ",
            r->evidence == EVIDENCE_TICKER ? "ticker"
            : r->side == SIDE_UP           ? "15m high"
                                           : "15m low");
        put_price(d, r->value.v);
        put(d, r->side == SIDE_UP ? " ≥ stop " : " ≤ stop ");
        put_price(d, r->limit);
        put(d, " at ");
    }
    put_clock(d, r->seen_ms);
}

static void put_reason(struct draft *d, int id, const struct trigger_result *r)
{
    put(d, "%s ", triggers[id].id);
    if (id == M_BOUNDARY) {
        put_boundary(d, r);
    } else if (id == M_STOP) {
        put_stop(d, r);
    } else {
        put(d, "%s %.3f ≥ %.2f (%s, ", triggers[id].metric, r->value.v,
            r->limit, triggers[id].timeframe);
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
        put(d, "%sMANDATORY_EXIT holds until 1h closes without its cause",
            between);
    if (*between == ';' || e->verdict.held)
        put(d, ".\n");
}

static void put_chances(struct draft *d, const struct evaluation *e)
{
    if (!value_usable(e->hazard.pi))
        return;
    put(d, "Chance to leave the range in 24 h: ");
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
    if (x->stop_side == SIDE_NONE || !value_usable(x->to_stop)) {
        if (isnan(g->stop.below) && isnan(g->stop.above))
            put(d, "No stop is set.\n");
        return;
    }
    double stop = x->stop_side == SIDE_UP ? g->stop.above : g->stop.below;
    put(d, "Stop ");
    put_price(d, stop);
    if (x->to_stop.v <= 0) {
        put(d, " is passed.\n");
        return;
    }
    put(d, " is ");
    put_percent(d, fabs(stop / e->close.v - 1.0));
    put(d, " away");
    if (value_usable(x->stop_touch_12h)) {
        put(d, ", touched in 12 h: at most ");
        put_percent(d, x->stop_touch_12h.v);
    }
    put(d, ".\n");
}

static void put_money(struct draft *d, const struct evaluation *e,
                      const struct grid *g, const struct position *p)
{
    put(d, "Money: ");
    if (value_usable(e->distances.stop_loss_most)) {
        put(d, "from here to the stop at most %.0f %s of ",
            e->distances.stop_loss_most.v, g->quote);
        put_price(d, g->capital);
        put(d, " (if all were in base, before fees); ");
    }
    put(d, "position unknown (%s).\n", p->reason);
}

static void put_next(struct draft *d, const struct evaluation *e)
{
    if (e->verdict.state == STATE_WARNING)
        put(d, "Next: LATEST_ACCEPTABLE_EXIT when the chance passes its "
               "limit.\n");
    else if (e->verdict.state == STATE_LATEST)
        put(d, "Next: MANDATORY_EXIT at two 1h closes outside or at the "
               "stop.\n");
    else if (e->boundary_pending)
        put(d, "Pending: two 15m closes outside.\n");
}

static void make_title(const struct evaluation *e, const struct grid *g,
                       enum alert_reason reason, struct intent *out)
{
    const char *side = e->side == SIDE_DOWN ? " ↓"
                       : e->side == SIDE_UP ? " ↑"
                                            : "";
    bool idle = e->verdict.state >= STATE_LATEST && is_riskless(e, g);
    snprintf(out->title, sizeof(out->title), "%s%s%s %s (%s)",
             reason == ALERT_RESOLVED ? "Resolved: "
             : idle                   ? "Idle: "
                                      : "",
             exit_state_name(e->verdict.state),
             e->verdict.state >= STATE_WARNING ? side : "", e->grid, e->symbol);
}

static int64_t priority_of(const struct evaluation *e, const struct grid *g,
                           enum alert_reason reason)
{
    static const int64_t by_state[STATE_COUNT] = {
        [STATE_UNKNOWN] = 0, [STATE_NORMAL] = -1,   [STATE_WARNING] = 0,
        [STATE_LATEST] = 1,  [STATE_MANDATORY] = 2,
    };
    if (reason == ALERT_SIGHTED)
        return -1;
    int64_t priority = by_state[e->verdict.state];
    return priority > 0 && is_riskless(e, g) ? 0 : priority;
}

/* "20210519T0200", the slot as it stands in names. */
static void put_stamp(char *out, size_t size, int64_t ms)
{
    struct civil c = moment_civil(ms);
    snprintf(out, size, "%04d%02d%02dT%02d%02d", c.year, c.month, c.day, c.hour,
             c.minute);
}

static void make_id(struct intent *out)
{
    char stamp[64];
    const char *reason = alert_reason_name(out->reason);
    uint32_t h = hash_feed(HASH_START, out->grid, strlen(out->grid) + 1);
    h = hash_feed(h, reason, strlen(reason));
    put_stamp(stamp, sizeof(stamp), out->slot_ms);
    snprintf(out->id, sizeof(out->id), "%.24s-%08x", stamp, (unsigned)h);
}

void intent_make(const struct evaluation *e, const struct grid *grid,
                 const struct position *position, enum alert_reason reason,
                 const struct alert_config *config, struct intent *out)
{
    char stamp[64];
    *out = (struct intent){ 0 };
    struct draft d = { out->body, sizeof(out->body), 0 };

    snprintf(out->grid, sizeof(out->grid), "%s", e->grid);
    snprintf(out->symbol, sizeof(out->symbol), "%s", e->symbol);
    out->slot_ms = e->slot_ms;
    out->reason = reason;
    out->state = e->verdict.state;
    make_id(out);
    out->priority = priority_of(e, grid, reason);
    if (out->priority == 2) {
        out->retry_s = config->siren_retry_s;
        out->expire_s = config->siren_expire_s;
    }
    put_stamp(stamp, sizeof(stamp),
              e->verdict.episode_ms == MOMENT_NONE ? e->slot_ms
                                                   : e->verdict.episode_ms);
    snprintf(out->tag, sizeof(out->tag), "%s-%.16s", out->grid, stamp);
    make_title(e, grid, reason, out);
    put_what_to_do(&d, e, grid, config);
    put_where(&d, e, grid);
    put_why(&d, e);
    put_chances(&d, e);
    put_stop_distance(&d, e, grid);
    put_money(&d, e, grid, position);
    put_next(&d, e);
}

const char *delivery_outcome_name(enum delivery_outcome outcome)
{
    static const char *const names[] = { "accepted", "refused", "superseded" };
    return names[outcome];
}
