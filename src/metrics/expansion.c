#include "metrics/expansion.h"

#include <math.h>

#define ATR_PERIOD 14
#define FLAT_SHARE 1e-12 /* of the close */

static void chain_init(struct expansion_chain *c, int32_t n)
{
    c->bars = 0;
    c->atr = 0.0;
    anchored_sums_init(&c->atrs, n);
}

void expansion_init(struct expansion *e, int32_t n)
{
    e->prev_close = NO_VALUE;
    e->season = value_none(VALUE_WARMUP);
    chain_init(&e->raw, n);
    chain_init(&e->even, n);
}

/* The first bar of a chain has no TR: `tr` is not read. */
static void chain_push(struct expansion_chain *c, double tr, int64_t number)
{
    int32_t ranges = c->bars++;
    if (ranges == 0)
        return;
    if (ranges > ATR_PERIOD)
        c->atr = ((ATR_PERIOD - 1) * c->atr + tr) / ATR_PERIOD;
    else
        c->atr += tr;
    if (ranges == ATR_PERIOD)
        c->atr /= ATR_PERIOD;
    if (ranges >= ATR_PERIOD)
        anchored_sums_push(&c->atrs, c->atr, 0.0, number);
}

void expansion_push(struct expansion *e, const struct bar *b, enum timeframe tf,
                    struct value season)
{
    int64_t number = bar_number(b->open_ms, tf);
    double high = fmax(b->high, e->prev_close); /* fmax() passes NaN over */
    double tr = high - fmin(b->low, e->prev_close);
    chain_push(&e->raw, tr, number);
    if (value_usable(season))
        chain_push(&e->even, tr / season.v, number);
    else if (e->even.bars > 0)
        chain_init(&e->even, e->even.atrs.n);
    e->season = season;
    e->prev_close = b->close;
}

static struct value chain_mean(const struct expansion_chain *c, double close)
{
    if (anchored_sums_count(&c->atrs) < c->atrs.n)
        return value_none(VALUE_WARMUP);
    double mean = anchored_sums_centre(&c->atrs).mean_x;
    if (mean <= FLAT_SHARE * close)
        return value_none(VALUE_FLAT);
    return value_real(mean, c->bars);
}

static struct value chain_ratio(const struct expansion_chain *c, double close)
{
    struct value mean = chain_mean(c, close);
    return value_usable(mean) ? value_real(c->atr / mean.v, c->bars) : mean;
}

struct value expansion_raw(const struct expansion *e)
{
    return chain_ratio(&e->raw, e->prev_close);
}

/* x, unless the newest bar had no season. */
static struct value if_season(const struct expansion *e, struct value x)
{
    return value_usable(e->season) ? x : value_none(e->season.status);
}

struct value expansion_deseasonalised(const struct expansion *e)
{
    return if_season(e, chain_ratio(&e->even, e->prev_close));
}

struct value expansion_raw_mean(const struct expansion *e)
{
    return chain_mean(&e->raw, e->prev_close);
}

struct value expansion_deseasonalised_mean(const struct expansion *e)
{
    return if_season(e, chain_mean(&e->even, e->prev_close));
}
