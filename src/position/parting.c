#include "position/parting.h"

#include <math.h>

#include "base/moment.h"

static struct parting_sale no_sale(void)
{
    return (struct parting_sale){ MOMENT_NONE, MOMENT_NONE, NO_VALUE, NO_VALUE,
                                  NO_VALUE };
}

struct parting parting_new(void)
{
    return (struct parting){ .left_ms = MOMENT_NONE,
                             .sale = no_sale(),
                             .most = NO_VALUE,
                             .most_base = NO_VALUE,
                             .held_ms = MOMENT_NONE };
}

void parting_enter(struct parting_sale *sale, const struct fill *f)
{
    double price = decimal_double(f->price), size = decimal_double(f->size);

    if (f->side == FILL_BUY) {
        *sale = no_sale();
        return;
    }
    if (sale->until_ms == MOMENT_NONE ||
        f->at_ms - sale->until_ms > PARTING_GAP_MS) {
        *sale = (struct parting_sale){ f->at_ms, f->at_ms, size, price, price };
        return;
    }
    sale->until_ms = f->at_ms;
    sale->base += size;
    sale->low = fmin(sale->low, price);
    sale->high = fmax(sale->high, price);
}

enum answer parting_of_books(const struct books *b, size_t orders,
                             const struct decimal *dust)
{
    if (b->oversold)
        return ANSWER_UNKNOWN;
    if (!b->buys || orders)
        return ANSWER_NO;
    if (decimal_sign(b->base) <= 0)
        return ANSWER_YES;
    if (!dust)
        return ANSWER_UNKNOWN;
    return decimal_cmp(b->base, *dust) < 0 ? ANSWER_YES : ANSWER_NO;
}

/* Where no most is known, what is there now is the most: fmax() passes over
 * NO_VALUE. */
static bool is_empty(const struct parting *p, const struct parting_funds *now)
{
    return now->base <= PARTING_EMPTY * fmax(p->most_base, now->base) &&
           now->quote <= PARTING_EMPTY * p->most;
}

bool parting_is_emptied(const struct parting *p,
                        const struct parting_funds *now)
{
    return p->held_ms != MOMENT_NONE && is_empty(p, now);
}

enum answer parting_of_balances(struct parting *p,
                                const struct parting_funds *now,
                                int64_t slot_ms)
{
    if (isnan(now->base) || isnan(now->quote) || isnan(now->worth))
        return ANSWER_UNKNOWN;
    p->most = fmax(p->most, now->worth);
    p->most_base = fmax(p->most_base, now->base);
    if (!is_empty(p, now))
        p->held_ms = slot_ms;
    if (!parting_is_emptied(p, now))
        return ANSWER_NO;
    return slot_ms - p->held_ms >= PARTING_SURE_MS ? ANSWER_YES
                                                   : ANSWER_UNKNOWN;
}

void parting_conclude(struct parting *p, enum answer left, int64_t slot_ms)
{
    bool stale =
        p->left_ms != MOMENT_NONE && slot_ms - p->left_ms > PARTING_STALE_MS;
    if (left == ANSWER_YES)
        p->left_ms = slot_ms;
    else if (left == ANSWER_NO || stale)
        p->left_ms = MOMENT_NONE;
}
