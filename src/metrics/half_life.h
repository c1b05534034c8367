/* metrics/half_life.h - how fast a price comes back, if it does. Pure.
 *
 * Ornstein-Uhlenbeck half-life by the Dickey-Fuller regression with intercept
 * on the last n differences of y = ln C (RS 2.5; Dickey and Fuller 1979):
 *
 *   y_t - y_{t-1} = a + b y_{t-1} + e;   t_DF = b / se(b);   phi = 1 + b
 *   raw        HL   = -ln 2 / ln(phi)
 *   corrected  HL_c from phi_c = min((n phi + 1)/(n - 3), 1), which takes the
 *              bias -(1 + 3 phi)/n out (Kendall 1954; Marriott and Pope 1954)
 *
 * The exact form, not -ln 2 / b. t_DF is that of statsmodels
 * adfuller(maxlag=0, autolag=None, regression='c').
 *
 * A half-life is in bars and has three kinds: finite; infinite when phi >= 1
 * (never clipped to a number: 5 % of raw and 46 % of corrected random-walk
 * windows); oscillating when phi <= 0, with 0 bars. On a pure random walk the
 * raw one has median .16 n: mostly an artefact of the window. So it is
 * identified only when HL_c <= n/16 and t_DF <= -2.57.
 *
 * First value at index n (n + 1 closes). Flat when sum (y - mean)^2 <= 1e-24
 * (logarithms: relative already) or when the fit leaves nothing over, as on a
 * line through all points: residuals <= 1e-12 of the sum of squares.
 */
#ifndef METRICS_HALF_LIFE_H
#define METRICS_HALF_LIFE_H

#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ring.h"

struct half_life {
    int32_t n;
    double prev_close;         /* NO_VALUE before the first bar */
    struct anchored_sums sums; /* n pairs (y_{t-1}, y_t - y_{t-1}) */
};

/* 10 <= n <= RING_MAX differences. */
void half_life_init(struct half_life *h, int32_t n);

void half_life_push(struct half_life *h, const struct bar *b,
                    enum timeframe tf);

/* b, per bar: -2 to 0 and a little above. */
struct value half_life_b(const struct half_life *h);

/* t_DF: below the critical value, a random walk is improbable. */
struct value half_life_t(const struct half_life *h);

enum half_life_kind {
    HALF_LIFE_NONE, /* not measured: the status says why */
    HALF_LIFE_FINITE,
    HALF_LIFE_INFINITE,
    HALF_LIFE_OSCILLATING
};

struct half_life_time {
    enum half_life_kind kind;
    enum value_status status; /* real unless kind is HALF_LIFE_NONE */
    double bars;              /* NO_VALUE if none or infinite */
    int32_t n_used;
};

struct half_life_time half_life_raw(const struct half_life *h);
struct half_life_time half_life_corrected(const struct half_life *h);

/* HL_c in bars where the rule above identifies it, else not_identified. */
struct value half_life_identified(const struct half_life *h);

/* For documents: infinite becomes not_identified. */
struct value half_life_value(struct half_life_time x);

/* Is x at least `limit_bars`? Infinite says yes, oscillating compares as 0. A
 * limit that is not finite and above 0 makes the question not-applicable. */
enum answer half_life_reaches(struct half_life_time x, double limit_bars);

/* Is x longer than y? Infinite is longer than finite, not than infinite. */
enum answer half_life_longer(struct half_life_time x, struct half_life_time y);

/* Critical values of t_DF with intercept for n differences, by the response
 * surface of MacKinnon (2010) for one series. */
enum dickey_fuller_level {
    DICKEY_FULLER_1_PCT,
    DICKEY_FULLER_5_PCT,
    DICKEY_FULLER_10_PCT
};
double dickey_fuller_critical(enum dickey_fuller_level level, int32_t n);

#endif
