#include "alert/money.h"

#include <math.h>
#include <string.h>

#include "alert/body.h"

#define TOLD_WAITING 2 /* 12 h: a night */

void money_put_base(struct draft *d, const struct grid *g)
{
    draft_put(d, "%.*s", (int)strcspn(g->symbol, "-"), g->symbol);
}

void money_put_quote(struct draft *d, const struct grid *g)
{
    draft_put(d, "%s", grid_quote(g));
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

/* "412 of 5000 USDT" or, where a modelled position may hold more, "412 to 430
 * of 5000 USDT" */
static void put_at_risk(struct draft *d, const struct grid *g,
                        const struct risk *r)
{
    draft_amount(d, r->at_risk.v);
    if (value_usable(r->at_risk_hi) && r->at_risk_hi.v > r->at_risk.v) {
        draft_put(d, " to ");
        draft_amount(d, r->at_risk_hi.v);
    }
    if (!isnan(g->capital)) {
        draft_put(d, " of ");
        draft_number(d, g->capital);
    }
    draft_put(d, " ");
    money_put_quote(d, g);
    draft_put(d, r->to_stop ? " at risk to the stop"
                            : " at risk to the lower bound");
}

/* "12 h of waiting may cost 38 to 90 USDT"; nothing when it is not known, for a
 * figure is recorded without a status. */
static void put_cost_of_waiting(struct draft *d, const char *before,
                                const struct grid *g, const struct risk *r,
                                const char *behind)
{
    double typical = r->give_back_typical[TOLD_WAITING].v;
    double adverse = r->give_back_adverse[TOLD_WAITING].v;

    if (isnan(typical) || isnan(adverse))
        return;
    draft_put(d, "%s%d h of waiting may cost ", before,
              waiting_hours[TOLD_WAITING]);
    draft_amount(d, typical);
    draft_put(d, " to ");
    draft_amount(d, adverse);
    draft_put(d, " ");
    money_put_quote(d, g);
    draft_put(d, "%s", behind);
}

/* `passed`: a price behind the close that the figures are of touched the stop.
 */
static void put_risk(struct draft *d, const struct grid *g,
                     const struct risk *r, bool passed)
{
    bool two = !isnan(g->stop.below) && !isnan(g->stop.above);

    put_at_risk(d, g, r);
    draft_put(d, passed ? " at that close" : "");
    put_cost_of_waiting(d, ", ", g, r, "");
    if (!passed && value_usable(r->stop_atr) && r->stop_atr.v > 0)
        draft_put(d, "; the %sstop is %.1f ATR(4h) away", two ? "nearer " : "",
                  r->stop_atr.v);
    draft_put(d, ". ");
}

/* ", 0.0813 to 0.0902 BTC": modelled; ", 0.0871 BTC": seen. */
static void put_inventory(struct draft *d, const struct grid *g,
                          const struct interval *x)
{
    if (!value_usable(x->nominal))
        return;
    draft_put(d, ", ");
    if (x->lo < x->hi) {
        draft_amount(d, x->lo);
        draft_put(d, " to ");
        draft_amount(d, x->hi);
    } else {
        draft_amount(d, x->nominal.v);
    }
    draft_put(d, " ");
    money_put_base(d, g);
}

static void put_source(struct draft *d, const struct grid *g,
                       const struct position *p)
{
    if (p->source == POSITION_NONE) {
        draft_put(d, "Position unknown: %s.\n", p->reason);
        return;
    }
    draft_put(d, "Position source: %s", position_source_name(p->source));
    put_inventory(d, g, &p->inventory);
    if (p->source == POSITION_MODEL)
        draft_put(d, ", inferred from bars");
    draft_put(d, ".\n");
}

/* What the price alone allows to say. */
static void put_bounds(struct draft *d, const struct evaluation *e,
                       const struct grid *g)
{
    if (value_usable(e->distances.stop_loss_most) ||
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
}

/* Seen by the fills, not inferred. */
static bool holds_nothing(const struct position *p)
{
    return p->source == POSITION_EXCHANGE &&
           value_usable(p->inventory.nominal) && p->inventory.nominal.v <= 0;
}

/* What is held is known, and what it may lose down to a stop is not. */
static void put_held(struct draft *d, const struct alert_now *now)
{
    if (holds_nothing(now->position))
        draft_put(d, "nothing is held now. ");
    else
        put_bounds(d, now->e, now->grid);
    if (now->risk && now->position->source != POSITION_NONE &&
        !holds_nothing(now->position))
        put_cost_of_waiting(d, "", now->grid, now->risk, ". ");
}

void money_put(struct draft *d, const struct alert_now *now, bool idle)
{
    const struct position *p = now->position;
    bool known = p->source != POSITION_NONE && now->risk &&
                 value_usable(now->risk->at_risk);

    draft_put(d, "Money: ");
    if (idle)
        draft_put(d, "nothing at risk as long as the price stays outside. ");
    else if (known)
        put_risk(d, now->grid, now->risk,
                 !isnan(evaluation_stop_ticker(now->e)));
    else
        put_held(d, now);
    if (p->source == POSITION_NONE)
        put_waiting(d, now->e, now->grid, idle);
    put_source(d, now->grid, p);
}
