/* sim/account_money.h - the simulated account's money, exact. Pure.
 *
 * A whole number of units of 10^-18. Sums and the products that the simulator
 * needs are exact; the only rounding is sim_money_part(), half to even. It is
 * the simulator's own arithmetic, so that it can witness another's.
 */
#ifndef SIM_ACCOUNT_MONEY_H
#define SIM_ACCOUNT_MONEY_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 sim_money;

#define SIM_MONEY_PLACES 18
#define SIM_MONEY_TEXT   64

/* 10^n, 0 <= n <= 18. */
int64_t sim_power10(int n);

/* n units of 10^-places, 0 <= places <= 18. */
sim_money sim_money_of(int64_t n, int places);

/* "1000", "0.001", "1.0e-05": at most 18 decimals, below 10^15, not negative.
 * False, and `out` untouched, for anything else. */
bool sim_money_parse(const char *text, sim_money *out);

/* As a whole number of 10^-places; false when it is none, or too large. */
bool sim_money_whole(sim_money m, int places, int64_t *out);

/* The shortest text: "424.5", "0", "-0.25". */
void sim_money_format(sim_money m, char out[SIM_MONEY_TEXT]);

/* total * part / whole, 0 <= part <= whole < 1.3 * 10^19, whole > 0. */
sim_money sim_money_part(sim_money total, sim_money part, sim_money whole);

#endif
