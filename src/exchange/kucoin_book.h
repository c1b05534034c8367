/* exchange/kucoin_book.h - the best levels of the order book.
 *
 * Doubles: what selling now would bring is an estimate, not money that is kept.
 */
#ifndef EXCHANGE_KUCOIN_BOOK_H
#define EXCHANGE_KUCOIN_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "exchange/kucoin_json.h"

#define KUCOIN_BOOK_LEVELS 20

struct kucoin_level {
    double price; /* quote per base, > 0 */
    double size;  /* base, > 0 */
};

struct kucoin_book {
    int64_t time_ms; /* on the exchange's clock */
    size_t bid_count, ask_count;
    struct kucoin_level bids[KUCOIN_BOOK_LEVELS]; /* dearest first */
    struct kucoin_level asks[KUCOIN_BOOK_LEVELS]; /* cheapest first */
};

/* A side may be empty. FAULT_DATA with side and level when a level is no pair
 * of numbers above zero, is out of order, or the best bid is not below the best
 * ask. Levels beyond the twentieth are left out. */
int kucoin_book_parse(struct kucoin_body body, struct kucoin_book *out,
                      struct error *err);

#endif
