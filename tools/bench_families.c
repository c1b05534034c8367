/* What a bar costs in each family of src/metrics, and in a whole bank: fed
 * only, and fed and read. Every family is fed through a pointer to a function,
 * which is 1 to 2 ns of each figure. */
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "metrics/metric.h"
#include "metrics/season.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"

#define BARS        1000000
#define BARS_QUICK  20000
#define REPETITIONS 5

struct feed {
    struct bank bank;
    struct season season;
    struct ewma_vol vol;
    const struct bar *bars; /* all of them, for the season */
    struct value factor;
};

static void push_wilder_raw(struct feed *f, const struct bar *b)
{
    wilder_push(&f->bank.raw, b);
}

static double read_wilder_raw(const struct feed *f)
{
    const struct wilder *w = &f->bank.raw;
    return wilder_atr(w).v + wilder_plus_di(w).v + wilder_minus_di(w).v +
           wilder_adx(w).v;
}

static void push_wilder_log(struct feed *f, const struct bar *b)
{
    wilder_push(&f->bank.log, b);
}

static double read_wilder_log(const struct feed *f)
{
    return wilder_adx(&f->bank.log).v;
}

static void push_efficiency(struct feed *f, const struct bar *b)
{
    efficiency_push(&f->bank.er24, b, TF_1H);
}

static double read_efficiency(const struct feed *f)
{
    return efficiency_ratio(&f->bank.er24).v;
}

static void push_slope(struct feed *f, const struct bar *b)
{
    slope_push(&f->bank.slope, b, TF_1H);
}

static double read_slope(const struct feed *f)
{
    return slope_b(&f->bank.slope).v + slope_r2(&f->bank.slope).v;
}

static void push_bollinger(struct feed *f, const struct bar *b)
{
    bollinger_push(&f->bank.bollinger, b, TF_1H);
}

static double read_bollinger(const struct feed *f)
{
    const struct bollinger *b = &f->bank.bollinger;
    return bollinger_width(b).v + bollinger_pct(b).v + bollinger_z(b).v;
}

static void push_autocorr(struct feed *f, const struct bar *b)
{
    autocorr_push(&f->bank.rho, b, TF_1H);
}

static double read_autocorr(const struct feed *f)
{
    return autocorr_unbiased(&f->bank.rho).v;
}

static void push_half_life(struct feed *f, const struct bar *b)
{
    half_life_push(&f->bank.hl200, b, TF_1H);
}

static double read_half_life(const struct feed *f)
{
    const struct half_life *h = &f->bank.hl200;
    return half_life_t(h).v + half_life_value(half_life_raw(h)).v +
           half_life_identified(h).v;
}

static void push_variance_ratio(struct feed *f, const struct bar *b)
{
    variance_ratio_push(&f->bank.vr, b, TF_1H);
}

static double read_variance_ratio(const struct feed *f)
{
    return variance_ratio_value(&f->bank.vr).v;
}

static void push_ewma_vol(struct feed *f, const struct bar *b)
{
    ewma_vol_push(&f->vol, b->close);
}

static double read_ewma_vol(const struct feed *f)
{
    return ewma_vol_value(&f->vol).v;
}

static void push_vol_rank(struct feed *f, const struct bar *b)
{
    vol_rank_push(&f->bank.vols, b);
}

static double read_vol_rank(const struct feed *f)
{
    const struct vol_rank *v = &f->bank.vols;
    return vol_rank_haz(v).v + vol_rank_fast(v).v + vol_rank_slow(v).v +
           vol_rank_share(v).v;
}

static void push_expansion(struct feed *f, const struct bar *b)
{
    expansion_push(&f->bank.ver, b, TF_1H, f->factor);
}

static double read_expansion(const struct feed *f)
{
    return expansion_raw(&f->bank.ver).v +
           expansion_deseasonalised(&f->bank.ver).v;
}

/* Once a week the profile of the eight weeks before, as the engine does. */
static void push_season(struct feed *f, const struct bar *b)
{
    int64_t monday_ms = last_monday(b->open_ms);
    if (f->season.monday_ms != monday_ms) {
        size_t n = (size_t)(b - f->bars);
        size_t from = n > PROFILE_BARS ? n - PROFILE_BARS : 0;
        season_build(f->bars + from, n - from, monday_ms, &f->season);
    }
    f->factor = season_factor(&f->season, b->open_ms);
}

static double read_season(const struct feed *f)
{
    return f->factor.v;
}

static void push_bank(struct feed *f, const struct bar *b)
{
    bank_push(&f->bank, b, f->factor);
}

static double read_bank(const struct feed *f)
{
    double sum = 0.0;
    for (int i = 0; i < METRIC_COUNT; i++)
        if (metrics[i].tf == f->bank.tf)
            sum += metrics[i].read(&f->bank).v;
    return sum;
}

struct family_row {
    const char *key, *what;
    enum timeframe tf;
    void (*push)(struct feed *f, const struct bar *b);
    double (*read)(const struct feed *f);
};

// clang-format off
static const struct family_row rows[] = {
    { "wilder_raw",     "ATR, +DI, -DI, DX, ADX (14)",            TF_1H,  push_wilder_raw,     read_wilder_raw },
    { "wilder_log",     "the same of ln prices",                  TF_1H,  push_wilder_log,     read_wilder_log },
    { "efficiency",     "efficiency ratio (24)",                  TF_1H,  push_efficiency,     read_efficiency },
    { "slope",          "slope and R^2 (24)",                     TF_1H,  push_slope,          read_slope },
    { "bollinger",      "bands (20), rank, squeeze (200)",        TF_1H,  push_bollinger,      read_bollinger },
    { "autocorr",       "autocorrelation (100)",                  TF_1H,  push_autocorr,       read_autocorr },
    { "half_life",      "half-life and t_DF (200)",               TF_1H,  push_half_life,      read_half_life },
    { "variance_ratio", "variance ratio (8, 100)",                TF_1H,  push_variance_ratio, read_variance_ratio },
    { "ewma_vol",       "one EWMA volatility",                    TF_15M, push_ewma_vol,       read_ewma_vol },
    { "vol_rank",       "three of them, rank (900), tertile",     TF_15M, push_vol_rank,       read_vol_rank },
    { "expansion",      "expansion ratio (100), raw and even",    TF_1H,  push_expansion,      read_expansion },
    { "season",         "hours of the week, built once a week",   TF_1H,  push_season,         read_season },
    { "bank_15m",       "all of 15m",                             TF_15M, push_bank,           read_bank },
    { "bank_1h",        "all of 1h",                              TF_1H,  push_bank,           read_bank },
    { "bank_4h",        "all of 4h",                              TF_4H,  push_bank,           read_bank },
};
// clang-format on

static void begin(struct feed *f, const struct bar *bars, enum timeframe tf)
{
    bank_init(&f->bank, tf);
    ewma_vol_init(&f->vol, 96.0, 96);
    f->season = (struct season){ .status = VALUE_UNAVAILABLE };
    f->factor = value_real(1.0, SEASON_LEAST);
    f->bars = bars;
}

/* ns a bar; `read` NULL: fed only. */
static double run(const struct family_row *row, struct feed *f,
                  const struct bar *bars, size_t n, bool reads)
{
    double sum = 0.0;
    begin(f, bars, row->tf);
    int64_t from = bench_cpu_ns();
    for (size_t i = 0; i < n; i++) {
        row->push(f, &bars[i]);
        if (reads)
            sum += row->read(f);
    }
    int64_t took = bench_cpu_ns() - from;
    bench_sink = sum;
    return (double)took / (double)n;
}

static void measure(struct bench *b, const struct family_row *row,
                    struct feed *f, struct bar *bars, size_t n)
{
    double fed[REPETITIONS], read[REPETITIONS];
    char key[48];

    bench_retime(bars, n, row->tf);
    for (int i = 0; i < REPETITIONS; i++) {
        fed[i] = run(row, f, bars, n, false);
        read[i] = run(row, f, bars, n, true);
    }
    snprintf(key, sizeof(key), "families.%s.push", row->key);
    bench_add(b, key, bench_median(fed, REPETITIONS), "ns/bar", "%s",
              row->what);
    snprintf(key, sizeof(key), "families.%s.push_and_read", row->key);
    bench_add(b, key, bench_median(read, REPETITIONS), "ns/bar", "%s, and read",
              row->what);
}

void bench_families(struct bench *b)
{
    size_t n = b->quick ? BARS_QUICK : BARS;
    struct bar *bars = xcalloc(n, sizeof(*bars));
    struct feed *f = xcalloc(1, sizeof(*f));

    bench_walk(bars, n, TF_1H);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        measure(b, &rows[i], f, bars, n);
    free(f);
    free(bars);
}
