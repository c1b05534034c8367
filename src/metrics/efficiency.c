#include "metrics/efficiency.h"

#include <math.h>

#define RELATIVE_ZERO 1e-12
#define PI            3.14159265358979323846

void efficiency_init(struct efficiency *e, int32_t n)
{
    e->prev_close = 0.0;
    anchored_sums_init(&e->steps, n);
}

void efficiency_push(struct efficiency *e, const struct bar *b,
                     enum timeframe tf)
{
    if (e->prev_close > 0)
        anchored_sums_push(&e->steps, fabs(b->close - e->prev_close),
                           e->prev_close, bar_number(b->open_ms, tf));
    e->prev_close = b->close;
}

struct value efficiency_ratio(const struct efficiency *e)
{
    const struct ring *from = &e->steps.ys;
    if (!ring_full(from))
        return value_none(VALUE_WARMUP);
    int32_t n = from->capacity;
    double way = n * anchored_sums_centre(&e->steps).mean_x;
    if (way <= RELATIVE_ZERO * e->prev_close)
        return value_none(VALUE_FLAT);
    double gained = fabs(e->prev_close - ring_at(from, n - 1));
    return value_real(fmin(1.0, gained / way), n + 1);
}

double efficiency_z_of(double ratio, int32_t n)
{
    return ratio * sqrt(2.0 * n / PI);
}

struct value efficiency_z(const struct efficiency *e)
{
    struct value ratio = efficiency_ratio(e);
    ratio.v = efficiency_z_of(ratio.v, e->steps.n);
    return ratio;
}
