#include "position/totals.h"

#include <math.h>
#include <string.h>

#include "base/moment.h"

#define TWELVE_HOURS 2 /* of risk_hours */

const char *total_figure_name(enum total_figure figure)
{
    static const char *const names[TOTAL_FIGURES] = {
        [TOTAL_AT_RISK] = "at_risk",
        [TOTAL_AT_RISK_MOST] = "at_risk_most",
        [TOTAL_GIVE_BACK_TYPICAL] = "give_back_12h_typical",
        [TOTAL_GIVE_BACK_ADVERSE] = "give_back_12h_adverse",
        [TOTAL_INVENTORY] = "inventory_value",
        [TOTAL_NET_PNL] = "net_pnl",
    };
    return names[figure];
}

/* --- One grid ------------------------------------------------------------- */

static struct interval alone(double v)
{
    return (struct interval){ value_real(v, 1), v, v };
}

static struct interval of_value(struct value x)
{
    return alone(value_usable(x) ? x.v : NO_VALUE);
}

/* A modelled interval may lack its ends in a document that was read. */
static struct interval of_interval(const struct interval *x, double by)
{
    double lo = isnan(x->lo) ? x->nominal.v : x->lo;
    double hi = isnan(x->hi) ? x->nominal.v : x->hi;
    if (!value_usable(x->nominal) || isnan(by))
        return alone(NO_VALUE);
    return (struct interval){ value_real(x->nominal.v * by, 1), lo * by,
                              hi * by };
}

static void figures_of(const struct totals_grid *g,
                       struct interval out[TOTAL_FIGURES])
{
    double close = value_usable(g->close) ? g->close.v : NO_VALUE;

    for (int i = 0; i < TOTAL_FIGURES; i++)
        out[i] = alone(NO_VALUE);
    if (!g->position || !g->risk)
        return;
    out[TOTAL_AT_RISK] = of_value(g->risk->at_risk);
    out[TOTAL_AT_RISK_MOST] = of_value(g->risk->at_risk_hi);
    out[TOTAL_GIVE_BACK_TYPICAL] =
        alone(g->risk->give_back_typical[TWELVE_HOURS].v);
    out[TOTAL_GIVE_BACK_ADVERSE] =
        alone(g->risk->give_back_adverse[TWELVE_HOURS].v);
    out[TOTAL_INVENTORY] = of_interval(&g->position->inventory, close);
    out[TOTAL_NET_PNL] = of_interval(&g->position->pnl.e, 1);
}

/* Losses are never below zero, nor is what a spot grid holds. */
static bool may_be_negative(enum total_figure figure, const struct grid *g)
{
    return figure == TOTAL_NET_PNL ||
           (figure == TOTAL_INVENTORY && g->market != GRID_SPOT);
}

/* --- The sum -------------------------------------------------------------- */

static bool decimal_of(double v, struct decimal *out)
{
    return decimal_of_double(decision_round(v), out) && !decimal_is_large(*out);
}

static void add(struct total *t, const struct interval *x, bool may_be_negative)
{
    struct decimal v, lo, hi;

    if (!value_usable(x->nominal) || !decimal_of(x->nominal.v, &v) ||
        !decimal_of(x->lo, &lo) || !decimal_of(x->hi, &hi)) {
        t->unknown++;
        t->unbounded |= may_be_negative;
        return;
    }
    t->known++;
    t->sum = decimal_add(t->sum, v);
    t->lo = decimal_add(t->lo, lo);
    t->hi = decimal_add(t->hi, hi);
}

/* NULL when there is no room for one more currency. */
static struct totals_row *row_of(struct totals *t, const char *currency)
{
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->rows[i].currency, currency) == 0)
            return &t->rows[i];
    if (t->count == TOTALS_CURRENCIES)
        return NULL;
    struct totals_row *row = &t->rows[t->count++];
    memset(row, 0, sizeof(*row));
    memcpy(row->currency, currency, strlen(currency) + 1);
    row->oldest_ms = MOMENT_NONE;
    return row;
}

static bool runs(const struct grid *g, int64_t now_ms)
{
    enum grid_status status = grid_status_at(g, now_ms);
    return status == GRID_IS_RUNNING || status == GRID_IS_PAUSED;
}

static bool is_modelled(const struct position *p)
{
    return p &&
           (p->source == POSITION_MODEL ||
            (p->source == POSITION_ROBOT && value_usable(p->pnl.e.nominal)));
}

void totals_add(struct totals *t, const struct totals_grid *g)
{
    struct interval figures[TOTAL_FIGURES];

    if (!runs(g->grid, g->now_ms))
        return;
    struct totals_row *row = row_of(t, grid_quote(g->grid));
    if (!row) {
        t->left_out++;
        return;
    }
    row->grids++;
    row->modelled += is_modelled(g->position);
    if (g->position && g->slot_ms != MOMENT_NONE &&
        (row->oldest_ms == MOMENT_NONE || g->slot_ms < row->oldest_ms))
        row->oldest_ms = g->slot_ms;
    figures_of(g, figures);
    for (int i = 0; i < TOTAL_FIGURES; i++)
        add(&row->figures[i], &figures[i],
            may_be_negative((enum total_figure)i, g->grid));
}

static double known(const struct total *t, struct decimal d)
{
    return t->known ? decimal_double(d) : NO_VALUE;
}

struct value total_whole(const struct total *t)
{
    if (t->unknown || !t->known)
        return value_none(VALUE_UNAVAILABLE);
    return value_real(decimal_double(t->sum), (int32_t)t->known);
}

double total_at_least(const struct total *t)
{
    return t->unknown && t->unbounded ? NO_VALUE : known(t, t->lo);
}

double total_of_known(const struct total *t)
{
    return known(t, t->sum);
}

double total_lo(const struct total *t)
{
    return known(t, t->lo);
}

double total_hi(const struct total *t)
{
    return known(t, t->hi);
}
