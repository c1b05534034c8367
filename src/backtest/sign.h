/* backtest/sign.h - what a slot said that baselines decide by. Pure.
 *
 * One row a slot, taken from the snapshot that the verdict was made of, so that
 * no baseline sees more or sooner than the engine did. NO_VALUE where the
 * engine had none, and everywhere while the price is unknown.
 */
#ifndef BACKTEST_SIGN_H
#define BACKTEST_SIGN_H

#include "engine/measure.h"
#include "exit/hazard.h"

#define SIGN_CHANNEL_HOURS 24

struct sign {
    int64_t slot_ms;
    double close;                 /* newest */
    struct volatility volatility; /* what pi reads */
    double adx;                   /* ADX14(1h) */
    double transition;            /* p of TRANSITION and TREND together */
    double turbulent;     /* p of the wild state (two_state.h); not of the
                             snapshot: signs_add_turbulent() */
    bool outside_bands;   /* the two newest 1h closes: |z20| > 2 */
    bool outside_channel; /* the newest 1h close: beyond the highs and lows of
                             the 24 bars before it */
};

/* What is remembered from slot to slot; all zero is fresh. */
struct sign_taker {
    int64_t hours;  /* 1h bars seen */
    int32_t beyond; /* of them, newest ones with |z20| > 2 */
    bool channel;
};
void sign_take(struct sign_taker *t, const struct snapshot *now,
               struct sign *out);

/* The wild state's p at the newest 1h close of each slot: fitted to the first
 * SIGN_FIT_HOURS of `hours`, NO_VALUE until they are over. `work` has room for
 * that many rows. */
#define SIGN_FIT_HOURS (60 * 24)
struct two_state_work;
void signs_add_turbulent(struct sign *signs, size_t count,
                         const struct series *hours,
                         struct two_state_work *work);

#endif
