/* exchange/kucoin.h - KuCoin's public spot data, read only.
 *
 * kucoin_greet() asks for the exchange's time and status. kucoin_fetch() asks
 * for all symbols and timeframes of a run at once: the number of pages of a
 * candle series is known from its range, so that its pages go out together,
 * the newest first, each with a fixed window. What fails, fails alone: each
 * part of an answer has its own error.
 *
 * Failures that pass are repeated by net/retry.h with the verdicts of
 * kucoin_codes.h; a gateway's page with 403 or 429 is not repeated within the
 * run. No key is used here: kucoin_private.h is for what needs one.
 */
#ifndef EXCHANGE_KUCOIN_H
#define EXCHANGE_KUCOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "exchange/kucoin_book.h"
#include "exchange/kucoin_json.h"
#include "market/bar.h"
#include "net/http.h"

#define KUCOIN_PAGE_ROWS 1500 /* candles that one call gives at most */

struct kucoin_options {
    const char *base_url; /* "https://api.kucoin.com"; outlives the client */
    int64_t timeout_ms;   /* of one try */
    int max_tries;        /* of one call */
    int64_t backoff_ms;   /* before the second try, doubled from there */
    int64_t backoff_cap_ms;
    int64_t limited_ms; /* wait after "too many requests" without headers */
    int weight_max;     /* the request budget of this client, in weights of
                           each of the exchange's pools */
};
#define KUCOIN_OPTIONS_INIT                                                    \
    {                                                                          \
        .base_url = "https://api.kucoin.com", .timeout_ms = 10000,             \
        .max_tries = 4, .backoff_ms = 1000, .backoff_cap_ms = 8000,            \
        .limited_ms = 10000, .weight_max = 1000                                \
    }

/* A client. Holds no memory of its own; the pool is borrowed. */
struct kucoin {
    struct http_pool *pool;
    struct kucoin_options options;
    struct retry_policy retry;
    int weight_used; /* by all tries so far, of the public pool */
    int spot_used, management_used,
        unified_used; /* likewise, of the account's own pools */
};
void kucoin_init(struct kucoin *k, struct http_pool *pool,
                 const struct kucoin_options *options);

struct kucoin_host {
    bool clock_ok;
    struct error clock_err;
    int64_t offset_ms;     /* exchange's clock minus ours */
    int64_t round_trip_ms; /* of the sample it was taken from */
    bool status_ok;
    struct error status_err;
    struct kucoin_status status;
};

/* Three time samples, of which the one with the shortest round trip counts,
 * and the status. -1 only if nothing could be asked. */
int kucoin_greet(struct kucoin *k, int64_t deadline_ms, struct kucoin_host *out,
                 struct error *err);

/* Bars that opened at or after `from_ms` and closed at or before `until_ms`.
 * Empty (both 0) means none. */
struct kucoin_span {
    int64_t from_ms, until_ms;
};

struct kucoin_want {
    const char *symbol; /* "BTC-USDT" */
    bool facts;         /* ask for tick, step and trading flags */
    bool ticker;
    bool book; /* the best levels of the order book */
    struct kucoin_span span[TF_COUNT];
};

/* One series: ascending, unique, each bar checked. */
struct kucoin_bars {
    bool ok; /* if not, `err` says why and there are no bars */
    struct error err;
    struct bar *bars; /* owned by the answer */
    size_t count;
    size_t idle;     /* rows of zero volume, left out */
    size_t outside;  /* rows that were not asked for, left out */
    size_t repeated; /* rows that came twice alike, left out once */
};

/* What was not asked for has ok == false and FAULT_NONE. */
struct kucoin_answer {
    struct kucoin_bars series[TF_COUNT];
    bool facts_ok;
    struct error facts_err;
    struct kucoin_symbol facts;
    bool ticker_ok;
    struct error ticker_err;
    struct kucoin_ticker ticker;
    bool book_ok;
    struct error book_err;
    struct kucoin_book book;
};
void kucoin_answer_release(struct kucoin_answer *answer);

/* The weight that kucoin_fetch() needs when nothing is repeated. */
int kucoin_weight(const struct kucoin_want *wants, size_t n);

/* Fills answers[0..n-1], which the caller releases in any case. -1, and nothing
 * was sent, when the budget does not suffice or the base URL is not allowed;
 * else 0, and the answers say what is there. */
int kucoin_fetch(struct kucoin *k, const struct kucoin_want *wants, size_t n,
                 struct kucoin_answer *answers, int64_t deadline_ms,
                 struct error *err);

#endif
