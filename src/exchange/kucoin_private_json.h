/* exchange/kucoin_private_json.h - bodies of replies about an account.
 *
 * Text in, structs out; no network. As kucoin_json.h, but money is read as
 * decimals and every integer exactly (kucoin_exact.h). What is wrong in a list
 * is told by row and field, and the whole list is refused. For the files of
 * this folder only.
 */
#ifndef EXCHANGE_KUCOIN_PRIVATE_JSON_H
#define EXCHANGE_KUCOIN_PRIVATE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exchange/kucoin_exact.h"
#include "exchange/kucoin_json.h"
#include "exchange/kucoin_private.h"

/* Fills `permissions` and `ip_restricted`. */
int kucoin_rights_parse(struct kucoin_body body, struct kucoin_key *out,
                        struct error *err);

/* The `selfAccountMode` and the `unifiedSubAccount`, of which none is an empty
 * list, null or missing. What is not read of either is unknown. */
int kucoin_mode_parse(struct kucoin_body body, enum kucoin_mode *out,
                      struct kucoin_unified *subs, struct error *err);

/* Those that are not zero; more than `room` are an error. */
int kucoin_balances_parse(struct kucoin_body body, struct kucoin_balance *out,
                          size_t room, size_t *count, struct error *err);

/* Growing; each id once. */
struct kucoin_orders {
    struct kucoin_order *items;
    size_t count, room;
    size_t triggered; /* stops that are no longer waiting: left out */
};
/* Append the rows of a page; all must be of `symbol`. */
int kucoin_orders_parse(struct kucoin_body body, const char *symbol,
                        struct kucoin_orders *out, struct kucoin_paging *paging,
                        struct error *err);
int kucoin_stops_parse(struct kucoin_body body, const char *symbol,
                       struct kucoin_orders *out, struct kucoin_paging *paging,
                       struct error *err);

/* Growing, as they came: twice is possible. */
struct kucoin_fills {
    struct fill *items;
    size_t count, room;
};
/* Appends the rows of a page, newest first. `last_id` asks for the next one; 0
 * when there is none. */
int kucoin_fills_parse(struct kucoin_body body, const char *symbol,
                       struct kucoin_fills *out, int64_t *last_id,
                       struct error *err);

struct kucoin_sub_name {
    char id[KUCOIN_ORDER_ID];
    char name[KUCOIN_SUB_NAME];
    int64_t uid; /* 0: not said */
    bool robot;
};
struct kucoin_sub_names {
    struct kucoin_sub_name *items;
    size_t count, room;
};
int kucoin_sub_names_parse(struct kucoin_body body,
                           struct kucoin_sub_names *out,
                           struct kucoin_paging *paging, struct error *err);
/* Fills the balances only. */
int kucoin_sub_parse(struct kucoin_body body, struct kucoin_sub *out,
                     struct error *err);

#endif
