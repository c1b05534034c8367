#include "metrics/ewma_vol.h"

void ewma_vol_init(struct ewma_vol *e, double half_life, int32_t warmup)
{
    *e = (struct ewma_vol){
        .alpha = 1.0 - exp2(-1.0 / half_life),
        .left = 1.0,
        .prev_close = NO_VALUE,
        .warmup = warmup,
    };
}

void ewma_vol_push(struct ewma_vol *e, double close)
{
    if (!isnan(e->prev_close)) {
        double r = log(close / e->prev_close);
        e->sum = (1.0 - e->alpha) * e->sum + e->alpha * r * r;
        e->left *= 1.0 - e->alpha;
        e->returns++;
    }
    e->prev_close = close;
}

struct value ewma_vol_value(const struct ewma_vol *e)
{
    if (e->returns < e->warmup || e->returns == 0)
        return value_none(VALUE_WARMUP);
    double sigma = sqrt(e->sum / (1.0 - e->left));
    /* Returns are relative already, so this zero test is relative too. */
    if (sigma <= 1e-12)
        return value_none(VALUE_FLAT);
    return value_real(sigma, e->returns);
}
