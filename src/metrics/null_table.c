#include "metrics/null_table.h"

#include <math.h>

#include "base/value.h"

// clang-format off
const double null_levels[NULL_LEVELS] = {
    .001, .002, .005, .01, .02, .03, .05, .075,
    .10, .15, .20, .25, .30, .35, .40, .45, .50,
    .55, .60, .65, .70, .75, .80, .85, .90,
    .925, .95, .97, .98, .99, .995, .998, .999,
};

static const char *const names[NULL_COUNT] = {
    [NULL_NONE]                 = "none",
    [NULL_ADX]                  = "adx",
    [NULL_DI]                   = "di",
    [NULL_ER10]                 = "er10",
    [NULL_ER24]                 = "er24",
    [NULL_RHO1]                 = "rho1",
    [NULL_HALF_LIFE_100]        = "half_life_100",
    [NULL_HALF_LIFE_200]        = "half_life_200",
    [NULL_HALF_LIFE_C_100]      = "half_life_c_100",
    [NULL_HALF_LIFE_C_200]      = "half_life_c_200",
    [NULL_T_DF_100]             = "t_df_100",
    [NULL_T_DF_200]             = "t_df_200",
    [NULL_VR8]                  = "vr8",
    [NULL_NORM_SLOPE]           = "norm_slope",
    [NULL_Z_SLOPE]              = "z_slope",
    [NULL_BBW_PCT]              = "bbw_pct",
    [NULL_Z20]                  = "z20",
    [NULL_VER_15M]              = "ver_15m",
    [NULL_VER_1H]               = "ver_1h",
    [NULL_VER_4H]               = "ver_4h",
    [NULL_TREND_SCORE]          = "trend_score",
    [NULL_MEAN_REVERSION_SCORE] = "mean_reversion_score",
};
// clang-format on

const char *null_name(enum null_id id)
{
    return names[id];
}

double null_quantiles_percentile(const struct null_quantiles *t, double v)
{
    const double *q = t->quantile;
    int below = 0, end; /* q[below] .. q[end - 1] equal v */

    if (isnan(v))
        return NO_VALUE;
    while (below < NULL_LEVELS && q[below] < v)
        below++;
    end = below;
    while (end < NULL_LEVELS && q[end] <= v)
        end++;
    if (end > below)
        return 0.5 * (null_levels[below] + null_levels[end - 1]);
    if (below == 0)
        return null_levels[0];
    double from = null_levels[below - 1];
    if (below == NULL_LEVELS || isinf(q[below]))
        return from;
    return from + (null_levels[below] - from) * (v - q[below - 1]) /
                      (q[below] - q[below - 1]);
}

double null_percentile(enum null_id id, double v)
{
    if (id == NULL_NONE)
        return NO_VALUE;
    return null_quantiles_percentile(&null_tables[id], v);
}

double null_normal(double z)
{
    return 0.5 * erfc(-z / sqrt(2.0));
}

double null_half_normal(double z)
{
    return z > 0.0 ? erf(z / sqrt(2.0)) : 0.0;
}
