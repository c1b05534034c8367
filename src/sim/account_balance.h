/* sim/account_balance.h - what bots' money adds up to by currency. Pure. */
#ifndef SIM_ACCOUNT_BALANCE_H
#define SIM_ACCOUNT_BALANCE_H

#include <stddef.h>

#include "sim/account.h"

#define SIM_BALANCES_MAX (2 * SIM_BOTS_MAX + 1)
#define SIM_KCS_DEPOSIT  100 /* once a bot pays its fees in KCS */

struct sim_balance {
    char currency[SIM_SYMBOL_TEXT];
    sim_money total, holds; /* holds: in open orders, fees to come included */
};

/* Of one trade account: the main one ("") or a robot's. A robot's is empty
 * while its bot does not run; its money is the main account's then. The bots
 * have been advanced. Returns how many there are, in the order in which they
 * are met, zero ones included. */
size_t sim_balances(const struct sim_account *a, const struct sim_market *m,
                    const char *robot, struct sim_balance *out);

#endif
