/* engine/measure.h - what the market says at a slot: metrics and regime. Pure.
 *
 * The windows of the view are fed to the banks and to the classifier in the
 * order of their close times; at one time 4h goes before 1h before 15m. The
 * caller gives the memory for it.
 */
#ifndef ENGINE_MEASURE_H
#define ENGINE_MEASURE_H

#include "market/market.h"
#include "metrics/metric.h"
#include "metrics/season.h"
#include "regime/chain.h"

/* Room to work in; nothing is read from it before it is written. */
struct measure_work {
    struct bank banks[TF_COUNT];
    struct regime_chain chain;
    struct season season; /* of the week at hand */
};

struct snapshot {
    const struct market_view *view; /* borrowed */
    struct metric_row metrics;
    struct scores scores_1h, scores_4h;
    struct regime regime;
    enum vol_tertile tertile; /* of vol_fast */
    struct crisis crisis;
};

/* The regime is UNKNOWN, with the reason, while the price is unknown or a
 * window that it needs is degraded. */
void snapshot_take(const struct market_view *view, struct measure_work *work,
                   struct snapshot *out);

#endif
