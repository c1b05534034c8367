/* exchange/kucoin_json.h - bodies of KuCoin's replies as our types.
 *
 * Text in, structs out; no network. A body is `len` bytes with a zero behind
 * them. The content type plays no part: what is not one JSON object is not a
 * reply of the exchange (a gateway's page, a cut text) and FAULT_TRANSIENT. A
 * code that is not success is reported by the table in kucoin_codes.h; a
 * success without `data` is an error. Integers are exact up to 2^53, larger
 * ones are refused.
 */
#ifndef EXCHANGE_KUCOIN_JSON_H
#define EXCHANGE_KUCOIN_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/utf8.h"
#include "exchange/kucoin_codes.h"
#include "market/bar.h"
#include "market/market.h"

#define KUCOIN_MSG_POINTS 120
#define KUCOIN_SYMBOL     32 /* room for a symbol */

struct kucoin_body {
    const char *data;
    size_t len;
};

/* What the envelope says, without looking at `data`. */
struct kucoin_envelope {
    bool is_json;  /* one JSON object with a code; if not, nothing below */
    bool success;  /* 200000 or 200 */
    char code[16]; /* as text */
    char msg[UTF8_ROOM(KUCOIN_MSG_POINTS)]; /* cut, one line; may be "" */
    const struct kucoin_code *known;        /* row of the code, or NULL */
};
void kucoin_envelope_parse(struct kucoin_body body,
                           struct kucoin_envelope *out);
/* The error of an envelope that is not a success. `status` is HTTP's. */
int kucoin_envelope_error(const struct kucoin_envelope *e, int status,
                          struct error *err);

int kucoin_time_parse(struct kucoin_body body, int64_t *ms, struct error *err);

struct kucoin_status {
    enum market_status status;
    char note[UTF8_ROOM(KUCOIN_MSG_POINTS)]; /* the exchange's words */
};
int kucoin_status_parse(struct kucoin_body body, struct kucoin_status *out,
                        struct error *err);

struct kucoin_symbol {
    double price_tick;      /* quote currency */
    double base_increment;  /* base currency */
    double base_min_size;   /* likewise: the least that may be ordered; NO_VALUE
                               where the exchange does not give it */
    double min_funds;       /* quote currency: the least that an order may be
                               worth; NO_VALUE, likewise */
    bool trading;           /* enableTrading */
    bool special_treatment; /* st: the exchange may delist it */
};
/* The reply must be about `symbol`. */
int kucoin_symbol_parse(struct kucoin_body body, const char *symbol,
                        struct kucoin_symbol *out, struct error *err);

struct kucoin_ticker {
    double price;    /* last traded */
    int64_t time_ms; /* on the exchange's clock */
};
int kucoin_ticker_parse(struct kucoin_body body, struct kucoin_ticker *out,
                        struct error *err);

/* Growing rows of one series; kucoin_rows_release() drops them. */
struct kucoin_rows {
    struct bar *bars;
    size_t count, room;
    size_t idle; /* rows of zero volume, left out */
};
void kucoin_rows_release(struct kucoin_rows *rows);
/* Appends a sound bar, or counts it as idle. */
void kucoin_rows_add(struct kucoin_rows *rows, const struct bar *b);

/* The last second of the year 9999; rows of later times are not sound. */
#define KUCOIN_TIME_MAX_S ((int64_t)253402300799)

/* Appends the rows of one page as they come, newest first. Each is checked:
 * seven texts in the order time, open, close, high, low, volume, turnover, all
 * numbers, bar_check(). -1 with row, field and value of the first bad one; the
 * rows before it are there then. `envelope`, unless NULL, is what
 * kucoin_envelope_parse() would say. */
int kucoin_candles_parse(struct kucoin_body body, enum timeframe tf,
                         struct kucoin_envelope *envelope,
                         struct kucoin_rows *rows, struct error *err);

#endif
