/* sim/account_ledger.h - the books of one bot. Pure.
 *
 * Average cost, exact but for one rounding: a buy adds to the cost what was
 * paid for it and its fee; a sell takes from the cost its share by amount, half
 * to even on the 18th decimal, and realises what it brought in less its fee and
 * that share. A fee in the base currency is taken off what a buy brings in and
 * leaves the cost as it is; it counts among the fees at the price of its fill.
 * A fee in a third currency is in none of these but `other_fees`. So always:
 * cash = realised - cost.
 */
#ifndef SIM_ACCOUNT_LEDGER_H
#define SIM_ACCOUNT_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/account_money.h"

#define SIM_ORDER_ID_TEXT 32

enum sim_fee_in { SIM_FEE_QUOTE, SIM_FEE_BASE, SIM_FEE_OTHER };

struct sim_fill {
    int64_t id, trade_id; /* beyond 2^53, growing with time */
    int64_t at_ms;
    char order[SIM_ORDER_ID_TEXT];
    bool sell, taker;
    sim_money price, size; /* quote per base, base */
    sim_money funds;       /* price * size, quote */
    sim_money fee;
    sim_money fee_funds; /* the fee in quote, whatever it was paid in */
    enum sim_fee_in fee_in;
};

struct sim_ledger {
    int64_t fills;
    sim_money base, cash, cost, realised, fees, other_fees;
};

/* A sell is of no more than there is, and its fee is not in base. */
void sim_ledger_enter(struct sim_ledger *l, const struct sim_fill *f);

/* Quote per base, half to even; 0 when nothing is held. */
sim_money sim_ledger_average(const struct sim_ledger *l);

#endif
