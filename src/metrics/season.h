/* metrics/season.h - how lively each hour of the week is. Pure.
 *
 * Volatility has a daily and a weekly rhythm; a ratio of today's range to the
 * usual one must not mistake the American opening for news (RS 2.12; Hansen,
 * Kim and Kimbrough 2021). The profile is made from the 1,344 1h bars (168
 * hours x 8 weeks) that end at a Monday, 00:00 UTC:
 *
 *   TR   = (max(H, C') - min(L, C')) / C'         ' is the bar before
 *   s(h) = median of TR in hour-of-week h / median of all TR
 *   then (k s + 4) / (k + 4), k its number of TR (8), then within [.4, 2.5]
 *
 * TR is a share of the close before, where RS writes it in money: over eight
 * weeks the price itself may double, and late weeks would outweigh early ones
 * in every median. The factor has no unit either way. A bar whose predecessor
 * is absent, and the first of the eight weeks, has no TR: so the profile is a
 * function of the bars in the eight weeks and of nothing before them.
 *
 * An hour never seen has factor 1: the shrinkage pulls it there.
 */
#ifndef METRICS_SEASON_H
#define METRICS_SEASON_H

#include <stddef.h>
#include <stdint.h>

#include "base/value.h"
#include "market/bar.h"

#define SEASON_HOURS 168
#define SEASON_WEEKS 8
#define SEASON_LEAST (2 * SEASON_HOURS) /* bars in the eight weeks */

struct season {
    enum value_status status;    /* real; else unavailable or flat */
    int32_t n_used;              /* true ranges behind it */
    int64_t monday_ms;           /* when the eight weeks end */
    double factor[SEASON_HOURS]; /* from Monday 00:00 UTC; 1 unless real */
};

/* The last Monday, 00:00 UTC, that is not after `ms` (>= 0). */
int64_t last_monday(int64_t ms);

/* 0 to 167, the hour of the week of a moment. */
int hour_of_week(int64_t ms);

/* From those of the `n` 1h bars, ascending, whose open lies in the eight weeks
 * before `monday_ms`; the others are passed over. Unavailable with fewer than
 * SEASON_LEAST of them, flat when the median of all TR is <= 1e-12. */
void season_build(const struct bar *bars, size_t n, int64_t monday_ms,
                  struct season *out);

/* The factor of the hour in which a 15m or 1h bar opens. */
struct value season_factor(const struct season *s, int64_t open_ms);

#endif
