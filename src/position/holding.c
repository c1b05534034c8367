#include "position/holding.h"

#include <math.h>
#include <stddef.h>

#include "base/array.h"
#include "base/hash.h"
#include "base/moment.h"

struct holding holding_new(void)
{
    return (struct holding){
        .life_ms = MOMENT_NONE,
        .books = books_new(),
        .fills_until_ms = MOMENT_NONE,
        .settled = books_new(),
        .settled_sale = parting_new().sale,
        .parting = parting_new(),
        .awaited = { -1, -1, -1 },
    };
}

uint64_t holding_print(const struct grid *g)
{
    const double numbers[] = { g->lower, g->upper, (double)g->levels,
                               g->capital, g->start_price };
    const int64_t words[] = { (int64_t)g->market, (int64_t)g->side,
                              (int64_t)g->spacing };
    uint64_t hash = HASH64_START;

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        /* One bit pattern for all that is not there. */
        double v = isnan(numbers[i]) ? -1 : numbers[i];
        hash = hash64_feed(hash, &v, sizeof(v));
    }
    return hash64_feed(hash, words, sizeof(words));
}

void holding_of_life(struct holding *h, const struct grid *g)
{
    int64_t life_ms = grid_life_ms(g);
    if (h->life_ms == life_ms)
        return;
    *h = holding_new();
    h->life_ms = life_ms;
}

/* What the market paid when the grid began, where bars tell: the open of the
 * bar that began with it, or the last close when nothing traded then. NO_VALUE
 * inside a bar. False until a bar has closed since. */
static bool price_at(const struct window *w, int64_t ms, double *price)
{
    *price = NO_VALUE;
    for (size_t i = 0; i < w->count; i++) {
        const struct bar *b = &w->bars[i];
        if (bar_close_ms(b, TF_15M) > ms) {
            if (b->open_ms == ms)
                *price = b->open;
            else if (b->open_ms < ms)
                *price = NO_VALUE;
            return true;
        }
        *price = b->close;
    }
    return false;
}

/* From when on no bar can be missing. */
static int64_t first_ms(const struct window *w)
{
    if (w->count == 0)
        return INT64_MAX;
    return w->short_history ? w->bars[0].open_ms : w->start_ms;
}

static const char *begin(struct holding *h, const struct grid *g,
                         const struct shadow_terms *terms,
                         const struct window *w)
{
    const char *why = shadow_cannot(g);
    double price;

    if (why)
        return why;
    if (h->life_ms == MOMENT_NONE)
        return "the grid's file has no start event";
    if (first_ms(w) > h->life_ms)
        return "the bars at hand do not reach back to the grid's start";
    if (!price_at(w, h->life_ms, &price))
        return "no bar has closed since the grid's start";
    if (isnan(g->start_price) && isnan(price))
        return "start_price is not stated, and it began inside a bar";
    if (!shadow_begin(&h->shadow, g, terms, price, &why))
        return why;
    h->print = holding_print(g);
    h->terms = *terms;
    return NULL;
}

const char *holding_walk(struct holding *h, const struct grid *g,
                         const struct shadow_terms *terms,
                         const struct window *bars)
{
    struct shadow *s = &h->shadow;
    const char *why = s->begun ? NULL : begin(h, g, terms, bars);

    if (why)
        return why;
    if (h->print != holding_print(g))
        return "the grid was changed since its start";
    if (bars->count == 0)
        return "there are no bars at hand";
    if (first_ms(bars) > s->last_ms)
        return "bars are missing since the model's last one";
    for (size_t i = 0; i < bars->count; i++)
        shadow_walk_bar(s, g, &h->terms, &bars->bars[i]);
    return NULL;
}

int64_t holding_lacks(struct holding *h)
{
    int64_t walks[2], lacks[2];

    if (!h->booked || !h->shadow.begun || h->shadow.stopped)
        return 0;
    shadow_fills(&h->shadow, walks);
    if (h->awaited[0] != h->books.count)
        h->awaited[0] = -1;
    for (int i = 0; i < 2; i++) {
        if (h->awaited[0] < 0)
            h->awaited[1 + i] = walks[i];
        lacks[i] = walks[i] - h->awaited[1 + i];
    }
    h->awaited[0] = h->books.count;
    int64_t least = lacks[0] < lacks[1] ? lacks[0] : lacks[1];
    return least > 0 ? least : 0;
}

/* On nine decimals, so that what is recorded is what triggers read. */
static void round_interval(struct interval *x)
{
    x->nominal.v = decision_round(x->nominal.v);
    x->lo = decision_round(x->lo);
    x->hi = decision_round(x->hi);
}

static struct position rounded(struct position p)
{
    struct interval *const all[] = { &p.inventory,    &p.avg_cost,
                                     &p.pnl.e,        &p.pnl.peak,
                                     &p.pnl.drawdown, &p.realised,
                                     &p.unrealised,   &p.fees };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        round_interval(all[i]);
    return p;
}

struct position holding_by_books(struct holding *h, struct value close,
                                 double fee, const char *reason)
{
    struct position p =
        position_from_books(&h->books, close, fee, h->books_peak, reason);
    if (value_usable(p.pnl.peak.nominal))
        h->books_peak = p.pnl.peak.nominal.v;
    return rounded(p);
}

struct position holding_by_shadow(const struct holding *h, const struct grid *g,
                                  struct value close, const char *reason)
{
    struct shadow_books books;
    /* Without a price what is held does not change. */
    double at = value_usable(close) ? close.v : h->shadow.last;
    shadow_value(&h->shadow, g, &h->terms, at, &books);
    return rounded(position_from_shadow(&books, close, reason));
}

struct position holding_by_balance(const struct holding *h,
                                   const struct grid *g, double base,
                                   struct value close, const char *no_model)
{
    struct position p =
        no_model ? position_none(no_model)
                 : holding_by_shadow(
                       h, g, close,
                       "only balances of a sub-account are shown to anybody");
    p.source = POSITION_ROBOT;
    p.inventory = (struct interval){ value_real(base, 1), base, base };
    return rounded(p);
}

size_t holding_orders(const struct holding *h, double below,
                      struct risk_order out[SHADOW_CELLS_MAX])
{
    const struct shadow *s = &h->shadow;
    size_t n = 0;
    for (size_t i = s->begun && !s->stopped ? s->count : 0; i-- > 0;)
        if (!s->cell[i].nominal.full && s->line[i] < below)
            out[n++] = (struct risk_order){ s->line[i], s->amount };
    return n;
}
