/* Our families against TA-Lib's C on the same bars, in turn in the same run,
 * so that what else the machine does hits both. A family is fed bar by bar, as
 * in the engine, and its value is read at each bar, because TA-Lib writes one
 * for each; it is also timed without reading. TA-Lib gets whole columns. Both
 * make the logarithms that the slope is of.
 *
 * What differs in kind: wilder_push() makes ATR, DI, DX and ADX together, so
 * there is a row in which TA-Lib makes both, too; and bollinger_push() ranks
 * each width among 200, so there is one without it, of the sums alone. */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "metrics/bollinger.h"
#include "metrics/slope.h"
#include "metrics/wilder.h"
#include "sys/xmalloc.h"
#include "tools/bench.h"
#include "tools/bench_talib.h"

#define BARS            1000000
#define BARS_QUICK      20000
#define REPETITIONS     9
#define REPETITIONS_FEW 3
#define DIGITS_MOST     16.0 /* a double has no more */
#define OUTPUTS         3

struct columns {
    size_t n;
    struct bar *bars;
    double *high, *low, *close, *ln_close;
    double *ours[OUTPUTS], *theirs[OUTPUTS];
    int begin[OUTPUTS]; /* the index of the first of `theirs` */
    int count[OUTPUTS];
};

static void adx_ours(struct columns *c, bool reads)
{
    struct wilder w;
    wilder_init(&w, 14, PRICE_RAW);
    for (size_t i = 0; i < c->n; i++) {
        wilder_push(&w, &c->bars[i]);
        if (reads)
            c->ours[0][i] = wilder_adx(&w).v;
    }
    bench_sink = w.adx;
}

static int adx_theirs(const struct talib *t, struct columns *c)
{
    return t->adx(0, (int)c->n - 1, c->high, c->low, c->close, 14, &c->begin[0],
                  &c->count[0], c->theirs[0]);
}

static void atr_ours(struct columns *c, bool reads)
{
    struct wilder w;
    wilder_init(&w, 14, PRICE_RAW);
    for (size_t i = 0; i < c->n; i++) {
        wilder_push(&w, &c->bars[i]);
        if (reads)
            c->ours[0][i] = wilder_atr(&w).v;
    }
    bench_sink = w.atr;
}

static void both_ours(struct columns *c, bool reads)
{
    struct wilder w;
    wilder_init(&w, 14, PRICE_RAW);
    for (size_t i = 0; i < c->n; i++) {
        wilder_push(&w, &c->bars[i]);
        if (!reads)
            continue;
        c->ours[0][i] = wilder_atr(&w).v;
        c->ours[1][i] = wilder_adx(&w).v;
    }
    bench_sink = w.adx;
}

static int atr_theirs(const struct talib *t, struct columns *c)
{
    return t->atr(0, (int)c->n - 1, c->high, c->low, c->close, 14, &c->begin[0],
                  &c->count[0], c->theirs[0]);
}

static int both_theirs(const struct talib *t, struct columns *c)
{
    int rc = t->adx(0, (int)c->n - 1, c->high, c->low, c->close, 14,
                    &c->begin[1], &c->count[1], c->theirs[1]);
    return rc ? rc : atr_theirs(t, c);
}

static void put_bands(struct columns *c, size_t i, double mean, double sd)
{
    c->ours[0][i] = mean + 2.0 * sd;
    c->ours[1][i] = mean;
    c->ours[2][i] = mean - 2.0 * sd;
}

/* What the bands are made of, and nothing else. */
static void sums_ours(struct columns *c, bool reads)
{
    static struct anchored_sums s;
    anchored_sums_init(&s, BOLLINGER_N);
    for (size_t i = 0; i < c->n; i++) {
        const struct bar *b = &c->bars[i];
        anchored_sums_push(&s, b->close, 0.0, bar_number(b->open_ms, TF_1H));
        if (!reads)
            continue;
        struct centred_sums w = anchored_sums_centre(&s);
        put_bands(c, i, w.mean_x, sqrt(w.sxx / BOLLINGER_N));
    }
    bench_sink = s.anchor_x;
}

static void bands_ours(struct columns *c, bool reads)
{
    struct bollinger b;
    bollinger_init(&b);
    for (size_t i = 0; i < c->n; i++) {
        bollinger_push(&b, &c->bars[i], TF_1H);
        if (reads)
            put_bands(c, i, bollinger_sma(&b).v, bollinger_sd(&b).v);
    }
    bench_sink = b.close;
}

static int bands_theirs(const struct talib *t, struct columns *c)
{
    int rc =
        t->bbands(0, (int)c->n - 1, c->close, 20, 2.0, 2.0, 0, &c->begin[0],
                  &c->count[0], c->theirs[0], c->theirs[1], c->theirs[2]);
    for (int k = 1; k < 3; k++) {
        c->begin[k] = c->begin[0];
        c->count[k] = c->count[0];
    }
    return rc;
}

static void slope_ours(struct columns *c, bool reads)
{
    struct slope s;
    slope_init(&s, 24);
    for (size_t i = 0; i < c->n; i++) {
        slope_push(&s, &c->bars[i], TF_1H);
        if (reads)
            c->ours[0][i] = slope_b(&s).v;
    }
    bench_sink = s.bars;
}

static int slope_theirs(const struct talib *t, struct columns *c)
{
    for (size_t i = 0; i < c->n; i++)
        c->ln_close[i] = log(c->close[i]);
    return t->slope(0, (int)c->n - 1, c->ln_close, 24, &c->begin[0],
                    &c->count[0], c->theirs[0]);
}

struct kernel {
    const char *key, *what;
    int outputs;
    bool is_goal; /* SPEC 18 asks for it */
    void (*ours)(struct columns *c, bool reads);
    int (*theirs)(const struct talib *t, struct columns *c);
};

// clang-format off
static const struct kernel kernels[] = {
    { "adx",     "ADX(14)",                     1, true,  adx_ours,   adx_theirs },
    { "atr",     "ATR(14)",                     1, true,  atr_ours,   atr_theirs },
    { "adx_atr", "ADX(14) and ATR(14)",         2, false, both_ours,  both_theirs },
    { "bands",   "BBANDS(20), bands alone",     3, true,  sums_ours,  bands_theirs },
    { "ranked",  "BBANDS(20), ours with ranks", 3, false, bands_ours, bands_theirs },
    { "slope",   "LINEARREG_SLOPE(24) of ln C", 1, true,  slope_ours, slope_theirs },
};
// clang-format on

static void columns_init(struct columns *c, size_t n)
{
    c->n = n;
    c->bars = xcalloc(n, sizeof(*c->bars));
    c->high = xcalloc(n, sizeof(double));
    c->low = xcalloc(n, sizeof(double));
    c->close = xcalloc(n, sizeof(double));
    c->ln_close = xcalloc(n, sizeof(double));
    for (int k = 0; k < OUTPUTS; k++) {
        c->ours[k] = xcalloc(n, sizeof(double));
        c->theirs[k] = xcalloc(n, sizeof(double));
    }
    bench_walk(c->bars, n, TF_1H);
    for (size_t i = 0; i < n; i++) {
        c->high[i] = c->bars[i].high;
        c->low[i] = c->bars[i].low;
        c->close[i] = c->bars[i].close;
    }
}

static void columns_release(struct columns *c)
{
    free(c->bars);
    free(c->high);
    free(c->low);
    free(c->close);
    free(c->ln_close);
    for (int k = 0; k < OUTPUTS; k++) {
        free(c->ours[k]);
        free(c->theirs[k]);
    }
}

/* In how many digits all values agree; 0 where only one side has one. */
static double digits_agreed(const struct columns *c, int outputs)
{
    double worst = 0.0;
    for (int k = 0; k < outputs; k++) {
        for (int i = 0; i < c->count[k]; i++) {
            double a = c->ours[k][c->begin[k] + i], b = c->theirs[k][i];
            double off = fabs(a - b) / fmax(fabs(a), fabs(b));
            if (a != b && !(off <= worst))
                worst = isnan(off) ? 1.0 : off;
        }
    }
    return fmin(DIGITS_MOST, -log10(worst));
}

/* ns a bar of ours fed, ours fed and read, theirs. */
struct timing {
    double fed, read, theirs;
};

static struct timing time_once(const struct kernel *k, const struct talib *t,
                               struct columns *c)
{
    double n = (double)c->n;
    int64_t a = bench_cpu_ns();
    k->ours(c, false);
    int64_t b = bench_cpu_ns();
    k->ours(c, true);
    int64_t d = bench_cpu_ns();
    int rc = k->theirs(t, c);
    int64_t e = bench_cpu_ns();
    assert(rc == 0);
    (void)rc;
    return (struct timing){ (double)(b - a) / n, (double)(d - b) / n,
                            (double)(e - d) / n };
}

static struct bench_row *add(struct bench *b, const struct kernel *k,
                             const char *figure, double x, const char *unit,
                             const char *what)
{
    char key[48];
    snprintf(key, sizeof(key), "kernels.%s.%s", k->key, figure);
    return bench_add(b, key, x, unit, "%s%s", k->what, what);
}

static void measure(struct bench *b, const struct kernel *k,
                    const struct talib *t, struct columns *c)
{
    int n = b->quick ? REPETITIONS_FEW : REPETITIONS;
    double fed[REPETITIONS], read[REPETITIONS], theirs[REPETITIONS];
    double fed_ratio[REPETITIONS], read_ratio[REPETITIONS];

    time_once(k, t, c); /* touches all memory first */
    for (int i = 0; i < n; i++) {
        struct timing x = time_once(k, t, c);
        fed[i] = x.fed;
        read[i] = x.read;
        theirs[i] = x.theirs;
        fed_ratio[i] = x.fed / x.theirs;
        read_ratio[i] = x.read / x.theirs;
    }
    size_t m = (size_t)n;
    add(b, k, "push", bench_median(fed, m), "ns/bar", ": ours, fed");
    add(b, k, "push_and_read", bench_median(read, m), "ns/bar",
        ": ours, fed and read");
    add(b, k, "talib", bench_median(theirs, m), "ns/bar", ": TA-Lib's C");
    add(b, k, "push_ratio", bench_median(fed_ratio, m), "times",
        ": ours, fed, against TA-Lib's");
    struct bench_row *row =
        add(b, k, "ratio", bench_median(read_ratio, m), "times",
            ": ours, fed and read, against TA-Lib's");
    if (k->is_goal) {
        row->target = TARGET_AT_MOST;
        row->goal = 1.0;
    }
    add(b, k, "digits", digits_agreed(c, k->outputs), "digits",
        ": in which both agree at every bar");
}

void bench_kernels(struct bench *b)
{
    struct talib t;
    struct columns c;
    memset(&t, 0, sizeof(t));
    const char *why = talib_open(&t, b->talib);

    if (why) {
        bench_skip(b, "kernels", "%s", why);
        talib_close(&t);
        return;
    }
    columns_init(&c, b->quick ? BARS_QUICK : BARS);
    for (size_t i = 0; i < ARRAY_LEN(kernels); i++)
        measure(b, &kernels[i], &t, &c);
    columns_release(&c);
    talib_close(&t);
}
