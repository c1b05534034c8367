/* exchange/kucoin_signed.h - requests that carry the operator's key.
 *
 * Each try is signed anew, for the exchange takes a signature for 5 s only.
 * When it finds our time wrong, its clock is measured again, once a session,
 * and what it refused goes out once more. The weights of the account's two
 * pools are counted before anything is sent. A redirect is not followed
 * (net/http.h), and what others say that repeats a secret is blotted out before
 * it gets into an error. For the files of this folder only.
 */
#ifndef EXCHANGE_KUCOIN_SIGNED_H
#define EXCHANGE_KUCOIN_SIGNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exchange/kucoin_plan.h"
#include "exchange/kucoin_private.h"

enum kucoin_endpoint {
    KUCOIN_KEY_RIGHTS,
    KUCOIN_ACCOUNT_MODE,
    KUCOIN_ACCOUNTS,
    KUCOIN_SUB_LIST,
    KUCOIN_SUB_BALANCES, /* with the id of the sub-account behind it */
    KUCOIN_OPEN_ORDERS,
    KUCOIN_STOP_ORDERS,
    KUCOIN_FILLS
};

struct kucoin_session {
    struct kucoin *k;
    struct kucoin_login login; /* its offset follows a new measurement */
    int64_t deadline_ms;
    bool measured; /* the clock, again */
};
/* -1 with FAULT_CONFIG when a part of the login is missing or too long; the
 * error names its variable. */
int kucoin_session_begin(struct kucoin_session *s, struct kucoin *k,
                         const struct kucoin_login *login, int64_t deadline_ms,
                         struct error *err);

#define KUCOIN_HEADERS     6
#define KUCOIN_HEADER_ROOM 256

struct kucoin_signed {
    struct kucoin_call call; /* first: the pool's calls back get its address */
    enum kucoin_endpoint endpoint;
    struct kucoin_session *session;
    struct text target;   /* path and query, as it is signed */
    struct error refused; /* not sent: the budget */
    bool sent;            /* the last time */
    char lines[KUCOIN_HEADERS][KUCOIN_HEADER_ROOM];
    const char *headers[KUCOIN_HEADERS + 1];
};
/* Stays where it is until released. */
void kucoin_signed_init(struct kucoin_signed *c, struct kucoin_session *s,
                        enum kucoin_endpoint endpoint);
void kucoin_signed_release(struct kucoin_signed *c); /* wipes the headers */

/* Appends to path and query: what is written must need no escape. */
void kucoin_signed_add(struct kucoin_signed *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Sends all, waits. -1 when nothing was sent, or the pool failed. */
int kucoin_signed_run(struct kucoin_session *s, struct kucoin_signed *calls[],
                      size_t n, struct error *err);

/* Of a call that was run: 0 when the exchange replied with success. */
int kucoin_signed_check(struct kucoin_signed *c, struct error *err);
struct kucoin_body kucoin_signed_body(const struct kucoin_signed *c);

#endif
