/* Which model pi is of, and from which pi on L_HAZ calls: by which row. */
#include "alert/draft.h"
#include "base/moment.h"
#include "cli/explain_internal.h"
#include "config/duration.h"

static void put_chance(const struct told *t, struct draft *d)
{
    const struct hazard *h = &t->e.hazard;
    const struct exit_config *c = t->x->limits;
    if (!value_usable(h->pi)) {
        draft_put(d, "%s", told_status(h->pi));
        return;
    }
    draft_put(d, "%.3f in 24 h by %s (down %.3f, up %.3f)", h->pi.v,
              hazard_model_name(h->model), h->pi_dn.v, h->pi_up.v);
    if (c && c->pi_model != h->model)
        draft_put(d, "; %s lacks a volatility", hazard_model_name(c->pi_model));
}

static void put_source(const struct theta *theta, struct draft *d)
{
    char delay[DURATION_TEXT];
    duration_format(theta->delay_minutes * MS_PER_MINUTE, delay);
    if (theta->source == THETA_TABLE)
        draft_put(d, "by half-width %.1f, stop %.1f ATR(4h), delay %s",
                  theta->half_atr, theta->stop_atr, delay);
    else if (theta->source == THETA_SET)
        draft_put(d, "set by the configuration or the grid's own file");
    else if (isnan(theta->half_atr))
        draft_put(d, "first row, its ATR(4h) at the start is not known");
    else
        draft_put(d, "first row, a side that costs has no stop");
}

/* A line each: no screen is so full that one of them has no room. */
void explain_pi(const struct told *t, struct page *p)
{
    const struct theta *theta = &t->e.verdict.theta;
    struct paragraph chance, call;
    struct draft *d = paragraph_begin(&chance, t);

    put_chance(t, d);
    page_put(p, chance.text);
    if (!theta->asked)
        return;
    d = paragraph_begin(&call, t);
    draft_put(d, "L_HAZ from ");
    draft_number(d, theta->limits.enter);
    draft_put(d, " until below ");
    draft_number(d, theta->limits.leave);
    draft_put(d, ": ");
    put_source(theta, d);
    page_put(p, call.text);
}
