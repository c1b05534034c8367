/* What the tables cannot say about metrics, exit and state documents. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "record/tables.h"

#define PI_TOLERANCE 1e-9

static bool known(int64_t ms)
{
    return ms != MOMENT_NONE;
}

static void no_later(const struct checker *k, const char *path, int64_t ms,
                     int64_t slot_ms)
{
    if (known(ms) && ms > slot_ms)
        checker_say(k, path, "is later than the slot");
}

static void check_quality(const struct metrics_document *d,
                          const struct checker *k)
{
    const struct quality *q = &d->quality;
    if (q->price_known != (q->cause == PRICE_KNOWN))
        checker_say(k, "quality.price",
                    "must be known if and only if the cause is none");
    if (isnan(q->close) != !known(q->close_ms))
        checker_say(k, "quality.close",
                    "close and close_time must both be there or both null");
    no_later(k, "quality.close_time", q->close_ms, d->slot_ms);
    bool fresh =
        known(q->close_ms) && d->slot_ms - q->close_ms <= PRICE_MAX_AGE_MS;
    if (q->price_known && !fresh)
        checker_say(k, "quality.price",
                    "cannot be known without a close in the last 30 min");
    for (size_t i = 0; i < q->disagreement_count; i++)
        if (q->disagreements[i].tf == TF_15M)
            checker_say(k, "quality.disagreements",
                        "a 15m bar is not made of others");
}

static void check_window(const struct metrics_document *d, int tf,
                         const struct checker *k)
{
    const struct window_quality *w = &d->quality.windows[tf];
    char path[64];
    snprintf(path, sizeof(path), "quality.windows[%d]", tf);
    if (w->filled > w->bars)
        checker_say(k, path, "has more filled bars than bars");
    if (known(w->last_ms) != (w->bars > 0))
        checker_say(k, path, "last_bar must be null if and only if bars is 0");
    if (!known(w->last_ms))
        return;
    if (w->last_ms + timeframe_ms((enum timeframe)tf) > d->slot_ms)
        checker_say(k, path, "last_bar closes after the slot");
    if (w->last_ms % timeframe_ms((enum timeframe)tf))
        checker_say(k, path, "last_bar is not on the timeframe's grid");
    if (known(w->start_ms) && w->start_ms > w->last_ms)
        checker_say(k, path, "start is later than last_bar");
    if (tf == TF_15M && known(d->quality.close_ms) &&
        w->last_ms + timeframe_ms(TF_15M) != d->quality.close_ms)
        checker_say(k, path, "last_bar does not close at close_time");
}

static bool follows(const struct closed_bar *a, const struct closed_bar *b)
{
    return a->tf < b->tf ||
           (a->tf == b->tf && a->bar.open_ms < b->bar.open_ms);
}

static void check_bars(const struct metrics_document *d,
                       const struct checker *k)
{
    for (size_t i = 0; i < d->bar_count; i++) {
        const struct closed_bar *b = &d->bars[i];
        enum bar_fault fault = bar_check(&b->bar, b->tf);
        char path[32];
        snprintf(path, sizeof(path), "bars[%zu]", i);
        if (fault != BAR_OK)
            checker_say(k, path, "%s", bar_fault_text(fault));
        else if (bar_close_ms(&b->bar, b->tf) > d->slot_ms)
            checker_say(k, path, "closes after the slot");
        if (i > 0 && !follows(&d->bars[i - 1], b))
            checker_say(k, path,
                        "must come before the row above it: the shortest "
                        "timeframe first, then by time");
    }
}

static void check_measured(const struct metrics_document *d,
                           const struct checker *k)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        char path[32];
        double v = d->metrics.values[i].v;
        snprintf(path, sizeof(path), "metrics[%d].value", i);
        if (v < metrics[i].sane_lo || v > metrics[i].sane_hi)
            checker_say(k, path, "is outside the sanity range %g to %g of %s",
                        metrics[i].sane_lo, metrics[i].sane_hi,
                        metrics[i].name);
    }
}

void check_metrics(const void *document, const struct checker *k)
{
    const struct metrics_document *d = document;
    check_quality(d, k);
    for (int tf = 0; tf < TF_COUNT; tf++)
        check_window(d, tf, k);
    check_bars(d, k);
    check_measured(d, k);
}

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
    if (known(v->episode_ms) && v->state == STATE_NORMAL)
        checker_say(k, "evaluation.episode", "must be null while NORMAL");
    if (!known(v->episode_ms) && v->state > STATE_NORMAL)
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
    if (isnan(e->close.v) != !known(e->close_ms))
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
    if (!(fabs(h->pi_dn.v + h->pi_up.v - h->pi.v) <= PI_TOLERANCE))
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
    if (yes && t->evidence != EVIDENCE_LATCH && !(t->distance <= PI_TOLERANCE))
        checker_say(k, path, "is yes, but the distance says it is not passed");
    if (yes && (isnan(t->limit) || !known(t->seen_ms)))
        checker_say(k, path, "is yes without a limit and a time");
    if (t->hits > t->of)
        checker_say(k, path, "has more hits than are counted");
    snprintf(path, sizeof(path), "evaluation.triggers[%d].seen", i);
    if (t->evidence != EVIDENCE_TICKER)
        no_later(k, path, t->seen_ms, d->evaluation.slot_ms);
}

/* May a message with this reason tell this state? */
static bool reason_fits(enum alert_reason reason, enum exit_state state)
{
    switch (reason) {
    case ALERT_FIRST:
    case ALERT_WORSE:
        return state >= STATE_WARNING;
    case ALERT_RESOLVED:
        return state == STATE_NORMAL;
    case ALERT_BLIND:
        return state == STATE_UNKNOWN;
    case ALERT_SIGHTED:
        return state != STATE_UNKNOWN;
    case ALERT_NOTHING:
    case ALERT_TOO_SOON:
    case ALERT_QUIET:
    case ALERT_REASON_COUNT:
        break;
    }
    return true;
}

/* The slot as it stands in the id of an intent. */
static bool id_is_of_slot(const char *id, int64_t slot_ms)
{
    struct civil c = moment_civil(slot_ms);
    char stamp[64];
    snprintf(stamp, sizeof(stamp), "%04d%02d%02dT%02d%02d-", c.year, c.month,
             c.day, c.hour, c.minute);
    return strncmp(id, stamp, strlen(stamp)) == 0;
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
    else if (x->intent[0] && !id_is_of_slot(x->intent, d->evaluation.slot_ms))
        checker_say(k, "decision.intent", "must begin with the slot");
    if (!reason_fits(x->reason, d->evaluation.verdict.state))
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
    no_later(k, "evaluation.since", e->verdict.since_ms, e->slot_ms);
    no_later(k, "evaluation.episode", e->verdict.episode_ms, e->slot_ms);
    no_later(k, "evaluation.close_time", e->close_ms, e->slot_ms);
    if (known(d->previous_slot_ms) && d->previous_slot_ms >= e->slot_ms)
        checker_say(k, "previous_slot", "must be before the slot");
    if (isnan(d->inputs.ticker) != !known(d->inputs.ticker_ms))
        checker_say(k, "inputs.ticker",
                    "ticker and ticker_time must both be there or both null");
    if (e->distances.stop_side == SIDE_NONE && !isnan(e->distances.to_stop.v))
        checker_say(k, "evaluation.distances.stop_side",
                    "is none although there is a distance to a stop");
}

static void check_memory(const struct exit_memory *m, const struct checker *k)
{
    bool latched = m->latch.side != SIDE_NONE;
    if (known(m->since_ms) != (m->known != STATE_UNKNOWN))
        checker_say(k, "exit.since",
                    "must be there if and only if a state is known");
    if (known(m->episode_ms) != (m->known > STATE_NORMAL))
        checker_say(k, "exit.episode",
                    "must be there if and only if the known state is above "
                    "NORMAL");
    if (latched != known(m->latch.at_ms) || latched != !isnan(m->latch.stop))
        checker_say(k, "exit.latch",
                    "at and stop must be there if and only if there is a side");
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        char path[64];
        snprintf(path, sizeof(path), "exit.triggers[%d].since", i);
        if (m->triggers[i].active != known(m->triggers[i].since_ms))
            checker_say(k, path, "must be there if and only if it is active");
        no_later(k, path, m->triggers[i].since_ms, m->slot_ms);
    }
    no_later(k, "exit.since", m->since_ms, m->slot_ms);
    no_later(k, "exit.unknown_since", m->unknown_since_ms, m->slot_ms);
    no_later(k, "exit.episode", m->episode_ms, m->slot_ms);
    no_later(k, "exit.latch", m->latch.at_ms, m->slot_ms);
    no_later(k, "exit.scanned", m->scanned_ms, m->slot_ms);
}

void check_state(const void *document, const struct checker *k)
{
    const struct state_document *d = document;
    check_memory(&d->exit, k);
    for (int i = 0; i < STATE_COUNT; i++)
        no_later(k, "alert.said_at", d->alert.said_ms[i], d->exit.slot_ms);
    for (size_t i = 0; i < d->open_count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(d->open[i].id, d->open[j].id))
                checker_say(k, "open_intents", "'%s' is there twice",
                            d->open[i].id);
}

void check_intent(const void *document, const struct checker *k)
{
    const struct intent_document *d = document;
    const struct intent *x = &d->intent;
    bool rings = x->priority == 2;

    if (x->slot_ms > d->at_ms)
        checker_say(k, "at", "is before the slot");
    if (!id_is_of_slot(x->id, x->slot_ms))
        checker_say(k, "id", "must begin with the slot");
    size_t n = strlen(x->grid);
    if (strncmp(x->tag, x->grid, n) || x->tag[n] != '-')
        checker_say(k, "tag", "must begin with the grid");
    if (rings != (x->retry_s > 0) || rings != (x->expire_s > 0))
        checker_say(k, "priority",
                    "retry_s and expire_s are above 0 if and only if it is 2");
    if (!reason_fits(x->reason, x->state))
        checker_say(k, "reason", "%s does not fit the state %s",
                    alert_reason_name(x->reason), exit_state_name(x->state));
}
