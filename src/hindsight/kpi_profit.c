/* What one life adds to the KPIs of money: how much of the best moment was
 * kept. Only lives that ended count; a peak at or below zero keeps nothing
 * that could be measured (undefined), one below A* is noise (not eligible). */
#include <math.h>

#include "hindsight/kpi_internal.h"

#define KEPT_AIM     0.75
#define REGRET_LEAST 0.002 /* of capital */

static bool measurable(const struct life *l)
{
    return isfinite(l->end_equity) && isfinite(l->peak_equity) &&
           isfinite(l->activation) && l->peak_equity > 0.0;
}

static bool eligible(const struct life *l)
{
    return measurable(l) && l->peak_equity >= l->activation;
}

/* `num` / peak as a term, if this life has one. */
static struct kpi_term kept(const struct life *l, enum life_side side,
                            double num)
{
    if (life_censored(l, side))
        return kpi_nothing();
    if (!measurable(l) || !isfinite(num))
        return kpi_undefined();
    return eligible(l) ? kpi_number(num / l->peak_equity) : kpi_nothing();
}

KPI_TERM(kpi_prr)
{
    return kept(l, side, l->end_equity);
}

KPI_TERM(kpi_prr_mean)
{
    struct kpi_term t = kept(l, side, l->end_equity);
    t.num = fmax(-1.0, fmin(1.0, t.num));
    return t;
}

KPI_TERM(kpi_prr_share)
{
    struct kpi_term t = kept(l, side, l->end_equity);
    return t.is_case ? kpi_trial(t.num >= KEPT_AIM) : t;
}

KPI_TERM(kpi_prr_sums)
{
    struct kpi_term t = kept(l, side, l->end_equity);
    return t.is_case ? kpi_quotient(l->end_equity, l->peak_equity) : t;
}

KPI_TERM(kpi_prr_eligible)
{
    return life_censored(l, side) ? kpi_nothing() : kpi_trial(eligible(l));
}

KPI_TERM(kpi_prr_bot_ui)
{
    return kept(l, side, l->end_realised);
}

/* The origin divides by the largest unrealised profit and knows no floor. */
KPI_TERM(kpi_prr_literal)
{
    if (life_censored(l, side))
        return kpi_nothing();
    if (!isfinite(l->end_equity) || !(l->peak_unrealised > 0.0) ||
        !isfinite(l->peak_unrealised))
        return kpi_undefined();
    return kpi_number(l->end_equity / l->peak_unrealised);
}

/* Of exits before their event: was waiting for it, or for H_ft, better? */
KPI_TERM(kpi_regret)
{
    int64_t event = life_event(l, side), wait = life_follow_ms(l);

    if (l->exit_ms == MOMENT_NONE ||
        (event != MOMENT_NONE && event <= l->exit_ms))
        return kpi_nothing();
    if (wait == MOMENT_NONE || !isfinite(l->end_equity))
        return kpi_undefined();
    if (l->exit_ms + wait > l->known_end_ms)
        return kpi_pending();
    if (!isfinite(l->later_equity))
        return kpi_undefined();
    return kpi_trial(l->later_equity - l->end_equity >
                     REGRET_LEAST * l->capital);
}

KPI_TERM(kpi_pnl)
{
    (void)side;
    if (!isfinite(l->end_equity) || !(l->capital > 0.0))
        return kpi_undefined();
    return kpi_number(1000.0 * l->end_equity / l->capital);
}
