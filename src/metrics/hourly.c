#include "metrics/hourly.h"

#include <assert.h>
#include <math.h>

static double half_life_number(struct half_life_time x)
{
    return x.kind == HALF_LIFE_INFINITE ? HUGE_VAL : x.bars;
}

static double number(struct value x)
{
    return value_usable(x) ? x.v : NO_VALUE;
}

void hourly_init(struct hourly *h)
{
    h->count = 0;
}

/* Rows up to and with the newest that closed below a price; 0: none did. */
static int32_t rows_below(const struct hourly *h, double price)
{
    int32_t n = (int32_t)h->count;
    while (n && !(h->rows[n - 1].close < price))
        n = h->rows[n - 1].lower;
    return n;
}

static int32_t rows_above(const struct hourly *h, double price)
{
    int32_t n = (int32_t)h->count;
    while (n && !(h->rows[n - 1].close > price))
        n = h->rows[n - 1].higher;
    return n;
}

static int32_t rows_before_gap(const struct hourly *h, const struct bar *b)
{
    if (b->flags & BAR_GAP)
        return (int32_t)h->count;
    return h->count ? h->rows[h->count - 1].gaps : 0;
}

void hourly_push(struct hourly *h, const struct bar *b,
                 const struct bank *bank_1h, const struct bank *bank_4h)
{
    assert(h->count < WINDOW_MAX);
    h->rows[h->count] = (struct hourly_row){
        .close_ms = bar_close_ms(b, TF_1H),
        .close = b->close,
        .gap = (b->flags & BAR_GAP) != 0,
        .raw100 = half_life_number(half_life_raw(&bank_1h->hl100)),
        .raw200 = half_life_number(half_life_raw(&bank_1h->hl200)),
        .hl200 = half_life_number(half_life_corrected(&bank_1h->hl200)),
        .t200 = number(half_life_t(&bank_1h->hl200)),
        .ver_mean = number(expansion_deseasonalised_mean(&bank_1h->ver)),
        .atr_4h = number(wilder_atr_frac(&bank_4h->raw)),
        .lower = rows_below(h, b->close),
        .higher = rows_above(h, b->close),
        .gaps = rows_before_gap(h, b),
    };
    h->count++;
}

size_t hourly_until(const struct hourly *h, int64_t ms)
{
    size_t lo = 0, hi = h->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (h->rows[mid].close_ms <= ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

size_t hourly_inside(const struct hourly *h, double lower, double upper)
{
    size_t below = (size_t)rows_below(h, lower);
    size_t above = (size_t)rows_above(h, upper);
    size_t outside = below > above ? below : above;
    size_t lost = h->count ? (size_t)h->rows[h->count - 1].gaps : 0;
    return h->count - (outside > lost ? outside : lost);
}
