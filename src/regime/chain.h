/* regime/chain.h - the whole classifier, fed one closed bar at a time. Pure.
 *
 * Bars of all timeframes are fed in the order of their close times; of bars
 * that close at the same time 4h goes first, then 1h, then 15m, so that the
 * pool of a 1h close reads the 4h bar that closed with it. Between two 4h
 * closes the pool reads the newest one. A 4h bar that is due and missing is
 * fed as inputs that are stale: else the pool would go on reading the old one.
 */
#ifndef REGIME_CHAIN_H
#define REGIME_CHAIN_H

#include "market/bar.h"
#include "regime/crisis.h"
#include "regime/pool.h"
#include "regime/regime.h"

#define M_FALL_BARS 6 /* 1h closes that m_fall_6h looks back */

/* Plain old data: a copy is a snapshot. */
struct regime_chain {
    struct scores scores_1h, scores_4h; /* at the newest closes */
    struct regime_odds odds_1h, odds_4h;
    struct regime_track track_1h, track_4h;
    struct regime_pool pool;
    struct crisis crisis;
    double m[M_FALL_BARS + 1]; /* of successive 1h closes, newest first */
    int32_t m_count;           /* how many of them there are */
};

void regime_chain_init(struct regime_chain *c);

/* Feeds the metrics of one closed bar; `tf` is TF_1H or TF_4H. */
void regime_chain_push(struct regime_chain *c, const struct regime_model *model,
                       enum timeframe tf, const struct score_inputs *in);

/* Feeds one closed 15m bar. */
void regime_chain_push_15m(struct regime_chain *c,
                           const struct regime_model *model,
                           const struct crisis_inputs *in);

/* The next bar of `tf` follows a stop of trading (BAR_GAP): every run of that
 * timeframe, and with 1h those of the pool, begins anew. Labels, the smoothed
 * p and a crisis stay. */
void regime_chain_break(struct regime_chain *c, enum timeframe tf);

/* The answer as of the newest bars. */
struct regime regime_chain_read(const struct regime_chain *c);

#endif
