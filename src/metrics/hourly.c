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

void hourly_push(struct hourly *h, const struct bar *b,
                 const struct bank *bank_1h, const struct bank *bank_4h)
{
    assert(h->count < WINDOW_MAX);
    h->rows[h->count++] = (struct hourly_row){
        .close_ms = bar_close_ms(b, TF_1H),
        .close = b->close,
        .gap = (b->flags & BAR_GAP) != 0,
        .raw100 = half_life_number(half_life_raw(&bank_1h->hl100)),
        .raw200 = half_life_number(half_life_raw(&bank_1h->hl200)),
        .hl200 = half_life_number(half_life_corrected(&bank_1h->hl200)),
        .t200 = number(half_life_t(&bank_1h->hl200)),
        .ver_mean = number(expansion_deseasonalised_mean(&bank_1h->ver)),
        .atr_4h = number(wilder_atr_frac(&bank_4h->raw)),
    };
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
