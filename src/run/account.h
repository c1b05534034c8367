/* run/account.h - the operator's account, once per run. */
#ifndef RUN_ACCOUNT_H
#define RUN_ACCOUNT_H

#include "exchange/kucoin_private.h"
#include "run/run_internal.h"

/* Asks the key what it may do, and then, as far as it may be used, balances,
 * sub-accounts, orders and fills of the grids of this run. Nothing of it is
 * needed to go on: what cannot be had is a fault that the phone is told of, and
 * the position comes from the next source. */
void run_fetch_account(struct run *r, int64_t deadline_ms);
void run_account_release(struct run *r);

/* The exchange shows fills of 7 days; an hour of it is for the way there. */
#define ACCOUNT_REACH_MS (7 * MS_PER_DAY - MS_PER_HOUR)

/* From when on the fills of a grid are asked. */
int64_t account_fills_from_ms(const struct run *r, const struct grid_run *g);

/* Is the account that of the key? Unstated counts as such, unless the file asks
 * for a robot's. */
bool account_is_own(const struct grid *g);

/* The sub-account that the file names, or "robot". */
const char *account_name(const struct grid *g);

/* Is the account asked for the position of the grid in this run? */
bool account_is_asked(const struct run *r, const struct grid_run *g);

/* Why the key is not usable; static text. */
const char *account_no_key(const struct run *r);

#endif
