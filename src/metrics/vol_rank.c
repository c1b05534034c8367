#include "metrics/vol_rank.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define FAST_ALPHA     0.1
#define FAST_WARMUP    100
#define HAZ_HALF_LIFE  96.0
#define HAZ_WARMUP     96
#define SLOW_HALF_LIFE 480.0
#define SLOW_WARMUP    480
#define HYSTERESIS     0.05

void vol_rank_init(struct vol_rank *v)
{
    memset(v, 0, sizeof(*v));
    ewma_vol_init(&v->fast, -1.0 / log2(1.0 - FAST_ALPHA), FAST_WARMUP);
    ewma_vol_init(&v->haz, HAZ_HALF_LIFE, HAZ_WARMUP);
    ewma_vol_init(&v->slow, SLOW_HALF_LIFE, SLOW_WARMUP);
}

/* How many of the sorted values are below x. Multiplied, not branched: the
 * processor would guess every other step wrong. */
static int32_t count_below(const struct vol_rank *v, double x)
{
    const double *base = v->sorted;
    for (size_t step, n = (size_t)v->count; n > 0; n -= step) {
        step = (n + 1) / 2;
        base += step * (base[step - 1] < x);
    }
    return (int32_t)(base - v->sorted);
}

static void move(struct vol_rank *v, int32_t to, int32_t from, int32_t n)
{
    memmove(&v->sorted[to], &v->sorted[from], (size_t)n * sizeof(double));
}

/* Puts x in the place of the value that is leaving, and in order. */
static void replace(struct vol_rank *v, double leaving, double x)
{
    int32_t hole = count_below(v, leaving), at = count_below(v, x);
    if (hole < at)
        move(v, hole, hole + 1, --at - hole);
    else
        move(v, at + 1, at, hole - at);
    v->sorted[at] = x;
}

static void remember(struct vol_rank *v, double x)
{
    if (v->count < VOL_RANK_WINDOW) {
        v->arrived[v->count] = x;
        v->sorted[v->count] = HUGE_VAL; /* sorts last, and leaves at once */
        v->count++;
        replace(v, HUGE_VAL, x);
        return;
    }
    replace(v, v->arrived[v->oldest], x);
    v->arrived[v->oldest] = x;
    v->oldest = (v->oldest + 1) % VOL_RANK_WINDOW;
}

/* The border between two tertiles as seen from the present one. */
static double border(double at, bool is_below, bool is_above)
{
    return decision_round(at + HYSTERESIS * ((int)is_below - (int)is_above));
}

static enum vol_tertile next_tertile(enum vol_tertile now, double share)
{
    bool low = now == VOL_TERTILE_LOW, high = now == VOL_TERTILE_HIGH;
    bool normal = now == VOL_TERTILE_NORMAL;
    double s = decision_round(share);
    if (s <= border(1.0 / 3.0, low, normal || high))
        return VOL_TERTILE_LOW;
    if (s <= border(2.0 / 3.0, low || normal, high))
        return VOL_TERTILE_NORMAL;
    return VOL_TERTILE_HIGH;
}

void vol_rank_push(struct vol_rank *v, const struct bar *b)
{
    ewma_vol_push(&v->fast, b->close);
    ewma_vol_push(&v->haz, b->close);
    ewma_vol_push(&v->slow, b->close);
    struct value fast = ewma_vol_value(&v->fast);
    if (!value_usable(fast))
        return;
    remember(v, fast.v);
    struct value share = vol_rank_share(v);
    if (value_usable(share))
        v->tertile = next_tertile(v->tertile, share.v);
}

struct value vol_rank_fast(const struct vol_rank *v)
{
    return ewma_vol_value(&v->fast);
}

struct value vol_rank_haz(const struct vol_rank *v)
{
    return ewma_vol_value(&v->haz);
}

struct value vol_rank_slow(const struct vol_rank *v)
{
    return ewma_vol_value(&v->slow);
}

struct value vol_rank_share(const struct vol_rank *v)
{
    struct value fast = ewma_vol_value(&v->fast);
    if (!value_usable(fast))
        return fast;
    if (v->count < VOL_RANK_LEAST)
        return value_none(VALUE_WARMUP);
    double at_or_below = count_below(v, nextafter(fast.v, HUGE_VAL));
    return value_real(at_or_below / v->count, v->count);
}

enum vol_tertile vol_rank_tertile(const struct vol_rank *v)
{
    return v->tertile;
}

const char *vol_tertile_name(enum vol_tertile t)
{
    static const char *const names[] = {
        [VOL_TERTILE_NONE] = "none",
        [VOL_TERTILE_LOW] = "low",
        [VOL_TERTILE_NORMAL] = "normal",
        [VOL_TERTILE_HIGH] = "high",
    };
    return names[t];
}
