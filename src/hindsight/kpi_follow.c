/* What one life adds to the KPIs of what followed an alert. */
#include <math.h>

#include "hindsight/kpi_internal.h"

/* Is all of H_ft after `from_ms` known? Who counts what came before that, and
 * not what has not come yet, counts yeses alone. */
static bool is_over(const struct life *l, int64_t from_ms)
{
    return from_ms + life_follow_ms(l) <= l->known_end_ms;
}

/* Did M or S follow within H_ft of `from_ms`? The window counts from the
 * alert, so it does not depend on the operator's delay. An event at or before
 * that moment is no forecast: nothing. */
static struct kpi_term follow(const struct life *l, enum life_side side,
                              int64_t from_ms)
{
    int64_t wait = life_follow_ms(l), event = life_event(l, side);

    if (wait == MOMENT_NONE)
        return kpi_undefined();
    if (event != MOMENT_NONE && event <= from_ms)
        return kpi_nothing();
    if (!is_over(l, from_ms))
        return kpi_pending();
    return kpi_trial(event != MOMENT_NONE && event - from_ms <= wait);
}

KPI_TERM(kpi_ttdr)
{
    int64_t alert = life_alert(l);
    if (l->reason != LIFE_TRANSITION || alert == MOMENT_NONE)
        return kpi_nothing();
    if (side == LIFE_DOWN && !l->alert_down)
        return kpi_nothing();
    return follow(l, side, alert);
}

KPI_TERM(kpi_false_exits)
{
    struct kpi_term t = kpi_ttdr(l, side);
    t.num = t.den - t.num;
    return t;
}

KPI_TERM(kpi_ttdr_base)
{
    const struct life_hours *h = &l->hours[side];
    struct kpi_term t = kpi_quotient(h->follow, h->live);
    t.pending = h->pending;
    return t;
}

KPI_TERM(kpi_ttdr_base_grids)
{
    const struct life_hours *h = &l->hours[side];
    return h->live > 0 ? kpi_number((double)h->follow / h->live)
                       : kpi_nothing();
}

/* Of events that came within H_ft of the alert, and of those without an alert
 * before them, whose lead is 0: leaving them out would flatter. */
KPI_TERM(kpi_lead_hours)
{
    int64_t alert = life_alert(l), event = life_event(l, side);
    int64_t wait = life_follow_ms(l);

    if (event == MOMENT_NONE || event > l->known_end_ms)
        return kpi_nothing();
    if (alert == MOMENT_NONE || alert >= event)
        return event <= l->window_end_ms ? kpi_number(0.0) : kpi_nothing();
    if (wait == MOMENT_NONE)
        return kpi_undefined();
    if (event - alert > wait)
        return kpi_nothing();
    if (!is_over(l, alert))
        return kpi_pending();
    return kpi_number((double)(event - alert) / (double)MS_PER_HOUR);
}

/* A MANDATORY that was true at once, or came true within H_ft, is not false. */
KPI_TERM(kpi_false_mandatory)
{
    int64_t begin = l->first_mandatory_ms, event = life_event(l, side);

    if (begin == MOMENT_NONE || (side == LIFE_DOWN && !l->mandatory_down))
        return kpi_nothing();
    if (event != MOMENT_NONE && event <= begin) {
        if (life_follow_ms(l) == MOMENT_NONE)
            return kpi_undefined();
        return is_over(l, begin) ? kpi_trial(false) : kpi_pending();
    }
    struct kpi_term t = follow(l, side, begin);
    t.num = t.den - t.num;
    return t;
}

static struct kpi_term per_day(const struct life *l, int32_t alerts)
{
    double days = (double)(life_end(l) - l->start_ms) / (double)MS_PER_DAY;
    return kpi_quotient(alerts, days);
}

KPI_TERM(kpi_alerts)
{
    (void)side;
    return per_day(l, l->alerts[0] + l->alerts[1] + l->alerts[2]);
}

KPI_TERM(kpi_alerts_warning)
{
    (void)side;
    return per_day(l, l->alerts[0]);
}

KPI_TERM(kpi_alerts_latest)
{
    (void)side;
    return per_day(l, l->alerts[1]);
}

KPI_TERM(kpi_alerts_mandatory)
{
    (void)side;
    return per_day(l, l->alerts[2]);
}
