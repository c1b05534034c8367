#include "position/books.h"

#include <string.h>

#include "base/array.h"
#include "base/moment.h"

struct books books_new(void)
{
    return (struct books){ .last_ms = MOMENT_NONE };
}

const char *books_fault_text(enum books_fault fault)
{
    static const char *const texts[] = {
        [BOOKS_OK] = "entered",
        [BOOKS_AGAIN] = "a fill was entered before",
        [BOOKS_NOT_SOUND] = "a fill has no id, price, size or funds",
        [BOOKS_TOO_LARGE] = "fills are too large to be added up",
    };
    return texts[fault];
}

/* What one fill moved, fee included. */
struct movement {
    struct decimal base;  /* in by a buy, out by a sell */
    struct decimal quote; /* out by a buy, in by a sell */
};

/* --- The fee -------------------------------------------------------------- */

static void put_other_fee(struct books *b, const struct fill *f)
{
    if (!b->other_currency[0])
        memcpy(b->other_currency, f->fee_currency, sizeof(b->other_currency));
    if (strcmp(b->other_currency, f->fee_currency) == 0)
        b->other_fees = decimal_add(b->other_fees, f->fee);
    else
        b->mixed_fees = true;
}

/* False when its worth is too large. */
static bool take_fee(struct books *b, const struct fill *f, const char *base,
                     const char *quote, struct movement *m)
{
    struct decimal worth = f->fee;
    bool buys = f->side == FILL_BUY;

    if (decimal_sign(f->fee) == 0)
        return true;
    if (strcmp(f->fee_currency, base) == 0) {
        m->base =
            buys ? decimal_sub(m->base, f->fee) : decimal_add(m->base, f->fee);
        b->base_fees++;
        if (!decimal_mul(f->fee, f->price, &worth))
            return false;
    } else if (strcmp(f->fee_currency, quote) == 0) {
        m->quote = buys ? decimal_add(m->quote, f->fee)
                        : decimal_sub(m->quote, f->fee);
    } else {
        put_other_fee(b, f);
        return true;
    }
    b->fees = decimal_add(b->fees, worth);
    return true;
}

/* --- The two sides -------------------------------------------------------- */

/* cash + cost = realised before and after: what leaves one enters another. */
static void buy(struct books *b, const struct movement *m)
{
    b->buys++;
    b->base = decimal_add(b->base, m->base);
    b->cash = decimal_sub(b->cash, m->quote);
    b->cost = decimal_add(b->cost, m->quote);
    if (decimal_sign(b->base) <= 0 || decimal_cmp(b->base, m->base) >= 0)
        return;
    /* The rest filled the gap. */
    struct decimal held = decimal_share(m->quote, b->base, m->base);
    b->realised = decimal_sub(b->realised, decimal_sub(b->cost, held));
    b->cost = held;
}

static void sell(struct books *b, const struct movement *m)
{
    struct decimal cost = DECIMAL_ZERO;

    if (decimal_cmp(m->base, b->base) > 0) {
        b->oversold = true;
        cost = b->cost;
    } else if (decimal_sign(m->base) > 0) {
        cost = decimal_share(b->cost, m->base, b->base);
    }
    b->sells++;
    b->base = decimal_sub(b->base, m->base);
    b->cash = decimal_add(b->cash, m->quote);
    b->cost = decimal_sub(b->cost, cost);
    b->realised = decimal_add(b->realised, decimal_sub(m->quote, cost));
}

/* What is not held has no cost, and no cost is below zero: a fee or a rebate
 * may be worth more than its fill. */
static void settle(struct books *b)
{
    if (decimal_sign(b->base) > 0 && decimal_sign(b->cost) >= 0)
        return;
    b->realised = decimal_sub(b->realised, b->cost);
    b->cost = DECIMAL_ZERO;
}

static bool fill_is_sound(const struct fill *f)
{
    return f->id > 0 && decimal_sign(f->price) > 0 &&
           decimal_sign(f->size) > 0 && decimal_sign(f->funds) > 0 &&
           (decimal_sign(f->fee) == 0 || f->fee_currency[0]);
}

static bool is_too_large(const struct books *b, const struct fill *f)
{
    const struct decimal all[] = { f->price,    f->size,      f->funds, f->fee,
                                   b->base,     b->cash,      b->cost,  b->fees,
                                   b->realised, b->other_fees };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (decimal_is_large(all[i]))
            return true;
    return false;
}

enum books_fault books_enter(struct books *b, const struct fill *f,
                             const char *base, const char *quote)
{
    struct books after = *b;
    struct movement m = { f->size, f->funds };

    if (!fill_is_sound(f))
        return BOOKS_NOT_SOUND;
    if (f->at_ms < b->last_ms ||
        (f->at_ms == b->last_ms && f->id <= b->last_id))
        return BOOKS_AGAIN;
    if (!take_fee(&after, f, base, quote, &m))
        return BOOKS_TOO_LARGE;
    if (f->side == FILL_BUY)
        buy(&after, &m);
    else
        sell(&after, &m);
    settle(&after);
    if (is_too_large(&after, f))
        return BOOKS_TOO_LARGE;
    after.count++;
    after.last_id = f->id;
    after.last_ms = f->at_ms;
    *b = after;
    return BOOKS_OK;
}

/* --- What they say -------------------------------------------------------- */

bool books_avg_cost(const struct books *b, struct decimal *out)
{
    return decimal_sign(b->base) > 0 && decimal_div(b->cost, b->base, out);
}

double books_net(const struct books *b, double close, double fee)
{
    return decimal_double(b->cash) +
           decimal_double(b->base) * close * (1.0 - fee);
}

double books_unrealised(const struct books *b, double close)
{
    return decimal_double(b->base) * close - decimal_double(b->cost);
}

/* What the least funds come to at the price; false: not known. */
static bool least_by_funds(const struct books_least *least, struct decimal *out)
{
    struct decimal funds, price;
    return decimal_of_double(least->funds, &funds) &&
           decimal_of_double(least->price, &price) && decimal_sign(price) > 0 &&
           decimal_div(funds, price, out);
}

bool books_dust(const struct books *b, const struct books_least *least,
                struct decimal *out)
{
    struct decimal min, worth, unit = DECIMAL_ZERO, fees, rounding;
    bool known = decimal_of_double(least->step, &unit);

    if (!decimal_of_double(least->base, &min))
        min = unit;
    else
        known = true;
    if (decimal_cmp(min, unit) < 0)
        min = unit;
    if (least_by_funds(least, &worth)) {
        known = true;
        min = decimal_cmp(min, worth) < 0 ? worth : min;
    }
    if (!known || !decimal_of_double((double)b->base_fees, &fees) ||
        !decimal_mul(unit, fees, &rounding))
        return false;
    /* A life of fees must not hide what could be sold. */
    *out = decimal_add(min, decimal_cmp(rounding, min) < 0 ? rounding : min);
    return true;
}
