/* position/books.h - what a grid's fills add up to. Pure.
 *
 * The books of one life of a grid, kept from the exchange's own fills, in its
 * decimals, to the last unit. They begin empty at the start event: what the bot
 * bought to begin with is a fill like others.
 *
 * Average cost: a buy adds its funds and its fee to the cost of what is held; a
 * sell takes the same share of the cost as of the amount, and what it brings in
 * above that, less its fee, is realised. A fee in the base currency lessens
 * what a buy brings in (the cost stays), and is sold along with a sell. So at
 * any price:  cash + base * price = realised + (base * price - cost), to the
 * last unit: what a share is rounded by stays in the cost.
 *
 * What is not held has no cost: what is sold beyond that is realised in full,
 * and the buy that fills the gap is taken off again. So is a fee that leaves
 * nothing of what was bought.
 */
#ifndef POSITION_BOOKS_H
#define POSITION_BOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"

#define FILL_CURRENCY 16

enum fill_side { FILL_BUY, FILL_SELL };

struct fill {
    int64_t id; /* the exchange's, > 0, growing; exact above 2^53 */
    int64_t at_ms;
    enum fill_side side;
    struct decimal price; /* quote per base, > 0 */
    struct decimal size;  /* base, > 0 */
    struct decimal funds; /* quote, > 0: what was paid for it */
    struct decimal fee;   /* in `fee_currency`; negative: a rebate */
    char fee_currency[FILL_CURRENCY];
};

struct books {
    int64_t count;       /* fills entered */
    int64_t last_id;     /* newest entered, or 0 */
    int64_t last_ms;     /* its time, or MOMENT_NONE */
    int64_t buys, sells; /* fills of each side */

    /* Held of what these fills moved; below 0 when more was sold than bought:
     * then it was not the grid's own, and `oversold` is set for good. */
    struct decimal base;
    bool oversold;
    struct decimal cash; /* change of the quote currency, fees included */
    struct decimal cost; /* of what is held, >= 0 */
    struct decimal realised;
    struct decimal fees; /* quote; those in base at the price of their fill */

    /* Fees in another currency: not in cash, nor in realised. */
    struct decimal other_fees;
    char other_currency[FILL_CURRENCY]; /* the first one met, or "" */
    bool mixed_fees;   /* one more was met: other_fees is of the first */
    int64_t base_fees; /* fills whose fee was taken in the base currency */
};
struct books books_new(void);

enum books_fault {
    BOOKS_OK,
    BOOKS_AGAIN,     /* not after the newest, by time and id */
    BOOKS_NOT_SOUND, /* an id, size, price or funds that is not above zero, or
                        a fee in no currency */
    BOOKS_TOO_LARGE  /* decimal_is_large() of the fill or of a sum */
};
const char *books_fault_text(enum books_fault fault); /* static text */

/* Enters one fill; fills come in the order of their times, those of one
 * millisecond in that of their ids. `base` and `quote` are
 * the currencies of the symbol. Anything but BOOKS_OK leaves the books as they
 * were. */
enum books_fault books_enter(struct books *b, const struct fill *f,
                             const char *base, const char *quote);

/* Quote per base of what is held; false when nothing is. */
bool books_avg_cost(const struct books *b, struct decimal *out);

/* cash + base * close * (1 - fee): the net PnL e of SPEC 7, with `fee` as a
 * share of what selling all would bring. The books begin without capital, so
 * none is taken off. */
double books_net(const struct books *b, double close, double fee);

/* base * close - cost: before the fee of selling. */
double books_unrealised(const struct books *b, double close);

/* What an exchange asks of an order of a symbol. NO_VALUE: not known. */
struct books_least {
    double base, step; /* base currency: the least size, and its step */
    double funds;      /* quote currency: the least that it must be worth */
    double price;      /* quote per base, now: what base would bring */
};

/* The one tolerance of what is held: less base than this can be neither sold
 * nor missed. An exchange takes no order below its least size, nor one that is
 * worth less than its least funds, so what lies below is dust; and it rounds
 * each fee that it takes in base to its step, so that each may differ by one,
 * all of them by no more than a least order. False when no least is known. */
bool books_dust(const struct books *b, const struct books_least *least,
                struct decimal *out);

#endif
