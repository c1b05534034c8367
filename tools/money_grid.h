/* tools/money_grid.h - one drawn grid: its file, and the bot that it is of. */
#ifndef TOOLS_MONEY_GRID_H
#define TOOLS_MONEY_GRID_H

#include "position/shadow.h"
#include "sim/account_bot.h"
#include "tools/money_market.h"

struct money_grid {
    const struct money_market *market; /* borrowed */
    struct grid file;
    struct shadow_terms terms;
    struct sim_bot_plan bot; /* fees in quote */
    enum sim_fee_in other;   /* what a second, like bot pays its fees in */
    int64_t slippage;        /* units of 10^-4 */
    size_t first;            /* the bar in which it begins */
    size_t every;            /* the model is asked at every so many slots */
    bool inside;             /* it begins inside a bar */
    double step_share;       /* a step, as a share of the centre */
    double range_share;      /* mean true range of its bars, likewise */
};

/* Draws a grid for a market of 100 bars or more: arithmetic or geometric, 2 to
 * 150 cells, 2 to 30 % wide, about the price or beside it, with and without a
 * stop. Fewer cells where two lines would fall on one tick. */
void money_grid_draw(struct money_grid *g, struct prng *p,
                     const struct money_market *market);

#endif
