/* What one life adds to the KPIs of exits, stops and lifetimes. */
#include "hindsight/kpi_internal.h"

/* a happened, and before b or without b. */
static bool before(int64_t a, int64_t b)
{
    return a != MOMENT_NONE && (b == MOMENT_NONE || a < b);
}

static bool until(int64_t a, int64_t end)
{
    return a != MOMENT_NONE && a <= end;
}

/* Read downward, leaving at an alert of the upper side is neither in time nor
 * late, unless what comes below, at `event_ms`, had come first. */
static bool no_case(const struct life *l, enum life_side side, int64_t event_ms)
{
    if (life_censored(l, side))
        return true;
    return side == LIFE_DOWN && !l->alert_down && before(l->exit_ms, event_ms);
}

/* Strictly: an exit at the very close that completes the boundary is late. */
KPI_TERM(kpi_eaw_range)
{
    int64_t event = life_event(l, side);

    if (no_case(l, side, event))
        return kpi_nothing();
    return kpi_trial(before(l->exit_ms, event));
}

/* M is the policy's own MANDATORY as well. */
KPI_TERM(kpi_eaw)
{
    bool counts = side == LIFE_BOTH || l->mandatory_down;
    int64_t own = counts ? l->first_mandatory_ms : MOMENT_NONE;
    int64_t event = life_event(l, side);

    if (own != MOMENT_NONE && !before(event, own))
        event = own;
    if (no_case(l, side, event))
        return kpi_nothing();
    return kpi_trial(before(l->exit_ms, event));
}

KPI_TERM(kpi_slar)
{
    int64_t end = l->exit_ms == MOMENT_NONE ? l->window_end_ms : l->exit_ms;
    if (no_case(l, side, life_event(l, side)))
        return kpi_nothing();
    return kpi_trial(!until(l->s_ms[side], end));
}

/* Of the grids whose stop came, those that were left before it. */
KPI_TERM(kpi_slar_literal)
{
    if (!until(l->s_ms[side], l->window_end_ms))
        return kpi_nothing();
    return kpi_trial(before(l->exit_ms, l->s_ms[side]));
}

KPI_TERM(kpi_mec)
{
    (void)side;
    return kpi_quotient(l->met, l->mandatory);
}

KPI_TERM(kpi_missed)
{
    int64_t event = life_event(l, side);
    if (!until(event, l->window_end_ms))
        return kpi_nothing();
    return kpi_trial(!before(l->first_latest_ms, event));
}

KPI_TERM(kpi_censored)
{
    return kpi_trial(life_censored(l, side));
}

static struct kpi_term duration(int64_t ms, bool ended)
{
    struct kpi_term t = kpi_number((double)ms / (double)MS_PER_HOUR);
    t.den = ended;
    return t;
}

KPI_TERM(kpi_life_hours)
{
    int64_t end = life_end(l);
    (void)side;
    return duration(end - l->start_ms,
                    l->exit_ms != MOMENT_NONE ||
                        until(l->s_ms[LIFE_BOTH], l->window_end_ms));
}

KPI_TERM(kpi_life_boundary)
{
    bool cut;
    int64_t ms = life_boundary_only(l, &cut);
    (void)side;
    return duration(ms, !cut);
}
