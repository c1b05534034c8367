/* exchange/kucoin_page.h - a page of candles, read once.
 *
 * What the page says as a reply and the bars that it holds. A page in the form
 * that the exchange writes is walked from front to end without a tree of it
 * (kucoin_plain.h); any other, and any in which something is wrong, goes
 * through kucoin_candles_parse(), which alone judges and words errors. So both
 * ways say the same of every text.
 */
#ifndef EXCHANGE_KUCOIN_PAGE_H
#define EXCHANGE_KUCOIN_PAGE_H

#include "base/error.h"
#include "exchange/kucoin_json.h"
#include "market/bar.h"

struct kucoin_page {
    struct kucoin_envelope envelope;
    struct kucoin_rows rows; /* owned; none when there is an error */
    struct error err;        /* FAULT_NONE: the rows are all that it had */
};

/* Fills `page`, which holds nothing yet. */
void kucoin_page_read(struct kucoin_body body, enum timeframe tf,
                      struct kucoin_page *page);
void kucoin_page_release(struct kucoin_page *page);

#endif
