/* What the table cannot say about an exit document: above all, that no state
 * stands without its reason. */
#include <math.h>
#include <stdio.h>

#include "record/check_internal.h"

#define TOLERANCE 1e-9 /* what a sum of two chances may be off */

/* The one state that follows from the answers. */
static enum exit_state concluded(const struct exit_document *d)
{
    const struct verdict *v = &d->evaluation.verdict;
    enum exit_state worst =
        v->together.answer == ANSWER_YES ? STATE_WARNING : STATE_NORMAL;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        if (v->triggers[i].answer == ANSWER_YES &&
            d->mode[i] == TRIGGER_ACTIVE && !triggers[i].together &&
            triggers[i].raises > worst)
            worst = triggers[i].raises;
    if (v->held)
        return STATE_MANDATORY;
    return worst == STATE_NORMAL && !v->data_known ? STATE_UNKNOWN : worst;
}

static void check_state_has_a_reason(const struct exit_document *d,
                                     const struct checker *k)
{
    const struct verdict *v = &d->evaluation.verdict;
    enum exit_state state = concluded(d);
    if (v->state != state)
        checker_say(k, "evaluation.state",
                    "is %s, but the active triggers%s say %s",
                    exit_state_name(v->state), v->held ? " and held" : "",
                    exit_state_name(state));
    for (int i = 0; v->held && i < TRIGGER_COUNT; i++)
        if (v->triggers[i].answer == ANSWER_YES &&
            d->mode[i] == TRIGGER_ACTIVE &&
            triggers[i].raises == STATE_MANDATORY)
            checker_say(k, "evaluation.held",
                        "must be false while %s answers yes", triggers[i].id);
    if (v->state != STATE_UNKNOWN && v->known != v->state)
        checker_say(k, "evaluation.known", "must be the state");
    if (is_there(v->episode_ms) && v->state == STATE_NORMAL)
        checker_say(k, "evaluation.episode", "must be null while NORMAL");
    if (!is_there(v->episode_ms) && v->state > STATE_NORMAL)
        checker_say(k, "evaluation.episode", "is null although the state is %s",
                    exit_state_name(v->state));
}

/* Flat and not identified are answers, not ignorance. */
static bool is_unknown(struct value x)
{
    return !value_usable(x) && value_missing_answer(x) == ANSWER_UNKNOWN;
}

static void check_data(const struct evaluation *e, const struct checker *k)
{
    bool readable = e->price_cause == PRICE_KNOWN &&
                    !is_unknown(e->hazard.pi) && !is_unknown(e->regime.q) &&
                    e->verdict.triggers[M_BOUNDARY].answer != ANSWER_UNKNOWN;
    if (e->verdict.data_known != readable)
        checker_say(k, "evaluation.data",
                    "must be known if and only if price, boundary, pi and "
                    "regime are");
    if (value_usable(e->close) != (e->price_cause == PRICE_KNOWN))
        checker_say(k, "evaluation.close",
                    "must be usable if and only if price_cause is none");
    if (isnan(e->close.v) != !is_there(e->close_ms))
        checker_say(k, "evaluation.close_time",
                    "must be there if and only if the close is");
}

static void check_hazard(const struct hazard *h, const struct checker *k)
{
    if (h->pi_dn.status != h->pi.status || h->pi_up.status != h->pi.status) {
        checker_say(k, "evaluation.pi",
                    "pi, pi_dn and pi_up must have one status");
        return;
    }
    if (isnan(h->pi.v))
        return;
    if (!(h->pi.v >= 0 && h->pi.v <= 1 && h->pi_dn.v >= 0 && h->pi_up.v >= 0))
        checker_say(k, "evaluation.pi", "a probability is from 0 to 1");
    if (!(fabs(h->pi_dn.v + h->pi_up.v - h->pi.v) <= TOLERANCE))
        checker_say(k, "evaluation.pi", "must be the sum of pi_dn and pi_up");
}

/* One volatility makes them all. */
static void check_waiting(const struct evaluation *e, const struct checker *k)
{
    int count = 0;
    for (int i = 0; i < WAITING_COUNT; i++)
        count +=
            !isnan(e->waiting[i].typical.v) + !isnan(e->waiting[i].adverse.v);
    if (count && count != 2 * WAITING_COUNT)
        checker_say(k, "evaluation.waiting",
                    "must have a number everywhere or nowhere");
}

static void check_outside(const struct outside *o, const struct checker *k)
{
    const struct signal *s = &o->signal;
    if (o->event[0] && !o->calendar_read)
        checker_say(k, "inputs.calendar.event",
                    "must be null, because no calendar was read");
    if (isnan(s->value) == s->read || is_there(s->at_ms) != s->read)
        checker_say(k, "inputs.signal",
                    "value and time must be there if and only if it was read");
}

static void check_decision(const struct exit_document *d,
                           const struct checker *k)
{
    const struct decision *x = &d->decision;
    if ((x->intent[0] != '\0') != alert_reason_sends(x->reason))
        checker_say(k, "decision.intent",
                    "must be there if and only if the reason sends, but the "
                    "reason is %s",
                    alert_reason_name(x->reason));
    else if (x->intent[0] &&
             !check_id_of_slot(x->intent, d->evaluation.slot_ms))
        checker_say(k, "decision.intent", "must begin with the slot");
    if (!check_reason_fits(x->reason, d->evaluation.verdict.state))
        checker_say(k, "decision.reason", "%s does not fit the state %s",
                    alert_reason_name(x->reason),
                    exit_state_name(d->evaluation.verdict.state));
}

void check_exit(const void *document, const struct checker *k)
{
    const struct exit_document *d = document;
    const struct evaluation *e = &d->evaluation;

    check_state_has_a_reason(d, k);
    check_data(e, k);
    check_hazard(&e->hazard, k);
    check_waiting(e, k);
    check_together(d, k);
    for (int i = 0; i < TRIGGER_COUNT; i++)
        check_trigger(d, i, k);
    for (int i = 0; i < GATE_COUNT; i++)
        check_gate(&e->gates, i, k);
    check_outside(&d->inputs.outside, k);
    check_decision(d, k);
    check_short_regime(&e->regime, k);
    check_by_look(k, "evaluation.since", e->verdict.since_ms, e->slot_ms);
    check_no_later(k, "evaluation.episode", e->verdict.episode_ms, e->slot_ms);
    check_no_later(k, "evaluation.close_time", e->close_ms, e->slot_ms);
    if (is_there(d->previous_slot_ms) && d->previous_slot_ms >= e->slot_ms)
        checker_say(k, "previous_slot", "must be before the slot");
    if (isnan(d->inputs.ticker) != !is_there(d->inputs.ticker_ms))
        checker_say(k, "inputs.ticker",
                    "ticker and ticker_time must both be there or both null");
    if (e->distances.stop_side == SIDE_NONE && !isnan(e->distances.to_stop.v))
        checker_say(k, "evaluation.distances.stop_side",
                    "is none although there is a distance to a stop");
}
