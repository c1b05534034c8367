/* metrics/metric.h - the table of metrics, and one slot's row of them. Pure.
 *
 * A metric is computed from the canonical window of its timeframe (see
 * market/series.h). One row of the table names it once for everybody: the
 * documents, the schema, the message, the docs. There is no default value
 * anywhere: a metric that cannot be computed says why.
 */
#ifndef METRICS_METRIC_H
#define METRICS_METRIC_H

#include "base/value.h"
#include "market/market.h"

enum metric_id {
    METRIC_VOL_HAZ_15M, /* EWMA volatility per 15m bar, half-life 24 h */
    METRIC_COUNT
};

struct metric {
    const char *name;
    enum timeframe tf;
    int32_t warmup; /* inputs that it needs before it is real */
    const char *unit;
    const char *window;      /* what it runs over, in words */
    double sane_lo, sane_hi; /* outside is a data fault */
    const char *source;      /* author, year, place */
    struct value (*compute)(const struct window *w);
};

extern const struct metric metrics[METRIC_COUNT];

struct metric_row {
    struct value values[METRIC_COUNT];
};

/* Every metric of the view. One outside its sanity range is unavailable. With a
 * price that is unknown because the newest bar is too old, real values become
 * stale: they keep their number and may not be compared. */
void metrics_measure(const struct market_view *view, struct metric_row *out);

/* Is a usable value outside its sanity range? */
bool metric_is_insane(enum metric_id id, struct value x);

#endif
