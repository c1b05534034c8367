/* M_TREND, M_EQUITY, M_BLIND. */
#include "exit/trigger_internal.h"

#include "base/moment.h"
#include "exit/blindness.h"
#include "exit/equity.h"

struct trigger_result ask_trend(const struct trigger_inputs *in)
{
    struct trigger_result r = on_hour(
        in, result_at(in->regime->p[CLASS_TREND], in->config->m_trend.p));
    r.of = in->config->m_trend.slots;
    r.hits = r.answer == ANSWER_YES ? in->memory->counts.trend_slots : 0;
    if (r.hits > r.of)
        r.hits = r.of;
    if (r.answer == ANSWER_YES && r.hits < r.of) {
        r.answer = ANSWER_NO;
        r.evidence = EVIDENCE_NONE;
    }
    return with_pi(in, r, in->config->m_trend.pi);
}

/* The label reads p with hysteresis: it may hold below the limit. */
static struct trigger_result label_is_trend(const struct trigger_inputs *in,
                                            enum regime_label label)
{
    struct value p = in->regime->p[CLASS_TREND];
    struct trigger_result r = on_hour(in, result_none(ANSWER_NO));
    r.value = p;
    r.limit = regime_model_shipped.limits.trend_enter;
    r.of = 1;
    if (value_usable(p)) {
        r.value = rounded(p);
        r.distance = r.limit - r.value.v;
    }
    if (label == REGIME_UNKNOWN)
        r.answer = value_usable(p) ? ANSWER_UNKNOWN : value_missing_answer(p);
    if (label != REGIME_TREND)
        return r;
    r.answer = ANSWER_YES;
    r.evidence = EVIDENCE_LABEL;
    r.hits = 1;
    return r;
}

struct trigger_result seed_trend(const struct trigger_inputs *in)
{
    return label_is_trend(in, in->regime->before);
}

struct trigger_result ask_w_trend(const struct trigger_inputs *in)
{
    return label_is_trend(in, in->regime->pooled);
}

/* Would the answer be another one at either end of the interval? */
static bool is_uncertain(enum answer nominal, double lo, double hi,
                         double limit)
{
    bool yes = nominal == ANSWER_YES;
    double l = decision_round(limit);
    return (decision_round(lo) >= l) != yes || (decision_round(hi) >= l) != yes;
}

struct trigger_result ask_equity(const struct trigger_inputs *in)
{
    const struct interval *d = &in->position->pnl.drawdown;
    double capital = in->grid->capital;
    double limit = equity_limit(in->config, in->grid, in->fee);

    /* A source that fails does not end what it saw. */
    if (in->position->source == POSITION_NONE && capital > 0 &&
        in->memory->triggers[M_EQUITY].active)
        return result_none(ANSWER_UNKNOWN);
    if (in->position->source == POSITION_NONE || !(capital > 0))
        return result_none(ANSWER_NOT_APPLICABLE);
    struct value share = d->nominal;
    if (value_usable(share))
        share.v /= capital;
    if (isnan(limit))
        return result_none(ANSWER_NOT_APPLICABLE);
    struct trigger_result r = result_at(share, limit);
    if (!value_usable(share))
        return r;
    r.uncertain =
        is_uncertain(r.answer, d->lo / capital, d->hi / capital, limit);
    r.seen_ms = in->view->close_ms;
    return r;
}

struct trigger_result ask_blind(const struct trigger_inputs *in)
{
    const struct exit_memory *m = in->memory;
    double after_h = (double)in->config->m_blind.after_ms / MS_PER_HOUR;
    int64_t age_ms =
        blindness_age_ms(in->view->slot_ms, m->blind_ms, in->view->close_ms);
    double hours = (double)age_ms / MS_PER_HOUR;
    struct trigger_result r = result_at(value_real(hours, 1), after_h);
    r.seen_ms = in->view->slot_ms;
    r.gate =
        decision_round(m->last_pi) >= decision_round(in->config->m_blind.pi)
            ? ANSWER_YES
            : ANSWER_NO; /* never known: it never was that high */
    if (r.answer == ANSWER_YES && r.gate != ANSWER_YES) {
        r.answer = ANSWER_NO;
        r.evidence = EVIDENCE_NONE;
    }
    return r;
}
