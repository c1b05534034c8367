/* sim/account_plan.h - a bot's orders and fills before any happens. Pure. */
#ifndef SIM_ACCOUNT_PLAN_H
#define SIM_ACCOUNT_PLAN_H

#include "sim/account_bot.h"

/* The lines of the cells; -1 when two fall on the same tick or the money
 * cannot be counted to the unit. */
int sim_plan_cells(const struct sim_bot_plan *plan, int places,
                   struct sim_cell *cells, struct error *err);

/* Is a cell's middle above the price? */
bool sim_plan_is_full(const struct sim_bot_plan *plan,
                      const struct sim_cell *cell, int64_t price);

/* The amount of each cell, steps, when the start is at the price. */
int64_t sim_plan_amount(const struct sim_bot_plan *plan,
                        const struct sim_cell *cells, int places,
                        int64_t price);

/* Price, size, funds and fee of a fill; the rest is left as it is. */
void sim_plan_price(const struct sim_bot_plan *plan, int places, int64_t price,
                    int64_t size, struct sim_fill *f);

#endif
