/* exchange/kucoin_plain.h - candles in the one form that the exchange writes.
 *
 * A run reads some 6,000 rows a symbol, and a tree of them costs more than all
 * that is concluded from them. Here a page is walked once, and nothing is
 * allocated but its bars. The form:
 *
 *   {"code":"200000","data":[["T","O","C","H","L","V","A"],...]}
 *
 * with no blank, no escape and nothing besides, T seconds since 1970, the rest
 * decimal numbers. Every check of kucoin_candles_parse() is made, and every
 * number has the same bits. No errors are worded: a page that is not of this
 * form, or not sound, is simply not taken.
 */
#ifndef EXCHANGE_KUCOIN_PLAIN_H
#define EXCHANGE_KUCOIN_PLAIN_H

#include <stdbool.h>

#include "exchange/kucoin_json.h"
#include "market/bar.h"

/* True, and `rows` (which is empty) has what kucoin_candles_parse() would have
 * appended; or false, and it is empty: ask kucoin_candles_parse(). */
bool kucoin_plain_parse(struct kucoin_body body, enum timeframe tf,
                        struct kucoin_rows *rows);

#endif
