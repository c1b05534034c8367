#include "exit/baseline.h"

#include <string.h>

#include "base/moment.h"

#define IDENTIFIED_BARS 12.5  /* n / 16 with n = 200 */
#define IDENTIFIED_T    -2.57 /* Dickey-Fuller, 10 % */

struct baseline baseline_none(void)
{
    struct value none = value_none(VALUE_WARMUP);
    return (struct baseline){
        .at_ms = MOMENT_NONE,
        .half_life = none,
        .sigma_st = none,
        .ver_mean = none,
        .sigma_entry = none,
    };
}

/* The k-th smallest of n (Hoare 1961, FIND); reorders. */
static double smallest(double *a, size_t n, size_t k)
{
    size_t lo = 0, hi = n - 1;
    while (lo < hi) {
        double pivot = a[lo + (hi - lo) / 2];
        size_t i = lo, j = hi;
        while (true) {
            while (a[i] < pivot)
                i++;
            while (pivot < a[j])
                j--;
            if (i >= j)
                break;
            double t = a[i];
            a[i++] = a[j];
            a[j--] = t;
        }
        /* a[lo .. j] <= pivot <= a[j + 1 .. hi] */
        if (k <= j)
            hi = j;
        else
            lo = j + 1;
    }
    return a[k];
}

/* Even counts: the mean of the middle two; infinite if either is. */
static double median(double *a, size_t n)
{
    double upper = smallest(a, n, n / 2);
    if (n % 2)
        return upper;
    return (smallest(a, n, n / 2 - 1) + upper) / 2;
}

/* Medians of the half-lives and of their t over the last rows that were
 * measured; too few of them are warmup. */
static void take_half_life(const struct hourly_row *rows, size_t n,
                           struct baseline *b)
{
    double bars[BASELINE_HALF_LIVES], t[BASELINE_HALF_LIVES];
    size_t k = 0;

    for (size_t i = n; i-- > 0 && k < BASELINE_HALF_LIVES;) {
        if (isnan(rows[i].hl200) || isnan(rows[i].t200))
            continue;
        bars[k] = rows[i].hl200;
        t[k++] = rows[i].t200;
    }
    b->identified = false;
    if (k < BASELINE_HALF_LIVES) {
        b->half_life = value_none(VALUE_WARMUP);
        return;
    }
    double middle = median(bars, k);
    if (!isfinite(middle)) {
        b->half_life = value_none(VALUE_NOT_IDENTIFIED);
        return;
    }
    b->half_life = value_real(middle, (int32_t)k);
    b->identified = decision_round(middle) <= IDENTIFIED_BARS &&
                    decision_round(median(t, k)) <= IDENTIFIED_T;
}

static struct value sigma_st(const struct hourly_row *rows, size_t n)
{
    struct bar closes[BASELINE_CLOSES];
    if (n < BASELINE_CLOSES)
        return value_none(VALUE_WARMUP);
    memset(closes, 0, sizeof(closes));
    for (size_t i = 0; i < BASELINE_CLOSES; i++)
        closes[i].close = rows[n - BASELINE_CLOSES + i].close;
    return anchored_z_sigma(closes, BASELINE_CLOSES, rows[n - 1].atr_4h);
}

void baseline_take(const struct hourly *hourly, int64_t at_ms,
                   struct baseline *b)
{
    size_t n = hourly_until(hourly, at_ms);
    struct value entry = b->sigma_entry;

    *b = baseline_none();
    b->sigma_entry = entry;
    if (!n)
        return;
    const struct hourly_row *last = &hourly->rows[n - 1];
    b->at_ms = last->close_ms;
    take_half_life(hourly->rows, n, b);
    b->sigma_st = sigma_st(hourly->rows, n);
    b->ver_mean = isnan(last->ver_mean) ? value_none(VALUE_WARMUP)
                                        : value_real(last->ver_mean, 1);
}
