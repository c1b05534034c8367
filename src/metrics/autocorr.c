#include "metrics/autocorr.h"

#include <assert.h>
#include <math.h>

#define FLAT_SQUARES 1e-24

void autocorr_init(struct autocorr *a, int32_t n)
{
    assert(n >= 3);
    a->n = n;
    a->prev_close = a->prev_return = NO_VALUE;
    anchored_sums_init(&a->returns, n);
    anchored_sums_init(&a->pairs, n - 1);
}

void autocorr_push(struct autocorr *a, const struct bar *b, enum timeframe tf)
{
    int64_t number = bar_number(b->open_ms, tf);
    if (!isnan(a->prev_close)) {
        double r = log(b->close / a->prev_close);
        anchored_sums_push(&a->returns, r, 0.0, number);
        if (!isnan(a->prev_return))
            anchored_sums_push(&a->pairs, r, a->prev_return, number);
        a->prev_return = r;
    }
    a->prev_close = b->close;
}

struct value autocorr_rho(const struct autocorr *a)
{
    if (anchored_sums_count(&a->returns) < a->n)
        return value_none(VALUE_WARMUP);
    struct centred_sums all = anchored_sums_centre(&a->returns);
    struct centred_sums lag = anchored_sums_centre(&a->pairs);
    if (all.sxx <= FLAT_SQUARES)
        return value_none(VALUE_FLAT);
    /* The pairs are centred about their own two means; m lies beside both. */
    double shift = (lag.mean_x - all.mean_x) * (lag.mean_y - all.mean_x);
    double products = lag.sxy + lag.count * shift;
    return value_real(products / all.sxx, a->n + 1);
}

struct value autocorr_unbiased(const struct autocorr *a)
{
    struct value rho = autocorr_rho(a);
    if (!value_usable(rho))
        return rho;
    return value_real(rho.v + 1.0 / a->n, rho.n_used);
}

double autocorr_standard_error(const struct autocorr *a)
{
    return 1.0 / sqrt((double)a->n);
}
