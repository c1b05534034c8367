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
    enum exit_state worst = STATE_NORMAL;
    for (int i = 0; i < TRIGGER_COUNT; i++)
        if (v->triggers[i].answer == ANSWER_YES &&
            d->mode[i] == TRIGGER_ACTIVE && triggers[i].raises > worst)
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

static void check_data(const struct evaluation *e, const struct checker *k)
{
    bool readable = e->price_cause == PRICE_KNOWN &&
                    value_usable(e->hazard.pi) &&
                    e->verdict.triggers[M_BOUNDARY].answer != ANSWER_UNKNOWN;
    if (e->verdict.data_known != readable)
        checker_say(k, "evaluation.data",
                    "must be known if and only if price, boundary and pi are");
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

static void check_trigger(const struct exit_document *d, int i,
                          const struct checker *k)
{
    const struct trigger_result *t = &d->evaluation.verdict.triggers[i];
    bool yes = t->answer == ANSWER_YES;
    char path[64];
    snprintf(path, sizeof(path), "evaluation.triggers[%d].answer", i);
    if (d->mode[i] == TRIGGER_OFF && t->answer != ANSWER_NOT_APPLICABLE)
        checker_say(k, path, "must be na while the trigger is off");
    if (yes != (t->evidence != EVIDENCE_NONE))
        checker_say(k, path, "is yes if and only if there is evidence");
    if (yes && t->evidence != EVIDENCE_LATCH && !(t->distance <= TOLERANCE))
        checker_say(k, path, "is yes, but the distance says it is not passed");
    if (yes && (isnan(t->limit) || !is_there(t->seen_ms)))
        checker_say(k, path, "is yes without a limit and a time");
    if (t->hits > t->of)
        checker_say(k, path, "has more hits than are counted");
    snprintf(path, sizeof(path), "evaluation.triggers[%d].seen", i);
    if (t->evidence != EVIDENCE_TICKER)
        check_no_later(k, path, t->seen_ms, d->evaluation.slot_ms);
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
    for (int i = 0; i < TRIGGER_COUNT; i++)
        check_trigger(d, i, k);
    check_decision(d, k);
    check_regime_reason(&e->regime, "evaluation.regime.reason", k);
    check_no_later(k, "evaluation.since", e->verdict.since_ms, e->slot_ms);
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
