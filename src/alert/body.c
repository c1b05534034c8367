#include "alert/body.h"

#include <inttypes.h>

#include "alert/body_left.h"
#include "alert/draft.h"
#include "alert/group.h"
#include "alert/money.h"
#include "alert/next.h"
#include "alert/reason.h"
#include "alert/stale.h"
#include "alert/why.h"
#include "base/moment.h"
#include "base/utf8.h"

/* What the channel takes, less the line that names the record and the shortest
 * one about other grids, "Also: 12 grids." */
#define BODY_POINTS (1024 - 60)

/* The reasons have that much before the others are named. */
#define WHY_LEAST 140

bool evaluation_is_riskless(const struct evaluation *e, const struct grid *g,
                            bool was_idle)
{
    bool costs_nothing = (e->side == SIDE_UP && !grid_risks_up(g)) ||
                         (e->side == SIDE_DOWN && !grid_risks_down(g));
    return costs_nothing && !evaluation_presses(e, was_idle);
}

bool evaluation_is_broken(const struct evaluation *e)
{
    const struct trigger_result *t = e->verdict.triggers;
    return t[M_BOUNDARY].answer == ANSWER_YES ||
           t[M_STOP].answer == ANSWER_YES || e->distances.to_lower.v < 0 ||
           e->distances.to_upper.v < 0;
}

double evaluation_stop_ticker(const struct evaluation *e)
{
    const struct trigger_result *t = &e->verdict.triggers[M_STOP];
    bool touched = t->answer == ANSWER_YES && t->evidence == EVIDENCE_TICKER;
    return touched && value_usable(t->value) ? t->value.v : NO_VALUE;
}

static bool says_yes(const struct evaluation *e, enum trigger_id id)
{
    return e->verdict.triggers[id].answer == ANSWER_YES &&
           triggers[id].raises <= e->verdict.state;
}

/* What is not known may be likely. */
static bool is_likely_across(const struct evaluation *e, bool was_idle)
{
    double least = was_idle ? LIKELY_AGAIN : LIKELY_ACROSS;
    const struct value *across =
        e->side == SIDE_UP ? &e->hazard.pi_dn : &e->hazard.pi_up;
    return !value_usable(*across) ||
           decision_round(across->v) >= decision_round(least);
}

bool evaluation_presses(const struct evaluation *e, bool was_idle)
{
    return !evaluation_is_broken(e) &&
           (is_likely_across(e, was_idle) || says_yes(e, M_EQUITY) ||
            says_yes(e, L_GUARD));
}

void evaluation_put_cause(struct draft *d, const struct evaluation *e)
{
    static const char *const words[] = {
        [PRICE_KNOWN] = "more than 5 % of the candles are missing",
        [PRICE_MARKET_CLOSED] = "the exchange says the market is closed",
        [PRICE_CLOCK] = "our clock is off by more than 30 s",
        [PRICE_API_ERROR] = "the exchange gave no candles",
        [PRICE_NO_TRADES] = "no trade for more than 30 minutes",
        [PRICE_UNWITNESSED] = "the price jumped and nothing confirms it yet",
    };
    const char *regime = e->regime.reason ? e->regime.reason : "";
    const char *cause = words[e->price_cause];
    if (e->price_cause != PRICE_KNOWN)
        draft_put(d, "%s", cause);
    else if (e->verdict.triggers[M_BOUNDARY].answer == ANSWER_UNKNOWN)
        draft_put(d, "the newest 1h candle is missing");
    else if (e->hazard.pi.status == VALUE_WARMUP)
        draft_put(d, "too few candles yet for the volatility, it needs a day "
                     "of them");
    else if (value_usable(e->hazard.pi) && regime[0])
        draft_put(d, "no regime, %s", regime);
    else
        draft_put(d, "%s", cause);
}

static bool is_riskless(const struct alert_now *now)
{
    return evaluation_is_riskless(now->e, now->grid, now->was_idle);
}

static bool is_idle(const struct alert_now *now)
{
    return now->e->verdict.state >= STATE_LATEST && is_riskless(now) &&
           evaluation_is_broken(now->e);
}

static void put_riskless(struct draft *d, const struct alert_now *now)
{
    const struct evaluation *e = now->e;
    bool up = e->side == SIDE_UP;
    if (!is_idle(now)) {
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
    money_put_quote(d, now->grid);
    draft_put(d, ". Stop it when convenient.\n");
}

static void put_blindness(struct draft *d, const char *what,
                          const struct alert_now *now, bool with_age)
{
    int64_t age_ms = alert_price_age(now->e);
    draft_put(d, "%s: ", what);
    evaluation_put_cause(d, now->e);
    draft_put(d, ". ");
    if (with_age && age_ms >= now->config->stale_ms)
        draft_put(d, "No price for %d min. ", (int)(age_ms / MS_PER_MINUTE));
}

static void put_unknown(struct draft *d, const struct alert_now *now)
{
    const struct evaluation *e = now->e;
    put_blindness(d, "State unknown", now, true);
    if (e->verdict.known == STATE_UNKNOWN)
        draft_put(d, "It was not known before either. ");
    else
        draft_put(d, "Last known: %s. ", exit_state_name(e->verdict.known));
    draft_put(d, "Look at the exchange yourself.\n");
}

/* Why the same grid is told of again, behind what is to be done. */
static void put_occasion(struct draft *d, enum alert_reason reason)
{
    static const char *const words[ALERT_REASON_COUNT] = {
        [ALERT_BETTER] = "It is less bad than it was.\n",
        [ALERT_GRAVER] = "It is worse than when it was told.\n",
        [ALERT_UNHEARD] = "Nobody acknowledged it.\n",
        [ALERT_ESCALATED] = "It still stands.\n",
        [ALERT_SIDE] = "The danger has changed sides.\n",
        [ALERT_CAUSE] = "There is a reason that was not told.\n",
        [ALERT_ALOUD] = "Told in quiet hours, it still stands.\n",
        [ALERT_REPEAT] = "It still stands.\n",
        [ALERT_RETURNED] = "The account shows it again.\n",
    };
    if (words[reason])
        draft_put(d, "%s", words[reason]);
}

/* Whoever reads it has no phone that rings, or nobody is near it. */
static void put_unanswered(struct draft *d, const struct alert_now *now)
{
    draft_put(d,
              "Not acknowledged for %d min. To acknowledge: gridwatch ack "
              "%s.\n",
              (int)(now->config->second_after_ms / MS_PER_MINUTE),
              now->e->grid);
}

static void put_question(struct draft *d, const struct alert_now *now)
{
    draft_put(d, "Was it stopped? ");
    if (now->acknowledged_ms != MOMENT_NONE) {
        draft_put(d, "Acknowledged at ");
        draft_clock(d, now->acknowledged_ms);
        draft_put(d, ", it");
    } else {
        draft_put(d, "It");
    }
    draft_put(d,
              " still counts as running. If it is stopped: gridwatch grid stop "
              "%s. ",
              now->e->grid);
}

static void put_act_by(struct draft *d, const struct alert_now *now)
{
    draft_put(d, "Get out by ");
    draft_clock(d, now->e->slot_ms + now->config->act_within_ms);
    draft_put(d, ": stop the grid and close its position.\n");
}

static void put_what_to_do(struct draft *d, const struct alert_now *now,
                           enum alert_reason reason)
{
    const struct evaluation *e = now->e;
    enum exit_state state = e->verdict.state;

    if (reason == ALERT_ASKED)
        put_question(d, now);
    if (state == STATE_UNKNOWN)
        put_unknown(d, now);
    else if (state == STATE_NORMAL)
        draft_put(d, "Nothing to do: the state is NORMAL again.\n");
    else if (state == STATE_WARNING)
        draft_put(d, "Watch it. No need to act yet.\n");
    else if (is_riskless(now))
        put_riskless(d, now);
    else if (state == STATE_LATEST)
        put_act_by(d, now);
    else
        draft_put(d, "Get out now: stop the grid and close its position.\n");
    put_occasion(d, reason);
    if (reason == ALERT_SECOND)
        put_unanswered(d, now);
    if (state >= STATE_WARNING && !e->verdict.data_known) {
        put_blindness(d, "How it stands now is unknown", now,
                      reason == ALERT_STALE);
        draft_put(d, "Look at the exchange yourself.\n");
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
    double ticker = evaluation_stop_ticker(e);
    if (value_usable(e->close)) {
        double price = isnan(ticker) ? e->close.v : ticker;
        draft_put(d, "%s ", e->symbol);
        draft_number(d, price);
        draft_put(d, isnan(ticker) ? " (15m close " : " (ticker; 15m close ");
        draft_clock_within(d, e->close_ms);
        if (!isnan(ticker)) {
            draft_put(d, " was ");
            draft_number(d, e->close.v);
        }
        put_bound(d, "): lower", g->lower, price);
        put_bound(d, ", upper", g->upper, price);
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
        draft_clock_within(d, e->close_ms);
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
    const struct trigger_result *touched = &e->verdict.triggers[M_STOP];
    if (!isnan(evaluation_stop_ticker(e))) {
        draft_put(d, "Stop ");
        draft_number(d, touched->limit);
        draft_put(d, " is passed.\n");
        return;
    }
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

/* Of a grid that was stopped: nothing is asked of it but its gates. */
static void write_range_back(const struct alert_now *now, struct intent *out)
{
    struct draft d = { out->body, sizeof(out->body), 0, now->e->slot_ms,
                       now->zone };
    draft_put(&d, "Nothing has to be done. All gates of a restart are open for "
                  "the first time since this grid was stopped.\n");
    put_where(&d, now->e, now->grid);
    draft_put(&d,
              "Next: 'gridwatch grid propose %s' says range, levels and "
              "stop; the bars may have moved on. It is not told again.\n",
              now->e->symbol);
}

/* The reasons get the room that the rest leaves: what to do and money are never
 * cut. `others` is the clock of all times but those of what to do. False when
 * not one reason finds room. */
static bool write_all(const struct alert_now *now, const struct zone *others,
                      struct intent *out)
{
    const struct evaluation *e = now->e;
    char rest[INTENT_BODY_MAX] = "";
    struct draft d = { out->body, sizeof(out->body), 0, e->slot_ms, now->zone };
    struct draft tail = { rest, sizeof(rest), 0, e->slot_ms, others };

    put_what_to_do(&d, now, out->reason);
    d.zone = others;
    put_where(&d, e, now->grid);
    put_chances(&tail, e);
    put_stop_distance(&tail, e, now->grid);
    money_put(&tail, now, is_idle(now));
    next_put(&tail, now, out);
    size_t taken = utf8_count(out->body) + utf8_count(rest);
    size_t room = taken < BODY_POINTS ? BODY_POINTS - taken : 0;
    size_t spare = room > WHY_LEAST ? room - WHY_LEAST : 0;
    spare = spare < GROUP_POINTS ? spare : GROUP_POINTS;
    bool said = why_put_all(&d, e, now->grid, room - spare);
    draft_put(&d, "%s", rest);
    return said;
}

/* Another time in the operator's zone is worth less than a reason. */
void body_write(const struct alert_now *now, struct intent *out)
{
    if (out->reason == ALERT_RANGE_BACK)
        write_range_back(now, out);
    else if (out->reason == ALERT_LEFT)
        body_write_left(now, out);
    else if (!write_all(now, now->zone, out) && now->zone)
        write_all(now, NULL, out);
}
