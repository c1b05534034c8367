/* Makes src/metrics/null_data.c: the quantiles of every metric on a random
 * walk (metrics/null_table.h). `make null-tables` runs it.
 *
 *   null_tables [DRAWS]
 *
 * 1h bars of a driftless Gaussian walk of the log price with constant
 * volatility, seen at 60 steps a bar, go through the families of src/metrics;
 * their quarters of 15 steps are the 15m bars. Once the seasons have their
 * eight weeks, one value of each metric is drawn every 220 bars: that is longer
 * than any window, and of the recursive ones 1e-7 of the last draw is left. So
 * the draws of a metric are independent (but for the seasons, a small part of
 * the spread), and those of one moment belong together, as the scores need.
 * Every 500 draws all begins anew, so that the price stays near its start.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "market/bar.h"
#include "metrics/autocorr.h"
#include "metrics/bollinger.h"
#include "metrics/efficiency.h"
#include "metrics/expansion.h"
#include "metrics/half_life.h"
#include "metrics/null_table.h"
#include "metrics/season.h"
#include "metrics/slope.h"
#include "metrics/variance_ratio.h"
#include "metrics/wilder.h"
#include "regime/score.h"
#include "sys/xmalloc.h"

#define SEED         20260101
#define DRAWS        250000
#define STEPS        60
#define QUARTERS     4
#define SIGMA        0.002 /* of one bar */
#define WEEKS        (SEASON_WEEKS + 1)
#define WARMUP       ((WEEKS + 1) * SEASON_HOURS) /* bars before a draw */
#define STRIDE       220                          /* bars between draws */
#define WALK_DRAWS   500                          /* draws of one walk */
#define FIRST_PRICE  60000.0
#define FIRST_MONDAY (4 * MS_PER_DAY)

/* xoshiro256** (Blackman and Vigna 2018), its state filled by splitmix64. */
struct prng {
    uint64_t s[4];
    double spare; /* the second normal of a pair, or NO_VALUE */
};

static void prng_init(struct prng *p, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        p->s[i] = z ^ (z >> 31);
    }
    p->spare = NO_VALUE;
}

static uint64_t rotate_left(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

static uint64_t prng_next(struct prng *p)
{
    uint64_t *s = p->s;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

/* -1 <= x < 1 */
static double prng_signed(struct prng *p)
{
    return (double)(prng_next(p) >> 11) * 0x1.0p-52 - 1.0;
}

/* Marsaglia's polar form of Box and Muller (1964). */
static double prng_normal(struct prng *p)
{
    double u, v, s, spare = p->spare;

    p->spare = NO_VALUE;
    if (!isnan(spare))
        return spare;
    do {
        u = prng_signed(p);
        v = prng_signed(p);
        s = u * u + v * v;
    } while (s >= 1.0 || s <= 0.0);
    double scale = sqrt(-2.0 * log(s) / s);
    p->spare = v * scale;
    return u * scale;
}

struct families {
    struct wilder wilder;
    struct efficiency er10, er24;
    struct autocorr rho1;
    struct half_life half_life_100, half_life_200;
    struct variance_ratio vr8;
    struct slope slope;
    struct bollinger bollinger;
    struct expansion ver_15m, ver_1h, ver_4h;
};

struct walk {
    struct prng prng;
    double log_price;
    int64_t open_ms;
    struct bar quarters[QUARTERS], bar; /* the newest hour */
    struct bar weeks[WEEKS * SEASON_HOURS];
    size_t count; /* of `weeks`, which begin on a Monday */
    struct season season;
    struct families f;
};

static struct bar walk_quarter(struct walk *w)
{
    double y = w->log_price, high = y, low = y;
    struct bar b = { .open_ms = w->open_ms, .open = exp(y), .volume = 1.0 };

    for (int i = 0; i < STEPS / QUARTERS; i++) {
        y += SIGMA / sqrt(STEPS) * prng_normal(&w->prng);
        high = y > high ? y : high;
        low = y < low ? y : low;
    }
    b.high = exp(high);
    b.low = exp(low);
    b.close = exp(y);
    w->log_price = y;
    w->open_ms += timeframe_ms(TF_15M);
    return b;
}

static void walk_hour(struct walk *w)
{
    for (int i = 0; i < QUARTERS; i++) {
        struct bar q = w->quarters[i] = walk_quarter(w);
        if (i == 0)
            w->bar = q;
        w->bar.high = fmax(w->bar.high, q.high);
        w->bar.low = fmin(w->bar.low, q.low);
        w->bar.close = q.close;
    }
}

/* On a Monday, the profile of the eight weeks before; then one more bar. */
static void walk_season(struct walk *w)
{
    size_t week = SEASON_HOURS;
    if (w->count == WEEKS * week) {
        w->count -= week;
        memmove(w->weeks, w->weeks + week, w->count * sizeof(w->weeks[0]));
    }
    if (w->count % week == 0)
        season_build(w->weeks, w->count, w->bar.open_ms, &w->season);
    w->weeks[w->count++] = w->bar;
}

static void families_init(struct families *f)
{
    wilder_init(&f->wilder, 14, PRICE_LOG);
    efficiency_init(&f->er10, 10);
    efficiency_init(&f->er24, 24);
    autocorr_init(&f->rho1, 100);
    half_life_init(&f->half_life_100, 100);
    half_life_init(&f->half_life_200, 200);
    variance_ratio_init(&f->vr8, 100, 8);
    slope_init(&f->slope, 24);
    bollinger_init(&f->bollinger);
    expansion_init(&f->ver_15m, 100);
    expansion_init(&f->ver_1h, 100);
    expansion_init(&f->ver_4h, 50);
}

static void families_push(struct families *f, const struct walk *w)
{
    const struct bar *b = &w->bar;
    struct value factor = season_factor(&w->season, b->open_ms);

    wilder_push(&f->wilder, b);
    efficiency_push(&f->er10, b, TF_1H);
    efficiency_push(&f->er24, b, TF_1H);
    autocorr_push(&f->rho1, b, TF_1H);
    half_life_push(&f->half_life_100, b, TF_1H);
    half_life_push(&f->half_life_200, b, TF_1H);
    variance_ratio_push(&f->vr8, b, TF_1H);
    slope_push(&f->slope, b, TF_1H);
    bollinger_push(&f->bollinger, b, TF_1H);
    for (int i = 0; i < QUARTERS; i++)
        expansion_push(&f->ver_15m, &w->quarters[i], TF_15M, factor);
    expansion_push(&f->ver_1h, b, TF_1H, factor);
    expansion_push(&f->ver_4h, b, TF_1H, factor);
}

static double bars_of(struct half_life_time x)
{
    return x.kind == HALF_LIFE_INFINITE ? HUGE_VAL : x.bars;
}

static void read_scores(const struct families *f, double out[NULL_COUNT])
{
    struct score_inputs in = {
        .er24 = efficiency_ratio(&f->er24),
        .adx_log = wilder_adx(&f->wilder),
        .z_slope = slope_z(&f->slope, wilder_atr_frac(&f->wilder)),
        .t_df = half_life_t(&f->half_life_100),
        .vr8 = variance_ratio_value(&f->vr8),
        .ver = value_none(VALUE_UNAVAILABLE),
    };
    struct scores scores = regime_scores(&regime_model_shipped, &in);

    out[NULL_TREND_SCORE] = scores.t.v;
    out[NULL_MEAN_REVERSION_SCORE] = scores.m.v;
}

/* One draw of every metric. */
static void families_read(const struct families *f, double out[NULL_COUNT])
{
    const struct half_life *h100 = &f->half_life_100, *h200 = &f->half_life_200;
    struct value atr = wilder_atr_frac(&f->wilder);

    out[NULL_ADX] = wilder_adx(&f->wilder).v;
    out[NULL_DI] = wilder_plus_di(&f->wilder).v;
    out[NULL_ER10] = efficiency_ratio(&f->er10).v;
    out[NULL_ER24] = efficiency_ratio(&f->er24).v;
    out[NULL_RHO1] = autocorr_unbiased(&f->rho1).v;
    out[NULL_HALF_LIFE_100] = bars_of(half_life_raw(h100));
    out[NULL_HALF_LIFE_200] = bars_of(half_life_raw(h200));
    out[NULL_HALF_LIFE_C_100] = bars_of(half_life_corrected(h100));
    out[NULL_HALF_LIFE_C_200] = bars_of(half_life_corrected(h200));
    out[NULL_T_DF_100] = half_life_t(h100).v;
    out[NULL_T_DF_200] = half_life_t(h200).v;
    out[NULL_VR8] = variance_ratio_value(&f->vr8).v;
    out[NULL_NORM_SLOPE] = slope_norm(&f->slope, atr).v;
    out[NULL_Z_SLOPE] = slope_z(&f->slope, atr).v;
    out[NULL_BBW_PCT] = bollinger_pct(&f->bollinger).v;
    out[NULL_Z20] = bollinger_z(&f->bollinger).v;
    out[NULL_VER_15M] = expansion_deseasonalised(&f->ver_15m).v;
    out[NULL_VER_1H] = expansion_deseasonalised(&f->ver_1h).v;
    out[NULL_VER_4H] = expansion_raw(&f->ver_4h).v;
    read_scores(f, out);
}

static void walk_begin(struct walk *w)
{
    w->log_price = log(FIRST_PRICE);
    w->open_ms = FIRST_MONDAY;
    w->count = 0;
    families_init(&w->f);
}

/* draws[id] is filled with `count` draws of a metric. */
static void simulate(struct walk *w, double *draws[NULL_COUNT], size_t count)
{
    double drawn[NULL_COUNT] = { 0 };

    prng_init(&w->prng, SEED);
    for (size_t i = 0; i < count; i++) {
        bool first = i % WALK_DRAWS == 0;
        if (first)
            walk_begin(w);
        for (int bars = first ? WARMUP : STRIDE; bars > 0; bars--) {
            walk_hour(w);
            walk_season(w);
            families_push(&w->f, w);
        }
        families_read(&w->f, drawn);
        for (int id = 0; id < NULL_COUNT; id++)
            draws[id][i] = drawn[id];
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of sorted draws, linear between neighbours. */
static double quantile(const double *sorted, size_t count, double level)
{
    double at = level * (double)(count - 1);
    size_t i = (size_t)at;
    double lo = sorted[i], hi = sorted[i + 1];
    return isinf(hi) ? hi : lo + (at - (double)i) * (hi - lo);
}

static void print_row(enum null_id id, double *draws, size_t count)
{
    qsort(draws, count, sizeof(*draws), compare);
    printf("    { { /* %s */\n", null_name(id));
    for (int i = 0; i < NULL_LEVELS; i++) {
        double q = quantile(draws, count, null_levels[i]);
        printf(i % 8 == 0 ? "        " : " ");
        printf(isinf(q) ? "HUGE_VAL," : "%.5g,", q);
        if (i % 8 == 7 || i == NULL_LEVELS - 1)
            printf("\n");
    }
    printf("    } },\n");
}

static void print_tables(double *draws[NULL_COUNT], size_t count)
{
    printf("/* Made by tools/null_tables.c; `make null-tables` makes it anew.\n"
           " * Seed %d, %zu draws. The standard error of the share of walks\n"
           " * below a quantile is %.1g at .5 and %.1g at .001. */\n",
           SEED, count, sqrt(0.25 / (double)count),
           sqrt(0.001 * 0.999 / (double)count));
    printf("#include <math.h>\n\n"
           "#include \"metrics/null_table.h\"\n\n"
           "// clang-format off\n"
           "const struct null_quantiles null_tables[NULL_COUNT] = {\n"
           "    { { 0 } }, /* none */\n");
    for (int id = NULL_NONE + 1; id < NULL_COUNT; id++)
        print_row((enum null_id)id, draws[id], count);
    printf("};\n// clang-format on\n");
}

static bool all_drawn(double *const draws[NULL_COUNT], size_t count)
{
    for (int id = 0; id < NULL_COUNT; id++)
        for (size_t i = 0; i < count; i++)
            if (isnan(draws[id][i])) {
                fprintf(stderr, "null_tables: draw %zu of '%s' has no value\n",
                        i, null_name((enum null_id)id));
                return false;
            }
    return true;
}

int main(int argc, char **argv)
{
    double *draws[NULL_COUNT];
    int64_t count = DRAWS;

    if (argc > 1 && (!integer_parse(argv[1], &count) || count < 1000)) {
        fprintf(stderr, "null_tables: '%s' is not 1000 or more\n", argv[1]);
        return 64;
    }
    struct walk *w = xcalloc(1, sizeof(*w));
    for (int id = 0; id < NULL_COUNT; id++)
        draws[id] = xcalloc((size_t)count, sizeof(*draws[id]));
    simulate(w, draws, (size_t)count);
    bool fine = all_drawn(draws, (size_t)count);
    if (fine)
        print_tables(draws, (size_t)count);
    for (int id = 0; id < NULL_COUNT; id++)
        free(draws[id]);
    free(w);
    return fine && !fflush(stdout) && !ferror(stdout) ? 0 : 74;
}
