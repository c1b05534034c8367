/* exchange/kucoin_private.h - what the operator's own account holds, read only.
 *
 * Spot, classic accounts. Every request is signed; none has a body, none
 * changes anything. The key is asked first what it may do: one that may trade,
 * transfer or withdraw is not used (SPEC 1.6). What fails, fails alone.
 *
 * Endpoints, weights and pools: KuCoin's contract notes 6 to 8. Identifiers of
 * fills are beyond 2^53 and are read as text, never as a double. Money is read
 * as decimals. The secret, the passphrase and the signature stand in no error,
 * no log and no URL; a redirect is never followed with a key attached.
 */
#ifndef EXCHANGE_KUCOIN_PRIVATE_H
#define EXCHANGE_KUCOIN_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exchange/kucoin.h"
#include "position/books.h"

struct kucoin_login {
    const char *key, *secret, *passphrase; /* secrets; borrowed */
    int64_t offset_ms; /* exchange's clock minus ours: signs with its time */
};

/* What the key is. */
enum kucoin_key_state {
    KUCOIN_KEY_NONE,     /* no key was given */
    KUCOIN_KEY_USABLE,   /* reads, and may do nothing else */
    KUCOIN_KEY_POWERFUL, /* may trade, transfer or withdraw */
    KUCOIN_KEY_REFUSED,  /* the exchange does not take it: key, signature, IP */
    KUCOIN_KEY_UNKNOWN   /* could not be asked */
};
const char *kucoin_key_state_name(enum kucoin_key_state state);

struct kucoin_key {
    enum kucoin_key_state state;
    char permissions[128]; /* as the exchange names them, or "" */
    bool ip_restricted;
    struct error err; /* of powerful, refused and unknown: what to do */
};

/* Which kind of account the key belongs to. Only a classic one is read here; a
 * unified one has its money behind other endpoints, and what is read of it here
 * would be empty and look like nothing held. */
enum kucoin_mode {
    KUCOIN_MODE_UNKNOWN,
    KUCOIN_MODE_CLASSIC,
    KUCOIN_MODE_UNIFIED
};

#define KUCOIN_UNIFIED_MAX 500

/* The sub-accounts that are unified ones, as far as the master key is told. */
struct kucoin_unified {
    bool known;
    size_t count;
    int64_t uids[KUCOIN_UNIFIED_MAX];
};

#define KUCOIN_CURRENCY         16
#define KUCOIN_ORDER_ID         40
#define KUCOIN_BALANCES         200
#define KUCOIN_SUB_NAME         33
#define KUCOIN_SUB_BALANCES_MAX 40
#define KUCOIN_ORDERS_MAX       400

struct kucoin_balance {
    char currency[KUCOIN_CURRENCY];
    char type[16]; /* main, trade, ... */
    struct decimal balance, available, holds;
};

enum kucoin_order_kind { KUCOIN_ORDER_LIMIT, KUCOIN_ORDER_STOP };
struct kucoin_order {
    char id[KUCOIN_ORDER_ID];
    enum kucoin_order_kind kind;
    enum fill_side side;
    struct decimal price;  /* of a stop: 0 when it sells at market */
    struct decimal remain; /* base; of a stop: 0 when it buys for funds */
    struct decimal stop;   /* trigger price of a stop, else 0 */
    int64_t created_ms;
};

struct kucoin_books_want {
    const char *symbol;
    int64_t fills_from_ms;  /* fills at or after; MOMENT_NONE: none wanted */
    int64_t fills_until_ms; /* and before */
    int64_t after_id;       /* fills with a greater id only */
};

/* Of one symbol. Each part has its own error. */
struct kucoin_account_part {
    bool orders_ok, stops_ok, fills_ok;
    struct error orders_err, stops_err, fills_err;
    struct kucoin_order *orders; /* owned; the stops stand behind the
                                    `order_count` others */
    size_t order_count, stop_count;
    struct fill *fills; /* owned; ascending by id, each once */
    size_t fill_count;
    bool fills_cut; /* it is not sure that the exchange reached back to
                       fills_from_ms, or to what is known by after_id */
};

struct kucoin_sub {
    char asked[KUCOIN_SUB_NAME]; /* as which it was asked for */
    char name[KUCOIN_SUB_NAME];
    bool robot; /* one that holds the money of KuCoin's own bots */
    /* Of a unified one nothing was asked; of one that is not known, what
     * cannot be seen may be all that there is. */
    enum kucoin_mode mode;
    size_t balance_count;
    /* Not zero; of its trade account, "trade" or "trade_hf". */
    struct kucoin_balance balances[KUCOIN_SUB_BALANCES_MAX];
};

struct kucoin_account {
    struct kucoin_key key;
    struct kucoin_unified unified;
    bool balances_ok;
    struct error balances_err;
    size_t balance_count;
    struct kucoin_balance balances[KUCOIN_BALANCES]; /* not zero */
    bool subs_ok;
    struct error subs_err;
    size_t sub_count;        /* when not ok: those that could be read */
    struct kucoin_sub *subs; /* owned; of those that were asked for */
};

/* Signs: base64 of HMAC-SHA256 with `secret` of timestamp, method, path with
 * query and body. Pure but for the library. `out` holds 45 bytes. */
void kucoin_sign(const char *secret, const char *timestamp, const char *method,
                 const char *target, const char *body, char out[45]);

/* What the key may do. `allow_trading` as configured: a powerful key is then
 * usable. Never fails as a call: the answer says. */
void kucoin_ask_key(struct kucoin *k, const struct kucoin_login *login,
                    bool allow_trading, int64_t deadline_ms,
                    struct kucoin_key *out);

/* `err` is filled when it is unified (what that means) or unknown (why; then
 * `subs` are unknown, too). */
enum kucoin_mode kucoin_ask_mode(struct kucoin *k,
                                 const struct kucoin_login *login,
                                 int64_t deadline_ms,
                                 struct kucoin_unified *subs,
                                 struct error *err);

/* Balances, the sub-accounts that are named in `subs` (NULL-terminated, or
 * NULL; 16 at most; "robot", unless one has that name, is the only one of a
 * robot), and per symbol open orders, untriggered stop orders and
 * fills, all pages of them, with the key that kucoin_ask_key() found usable.
 * `account->key` and `account->unified`, of kucoin_ask_mode(), are left as they
 * were; a sub-account that is a unified one is an error of `subs_err`. The
 * caller releases account and parts in any case. -1 when nothing was sent: the
 * login is not whole or the base URL not allowed. What the request budget does
 * not cover fails alone, like the rest. */
int kucoin_fetch_account(struct kucoin *k, const struct kucoin_login *login,
                         const char *const *subs,
                         const struct kucoin_books_want *wants, size_t n,
                         struct kucoin_account *account,
                         struct kucoin_account_part *parts, int64_t deadline_ms,
                         struct error *err);
void kucoin_account_release(struct kucoin_account *account);
void kucoin_account_part_release(struct kucoin_account_part *part);

#endif
