#include "metrics/metric.h"

static struct value vol_haz(const struct bank *b)
{
    return vol_rank_haz(&b->vols);
}

static struct value vol_fast(const struct bank *b)
{
    return vol_rank_fast(&b->vols);
}

static struct value vol_slow(const struct bank *b)
{
    return vol_rank_slow(&b->vols);
}

static struct value vol_share(const struct bank *b)
{
    return vol_rank_share(&b->vols);
}

static struct value atr(const struct bank *b)
{
    return wilder_atr(&b->raw);
}

static struct value adx(const struct bank *b)
{
    return wilder_adx(&b->raw);
}

static struct value adx_log(const struct bank *b)
{
    return wilder_adx(&b->log);
}

static struct value plus_di(const struct bank *b)
{
    return wilder_plus_di(&b->raw);
}

static struct value minus_di(const struct bank *b)
{
    return wilder_minus_di(&b->raw);
}

static struct value er10(const struct bank *b)
{
    return efficiency_ratio(&b->er10);
}

static struct value er24(const struct bank *b)
{
    return efficiency_ratio(&b->er24);
}

static struct value rho1(const struct bank *b)
{
    return autocorr_unbiased(&b->rho);
}

static struct value half_life(const struct bank *b)
{
    return half_life_identified(&b->hl200);
}

static struct value half_life_100(const struct bank *b)
{
    return half_life_value(half_life_raw(&b->hl100));
}

static struct value half_life_200(const struct bank *b)
{
    return half_life_value(half_life_raw(&b->hl200));
}

static struct value t_df(const struct bank *b)
{
    return half_life_t(&b->hl100);
}

static struct value t_df_200(const struct bank *b)
{
    return half_life_t(&b->hl200);
}

static struct value vr8(const struct bank *b)
{
    return variance_ratio_value(&b->vr);
}

static struct value norm_slope(const struct bank *b)
{
    return slope_norm(&b->slope, wilder_atr_frac(&b->raw));
}

static struct value z_slope(const struct bank *b)
{
    return slope_z(&b->slope, wilder_atr_frac(&b->raw));
}

static struct value bbw(const struct bank *b)
{
    return bollinger_width(&b->bollinger);
}

static struct value bbw_pct(const struct bank *b)
{
    return bollinger_pct(&b->bollinger);
}

static struct value z20(const struct bank *b)
{
    return bollinger_z(&b->bollinger);
}

static struct value ver(const struct bank *b)
{
    return expansion_deseasonalised(&b->ver);
}

static struct value ver_raw(const struct bank *b)
{
    return expansion_raw(&b->ver);
}

#define WILDER  "Wilder 1978"
#define KAUFMAN "Kaufman 1995"
#define RISKM   "RiskMetrics 1996, ch. 5"
#define BOX     "Box and Jenkins 1976"
#define DF      "Dickey and Fuller 1979"
#define LO      "Lo and MacKinlay 1988"
#define BOLL    "Bollinger 2001"
#define OLS     "least squares on ln C"
#define ATRS    "ATR14 over its mean"

// clang-format off
const struct metric metrics[METRIC_COUNT] = {
    /* id                         name             tf      warm-up null                unit        window                              sane       source */
    [METRIC_VOL_HAZ_15M]      = { "vol_haz",       TF_15M,  97, NULL_NONE,          "1 per bar", "canonical, half-life 96 bars",     1e-7, 0.5,   RISKM,   vol_haz },
    [METRIC_VOL_FAST_15M]     = { "vol_fast",      TF_15M, 101, NULL_NONE,          "1 per bar", "canonical, alpha .1",              1e-9, 1.0,   RISKM,   vol_fast },
    [METRIC_VOL_SLOW_15M]     = { "vol_slow",      TF_15M, 481, NULL_NONE,          "1 per bar", "canonical, half-life 480 bars",    1e-7, 0.5,   RISKM,   vol_slow },
    [METRIC_VOL_RANK_15M]     = { "vol_rank",      TF_15M, 400, NULL_NONE,          "share",     "vol_fast in its last 900 values",  0, 1,        "rank",  vol_share },
    [METRIC_ATR_15M]          = { "atr",           TF_15M,  15, NULL_NONE,          "quote",     "Wilder 14 from the canonical start", 0, HUGE_VAL, WILDER, atr },
    [METRIC_VER_15M]          = { "ver",           TF_15M, 114, NULL_VER_15M,       "ratio",     "14 over 100 bars, by hour of week", 0, 100,     ATRS,    ver },
    [METRIC_ADX_1H]           = { "adx",           TF_1H,   28, NULL_ADX,           "points",    "Wilder 14 from the canonical start", 0, 100,    WILDER,  adx },
    [METRIC_PLUS_DI_1H]       = { "plus_di",       TF_1H,   15, NULL_DI,            "points",    "Wilder 14 from the canonical start", 0, 100,    WILDER,  plus_di },
    [METRIC_MINUS_DI_1H]      = { "minus_di",      TF_1H,   15, NULL_DI,            "points",    "Wilder 14 from the canonical start", 0, 100,    WILDER,  minus_di },
    [METRIC_ADX_LOG_1H]       = { "adx_log",       TF_1H,   28, NULL_ADX,           "points",    "the same on ln prices",            0, 100,      WILDER,  adx_log },
    [METRIC_ATR_1H]           = { "atr",           TF_1H,   15, NULL_NONE,          "quote",     "Wilder 14 from the canonical start", 0, HUGE_VAL, WILDER, atr },
    [METRIC_ER10_1H]          = { "er10",          TF_1H,   11, NULL_ER10,          "ratio",     "10 bars",                          0, 1,        KAUFMAN, er10 },
    [METRIC_ER24_1H]          = { "er24",          TF_1H,   25, NULL_ER24,          "ratio",     "24 bars",                          0, 1,        KAUFMAN, er24 },
    [METRIC_RHO1_1H]          = { "rho1",          TF_1H,  101, NULL_RHO1,          "ratio",     "100 returns, plus 1/100",          -1.1, 1.1,   BOX,     rho1 },
    [METRIC_HALF_LIFE_1H]     = { "half_life",     TF_1H,  201, NULL_NONE,          "bars",      "200 differences, if identified",   0, 12.5,     DF,      half_life },
    [METRIC_HALF_LIFE_100_1H] = { "half_life_100", TF_1H,  101, NULL_HALF_LIFE_100, "bars",      "100 differences, raw",             0, HUGE_VAL, DF,      half_life_100 },
    [METRIC_HALF_LIFE_200_1H] = { "half_life_200", TF_1H,  201, NULL_HALF_LIFE_200, "bars",      "200 differences, raw",             0, HUGE_VAL, DF,      half_life_200 },
    [METRIC_T_DF_1H]          = { "t_df",          TF_1H,  101, NULL_T_DF_100,      "t",         "100 differences",                  -1e3, 1e3,   DF,      t_df },
    [METRIC_T_DF_200_1H]      = { "t_df_200",      TF_1H,  201, NULL_T_DF_200,      "t",         "200 differences",                  -1e3, 1e3,   DF,      t_df_200 },
    [METRIC_VR8_1H]           = { "vr8",           TF_1H,  101, NULL_VR8,           "ratio",     "100 returns, q 8",                 0, 20,       LO,      vr8 },
    [METRIC_SLOPE_1H]         = { "slope",         TF_1H,   24, NULL_NORM_SLOPE,    "ATR a bar", "24 bars over ATR14",               -10, 10,     OLS,     norm_slope },
    [METRIC_Z_SLOPE_1H]       = { "z_slope",       TF_1H,   24, NULL_Z_SLOPE,       "z",         "the same, scaled",                 -100, 100,   OLS,     z_slope },
    [METRIC_BBW_1H]           = { "bbw",           TF_1H,   20, NULL_NONE,          "share",     "20 bars, 2 sd",                    0, 4,        BOLL,    bbw },
    [METRIC_BBW_PCT_1H]       = { "bbw_pct",       TF_1H,  219, NULL_BBW_PCT,       "share",     "rank of bbw in its last 200",      0, 1,        BOLL,    bbw_pct },
    [METRIC_Z20_1H]           = { "z20",           TF_1H,   20, NULL_Z20,           "z",         "20 bars; for display",             -5, 5,       BOLL,    z20 },
    [METRIC_VER_1H]           = { "ver",           TF_1H,  114, NULL_VER_1H,        "ratio",     "14 over 100 bars, by hour of week", 0, 100,     ATRS,    ver },
    [METRIC_VER_RAW_1H]       = { "ver_raw",       TF_1H,  114, NULL_NONE,          "ratio",     "14 over 100 bars",                 0, 100,      ATRS,    ver_raw },
    [METRIC_ADX_4H]           = { "adx",           TF_4H,   28, NULL_ADX,           "points",    "Wilder 14 from the canonical start", 0, 100,    WILDER,  adx },
    [METRIC_ADX_LOG_4H]       = { "adx_log",       TF_4H,   28, NULL_ADX,           "points",    "the same on ln prices",            0, 100,      WILDER,  adx_log },
    [METRIC_ATR_4H]           = { "atr",           TF_4H,   15, NULL_NONE,          "quote",     "Wilder 14 from the canonical start", 0, HUGE_VAL, WILDER, atr },
    [METRIC_ER24_4H]          = { "er24",          TF_4H,   25, NULL_ER24,          "ratio",     "24 bars",                          0, 1,        KAUFMAN, er24 },
    [METRIC_T_DF_4H]          = { "t_df",          TF_4H,  101, NULL_T_DF_100,      "t",         "100 differences",                  -1e3, 1e3,   DF,      t_df },
    [METRIC_VR8_4H]           = { "vr8",           TF_4H,  101, NULL_VR8,           "ratio",     "100 returns, q 8",                 0, 20,       LO,      vr8 },
    [METRIC_Z_SLOPE_4H]       = { "z_slope",       TF_4H,   24, NULL_Z_SLOPE,       "z",         "24 bars over ATR14, scaled",       -100, 100,   OLS,     z_slope },
    [METRIC_BBW_4H]           = { "bbw",           TF_4H,   20, NULL_NONE,          "share",     "20 bars, 2 sd",                    0, 4,        BOLL,    bbw },
    [METRIC_VER_4H]           = { "ver_raw",       TF_4H,   64, NULL_VER_4H,        "ratio",     "14 over 50 bars",                  0, 100,      ATRS,    ver_raw },
};
// clang-format on

/* `degraded` is window_degraded() of its window: 1 when that is empty. */
static struct value judged(enum metric_id id, double degraded, struct value x)
{
    if (degraded > WINDOW_DEGRADED || metric_is_insane(id, x))
        return value_none(VALUE_UNAVAILABLE);
    if (x.status == VALUE_REAL && degraded > 0)
        x.status = VALUE_FILLED;
    return x;
}

struct value metric_judged(enum metric_id id, const struct window *w,
                           struct value x)
{
    return judged(id, window_degraded(w), x);
}

void metrics_judge(const struct market_view *view,
                   const struct value read[METRIC_COUNT],
                   struct metric_row *out)
{
    bool stale = view->price_cause != PRICE_KNOWN;
    double degraded[TF_COUNT];
    for (int tf = 0; tf < TF_COUNT; tf++)
        degraded[tf] = window_degraded(&view->window[tf]);
    for (int i = 0; i < METRIC_COUNT; i++) {
        struct value x =
            judged((enum metric_id)i, degraded[metrics[i].tf], read[i]);
        if (value_usable(x) && stale)
            x.status = VALUE_STALE;
        out->values[i] = x;
    }
}

bool metric_is_insane(enum metric_id id, struct value x)
{
    return value_usable(x) &&
           !(x.v >= metrics[id].sane_lo && x.v <= metrics[id].sane_hi);
}

double metric_percentile(enum metric_id id, struct value x)
{
    double p = null_percentile(metrics[id].null, x.v);
    return round(p * 1000.0) / 1000.0;
}
