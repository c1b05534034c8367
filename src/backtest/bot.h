/* backtest/ - grids that never were, on candles that were: what the job would
 * have said of them, what an operator would have done, what it came to.
 *
 * bot.h is the money, course.h the range, trial.h one grid with its operator,
 * cohort.h which grids there are, pass.h the slots of a symbol. The verdicts
 * are engine/evaluate.h's. May include hindsight: no verdict is made here.
 *
 * backtest/bot.h - one simulated grid bot (regime-science notes 5.3). Pure.
 *
 * The ledger is position/shadow.h's, its two walks: the nominal order of each
 * bar and the reverse one. What is added here is what a backtest knows and the
 * job does not: that the stop did sell, how far below its price (slip), and
 * what an order to leave brought.
 */
#ifndef BACKTEST_BOT_H
#define BACKTEST_BOT_H

#include "position/shadow.h"

struct bot_terms {
    struct shadow_terms shadow; /* fee, tick, step */
    double half_spread;         /* of a market order, a share of the price */
    double slip; /* the same, on top; the stop's sale has it too */
};

/* One walk's money. e = cash + base * close * (1 - fee) - capital. */
struct bot_money {
    double cash, base;
    double e;
    double realised;   /* by cells alone: no sale to leave, nor the stop's */
    double unrealised; /* e - realised */
    double fees;
};

struct bot {
    struct grid grid;
    struct bot_terms terms;
    struct shadow shadow;
    struct shadow_books books; /* at the newest close, */
    struct bot_money now;      /* and what the nominal walk comes to there */
    double peak;               /* max e of it at a close, and 0 */
    double peak_unrealised;    /* max (e - realised) of it, and 0 */
};

/* Starts at the grid's start event with an order at `price`. False and why,
 * static text, as shadow_begin(). */
bool bot_begin(struct bot *b, const struct grid *g,
               const struct bot_terms *terms, double price, const char **why);

/* One closed 15m bar, in order; others are passed over. */
void bot_walk(struct bot *b, const struct bar *bar);

/* At a close, of the nominal walk or of the reverse one. */
struct bot_money bot_money_at(const struct bot *b, bool reverse, double close);

/* What an order to leave brings that meets the bar's open: what the jump from
 * the close before it fills comes first, the stop included. */
struct bot_sale {
    bool stopped; /* the stop was first: there was nothing to sell */
    struct bot_money nominal, reverse; /* afterwards; base is 0 */
};
struct bot_sale bot_leave(const struct bot *b, const struct bar *bar);

#endif
