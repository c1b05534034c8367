/* metrics/metric.h - the table of metrics, and one slot's row of them. Pure.
 *
 * A metric is read from the bank of its timeframe, which was fed the canonical
 * window (market/series.h). One row of the table names it once for everybody:
 * the documents, the schema, the message, the docs. There is no default value
 * anywhere: a metric that cannot be computed says why.
 */
#ifndef METRICS_METRIC_H
#define METRICS_METRIC_H

#include "base/value.h"
#include "market/market.h"
#include "metrics/bank.h"
#include "metrics/null_table.h"

enum metric_id {
    METRIC_VOL_HAZ_15M,
    METRIC_VOL_FAST_15M,
    METRIC_VOL_SLOW_15M,
    METRIC_VOL_RANK_15M,
    METRIC_ATR_15M,
    METRIC_VER_15M,
    METRIC_ADX_1H,
    METRIC_PLUS_DI_1H,
    METRIC_MINUS_DI_1H,
    METRIC_ADX_LOG_1H,
    METRIC_ATR_1H,
    METRIC_ER10_1H,
    METRIC_ER24_1H,
    METRIC_RHO1_1H,
    METRIC_HALF_LIFE_1H,
    METRIC_HALF_LIFE_100_1H,
    METRIC_HALF_LIFE_200_1H,
    METRIC_T_DF_1H,
    METRIC_T_DF_200_1H,
    METRIC_VR8_1H,
    METRIC_SLOPE_1H,
    METRIC_Z_SLOPE_1H,
    METRIC_BBW_1H,
    METRIC_BBW_PCT_1H,
    METRIC_Z20_1H,
    METRIC_VER_1H,
    METRIC_VER_RAW_1H,
    METRIC_ADX_4H,
    METRIC_ADX_LOG_4H,
    METRIC_ATR_4H,
    METRIC_ER24_4H,
    METRIC_T_DF_4H,
    METRIC_VR8_4H,
    METRIC_Z_SLOPE_4H,
    METRIC_BBW_4H,
    METRIC_VER_4H,
    METRIC_COUNT
};

struct metric {
    const char *name; /* with `tf` it is unique */
    enum timeframe tf;
    int32_t warmup;    /* bars of the window that it needs to have a value */
    enum null_id null; /* its distribution on a random walk, or NULL_NONE */
    const char *unit;
    const char *window;      /* what it runs over, in words */
    double sane_lo, sane_hi; /* outside is a data fault */
    const char *source;      /* author, year, place */
    struct value (*read)(const struct bank *bank);
};

extern const struct metric metrics[METRIC_COUNT];

struct metric_row {
    struct value values[METRIC_COUNT];
};

/* What the metrics are worth at a slot, given what each read at the newest
 * close of its timeframe, whose bank was fed the window of the view. One
 * outside its sanity range is unavailable, and so is every one of a window of
 * which more than WINDOW_DEGRADED is missing or filled. With a price that is
 * not known, real values become stale: they keep their number and may not be
 * compared. */
void metrics_judge(const struct market_view *view,
                   const struct value read[METRIC_COUNT],
                   struct metric_row *out);

/* What metrics_judge() makes of one value; for values that are read at other
 * bars than the newest. */
struct value metric_judged(enum metric_id id, const struct window *w,
                           struct value x);

/* Is a usable value outside its sanity range? */
bool metric_is_insane(enum metric_id id, struct value x);

/* Where the value stands on a random walk, .001 to .999 in steps of .001, or
 * NO_VALUE when it has no value or no null. */
double metric_percentile(enum metric_id id, struct value x);

#endif
