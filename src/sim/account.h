/* sim/account.h - the operator's account: keys, bots, signed endpoints.
 *
 * Bodies as on the wire. The account is told about by signed requests alone; a
 * test makes it with
 *
 *   PUT    /sim/account  a key, see sim/account_keys.h
 *   PUT    /sim/bot      {"symbol", "lower", "upper", "levels", "capital"} and
 *                        at will "spacing": "arithmetic"|"geometric", "at": a
 *                        time (else now), "stop": a price, "account": "main" or
 *                        the name of a robot's sub-account, "fee": 0.001,
 *                        "fee_in": "quote"|"base"|"KCS"; answers {"bot": "1"}
 *   DELETE /sim/bot/1    ends it now; ?sell=1 sells what it holds, ?zombies=2
 *                        leaves two orders in the book
 *   GET    /sim/ledger?bot=1   its own books (sim/account_ledger.h) at the
 *                        clock, all money as decimal texts
 *
 * The main account's trade balance is what its bots' capital has become, and
 * that of robots which do not run; a robot's is in its sub-account while it
 * runs. Orders and fills of robots are shown to nobody, as there. The row of
 * type main and the sub-account `normalsub` are there to be told apart.
 *
 * Not as there: no fill older than a key's `reach_days` is shown, whatever the
 * window, and each is listed exactly `list_s` after it took place; a stop order
 * keeps the amount of a grid that is all full; a grid whose steps earn less
 * than its fees may owe money in the end. Not built: cancelled and done orders,
 * the old order endpoints, margin, partial fills.
 */
#ifndef SIM_ACCOUNT_H
#define SIM_ACCOUNT_H

#include "sim/account_bot.h"
#include "sim/account_keys.h"
#include "sim/market.h"

struct sim;
struct sim_call;

struct sim_account {
    struct sim_keys keys;
    int bot_count;
    struct sim_bot *bots[SIM_BOTS_MAX]; /* owned */
};

void sim_account_release(struct sim_account *a);

/* Brings all bots to what they are at a time. */
void sim_account_advance(struct sim_account *a, const struct sim_market *m,
                         int64_t now_ms);

/* "400100" and the like, with HTTP 200. `msg` needs no escapes. */
void sim_account_fail(struct sim_call *call, const char *code, const char *msg);

/* Of the query: a whole number, `none` when it is absent. False, and the reply
 * made, when it is not one of min to max. */
bool sim_account_number(struct sim_call *call, const char *name, int64_t min,
                        int64_t max, int64_t *value);

void sim_account_api_key(struct sim *s, struct sim_call *call);
void sim_account_mode(struct sim *s, struct sim_call *call);
void sim_account_user(struct sim *s, struct sim_call *call);
void sim_account_balances(struct sim *s, struct sim_call *call);
void sim_account_subs(struct sim *s, struct sim_call *call);
void sim_account_sub(struct sim *s, struct sim_call *call);
void sim_account_active(struct sim *s, struct sim_call *call);
void sim_account_active_page(struct sim *s, struct sim_call *call);
void sim_account_stops(struct sim *s, struct sim_call *call);
void sim_account_fills(struct sim *s, struct sim_call *call);

void sim_account_set_key(struct sim *s, struct sim_call *call);
void sim_account_add_bot(struct sim *s, struct sim_call *call);
void sim_account_end_bot(struct sim *s, struct sim_call *call);
void sim_account_ledger(struct sim *s, struct sim_call *call);

#endif
