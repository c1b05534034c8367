/* sim/account_bot.h - a grid bot that really fills. Pure but for its memory.
 *
 * `levels` cells between levels + 1 lines, each line rounded to the nearest
 * tick. A cell buys at its lower line and sells at its upper one, the same
 * amount each time: capital / sum over the cells of the price at which the cell
 * buys first * (1 + fee), rounded down to 10^-8. At the start a cell is full
 * when its middle (arithmetic or geometric, as the lines are) lies above the
 * price; what the full cells hold is bought at that price, as one market order.
 *
 * Then the price goes along sim/account_path.h. An order fills when the price
 * touches it, at its own price, as maker; after it the cell's other order is
 * placed. On the way down buys come before the stop, which lies below them all;
 * when it is touched it cancels everything and sells what is held, as taker, at
 * its price, or at the price of the start if the bot began below its stop. An
 * end sells, if it is to, at the price of that moment, and leaves the first
 * `zombies` orders from below in the book: those still fill, and nothing
 * follows them.
 *
 * What a bot is at a time follows from its plan and the bars alone, so a clock
 * that is set back takes back what happened after.
 *
 * Fees: funds * fee in quote; or in base for a buy, amount * fee, and in quote
 * for a sell, and the cell then sells what came in, rounded down to 10^-8, the
 * rest stays; or in KCS, funds * fee / 10: one KCS is always ten quote.
 */
#ifndef SIM_ACCOUNT_BOT_H
#define SIM_ACCOUNT_BOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sim/account_ledger.h"
#include "sim/account_path.h"
#include "sim/market.h"

#define SIM_CELLS_MAX   400
#define SIM_ROBOT_TEXT  32
#define SIM_STEP_PLACES 8 /* amounts are multiples of 10^-8 */
#define SIM_RATE_PLACES 4 /* a fee's rate is a multiple of 10^-4 */
#define SIM_KCS_PRICE   10
#define SIM_BOTS_MAX    16

struct sim_bot_plan {
    char symbol[SIM_SYMBOL_TEXT];
    char robot[SIM_ROBOT_TEXT]; /* sub-account, or "" for the main account */
    int64_t lower, upper, stop; /* ticks; stop 0: none */
    int cells;
    bool geometric;
    sim_money capital;
    int64_t rate; /* fee, units of 10^-4 */
    enum sim_fee_in fee_in;
    int64_t at_ms;
    int64_t end_ms; /* of DELETE, or INT64_MAX */
    bool end_sells;
    int zombies;
};

struct sim_order {
    char id[SIM_ORDER_ID_TEXT];
    int serial; /* 1 for the bot's first order */
    bool sell;
    int64_t price, size; /* ticks, steps */
    int64_t created_ms;
};

struct sim_cell {
    int64_t low, high; /* ticks */
    int64_t held;      /* steps; 0: empty */
    bool resting;      /* its order is in the book */
    struct sim_order order;
};

enum sim_bot_state { SIM_BOT_WAITING, SIM_BOT_RUNS, SIM_BOT_STOPPED };

struct sim_bot {
    int number; /* 1 to SIM_BOTS_MAX */
    struct sim_bot_plan plan;
    int64_t amount; /* steps of a cell */
    enum sim_bot_state state;
    bool ended; /* the end of the plan is behind it */
    int64_t now_ms;
    int64_t stopped_ms;    /* when it stopped, for whatever reason */
    struct sim_order stop; /* in the book while the bot runs, if planned */
    struct sim_cell cells[SIM_CELLS_MAX];
    int serial; /* of the newest order */
    size_t fill_count, fill_room;
    struct sim_fill *fills; /* owned, ascending */
    struct sim_ledger ledger;
    /* Where the price is on its way. */
    size_t bar;
    int leg;
    int64_t price;
    size_t points_of; /* the bar of `points` + 1; 0: none */
    int64_t points[SIM_PATH_POINTS];
};

/* A bot that has not begun. NULL when the plan cannot be followed. The caller
 * frees it. */
struct sim_bot *sim_bot_new(const struct sim_bot_plan *plan, int number,
                            int places, struct error *err);
void sim_bot_free(struct sim_bot *bot);

/* Brings it to what it is at a time. */
void sim_bot_advance(struct sim_bot *bot, const struct sim_book *book,
                     int64_t now_ms);

#endif
