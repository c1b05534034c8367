/* regime/model.h - every number that the classifier was given, with a name,
 * a version and a hash over them. Pure.
 *
 * A record names the hash, so that a regime can be traced to the constants
 * that made it. Every weight and every limit of regime/ is here; windows that
 * shape a struct stand with it.
 */
#ifndef REGIME_MODEL_H
#define REGIME_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "regime/label.h"

/* A cumulative distribution as straight lines between known points: 0 below
 * the first, 1 above the last. The tails are two more points: from the
 * outermost quantile F falls to 0 (rises to 1) over twice the width of the
 * segment beside it. Held against 400,000 (DF) and 1,500,000 (ADX) simulated
 * values, F is nowhere off by more than .018. */
#define NULL_POINTS 11
struct null_curve {
    double at[NULL_POINTS];    /* rising */
    double share[NULL_POINTS]; /* rising from 0 to 1 */
    int32_t count;
};

/* What a logit is made of. */
enum regime_term { TERM_BASE, TERM_T, TERM_M, TERM_V, TERM_COUNT };
const char *regime_term_name(enum regime_term term); /* base, T, M, V */

struct regime_limits {
    double transition_enter; /* q at or above: a range becomes TRANSITION */
    double range_enter;      /* q at or below, on `range_bars` successive */
    int32_t range_bars;      /* bars: TRANSITION becomes a range */
    double trend_enter;      /* p_T at or above on one bar: TREND */
    double trend_leave;      /* p_T below: TREND becomes TRANSITION */
    double dead_band;        /* RANGE_OK and RANGE_WEAK change places when the
                                other leads by this much */
};

struct crisis_limits {
    double return_sigmas; /* |r| of a 15m bar in standard deviations */
    double range_atrs;    /* its true range in ATR */
    double ver;           /* its volatility expansion ratio */
    int32_t hold_bars;    /* 15m bars that the crisis outlasts the last hit */
};

struct regime_model {
    const char *name;
    int32_t version;
    struct null_curve adx, df; /* of a random walk: ADX 14, and the Dickey-
                                  Fuller t with n = 100 */
    double er_bars;            /* window of the efficiency ratio */
    double vr_sd;              /* of the variance ratio of a random walk */
    /* u = (1, (T - centre) / scale, (M - centre) / scale, V / v_scale) */
    double score_centre, score_scale, v_scale;
    double weight[CLASS_COUNT][TERM_COUNT];
    double ema_alpha;   /* weight of the newest p */
    double pool_1h;     /* weight of 1h in the pool, the rest is 4h */
    bool pool_needs_4h; /* false: where 4h is unknown, 1h stands alone */
    struct regime_limits limits;
    struct crisis_limits crisis;
};

/* The weights were fitted on a synthetic process (regime-science notes 3.2,
 * 3.5), the null quantiles simulated (2.2, 2.5). */
extern const struct regime_model regime_model_shipped;

/* The model as text, one line per member; numbers read back to the same bits.
 * Cut to `size`; returns the length of the whole. */
#define REGIME_MODEL_TEXT 4096
size_t regime_model_text(const struct regime_model *m, char *out, size_t size);

/* FNV-1a, 32 bit, of that text. */
uint32_t regime_model_hash(const struct regime_model *m);

/* F(x), 0 to 1, never falling. x must not be NaN. */
double null_curve_share(const struct null_curve *curve, double x);

#endif
