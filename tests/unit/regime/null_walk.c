#include "null_walk.h"

#include <string.h>

#define STEPS 60
#define FRESH 100
#define LAST  (NULL_WALK_BARS - 1)

/* Uniform steps: 60 of them are a normal bar. */
static double step(struct null_walk *w)
{
    w->state = w->state * UINT64_C(6364136223846793005) +
               UINT64_C(1442695040888963407);
    return (double)(w->state >> 11) / 9007199254740992.0 - 0.5;
}

static void walk_bars(struct null_walk *w, int from)
{
    double y = from ? w->close[from - 1] : 0;
    for (int i = from; i < NULL_WALK_BARS; i++) {
        w->high[i] = w->low[i] = y;
        for (int k = 0; k < STEPS; k++) {
            y += step(w);
            w->high[i] = fmax(w->high[i], y);
            w->low[i] = fmin(w->low[i], y);
        }
        w->close[i] = y;
    }
}

void null_walk_init(struct null_walk *w, uint64_t seed)
{
    *w = (struct null_walk){ .state = seed };
    walk_bars(w, 0);
}

static double efficiency(const double *y, int n)
{
    double way = 0;
    for (int i = LAST - n + 1; i <= LAST; i++)
        way += fabs(y[i] - y[i - 1]);
    return fabs(y[LAST] - y[LAST - n]) / way;
}

static double range(const struct null_walk *w, int i)
{
    return fmax(w->high[i], w->close[i - 1]) - fmin(w->low[i], w->close[i - 1]);
}

static double wilder_atr(const struct null_walk *w, double n)
{
    double atr = range(w, 1);
    for (int i = 2; i < NULL_WALK_BARS; i++)
        atr += (range(w, i) - atr) / n;
    return atr;
}

static double adx(const struct null_walk *w, double n)
{
    double plus = 0, minus = 0, x = 0;
    for (int i = 1; i < NULL_WALK_BARS; i++) {
        double up = w->high[i] - w->high[i - 1];
        double dn = w->low[i - 1] - w->low[i];
        plus += ((up > dn && up > 0 ? up : 0) - plus) / n;
        minus += ((dn > up && dn > 0 ? dn : 0) - minus) / n;
        if (plus + minus > 0)
            x += (100 * fabs(plus - minus) / (plus + minus) - x) / n;
    }
    return x;
}

static double slope(const double *y, int n)
{
    double sxy = 0, sxx = 0;
    for (int i = 0; i < n; i++) {
        double x = i - (n - 1) / 2.0;
        sxy += x * y[LAST - n + 1 + i];
        sxx += x * x;
    }
    return sxy / sxx;
}

static double dickey_fuller(const double *y, int n)
{
    const double *x = y + LAST - n;
    double mx = 0, md = 0, sxx = 0, sxd = 0, rest = 0;
    for (int i = 0; i < n; i++) {
        mx += x[i] / n;
        md += (x[i + 1] - x[i]) / n;
    }
    for (int i = 0; i < n; i++) {
        sxx += (x[i] - mx) * (x[i] - mx);
        sxd += (x[i] - mx) * (x[i + 1] - x[i] - md);
    }
    double b = sxd / sxx;
    for (int i = 0; i < n; i++) {
        double e = x[i + 1] - x[i] - md - b * (x[i] - mx);
        rest += e * e;
    }
    return b / sqrt(rest / (n - 2) / sxx);
}

static double variance_ratio(const double *y, int n, int q)
{
    const double *x = y + LAST - n;
    double mean = (x[n] - x[0]) / n, one = 0, many = 0;
    for (int i = 1; i <= n; i++)
        one += (x[i] - x[i - 1] - mean) * (x[i] - x[i - 1] - mean) / (n - 1);
    for (int i = q; i <= n; i++)
        many += (x[i] - x[i - q] - q * mean) * (x[i] - x[i - q] - q * mean);
    return many / (q * (n - q + 1) * (1 - (double)q / n)) / one;
}

struct score_inputs null_walk_draw(struct null_walk *w)
{
    size_t kept = (NULL_WALK_BARS - FRESH) * sizeof(double);
    memmove(w->high, w->high + FRESH, kept);
    memmove(w->low, w->low + FRESH, kept);
    memmove(w->close, w->close + FRESH, kept);
    walk_bars(w, NULL_WALK_BARS - FRESH);
    double z = slope(w->close, 24) / wilder_atr(w, 14) * sqrt(24) / 0.72;
    return (struct score_inputs){
        .er24 = value_real(efficiency(w->close, 24), 25),
        .adx_log = value_real(adx(w, 14), NULL_WALK_BARS),
        .z_slope = value_real(z, 24),
        .t_df = value_real(dickey_fuller(w->close, 100), 101),
        .vr8 = value_real(variance_ratio(w->close, 100, 8), 101),
        .ver = value_real(1, NULL_WALK_BARS),
    };
}
