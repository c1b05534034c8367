/* regime/score.h - three scores that say how unlike a random walk a market
 * is. Pure.
 *
 * With F the distribution of a metric on a random walk, Phi the normal one,
 * n = 24 for the efficiency ratio and the slope, 14 for ADX, 100 for the
 * Dickey-Fuller t and the variance ratio (regime-science notes 3.1):
 *   T = 100 mean of  2 Phi(z_ER) - 1,  F_ADX(ADX),  2 Phi(|z_slope|) - 1
 *   M = 100 mean of  1 - F_DF(t),  1 - Phi((VR8 - 1) / .30)
 *   V = ln VER
 * T and M run from 0 to 100 and have their median at 50 on a random walk. T
 * rises with trend, M with mean reversion, V is above 0 when volatility
 * expands.
 *
 * A component that may not be compared is left out of the mean. T needs two
 * of its three, M one of its two, V its only one; else the score has no value
 * and carries the status of its missing components that says least. A score
 * made of a filled component is filled. `n_used` is that of the longest
 * component.
 */
#ifndef REGIME_SCORE_H
#define REGIME_SCORE_H

#include "base/value.h"
#include "regime/model.h"

/* Of one timeframe, all on log prices. */
struct score_inputs {
    struct value er24;    /* Kaufman efficiency ratio of 24 bars, 0 to 1 */
    struct value adx_log; /* Wilder ADX 14 of log prices, 0 to 100 */
    struct value z_slope; /* slope of 24 bars over its random-walk deviation */
    struct value t_df;    /* Dickey-Fuller t with intercept, n = 100 */
    struct value vr8;     /* variance ratio, q = 8, n = 100 */
    struct value ver;     /* volatility expansion ratio, > 0 */
};

struct scores {
    struct value t, m; /* 0 to 100 */
    struct value v;    /* natural logarithm */
};

struct scores regime_scores(const struct regime_model *model,
                            const struct score_inputs *in);

/* ER in units in which a random walk is half-normal: ER sqrt(2 n / pi). */
double regime_z_er(const struct regime_model *model, double er);

/* Of two statuses the one that says less: real, filled, not_identified, flat,
 * warmup, stale, unavailable. */
enum value_status status_worse(enum value_status a, enum value_status b);

#endif
