/* The committed tables against a small simulation of their kind with another
 * generator, another seed and its own wiring of the families. */
#include <math.h>

#include "base/array.h"
#include "metric_made.h"
#include "metrics/autocorr.h"
#include "metrics/bollinger.h"
#include "metrics/efficiency.h"
#include "metrics/expansion.h"
#include "metrics/half_life.h"
#include "metrics/null_table.h"
#include "metrics/slope.h"
#include "metrics/variance_ratio.h"
#include "metrics/wilder.h"
#include "regime/score.h"
#include "test.h"

/* One draw every 250 bars: longer than any window. */
enum { DRAWS = 1000, STRIDE = 250, STEPS = 60 };

struct families {
    struct wilder wilder;
    struct efficiency er10, er24;
    struct autocorr rho1;
    struct half_life hl100, hl200;
    struct variance_ratio vr8;
    struct slope slope;
    struct bollinger bollinger;
    struct expansion ver100, ver50;
};

static void begin(struct families *f)
{
    wilder_init(&f->wilder, 14, PRICE_LOG);
    efficiency_init(&f->er10, 10);
    efficiency_init(&f->er24, 24);
    autocorr_init(&f->rho1, 100);
    half_life_init(&f->hl100, 100);
    half_life_init(&f->hl200, 200);
    variance_ratio_init(&f->vr8, 100, 8);
    slope_init(&f->slope, 24);
    bollinger_init(&f->bollinger);
    expansion_init(&f->ver100, 100);
    expansion_init(&f->ver50, 50);
}

static void feed(struct families *f, const struct bar *b)
{
    wilder_push(&f->wilder, b);
    efficiency_push(&f->er10, b, TF_4H);
    efficiency_push(&f->er24, b, TF_4H);
    autocorr_push(&f->rho1, b, TF_4H);
    half_life_push(&f->hl100, b, TF_4H);
    half_life_push(&f->hl200, b, TF_4H);
    variance_ratio_push(&f->vr8, b, TF_4H);
    slope_push(&f->slope, b, TF_4H);
    bollinger_push(&f->bollinger, b, TF_4H);
    expansion_push(&f->ver100, b, TF_4H, value_real(1.0, 1));
    expansion_push(&f->ver50, b, TF_4H, value_real(1.0, 1));
}

static double time_of(struct half_life_time x)
{
    return x.kind == HALF_LIFE_INFINITE ? HUGE_VAL : x.bars;
}

static void draw(const struct families *f, double x[NULL_COUNT])
{
    struct value atr = wilder_atr_frac(&f->wilder);
    struct score_inputs in = {
        .er24 = efficiency_ratio(&f->er24),
        .adx_log = wilder_adx(&f->wilder),
        .z_slope = slope_z(&f->slope, atr),
        .t_df = half_life_t(&f->hl100),
        .vr8 = variance_ratio_value(&f->vr8),
        .ver = expansion_raw(&f->ver100),
    };
    struct scores scores = regime_scores(&regime_model_shipped, &in);

    x[NULL_ADX] = in.adx_log.v;
    x[NULL_DI] = wilder_minus_di(&f->wilder).v;
    x[NULL_ER10] = efficiency_ratio(&f->er10).v;
    x[NULL_ER24] = in.er24.v;
    x[NULL_RHO1] = autocorr_rho(&f->rho1).v + 0.01;
    x[NULL_HALF_LIFE_100] = time_of(half_life_raw(&f->hl100));
    x[NULL_HALF_LIFE_200] = time_of(half_life_raw(&f->hl200));
    x[NULL_HALF_LIFE_C_100] = time_of(half_life_corrected(&f->hl100));
    x[NULL_HALF_LIFE_C_200] = time_of(half_life_corrected(&f->hl200));
    x[NULL_T_DF_100] = in.t_df.v;
    x[NULL_T_DF_200] = half_life_t(&f->hl200).v;
    x[NULL_VR8] = in.vr8.v;
    x[NULL_NORM_SLOPE] = slope_norm(&f->slope, atr).v;
    x[NULL_Z_SLOPE] = in.z_slope.v;
    x[NULL_BBW_PCT] = bollinger_pct(&f->bollinger).v;
    x[NULL_Z20] = bollinger_z(&f->bollinger).v;
    x[NULL_VER_15M] = NO_VALUE; /* needs bars of another kind */
    x[NULL_VER_1H] = expansion_deseasonalised(&f->ver100).v;
    x[NULL_VER_4H] = expansion_raw(&f->ver50).v;
    x[NULL_TREND_SCORE] = scores.t.v;
    x[NULL_MEAN_REVERSION_SCORE] = scores.m.v;
}

static struct bar next_bar(struct metric_made_random *r, double *y, int64_t at)
{
    double high = *y, low = *y, open = exp(*y);
    for (int i = 0; i < STEPS; i++) {
        *y += 0.002 / sqrt(STEPS) * metric_made_normal(r);
        high = fmax(high, *y);
        low = fmin(low, *y);
    }
    return (struct bar){ .open_ms = at * timeframe_ms(TF_4H),
                         .open = open,
                         .high = exp(high),
                         .low = exp(low),
                         .close = exp(*y),
                         .volume = 1.0 };
}

/* Of the draws, made by simulate(). */
static double percentiles[NULL_COUNT][DRAWS];

static void simulate(void)
{
    struct metric_made_random r = { 77 };
    static struct families f;
    double y = 0.0, x[NULL_COUNT] = { 0 };
    int64_t at = METRIC_MADE_FIRST;

    begin(&f);
    for (int i = -1; i < DRAWS; i++) {
        for (int k = 0; k < STRIDE; k++) {
            struct bar b = next_bar(&r, &y, at++);
            feed(&f, &b);
        }
        if (i < 0)
            continue;
        draw(&f, x);
        for (int id = NULL_NONE + 1; id < NULL_COUNT; id++)
            percentiles[id][i] = null_percentile((enum null_id)id, x[id]);
    }
}

/* Equal ones count half, as in the tables. */
static double share_below(enum null_id id, double level)
{
    double below = 0.0;
    for (int i = 0; i < DRAWS; i++) {
        double p = percentiles[id][i];
        below += p < level ? 1.0 : p <= level ? 0.5 : 0.0;
    }
    return below / DRAWS;
}

/* Four standard errors, and a hundredth where the tables know more than this
 * simulation: the noise of the seasons, and ranks that come in steps. */
static double tolerance(enum null_id id, double level)
{
    double more = id == NULL_VER_1H || id == NULL_BBW_PCT ? 0.01 : 0.0;
    return 4.0 * sqrt(level * (1.0 - level) / DRAWS) + more;
}

static void another_simulation_finds_the_same_shares(void)
{
    static const int levels[] = { 6, 11, 16, 21, 26 }; /* .05 .25 .5 .75 .95 */

    simulate();
    for (int k = NULL_NONE + 1; k < NULL_COUNT; k++) {
        enum null_id id = (enum null_id)k;
        for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
            double level = null_levels[levels[i]];
            if (id == NULL_VER_15M ||
                isinf(null_tables[id].quantile[levels[i]]))
                continue;
            double share = share_below(id, level);
            ASSERT(fabs(share - level) < tolerance(id, level));
        }
    }
}

/* The tables know it with 250,000 draws, this simulation with 1,000. */
static void half_lives_are_infinite_equally_often(void)
{
    static const enum null_id ids[] = { NULL_HALF_LIFE_C_100,
                                        NULL_HALF_LIFE_C_200 };
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        double infinite = null_percentile(ids[i], HUGE_VAL);
        int count = 0;
        for (int k = 0; k < DRAWS; k++)
            count += percentiles[ids[i]][k] == infinite;
        /* Between the last finite level, .50, and the next one, .55. */
        ASSERT(count > DRAWS * (0.45 - 0.063) && count < DRAWS * (0.5 + 0.063));
    }
}

void null_walk_test(void);

void null_walk_test(void)
{
    TEST_SUITE("metrics/null_walk");
    TEST(another_simulation_finds_the_same_shares);
    TEST(half_lives_are_infinite_equally_often);
}
