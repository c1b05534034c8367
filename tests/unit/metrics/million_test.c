/* A million bars in a row: no metric drifts. What has a window is what a bank
 * says that saw the window only; what is recursive is its recursion, written
 * out here from the formulas of the headers in another way. */
#include <math.h>
#include <string.h>

#include "metric_made.h"
#include "metrics/metric.h"
#include "test.h"

#define CHUNK  1000
#define CHUNKS 1000

static struct bar bars[CHUNK];
static struct bank bank, fresh, copy;

/* wilder.h with n = 14, on prices as they are or on their logarithms. */
struct by_hand {
    int count;
    double high, low, close;
    double atr, range, up, down, dx, adx;
};

static void push_moves(struct by_hand *w, double high, double low)
{
    int n = w->count; /* true ranges so far, this one included */
    double range = fmax(high, w->close) - fmin(low, w->close);
    double up = high - w->high, down = w->low - low;
    double keep = n < 14 ? 1 : 1 - 1.0 / 14;
    w->range = w->range * keep + range;
    w->up = w->up * keep + (up > down && up > 0 ? up : 0);
    w->down = w->down * keep + (down > up && down > 0 ? down : 0);
    w->atr =
        n <= 14 ? (w->atr * (n - 1) + range) / n : (13 * w->atr + range) / 14;
    if (n < 14)
        return;
    w->dx = 100 * fabs(w->up - w->down) / (w->up + w->down);
    int k = n - 13; /* DX so far */
    w->adx =
        k <= 14 ? (w->adx * (k - 1) + w->dx) / k : (13 * w->adx + w->dx) / 14;
}

static void push_by_hand(struct by_hand *w, double high, double low,
                         double close)
{
    if (w->count > 0)
        push_moves(w, high, low);
    w->high = high;
    w->low = low;
    w->close = close;
    w->count++;
}

/* The mean of the last n of what was pushed. */
struct last {
    int n, count;
    double x[900];
};

static void push_last(struct last *l, double x)
{
    l->x[l->count++ % l->n] = x;
}

static double mean_of(const struct last *l)
{
    double sum = 0;
    for (int i = 0; i < l->n; i++)
        sum += l->x[i];
    return sum / l->n;
}

static double share_at_most(const struct last *l, double x)
{
    int n = 0;
    for (int i = 0; i < l->n; i++)
        n += l->x[i] <= x;
    return (double)n / l->n;
}

/* ewma_vol.h */
struct ewma {
    double alpha, sum, weight;
};

static double push_ewma(struct ewma *e, double r)
{
    e->sum += e->alpha * (r * r - e->sum);
    e->weight += e->alpha * (1 - e->weight);
    return sqrt(e->sum / e->weight);
}

/* ATR of true ranges that were divided by a season. */
struct even {
    int count;
    double atr;
};

static void push_even(struct even *e, double range)
{
    int n = ++e->count;
    e->atr =
        n <= 14 ? (e->atr * (n - 1) + range) / n : (13 * e->atr + range) / 14;
}

static struct {
    struct by_hand raw, log;
    struct ewma fast, haz, slow;
    double vol_fast, vol_haz, vol_slow;
    struct last fasts, atrs, evens;
    struct even even;
} hand;

static double season_of(const struct bar *b)
{
    return 0.5 + (double)(b->open_ms / 3600000 % 7) / 4.0;
}

static void begin(enum timeframe tf)
{
    memset(&hand, 0, sizeof(hand));
    hand.fast.alpha = 0.1;
    hand.haz.alpha = 1 - exp2(-1.0 / 96);
    hand.slow.alpha = 1 - exp2(-1.0 / 480);
    hand.fasts.n = 900;
    hand.atrs.n = hand.evens.n = tf == TF_4H ? 50 : 100;
    bank_init(&bank, tf);
}

static void push_hand(const struct bar *b)
{
    double before = hand.raw.close;
    int seen = hand.raw.count;
    push_by_hand(&hand.raw, b->high, b->low, b->close);
    push_by_hand(&hand.log, log(b->high), log(b->low), log(b->close));
    if (seen == 0)
        return;
    double r = log(b->close / before);
    hand.vol_fast = push_ewma(&hand.fast, r);
    hand.vol_haz = push_ewma(&hand.haz, r);
    hand.vol_slow = push_ewma(&hand.slow, r);
    double range = fmax(b->high, before) - fmin(b->low, before);
    push_even(&hand.even, range / season_of(b));
    if (seen >= 100)
        push_last(&hand.fasts, hand.vol_fast);
    if (seen >= 14) {
        push_last(&hand.atrs, hand.raw.atr);
        push_last(&hand.evens, hand.even.atr);
    }
}

static void push(struct bank *to, const struct bar *b)
{
    bank_push(to, b, value_real(season_of(b), 1));
}

static void assert_metric(enum metric_id id, double want)
{
    struct value got = metrics[id].read(&bank);
    ASSERT_INT(got.status, VALUE_REAL);
    ASSERT_NEAR(got.v, want, 1e-10);
}

static void check_recursions_15m(void)
{
    assert_metric(METRIC_VOL_HAZ_15M, hand.vol_haz);
    assert_metric(METRIC_VOL_FAST_15M, hand.vol_fast);
    assert_metric(METRIC_VOL_SLOW_15M, hand.vol_slow);
    assert_metric(METRIC_VOL_RANK_15M,
                  share_at_most(&hand.fasts, hand.vol_fast));
    assert_metric(METRIC_ATR_15M, hand.raw.atr);
    assert_metric(METRIC_VER_15M, hand.even.atr / mean_of(&hand.evens));
}

static void check_recursions_1h(void)
{
    double atr_frac = hand.raw.atr / hand.raw.close;
    double slope = slope_b(&fresh.slope).v / atr_frac;
    assert_metric(METRIC_ADX_1H, hand.raw.adx);
    assert_metric(METRIC_ADX_LOG_1H, hand.log.adx);
    assert_metric(METRIC_PLUS_DI_1H, 100 * hand.raw.up / hand.raw.range);
    assert_metric(METRIC_MINUS_DI_1H, 100 * hand.raw.down / hand.raw.range);
    assert_metric(METRIC_ATR_1H, hand.raw.atr);
    assert_metric(METRIC_VER_RAW_1H, hand.raw.atr / mean_of(&hand.atrs));
    assert_metric(METRIC_VER_1H, hand.even.atr / mean_of(&hand.evens));
    assert_metric(METRIC_SLOPE_1H, slope);
    assert_metric(METRIC_Z_SLOPE_1H, slope * sqrt(24) / 0.72);
}

static void check_recursions_4h(void)
{
    double atr_frac = hand.raw.atr / hand.raw.close;
    double slope = slope_b(&fresh.slope).v / atr_frac;
    assert_metric(METRIC_ADX_4H, hand.raw.adx);
    assert_metric(METRIC_ADX_LOG_4H, hand.log.adx);
    assert_metric(METRIC_ATR_4H, hand.raw.atr);
    assert_metric(METRIC_VER_4H, hand.raw.atr / mean_of(&hand.atrs));
    assert_metric(METRIC_Z_SLOPE_4H, slope * sqrt(24) / 0.72);
}

/* What reads no further back than its warm-up. */
static bool has_window(enum metric_id id)
{
    static const enum metric_id ids[] = {
        METRIC_ER10_1H,          METRIC_ER24_1H,          METRIC_RHO1_1H,
        METRIC_HALF_LIFE_1H,     METRIC_HALF_LIFE_100_1H, METRIC_T_DF_1H,
        METRIC_HALF_LIFE_200_1H, METRIC_T_DF_200_1H,      METRIC_VR8_1H,
        METRIC_BBW_1H,           METRIC_BBW_PCT_1H,       METRIC_Z20_1H,
        METRIC_ER24_4H,          METRIC_T_DF_4H,          METRIC_VR8_4H,
        METRIC_BBW_4H,
    };
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        if (ids[i] == id)
            return true;
    return false;
}

static void feed_fresh(enum timeframe tf, int32_t n)
{
    bank_init(&fresh, tf);
    for (int i = CHUNK - n; i < CHUNK; i++)
        push(&fresh, &bars[i]);
}

static int check_windows(enum timeframe tf)
{
    int identified = 0;
    for (int i = 0; i < METRIC_COUNT; i++) {
        enum metric_id id = (enum metric_id)i;
        if (metrics[id].tf != tf || !has_window(id))
            continue;
        feed_fresh(tf, metrics[id].warmup);
        struct value want = metrics[id].read(&fresh);
        struct value got = metrics[id].read(&bank);
        ASSERT_INT(got.status, want.status);
        ASSERT_INT(got.n_used, want.n_used);
        ASSERT_NEAR(got.v, want.v, 1e-10);
        identified += value_usable(got);
    }
    return identified;
}

/* A copy of the bytes goes on as the bank itself does. */
static void check_copy(enum timeframe tf)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        if (metrics[i].tf != tf)
            continue;
        struct value a = metrics[i].read(&bank), b = metrics[i].read(&copy);
        ASSERT(memcmp(&a, &b, sizeof(a)) == 0);
    }
}

static void next_chunk(enum timeframe tf, int k, double price)
{
    const struct metric_made_walk how = {
        .seed = (uint64_t)k * 7919, .price = price, .sigma = 0.004, .steps = 2
    };
    metric_made_walk(how, bars, CHUNK, tf);
    metric_made_number(METRIC_MADE_FIRST + (int64_t)k * CHUNK, bars, CHUNK, tf);
}

static void run(enum timeframe tf)
{
    double price = 40000;
    int usable = 0;
    begin(tf);
    for (int k = 0; k < CHUNKS; k++) {
        next_chunk(tf, k, price);
        bool copied = k == CHUNKS / 2;
        if (copied)
            memcpy(&copy, &bank, sizeof(bank));
        for (int i = 0; i < CHUNK; i++) {
            push(&bank, &bars[i]);
            push_hand(&bars[i]);
            if (copied)
                push(&copy, &bars[i]);
            if (copied)
                check_copy(tf);
        }
        price = bars[CHUNK - 1].close;
        if (k % 50 != 49)
            continue;
        usable += check_windows(tf);
        feed_fresh(tf, 24);
        if (tf == TF_15M)
            check_recursions_15m();
        else if (tf == TF_1H)
            check_recursions_1h();
        else
            check_recursions_4h();
    }
    ASSERT(tf == TF_15M || usable > 60);
}

static void a_million_quarters(void)
{
    run(TF_15M);
}

static void a_million_hours(void)
{
    run(TF_1H);
}

static void a_million_4h_bars(void)
{
    run(TF_4H);
}

void million_test(void);
void million_test(void)
{
    TEST_SUITE("metrics: a million bars");
    TEST(a_million_quarters);
    TEST(a_million_hours);
    TEST(a_million_4h_bars);
}
