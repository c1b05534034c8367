/* L_GUARD: net PnL gives back its peak. */
#include <stddef.h>

#include "base/array.h"
#include "exit/trigger_internal.h"

/* What the noise of an hour and a quarter could take from half of the capital,
 * at 5 %, is not to look like a quarter of the peak (regime-science notes 4.2:
 * A*). */
static double guard_armed_at(const struct trigger_inputs *in)
{
    double capital = in->grid->capital;
    double noise = 1.65 * (capital / 2) * in->memory->baseline.sigma_entry.v *
                   sqrt(1.25) / 0.25;
    return fmax(in->config->l_guard.least * capital, noise);
}

static bool guard_is_armed(double peak, double armed_at)
{
    return peak > 0 && decision_round(peak) >= decision_round(armed_at);
}

static bool guard_says_yes(double e, double peak, double armed_at, double keep)
{
    return guard_is_armed(peak, armed_at) &&
           decision_round(e / peak) <= decision_round(keep);
}

/* What it cannot be asked without; true when all of it is there. */
static bool guard_can_be_asked(const struct trigger_inputs *in,
                               enum answer *otherwise)
{
    const struct net_pnl *p = &in->position->pnl;
    const struct value needed[] = { p->e.nominal, p->peak.nominal,
                                    in->memory->baseline.sigma_entry };

    /* A source that fails does not end what it saw. */
    *otherwise = in->memory->triggers[L_GUARD].active &&
                         in->position->source == POSITION_NONE
                     ? ANSWER_UNKNOWN
                     : ANSWER_NOT_APPLICABLE;
    if (in->position->source == POSITION_NONE || !(in->grid->capital > 0))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (value_usable(needed[i]))
            continue;
        *otherwise = value_missing_answer(needed[i]);
        return false;
    }
    return true;
}

struct trigger_result ask_l_guard(const struct trigger_inputs *in)
{
    const struct net_pnl *p = &in->position->pnl;
    double keep = in->config->l_guard.keep;
    enum answer otherwise;

    if (!guard_can_be_asked(in, &otherwise))
        return result_none(otherwise);
    double armed_at = guard_armed_at(in), e = p->e.nominal.v,
           peak = p->peak.nominal.v;
    bool yes = guard_says_yes(e, peak, armed_at, keep);
    struct trigger_result r = result_none(ANSWER_NOT_APPLICABLE);
    r.uncertain = guard_says_yes(p->e.lo, p->peak.lo, armed_at, keep) != yes ||
                  guard_says_yes(p->e.hi, p->peak.hi, armed_at, keep) != yes;
    if (!guard_is_armed(peak, armed_at))
        return r;
    r.answer = yes ? ANSWER_YES : ANSWER_NO;
    r.value = rounded(value_real(e / peak, p->e.nominal.n_used));
    r.limit = keep;
    r.distance = r.value.v - keep;
    r.of = 1;
    r.hits = yes;
    r.evidence = yes ? EVIDENCE_BAR : EVIDENCE_NONE;
    r.seen_ms = in->view->close_ms;
    return r;
}
