#include "alert/money.h"

#include <string.h>

#define TOLD_WAITING 2 /* 12 h: a night */

void money_put_base(struct draft *d, const struct grid *g)
{
    draft_put(d, "%.*s", (int)strcspn(g->symbol, "-"), g->symbol);
}

void money_put_quote(struct draft *d, const struct grid *g)
{
    const char *dash = strchr(g->symbol, '-');
    draft_put(d, "%s", g->quote[0] || !dash ? g->quote : dash + 1);
}

bool money_put_give_back(struct draft *d, const struct waiting *w)
{
    if (!value_usable(w->typical) || !value_usable(w->adverse))
        return false;
    draft_percent(d, w->typical.v);
    draft_put(d, " to ");
    draft_percent(d, w->adverse.v);
    return true;
}

/* Only of a grid that may hold base and is not to be left in peace. */
static void put_waiting(struct draft *d, const struct evaluation *e,
                        const struct grid *g, bool idle)
{
    const struct waiting *w = &e->waiting[TOLD_WAITING];
    if (e->verdict.state < STATE_WARNING || idle || !grid_risks_down(g) ||
        !value_usable(w->typical) || !value_usable(e->close))
        return;
    draft_put(d, "If you wait %d h, a grid holding ",
              waiting_hours[TOLD_WAITING]);
    money_put_base(d, g);
    draft_put(d, " may give back ");
    money_put_give_back(d, w);
    draft_put(d, " of its value. ");
}

static void put_loss(struct draft *d, const struct evaluation *e,
                     const struct grid *g)
{
    bool to_stop = value_usable(e->distances.stop_loss_most);
    struct value loss =
        to_stop ? e->distances.stop_loss_most : e->distances.bound_loss_most;
    draft_put(d, "at most ");
    draft_amount(d, loss.v);
    draft_put(d, " of ");
    draft_number(d, g->capital);
    draft_put(d, " ");
    money_put_quote(d, g);
    draft_put(d, to_stop
                     ? " lost from here to the stop, if all were in "
                     : " lost from here to the lower bound, if all were in ");
    money_put_base(d, g);
    draft_put(d, " and before fees. ");
}

void money_put(struct draft *d, const struct evaluation *e,
               const struct grid *g, const struct position *p, bool idle)
{
    draft_put(d, "Money: ");
    if (idle)
        draft_put(d, "nothing at risk as long as the price stays outside. ");
    else if (value_usable(e->distances.stop_loss_most) ||
             value_usable(e->distances.bound_loss_most))
        put_loss(d, e, g);
    else if (g->market == GRID_FUTURES || !grid_risks_down(g))
        draft_put(d, "not computed yet for futures and short grids. ");
    else if (isnan(g->capital))
        draft_put(d, "unknown, the grid's file states no capital. ");
    else if (value_usable(e->close))
        draft_put(
            d, "the price is below %s: nothing bounds the loss from here. ",
            isnan(g->stop.below) ? "the range and no stop is set" : "the stop");
    else
        draft_put(d, "unknown without a price. ");
    if (p->source == POSITION_NONE) {
        put_waiting(d, e, g, idle);
        draft_put(d, "Position unknown: %s.\n", p->reason);
    } else {
        draft_put(d, "Position source: %s.\n", position_source_name(p->source));
    }
}
