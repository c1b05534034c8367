/* sim/candles.h - what a client may see of a book at a time. Pure.
 *
 * The rules are those of the exchange's spot candles. Nothing after the clock
 * is ever read but the open of the bar that is forming: at its first instant
 * that price is known. The forming 15m row is flat at its open; a forming 1h or
 * 4h row is its closed 15m bars and that open. Of a book that knows its minutes
 * the forming row and the last trade go along with them (sim/account_path.h),
 * and only its volume stands still.
 */
#ifndef SIM_CANDLES_H
#define SIM_CANDLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/market.h"

#define SIM_CANDLES_MAX    1500
#define SIM_FORMING_VOLUME 0.001 /* of a forming 15m bar */

struct sim_candle_query {
    enum timeframe tf;
    int64_t start_ms; /* inclusive, of bucket starts; INT64_MIN: no limit */
    int64_t end_ms;   /* exclusive; INT64_MAX: no limit */
};

/* Newest first, at most SIM_CANDLES_MAX, the newest kept. Buckets in which
 * nothing traded are not there. Returns how many were written. */
size_t sim_candles(const struct sim_book *b, int64_t now_ms,
                   const struct sim_candle_query *q,
                   struct bar out[SIM_CANDLES_MAX]);

struct sim_trade {
    double price;
    int64_t at_ms; /* never after the clock */
};

/* The open of the forming bar, or its price in the minute that passes, at the
 * clock; without one the close of the last closed bar, at its close. False
 * before the first bar. */
bool sim_last_trade(const struct sim_book *b, int64_t now_ms,
                    struct sim_trade *out);

#endif
