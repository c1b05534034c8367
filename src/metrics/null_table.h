/* metrics/null_table.h - what a metric is on a random walk. Pure.
 *
 * Every metric moves without any reason. Its value stands beside its
 * percentile: the probability that a driftless random walk shows a lower one.
 * .5 is no evidence either way; below .05 or above .95 is what chance does one
 * time in ten.
 *
 * The tables are quantiles of a seeded simulation (metrics/null_data.c, made
 * by tools/null_tables.c with the families of this folder): Gaussian walks of
 * constant volatility without drift, 60 steps a bar (15m: 15). In between, the
 * percentile is linear in the value. No percentile is ever below .001 or above
 * .999: what the table did not see, nobody knows. A value that fills several
 * quantiles, such as an infinite half-life, stands in their middle.
 *
 * The walk has no seasons and no bursts of volatility; markets do. A
 * percentile of a volatility ratio says how far it is from constant
 * volatility, and that happens every day (RS 2.12). Bars of the walk move by
 * .2 %: all but the expansion ratio are the same for any size of moves.
 * Expansion compares ranges in money, and where bars move by .5 % the price
 * alone widens it by another tenth. The scores stand on regime_model_shipped.
 */
#ifndef METRICS_NULL_TABLE_H
#define METRICS_NULL_TABLE_H

enum null_id {
    NULL_NONE, /* it has a scale of its own, or it is no statistic */
    NULL_ADX,  /* n 14, 100 bars and more after its start */
    NULL_DI,   /* +DI, and by symmetry -DI; n 14 */
    NULL_ER10,
    NULL_ER24,
    NULL_RHO1,            /* rho + 1/n, n 100 */
    NULL_HALF_LIFE_100,   /* raw, in bars; HUGE_VAL where infinite */
    NULL_HALF_LIFE_200,   /* the same */
    NULL_HALF_LIFE_C_100, /* corrected */
    NULL_HALF_LIFE_C_200,
    NULL_T_DF_100,
    NULL_T_DF_200,
    NULL_VR8,        /* n 100 */
    NULL_NORM_SLOPE, /* n 24 */
    NULL_Z_SLOPE,    /* the same, scaled */
    NULL_BBW_PCT,
    NULL_Z20,
    NULL_VER_15M, /* n 100, each range divided by its hour's factor */
    NULL_VER_1H,  /* the same */
    NULL_VER_4H,  /* n 50, raw */
    NULL_TREND_SCORE,
    NULL_MEAN_REVERSION_SCORE,
    NULL_COUNT
};
const char *null_name(enum null_id id);

#define NULL_LEVELS 33

struct null_quantiles {
    double quantile[NULL_LEVELS]; /* ascending; HUGE_VAL where infinite */
};

extern const double null_levels[NULL_LEVELS]; /* .001 to .999 */
extern const struct null_quantiles null_tables[NULL_COUNT];

/* .001 to .999; NO_VALUE for NULL_NONE and when `v` is NO_VALUE. */
double null_percentile(enum null_id id, double v);

double null_quantiles_percentile(const struct null_quantiles *t, double v);

/* The closed forms: P(Z < z) of a standard normal, and P(|Z| < z). */
double null_normal(double z);
double null_half_normal(double z); /* z >= 0; below, 0 */

#endif
