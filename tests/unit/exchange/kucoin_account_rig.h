/* tests/unit/exchange/kucoin_account_rig.h - kucoin_rig.h with an account, for
 * one test file: routes, begin(), fetch(), the test, drop().
 */
#ifndef EXCHANGE_KUCOIN_ACCOUNT_RIG_H
#define EXCHANGE_KUCOIN_ACCOUNT_RIG_H

#include <stdlib.h>

#include "exchange/kucoin_account_bodies.h"
#include "exchange/kucoin_private.h"
#include "exchange/kucoin_rig.h"

#define KEY        "PLANTEDkey0001"
#define SECRET     "PLANTEDsecret-2222-4333"
#define PASSPHRASE "PLANTEDpassphrase"
#define ORDERS     "/api/v1/hf/orders/active/page?symbol=BTC-USDT&"
#define STOPS      "/api/v1/stop-order?symbol=BTC-USDT&"
#define FILLS      "/api/v1/hf/fills?symbol=BTC-USDT&"
#define NO_FILLS   "{\"code\":\"200000\",\"data\":{\"items\":[],\"lastId\":0}}"
#define NO_PAGE                                                                \
    "{\"code\":\"200000\",\"data\":{\"totalNum\":0,\"totalPage\":0,\"items\":" \
    "[]}}"

static const struct kucoin_login login = { .key = KEY,
                                           .secret = SECRET,
                                           .passphrase = PASSPHRASE };
static struct kucoin_account account;
static struct kucoin_account_part part;

static inline int fetch(const struct kucoin_books_want *want,
                        const char *const *subs)
{
    memset(&account, 0, sizeof(account));
    return kucoin_fetch_account(&client, &login, subs, want, want ? 1 : 0,
                                &account, &part, in_20_s(), &err);
}

static inline void drop(void)
{
    kucoin_account_release(&account);
    kucoin_account_part_release(&part);
    end();
}

static inline int64_t number_of(const char *target, const char *name)
{
    const char *at = strstr(target, name);
    return at ? strtoll(at + strlen(name), NULL, 10) : 0;
}

#endif
