#include "sim/account_ledger.h"

/* Amounts are multiples of 10^-12: eight decimals, four of the fee's rate. */
#define AMOUNT_UNIT ((sim_money)1000000)

static void enter_buy(struct sim_ledger *l, const struct sim_fill *f)
{
    sim_money paid = f->fee_in == SIM_FEE_QUOTE ? f->fee : 0;
    sim_money kept = f->fee_in == SIM_FEE_BASE ? f->fee : 0;

    l->base += f->size - kept;
    l->cash -= f->funds + paid;
    l->cost += f->funds + paid;
}

static void enter_sell(struct sim_ledger *l, const struct sim_fill *f)
{
    sim_money paid = f->fee_in == SIM_FEE_QUOTE ? f->fee : 0;
    sim_money share =
        sim_money_part(l->cost, f->size / AMOUNT_UNIT, l->base / AMOUNT_UNIT);

    l->base -= f->size;
    l->cash += f->funds - paid;
    l->cost -= share;
    l->realised += f->funds - paid - share;
}

void sim_ledger_enter(struct sim_ledger *l, const struct sim_fill *f)
{
    l->fills++;
    if (f->sell)
        enter_sell(l, f);
    else
        enter_buy(l, f);
    if (f->fee_in == SIM_FEE_OTHER)
        l->other_fees += f->fee;
    else
        l->fees += f->fee_funds;
}

sim_money sim_ledger_average(const struct sim_ledger *l)
{
    sim_money amount = l->base / AMOUNT_UNIT;
    if (amount == 0)
        return 0;
    /* cost / base, as a share of the whole of one coin's 10^12 amounts. */
    sim_money coin = sim_power10(12);
    sim_money each = l->cost / amount * coin, rest = l->cost % amount * coin;
    sim_money left = rest % amount * 2;
    each += rest / amount;
    if (left > amount || (left == amount && each % 2))
        each++;
    return each;
}
