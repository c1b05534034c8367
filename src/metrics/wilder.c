#include "metrics/wilder.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define RELATIVE_ZERO 1e-12

void wilder_init(struct wilder *w, int32_t period, enum price_form form)
{
    assert(period >= 2);
    memset(w, 0, sizeof(*w));
    w->form = form;
    w->period = period;
}

static double in_form(const struct wilder *w, double price)
{
    return w->form == PRICE_LOG ? log(price) : price;
}

/* A difference of logarithms is relative already. */
static bool is_zero(const struct wilder *w, double x)
{
    double scale = w->form == PRICE_LOG ? 1.0 : w->close;
    return x <= RELATIVE_ZERO * scale;
}

static void push_atr(struct wilder *w)
{
    double n = w->period;
    if (w->count > w->period)
        w->atr = ((n - 1.0) * w->atr + w->true_range) / n;
    else
        w->atr += w->true_range;
    if (w->count == w->period)
        w->atr /= n;
}

/* TA-Lib adds n - 1 values and lets the n-th already decay. */
static double smoothed(const struct wilder *w, double sum, double x)
{
    return w->count < w->period ? sum + x : sum - sum / w->period + x;
}

static void push_adx(struct wilder *w)
{
    double n = w->period;
    int32_t first = 2 * w->period - 1;

    double moves = w->up_sum + w->down_sum;
    w->still = is_zero(w, moves);
    w->dx = w->still ? 0.0 : 100.0 * fabs(w->up_sum - w->down_sum) / moves;
    if (w->count <= first)
        w->adx += w->dx;
    else if (!w->still)
        w->adx = ((n - 1.0) * w->adx + w->dx) / n;
    if (w->count == first)
        w->adx /= n;
}

/* `count` is the index of this bar. */
static void push_moves(struct wilder *w, double high, double low)
{
    double up = high - w->high, down = w->low - low;
    w->range_sum = smoothed(w, w->range_sum, w->true_range);
    w->up_sum = smoothed(w, w->up_sum, up > down && up > 0 ? up : 0.0);
    w->down_sum = smoothed(w, w->down_sum, down > up && down > 0 ? down : 0.0);
}

void wilder_push(struct wilder *w, const struct bar *b)
{
    double high = in_form(w, b->high), low = in_form(w, b->low);
    if (w->count > 0) {
        w->true_range = fmax(high, w->close) - fmin(low, w->close);
        push_atr(w);
        push_moves(w, high, low);
    }
    w->high = high;
    w->low = low;
    w->close = in_form(w, b->close);
    if (w->count >= w->period)
        push_adx(w);
    w->count++;
}

int32_t wilder_count(const struct wilder *w)
{
    return w->count;
}

static struct value value_from(const struct wilder *w, int32_t first,
                               bool is_flat, double v)
{
    if (w->count <= first)
        return value_none(VALUE_WARMUP);
    return is_flat ? value_none(VALUE_FLAT) : value_real(v, w->count);
}

struct value wilder_true_range(const struct wilder *w)
{
    return value_from(w, 1, false, w->true_range);
}

struct value wilder_atr(const struct wilder *w)
{
    return value_from(w, w->period, is_zero(w, w->atr), w->atr);
}

struct value wilder_atr_frac(const struct wilder *w)
{
    double scale = w->form == PRICE_LOG ? 1.0 : w->close;
    return value_from(w, w->period, is_zero(w, w->atr), w->atr / scale);
}

struct value wilder_natr(const struct wilder *w)
{
    struct value frac = wilder_atr_frac(w);
    frac.v *= 100.0;
    return frac;
}

static struct value index_of(const struct wilder *w, double sum)
{
    bool is_flat = is_zero(w, w->range_sum);
    double share = is_flat ? NO_VALUE : sum / w->range_sum;
    return value_from(w, w->period, is_flat, 100.0 * share);
}

struct value wilder_plus_di(const struct wilder *w)
{
    return index_of(w, w->up_sum);
}

struct value wilder_minus_di(const struct wilder *w)
{
    return index_of(w, w->down_sum);
}

struct value wilder_dx(const struct wilder *w)
{
    return value_from(w, w->period, w->still, w->dx);
}

struct value wilder_adx(const struct wilder *w)
{
    return value_from(w, 2 * w->period - 1, w->still, w->adx);
}
