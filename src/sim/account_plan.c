#include "sim/account_plan.h"

#include <math.h>

#define RATE_WHOLE       ((int64_t)10000) /* 10^SIM_RATE_PLACES */
/* 8 of amounts, 4 of the rate, 1 of KCS leave so many for the price. */
#define PRICE_PLACES_MAX 5
#define CAPITAL_MAX      ((int64_t)10000000)
#define COINS_MAX        ((int64_t)10000000)

static int64_t line(const struct sim_bot_plan *plan, int i)
{
    int64_t width = plan->upper - plan->lower;
    if (plan->geometric) {
        double ratio = (double)plan->upper / (double)plan->lower;
        double share = (double)i / (double)plan->cells;
        return (int64_t)floor((double)plan->lower * pow(ratio, share) + 0.5);
    }
    return plan->lower + (2 * width * i + plan->cells) / (2 * plan->cells);
}

static int check(const struct sim_bot_plan *plan, int places, struct error *err)
{
    if (places > PRICE_PLACES_MAX)
        return error_set(err, FAULT_DATA,
                         "with %d decimals of the price the fees would have "
                         "more than 18",
                         places);
    if (plan->lower <= 0 || plan->upper <= plan->lower)
        return error_set(err, FAULT_DATA, "'lower' is not below 'upper'");
    if (plan->cells < 1 || plan->cells > SIM_CELLS_MAX)
        return error_set(err, FAULT_DATA, "'levels' is not 1 to %d",
                         SIM_CELLS_MAX);
    if (plan->stop >= plan->lower)
        return error_set(err, FAULT_DATA, "'stop' is not below 'lower'");
    if (plan->capital > sim_money_of(CAPITAL_MAX, 0) ||
        plan->capital / COINS_MAX > sim_money_of(plan->lower, places))
        return error_set(err, FAULT_DATA, "'capital' is too large to count");
    return 0;
}

int sim_plan_cells(const struct sim_bot_plan *plan, int places,
                   struct sim_cell *cells, struct error *err)
{
    if (check(plan, places, err))
        return -1;
    for (int i = 0; i < plan->cells; i++) {
        cells[i].low = line(plan, i);
        cells[i].high = line(plan, i + 1);
        if (cells[i].high <= cells[i].low)
            return error_set(err, FAULT_DATA, "two lines at the same price");
    }
    return 0;
}

bool sim_plan_is_full(const struct sim_bot_plan *plan,
                      const struct sim_cell *cell, int64_t price)
{
    if (plan->geometric)
        return (sim_money)cell->low * cell->high > (sim_money)price * price;
    return cell->low + cell->high > 2 * price;
}

int64_t sim_plan_amount(const struct sim_bot_plan *plan,
                        const struct sim_cell *cells, int places, int64_t price)
{
    sim_money prices = 0;
    for (int i = 0; i < plan->cells; i++)
        prices +=
            sim_plan_is_full(plan, &cells[i], price) ? price : cells[i].low;
    sim_money coin = sim_money_of(1, places) * prices; /* one of each cell */
    sim_money step = coin / sim_power10(SIM_STEP_PLACES);
    return (int64_t)(plan->capital * RATE_WHOLE /
                     (step * (RATE_WHOLE + plan->rate)));
}

void sim_plan_price(const struct sim_bot_plan *plan, int places, int64_t price,
                    int64_t size, struct sim_fill *f)
{
    f->price = sim_money_of(price, places);
    f->size = sim_money_of(size, SIM_STEP_PLACES);
    f->funds = (sim_money)price * size *
               sim_power10(SIM_MONEY_PLACES - places - SIM_STEP_PLACES);
    f->fee_funds = f->funds / RATE_WHOLE * plan->rate;
    f->fee_in = plan->fee_in;
    if (f->fee_in == SIM_FEE_BASE && f->sell)
        f->fee_in = SIM_FEE_QUOTE;
    f->fee = f->fee_funds;
    if (f->fee_in == SIM_FEE_BASE)
        f->fee = f->size / RATE_WHOLE * plan->rate;
    if (f->fee_in == SIM_FEE_OTHER)
        f->fee = f->fee_funds / SIM_KCS_PRICE;
}
