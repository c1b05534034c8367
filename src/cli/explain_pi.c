/* Which model pi is of, and from which pi on L_HAZ calls: by which row. */
#include "alert/draft.h"
#include "base/moment.h"
#include "cli/explain_internal.h"
#include "config/duration.h"

static void put_model(const struct told *t, struct draft *d)
{
    const struct exit_config *c = t->x->limits;
    enum hazard_model spoke = t->e.hazard.model;
    draft_put(d, " by %s", hazard_model_name(spoke));
    if (c && c->pi_model != spoke)
        draft_put(d, ", while %s does not know its volatilities yet",
                  hazard_model_name(c->pi_model));
}

static void put_chance(const struct told *t, struct draft *d)
{
    const struct hazard *h = &t->e.hazard;
    if (!value_usable(h->pi)) {
        draft_put(d, "%s", told_status(h->pi));
        return;
    }
    draft_put(d, "%.3f to leave the range in 24 h (down %.3f, up %.3f)",
              h->pi.v, h->pi_dn.v, h->pi_up.v);
    put_model(t, d);
}

/* The measures that chose the row. */
static void put_row(const struct theta *theta, struct draft *d)
{
    char delay[DURATION_TEXT];
    duration_format(theta->delay_minutes * MS_PER_MINUTE, delay);
    draft_put(d,
              "the table's for half a range of %.1f ATR(4h) and an operator "
              "who takes %s",
              theta->half_atr, delay);
}

static void put_source(const struct theta *theta, struct draft *d)
{
    if (theta->source == THETA_TABLE)
        put_row(theta, d);
    else if (theta->source == THETA_SET)
        draft_put(d, "set by the configuration or the grid's own file");
    else if (isnan(theta->half_atr))
        draft_put(d, "the table's first while the ATR(4h) of the grid's start "
                     "is not known");
    else
        draft_put(d, "the table's first, as a side that costs has no stop");
}

void explain_pi(const struct told *t, struct page *p)
{
    const struct theta *theta = &t->e.verdict.theta;
    struct paragraph text;
    struct draft *d = paragraph_begin(&text, t);

    put_chance(t, d);
    if (theta->asked) {
        draft_put(d, "; L_HAZ calls from ");
        draft_number(d, theta->limits.enter);
        draft_put(d, " on until below ");
        draft_number(d, theta->limits.leave);
        draft_put(d, ", ");
        put_source(theta, d);
    }
    page_put(p, text.text);
}
