#include "metrics/variance_ratio.h"

#include <assert.h>
#include <math.h>

#define FLAT_SQUARES 1e-24

void variance_ratio_init(struct variance_ratio *v, int32_t n, int32_t q)
{
    assert(q >= 2 && q < n);
    v->n = n;
    v->q = q;
    ring_init(&v->closes, q);
    anchored_sums_init(&v->one, n);
    anchored_sums_init(&v->multi, n - q + 1);
}

void variance_ratio_push(struct variance_ratio *v, const struct bar *b,
                         enum timeframe tf)
{
    int64_t number = bar_number(b->open_ms, tf);
    if (v->closes.count > 0)
        anchored_sums_push(&v->one, log(b->close / ring_at(&v->closes, 0)), 0.0,
                           number);
    if (ring_full(&v->closes))
        anchored_sums_push(&v->multi,
                           log(b->close / ring_at(&v->closes, v->q - 1)), 0.0,
                           number);
    ring_push(&v->closes, b->close);
}

struct value variance_ratio_value(const struct variance_ratio *v)
{
    if (anchored_sums_count(&v->one) < v->n)
        return value_none(VALUE_WARMUP);
    struct centred_sums one = anchored_sums_centre(&v->one);
    struct centred_sums multi = anchored_sums_centre(&v->multi);
    if (one.sxx <= FLAT_SQUARES)
        return value_none(VALUE_FLAT);
    double n = v->n, q = v->q;
    double m = q * (n - q + 1.0) * (1.0 - q / n);
    double shift = multi.mean_x - q * one.mean_x;
    double squares = multi.sxx + multi.count * shift * shift;
    return value_real(squares / m / (one.sxx / (n - 1.0)), v->n + 1);
}

struct value variance_ratio_z(const struct variance_ratio *v)
{
    struct value vr = variance_ratio_value(v);
    if (!value_usable(vr))
        return vr;
    double n = v->n, q = v->q;
    double variance = 2.0 * (2.0 * q - 1.0) * (q - 1.0) / (3.0 * q);
    return value_real(sqrt(n) * (vr.v - 1.0) / sqrt(variance), vr.n_used);
}
