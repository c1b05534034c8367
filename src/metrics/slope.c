#include "metrics/slope.h"

#include <assert.h>
#include <math.h>

#define FLAT_SXX 1e-24
#define NULL_SD  0.72 /* of norm_slope sqrt(n) on a random walk */

void slope_init(struct slope *s, int32_t n)
{
    assert(n >= 3);
    s->bars = 0.0;
    anchored_sums_init(&s->line, n);
}

void slope_push(struct slope *s, const struct bar *b, enum timeframe tf)
{
    anchored_sums_push(&s->line, log(b->close), s->bars,
                       bar_number(b->open_ms, tf));
    s->bars += 1.0;
}

struct value slope_b(const struct slope *s)
{
    struct centred_sums w = anchored_sums_centre(&s->line);
    if (w.count < s->line.n)
        return value_none(VALUE_WARMUP);
    if (w.sxx <= FLAT_SXX)
        return value_none(VALUE_FLAT);
    return value_real(w.sxy / w.syy, w.count);
}

struct value slope_norm(const struct slope *s, struct value atr_frac)
{
    struct value b = slope_b(s);
    if (!value_usable(b))
        return b;
    if (!value_usable(atr_frac))
        return value_none(atr_frac.status);
    return value_real(b.v / atr_frac.v, b.n_used);
}

struct value slope_z(const struct slope *s, struct value atr_frac)
{
    struct value norm = slope_norm(s, atr_frac);
    norm.v *= sqrt(s->line.n) / NULL_SD;
    return norm;
}

struct value slope_r2(const struct slope *s)
{
    struct centred_sums w = anchored_sums_centre(&s->line);
    struct value b = slope_b(s);
    if (value_usable(b))
        b.v = fmin(1.0, b.v * w.sxy / w.sxx);
    return b;
}
