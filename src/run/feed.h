/* run/feed.h - the outside world as three functions.
 *
 * A run that is given a feed (run_options.feed) asks no exchange and rings no
 * phone: candles, ticker, status and the receiver's answer come from these
 * functions. All the rest is the job's own lines, so what such runs write is
 * what the job would have written of a world that says the same;
 * tests/record/year.sh holds the two to each other, byte for byte. Only with a
 * named slot (run_options.at_ms): the world's clock is not asked.
 *
 * What is kept from run to run saves time alone. engine/measure.h and
 * market/market.h promise that the outcome is that of fresh memory.
 */
#ifndef RUN_FEED_H
#define RUN_FEED_H

#include "exchange/kucoin.h"
#include "notify/pushover_receipt.h"

struct run_kept; /* memory of earlier runs */

struct feed {
    void *payload;
    enum market_status status;
    /* As kucoin_fetch(), for a world whose time is `now_ms`. The bars of an
     * answer are taken over and freed by the run. */
    int (*fetch)(void *payload, int64_t now_ms, const struct kucoin_want *wants,
                 size_t n, struct kucoin_answer *answers, struct error *err);
    /* As pushover_send(). */
    int (*send)(void *payload, int64_t now_ms, const struct pushover_message *m,
                struct pushover_result *out, struct error *err);
    /* As pushover_ask() and pushover_cancel(); NULL: no receipt is asked, no
     * siren cancelled. */
    int (*ask)(void *payload, int64_t now_ms, const char *receipt,
               struct pushover_result *out, struct pushover_receipt *said,
               struct error *err);
    int (*cancel)(void *payload, int64_t now_ms, const char *tag,
                  struct pushover_result *out, struct error *err);
    struct run_kept *kept; /* owned by the caller; NULL: nothing is kept */
};

struct run_kept *run_kept_new(void);
void run_kept_free(struct run_kept *k); /* NULL is fine */

/* Takes the memory that was kept of the symbol, if there is any, and gives it
 * back. With `k` NULL nothing is taken, and what is given is freed. */
struct symbol_run;
void run_kept_take(struct run_kept *k, struct symbol_run *s);
void run_kept_give(struct run_kept *k, struct symbol_run *s);

#endif
