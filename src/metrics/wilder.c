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

/* A difference of logarithms is relative already. */
static bool is_zero(const struct wilder *w, double x)
{
    double scale = w->form == PRICE_LOG ? 1.0 : w->close;
    return x <= RELATIVE_ZERO * scale;
}

/* fmin() and fmax() also mind NaN, which no price is, and are calls. */
static double smaller(double a, double b)
{
    return a < b ? a : b;
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* x or 0. A mask, because a branch on which of two moves is larger would be
 * guessed wrong every second time. */
static double if_true(bool holds, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof(bits));
    bits &= -(uint64_t)holds;
    memcpy(&x, &bits, sizeof(x));
    return x;
}

/* ATR and ADX: a sum up to bar `first`, there its mean, then Wilder's. */
static double averaged(double before, double x, double n, int32_t bar,
                       int32_t first)
{
    if (bar > first)
        return ((n - 1.0) * before + x) / n;
    double sum = before + x;
    return bar == first ? sum / n : sum;
}

/* TA-Lib adds n - 1 values and lets the n-th already decay. */
static double smoothed(double sum, double x, double n, bool decays)
{
    return decays ? sum - sum / n + x : sum + x;
}

/* `count` is the index of this bar, here and below. */
static void push_adx(struct wilder *w, double plus, double minus)
{
    double moves = plus + minus;
    int32_t first = 2 * w->period - 1;

    w->still = is_zero(w, moves);
    w->dx = w->still ? 0.0 : 100.0 * fabs(plus - minus) / moves;
    if (!w->still || w->count <= first)
        w->adx = averaged(w->adx, w->dx, w->period, w->count, first);
}

static void push_moves(struct wilder *w, double tr, double up, double down)
{
    double n = w->period;
    bool decays = w->count >= w->period;
    double plus_move = if_true((up > down) & (up > 0.0), up);
    double minus_move = if_true((down > up) & (down > 0.0), down);
    double plus = smoothed(w->up_sum, plus_move, n, decays);
    double minus = smoothed(w->down_sum, minus_move, n, decays);

    w->true_range = tr;
    w->atr = averaged(w->atr, tr, n, w->count, w->period);
    w->range_sum = smoothed(w->range_sum, tr, n, decays);
    w->up_sum = plus;
    w->down_sum = minus;
    if (decays)
        push_adx(w, plus, minus);
}

/* The prices are in the form of w. */
static void push(struct wilder *w, double high, double low, double close)
{
    double tr = larger(high, w->close) - smaller(low, w->close);
    double up = high - w->high, down = w->low - low;

    w->high = high;
    w->low = low;
    w->close = close;
    if (w->count > 0)
        push_moves(w, tr, up, down);
    w->count++;
}

void wilder_push(struct wilder *w, const struct bar *b)
{
    if (w->form == PRICE_LOG)
        push(w, log(b->high), log(b->low), log(b->close));
    else
        push(w, b->high, b->low, b->close);
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
