#include "cli/status_money.h"

#include <math.h>
#include <string.h>

#include "alert/draft.h"
#include "base/moment.h"

#define AMOUNT 64

static void format_amount(double v, char out[AMOUNT])
{
    struct draft d = { .out = out, .size = AMOUNT };
    out[0] = '\0';
    draft_amount(&d, v);
}

static void put_amount(struct text *out, double v)
{
    char text[AMOUNT];
    format_amount(v, text);
    text_puts(out, text);
}

/* "412", or "412 to 430" where a modelled figure may be more. */
static void put_range(struct text *out, double lo, double hi)
{
    char from[AMOUNT], to[AMOUNT];
    format_amount(lo, from);
    format_amount(hi, to);
    text_puts(out, from);
    if (hi > lo && strcmp(from, to) != 0)
        text_printf(out, " to %s", to);
}

static void put_at_risk(struct text *out, const struct grid *g,
                        const struct risk *r)
{
    text_puts(out, "  at risk ");
    if (!value_usable(r->at_risk)) {
        text_puts(out, value_status_name(r->at_risk.status));
        return;
    }
    put_range(out, r->at_risk.v, r->at_risk_hi.v);
    text_printf(out, " %s to the %s", grid_quote(g),
                r->to_stop ? "stop" : "lower bound");
}

/* Recorded without a status: there is a number, or there is none. */
static void put_give_back(struct text *out, const struct risk *r)
{
    int i = 0;
    while (risk_hours[i] != TOTALS_HOURS)
        i++;
    text_printf(out, "  give-back %d h ", TOTALS_HOURS);
    if (isnan(r->give_back_typical[i].v) || isnan(r->give_back_adverse[i].v))
        text_puts(out, value_status_name(VALUE_UNAVAILABLE));
    else
        put_range(out, r->give_back_typical[i].v, r->give_back_adverse[i].v);
}

static void put_stop(struct text *out, const struct grid *g,
                     const struct risk *r)
{
    if (isnan(g->stop.below) && isnan(g->stop.above))
        text_puts(out, "  no stop");
    else if (value_usable(r->stop_atr))
        text_printf(out, "  stop %.1f ATR(4h)", r->stop_atr.v);
    else
        text_printf(out, "  stop %s", value_status_name(r->stop_atr.status));
}

static void put_pnl(struct text *out, const struct interval *e)
{
    text_puts(out, "  net PnL ");
    if (value_usable(e->nominal))
        put_range(out, isnan(e->lo) ? e->nominal.v : e->lo,
                  isnan(e->hi) ? e->nominal.v : e->hi);
    else
        text_puts(out, value_status_name(e->nominal.status));
}

void status_put_money(struct text *out, const struct grid *g,
                      const struct exit_document *d)
{
    const struct position *p = &d->position.is;
    bool known = p->source != POSITION_NONE;

    if (known)
        text_printf(out, "  position by %s", position_source_name(p->source));
    else
        text_puts(out, "  position unknown");
    text_printf(out, ": %s\n", d->position.reason);
    if (known) {
        put_at_risk(out, g, &d->risk);
        put_give_back(out, &d->risk);
    }
    put_stop(out, g, &d->risk);
    if (known)
        put_pnl(out, &p->pnl.e);
    text_puts(out, "\n");
}

/* --- All grids ------------------------------------------------------------ */

/* Between `lo` and `hi` when every grid is known. */
static void put_total(struct text *out, const char *what, const struct total *t,
                      double lo, double hi)
{
    bool bounded = !isnan(total_at_least(t));

    text_printf(out, "  %s ", what);
    if (value_usable(total_whole(t))) {
        put_range(out, lo, hi);
        return;
    }
    text_puts(out, bounded ? "at least " : "unknown");
    if (bounded)
        put_amount(out, lo);
    text_printf(out, " (%zu of %zu known", t->known, t->known + t->unknown);
    if (!bounded && t->known) {
        text_puts(out, ": ");
        put_range(out, lo, hi);
    }
    text_puts(out, ")");
}

static void put_row(struct text *out, const struct totals_row *r)
{
    const struct total *f = r->figures;
    char slot[MOMENT_TEXT];

    text_printf(out, "all in %s: %zu grid%s, %zu modelled", r->currency,
                r->grids, r->grids == 1 ? "" : "s", r->modelled);
    if (r->oldest_ms != MOMENT_NONE) {
        moment_format(r->oldest_ms, slot);
        text_printf(out, ", of slot %s and later", slot);
    }
    text_puts(out, "\n");
    put_total(out, "at risk", &f[TOTAL_AT_RISK],
              total_of_known(&f[TOTAL_AT_RISK]),
              total_of_known(&f[TOTAL_AT_RISK_MOST]));
    put_total(out, "give-back 12 h", &f[TOTAL_GIVE_BACK_TYPICAL],
              total_of_known(&f[TOTAL_GIVE_BACK_TYPICAL]),
              total_of_known(&f[TOTAL_GIVE_BACK_ADVERSE]));
    put_total(out, "inventory", &f[TOTAL_INVENTORY],
              total_lo(&f[TOTAL_INVENTORY]), total_hi(&f[TOTAL_INVENTORY]));
    put_total(out, "net PnL", &f[TOTAL_NET_PNL], total_lo(&f[TOTAL_NET_PNL]),
              total_hi(&f[TOTAL_NET_PNL]));
    text_puts(out, "\n");
}

void status_put_totals(struct text *out, const struct totals *t)
{
    for (size_t i = 0; i < t->count; i++)
        put_row(out, &t->rows[i]);
    if (t->left_out)
        text_printf(out, "%zu grids of more currencies are in no sum\n",
                    t->left_out);
}
