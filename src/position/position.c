#include "position/position.h"

#include "position/books.h"
#include "position/shadow.h"

const char *position_source_name(enum position_source source)
{
    static const char *const names[] = {
        [POSITION_NONE] = "none",
        [POSITION_EXCHANGE] = "exchange",
        [POSITION_ROBOT] = "robot",
        [POSITION_MODEL] = "model",
    };
    return names[source];
}

struct position position_none(const char *reason)
{
    struct interval none = { value_none(VALUE_UNAVAILABLE), NO_VALUE,
                             NO_VALUE };
    return (struct position){
        .source = POSITION_NONE,
        .reason = reason,
        .inventory = none,
        .avg_cost = none,
        .pnl = { none, none, none },
        .realised = none,
        .unrealised = none,
        .fees = none,
    };
}

static struct interval lacking(enum value_status why)
{
    return (struct interval){ value_none(why), NO_VALUE, NO_VALUE };
}

static struct interval between(double nominal, double lo, double hi)
{
    struct value v = value_real(nominal, 1);
    return value_usable(v) ? (struct interval){ v, lo, hi } : lacking(v.status);
}

/* --- From the exchange's fills -------------------------------------------- */

static struct interval exactly(double v)
{
    return between(v, v, v);
}

static struct interval avg_cost_of(const struct books *b)
{
    struct decimal cost;
    return books_avg_cost(b, &cost) ? exactly(decimal_double(cost))
                                    : lacking(VALUE_FLAT);
}

static void value_at(struct position *p, const struct books *b, double close,
                     double fee, double peak)
{
    double e = books_net(b, close, fee);

    p->pnl.e = exactly(e);
    p->unrealised = exactly(books_unrealised(b, close));
    if (isnan(peak) || isnan(e))
        return;
    peak = fmax(peak, e);
    p->pnl.peak = exactly(peak);
    p->pnl.drawdown = exactly(peak - e);
}

/* Figures of a price that may not be used. */
static void without_price(struct position *p, enum value_status why)
{
    p->pnl = (struct net_pnl){ lacking(why), lacking(why), lacking(why) };
    p->unrealised = lacking(why);
}

struct position position_from_books(const struct books *b, struct value close,
                                    double fee, double peak, const char *reason)
{
    struct position p = position_none(reason);

    p.source = POSITION_EXCHANGE;
    p.fees = exactly(decimal_double(b->fees));
    if (b->oversold)
        return p;
    p.inventory = exactly(decimal_double(b->base));
    p.avg_cost = avg_cost_of(b);
    p.realised = exactly(decimal_double(b->realised));
    if (value_usable(close))
        value_at(&p, b, close.v, fee, peak);
    else
        without_price(&p, close.status);
    return p;
}

/* --- From the shadow ledger ----------------------------------------------- */

static struct interval of_walks(double nominal, double reverse)
{
    return between(nominal, fmin(nominal, reverse), fmax(nominal, reverse));
}

static double unrealised_of(const struct shadow_path *w, double close)
{
    return w->base > 0 ? w->base * (close - w->avg_cost) : 0;
}

struct position position_from_shadow(const struct shadow_books *s,
                                     struct value close, const char *reason)
{
    const struct shadow_path *n = &s->nominal, *r = &s->reverse;
    struct position p = position_none(reason);

    p.source = POSITION_MODEL;
    p.inventory = between(n->base, s->base_lo, s->base_hi);
    p.avg_cost = isnan(n->avg_cost) ? lacking(VALUE_FLAT)
                                    : of_walks(n->avg_cost, r->avg_cost);
    p.realised = of_walks(n->realised, r->realised);
    p.fees = of_walks(n->fees, r->fees);
    if (!value_usable(close)) {
        without_price(&p, close.status);
        return p;
    }
    p.pnl = (struct net_pnl){
        .e = between(n->e, s->e_lo, s->e_hi),
        .peak = of_walks(n->peak, r->peak),
        .drawdown = of_walks(n->peak - n->e, r->peak - r->e),
    };
    p.unrealised =
        of_walks(unrealised_of(n, close.v), unrealised_of(r, close.v));
    return p;
}
