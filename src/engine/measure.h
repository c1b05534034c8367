/* engine/measure.h - what the market says at a slot: metrics and regime. Pure.
 *
 * The windows of the view are fed to the banks and to the classifier in the
 * order of their close times; at one time 4h goes before 1h before 15m. The
 * caller gives the memory for it, and keeps it: what was fed for one slot need
 * not be fed again for the next. The outcome is that of fresh memory, to the
 * bit, whatever was measured before: other slots, forwards or backwards, other
 * symbols, bars that were revised or came late. Every bar that was fed is
 * remembered and compared; only what has an edition (market/market.h) is
 * believed.
 */
#ifndef ENGINE_MEASURE_H
#define ENGINE_MEASURE_H

#include "engine/profiles.h"
#include "market/market.h"
#include "metrics/hourly.h"
#include "metrics/metric.h"
#include "metrics/stillness.h"
#include "regime/chain.h"

/* The bars of one timeframe that were fed, in order. */
struct fed {
    size_t count;
    bool jumped; /* as their window was */
    struct bar bars[WINDOW_MAX];
};

/* All zero is fresh. A byte copy is a snapshot. */
struct measure_work {
    struct bank banks[TF_COUNT];
    struct regime_chain chain;
    struct hourly hourly;
    struct stillness stillness;
    struct value read[METRIC_COUNT]; /* at the newest close of each timeframe */
    struct profiles profiles;
    struct fed fed[TF_COUNT];
    uint64_t edition; /* of the view that it was fed last */
};

void measure_work_init(struct measure_work *work);

struct snapshot {
    const struct market_view *view; /* borrowed */
    struct metric_row metrics;
    bool still[METRIC_COUNT]; /* stands still while the price moves */
    struct scores scores_1h, scores_4h;
    struct regime regime;
    enum vol_tertile tertile; /* of vol_fast */
    struct crisis crisis;
    const struct hourly *hourly; /* borrowed from the work: until it is used
                                    again */
};

/* The regime is UNKNOWN, with the reason, while the price is unknown or a
 * window that it needs is degraded. */
void snapshot_take(const struct market_view *view, struct measure_work *work,
                   struct snapshot *out);

#endif
