/* exchange/kucoin_plan.h - the calls of one run of the pool.
 *
 * Calls are planned first and sent afterwards, because the pool keeps pointers
 * to the requests, and because the weight of all is to be known before the
 * first goes out. For kucoin.c only.
 */
#ifndef EXCHANGE_KUCOIN_PLAN_H
#define EXCHANGE_KUCOIN_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "exchange/kucoin.h"
#include "exchange/kucoin_page.h"

enum kucoin_kind {
    KUCOIN_TIME,
    KUCOIN_STATUS,
    KUCOIN_SYMBOL_FACTS,
    KUCOIN_TICKER,
    KUCOIN_CANDLES,
    KUCOIN_BOOK,
    KUCOIN_SIGNED /* of kucoin_signed.c, which plans for itself */
};

struct kucoin_call {
    enum kucoin_kind kind;
    size_t who;              /* index of the want */
    enum timeframe tf;       /* of candles */
    struct kucoin_span page; /* of candles: whole bars */
    struct text url;
    struct http_request request;
    /* Of candles: pages are read as they come, for their bars need a quarter of
     * the memory and the others are waited for anyhow. */
    bool taken; /* read, well or not: the body is gone */
    struct error err;
    int read_try;           /* the try whose reply `got` is; 0: none yet */
    struct kucoin_page got; /* owned; no rows when there is an error */
};

/* Zeroed is empty; kucoin_plan_release() drops it. */
struct kucoin_plan {
    struct kucoin_call *calls;
    size_t count, room;
    int weight;
};
void kucoin_plan_release(struct kucoin_plan *plan);

/* "BTC-USDT": capitals and digits around one '-'. */
bool kucoin_is_symbol(const char *s);

struct kucoin_call *kucoin_plan_add(struct kucoin_plan *plan,
                                    enum kucoin_kind kind, size_t who);
/* All that is wanted of symbols that are written as symbols. */
void kucoin_plan_wants(struct kucoin_plan *plan,
                       const struct kucoin_want *wants, size_t n);

/* Counts the weight against the budget, sends, waits. `wants` may be NULL when
 * no call is about a symbol. -1 when nothing was sent, or the pool failed. */
int kucoin_plan_run(struct kucoin_plan *plan, struct kucoin *k,
                    const struct kucoin_want *wants, int64_t deadline_ms,
                    struct error *err);

/* Of a call that was sent: 0 when the exchange replied with success. */
int kucoin_call_check(const struct kucoin_call *call, struct error *err);
struct kucoin_body kucoin_call_body(const struct kucoin_call *call);

/* The verdict on a reply, by its code first and its HTTP status second. The
 * payload of the request is its kucoin_call, or NULL. */
enum retry_verdict kucoin_classify(const struct http_request *r);

#endif
