/* tools/money_exact.h - the books of the exchange's fills against the
 * simulator's, to the last unit.
 *
 * What is in no ledger (net PnL, capital at risk) is computed here from the
 * ledger and the orders of the bot, in whole numbers of 10^-21: 12 decimals of
 * an amount, 5 of a price and 4 of a rate are exact in them.
 */
#ifndef TOOLS_MONEY_EXACT_H
#define TOOLS_MONEY_EXACT_H

#include "position/holding.h"
#include "tools/money_grid.h"

typedef sim_money money_exact; /* units of 10^-21 */

enum money_figure {
    MONEY_BOOKS,   /* base, cash, cost, realised, fees: decimals */
    MONEY_AVERAGE, /* average cost, a decimal */
    MONEY_SHOWN,   /* the same as the position shows them */
    MONEY_NET,     /* net PnL, its peak and drawdown, unrealised PnL */
    MONEY_AT_RISK, /* capital at risk, and its simple form */
    MONEY_FIGURES
};

struct money_found {
    long compared[MONEY_FIGURES], wrong[MONEY_FIGURES];
    double farthest[MONEY_FIGURES]; /* largest difference in quote or base */
};

/* One bot and what the product makes of its fills. */
struct money_side {
    struct sim_bot *bot; /* owned */
    struct holding held;
    size_t entered; /* of its fills */
    money_exact peak;
};

/* cash + base * close * (1 - fee) of the bot's ledger. */
money_exact money_net(const struct money_side *s, const struct money_grid *g,
                      const struct bar *bar);
double money_double(money_exact m);

/* b (C - S) + sum Q (p - S) + (fee + slippage) S (b + sum Q), b and the buys
 * that rest from S to C being the bot's (regime-science notes 4.7); C above S.
 */
money_exact money_at_risk(const struct money_side *s,
                          const struct money_grid *g, const struct bar *bar);

/* Enters what was filled and compares all at the close of a bar. */
void money_compare(struct money_side *s, const struct money_grid *g,
                   const struct bar *bar, struct money_found *found);

#endif
