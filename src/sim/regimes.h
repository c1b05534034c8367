/* sim/regimes.h - a market that switches between four regimes, from a seed.
 *
 * Hour by hour, without end and without memory of it: the caller takes as many
 * hours as it wants. An hour has twelve steps of five minutes. Their shocks are
 * Student t with five degrees of freedom, scaled to variance 1; the log of the
 * volatility is an AR(1) over hours (.98, shocks of .05). Each spell draws its
 * length, its own volatility factor and its dynamics:
 *
 *   regime      log price                                hours   volatility
 *   RANGE_OK    back to its start, half-life 4 to 12 h   48-240  x .80-1.05
 *   RANGE_WEAK  the same, half-life 20 to 60 h           36-160  x .85-1.15
 *   TRANSITION  no drift                                  6-24   x 1.15-1.7
 *   TREND       +-.15 to .4 sigma an hour                24-120  x .95-1.35
 *
 * A range is followed by TRANSITION (.75), TREND (.10) or the other range; a
 * TRANSITION out of a range by TREND (.6) or a range, one out of a TREND by a
 * range; a TREND by TRANSITION (.5) or a range. A fresh range is RANGE_OK with
 * probability .58, which makes the shares of time .45, .24, .09 and .22. The
 * regimes are the truth that a classifier is judged by.
 *
 * The same seed gives the same bits where log(), exp() and exp2() do.
 */
#ifndef SIM_REGIMES_H
#define SIM_REGIMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/prng.h"
#include "market/bar.h"

#define SIM_REGIMES_START_MS  INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */
#define SIM_REGIMES_HOURS     1600                   /* when none are given */
#define SIM_REGIMES_MAX_HOURS 100000
#define SIM_BARS_PER_HOUR     4

enum sim_regime {
    SIM_RANGE_OK,
    SIM_RANGE_WEAK,
    SIM_TRANSITION,
    SIM_TREND,
    SIM_REGIME_COUNT
};
const char *sim_regime_name(enum sim_regime regime); /* "RANGE_OK", ... */

/* The dynamics of one spell; what its regime does not use is 0. */
struct sim_spell {
    enum sim_regime regime;
    bool after_trend;
    int32_t hours_left;
    double factor; /* of the volatility */
    double center; /* log price it is pulled to */
    double pull;   /* of one step, share of the distance to the center */
    double drift;  /* of one hour, in sigmas of the hour */
};

struct sim_regimes {
    struct prng prng;
    double spare; /* the second normal of a pair, or NaN */
    struct sim_spell spell;
    double log_vol;   /* of the hour, about its mean */
    double log_price; /* not rounded */
    double last;      /* the last traded price, a multiple of 0.01 */
    int64_t next_ms;  /* open of the next bar */
};

void sim_regimes_init(struct sim_regimes *r, uint64_t seed);

/* The next hour as 15m bars and the regime that it was. Every bar is sound
 * (bar_check), its open is the close before it, prices are multiples of 0.01,
 * volume has eight decimals and is above zero. */
enum sim_regime sim_regimes_hour(struct sim_regimes *r,
                                 struct bar out[SIM_BARS_PER_HOUR]);

struct sim_regimes_plan {
    uint64_t seed;
    int32_t hours;
};

/* "7" or "7:400", the hours 1 to SIM_REGIMES_MAX_HOURS. False, and `out`
 * untouched, for anything else. */
bool sim_regimes_parse(const char *text, struct sim_regimes_plan *out);

#endif
