/* metrics/bollinger.h - Bollinger's bands: width, rank, squeeze, z. Pure.
 *
 * On closes as they are, over the last 20 (John Bollinger, Bollinger on
 * Bollinger Bands, 2001, ch. 7 and 8):
 *
 *   SMA = mean, sd = sqrt(sum (C - SMA)^2 / 20)    population, as TA-Lib
 *   BBW = 4 sd / SMA                               a fraction of the price
 *   z20 = (C - SMA) / sd                           never beyond sqrt(19)
 *   pct = rank of BBW in its last 200 values, itself included, / 200
 *
 * Equal widths share their mean rank; widths are ranked as decisions are made,
 * rounded to nine decimals. pct is above 0 and at most 1.
 *
 *   squeeze: pct <= .10
 *   release: a squeeze at one of the last 6 bars, this one included, and BBW
 *            above its predecessor at each of the last 3
 *
 * First values: SMA, sd, BBW and z20 at index 19; pct and squeeze at index
 * 218 (19 + 199), the 219th bar; release at index 223. Without movement (sd <=
 * 1e-12 SMA) BBW is 0, a real value, and z20 is flat.
 *
 * Null (driftless Brownian closes; RS 2.9): |z20| > 2 on 12 % of bars, not 5.
 */
#ifndef METRICS_BOLLINGER_H
#define METRICS_BOLLINGER_H

#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"
#include "metrics/ring.h"

#define BOLLINGER_N     20
#define BOLLINGER_RANKS 200

struct bollinger {
    double close, mean, sd;      /* the latter two once the window is full */
    struct anchored_sums closes; /* x */
    struct ranked_ring widths;   /* BBW, rounded */
    double pct;                  /* of the newest bar, once there is one */
    int32_t rising;              /* bars on which BBW rose, in a row */
    int32_t since_squeeze;       /* bars; BOLLINGER_RANKS: long ago or never */
    int32_t ranked;              /* bars that had a pct, at most 6 */
};

void bollinger_init(struct bollinger *b);

void bollinger_push(struct bollinger *b, const struct bar *bar,
                    enum timeframe tf);

struct value bollinger_sma(const struct bollinger *b); /* quote currency */
struct value bollinger_sd(const struct bollinger *b);  /* quote currency */
struct value bollinger_width(const struct bollinger *b);
struct value bollinger_pct(const struct bollinger *b);
struct value bollinger_z(const struct bollinger *b);

/* Unknown until they can be known. */
enum answer bollinger_squeeze(const struct bollinger *b);
enum answer bollinger_release(const struct bollinger *b);

#endif
