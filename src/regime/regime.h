/* regime/regime.h - what the market is doing, with its probabilities. Pure.
 *
 * The answer of the classifier at one slot. Bars of 1h and 4h are scored
 * (score.h), the scores become probabilities (odds.h), the timeframes are
 * pooled (pool.h), smoothed and labelled (track.h); a crisis on the 15m bars
 * overrules the pooled label (crisis.h); chain.h ties them together.
 */
#ifndef REGIME_REGIME_H
#define REGIME_REGIME_H

#include "base/value.h"
#include "regime/odds.h"
#include "regime/track.h"

/* Why the pooled label is UNKNOWN: the market as a whole, or the timeframe
 * whose scores are missing (1h is asked first) and what is the matter with
 * them. */
enum regime_reason {
    REGIME_REASON_NONE,
    REGIME_REASON_NOT_BUILT, /* nobody fed the classifier */
    REGIME_REASON_PRICE_UNKNOWN,
    REGIME_REASON_DEGRADED,
    REGIME_REASON_1H_UNAVAILABLE,
    REGIME_REASON_1H_WARMUP,
    REGIME_REASON_1H_FLAT,
    REGIME_REASON_1H_STALE,
    REGIME_REASON_1H_NOT_IDENTIFIED,
    REGIME_REASON_4H_UNAVAILABLE,
    REGIME_REASON_4H_WARMUP,
    REGIME_REASON_4H_FLAT,
    REGIME_REASON_4H_STALE,
    REGIME_REASON_4H_NOT_IDENTIFIED,
    REGIME_REASONS
};
const char *regime_reason_text(enum regime_reason reason); /* static; "" */

struct regime {
    enum regime_label pooled; /* with the override of a crisis */
    enum regime_label label_1h, label_4h;
    const char *reason;          /* why the pooled label is UNKNOWN without the
                                    override, or ""; a regime_reason_text */
    enum regime_label before;    /* pooled, without the override */
    int32_t run, run_1h, run_4h; /* successive bars with `before`, label_1h,
                                    label_4h; of 1h, 1h and 4h */
    int32_t range_run;           /* 1h closes with `before` in either range */
    int32_t quiet_run;           /* 1h closes with q <= .35 */
    struct value p[CLASS_COUNT]; /* pooled and smoothed; q and p_range too */
    struct value q, p_range;     /* TRANSITION + TREND, and the rest of 1 */
    struct value raw[CLASS_COUNT]; /* pooled, before smoothing */
    struct value confidence;       /* of p, 0 to 1; 0 in a crisis */
    struct regime_fall fall;       /* of p_range */
    struct value m_fall_6h;        /* points that M (1h) lost in 6 closes */
    bool explained;                /* `why` may be read */
    struct explanation why;        /* of the raw pooled p */
};

/* UNKNOWN, without a number. `reason` must be static. */
struct regime regime_none(const char *reason);
/* The same, for REGIME_REASON_NOT_BUILT. */
struct regime regime_not_built(void);

#endif
