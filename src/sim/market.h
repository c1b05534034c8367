/* sim/market.h - all bars of all symbols, the future included.
 *
 * Only sim/candles.h looks into it for a client, and only up to the clock.
 * Symbols are KuCoin's ("BTC-USDT"); bars are 15m bars, ascending, sound and
 * traded: rows without volume never get in.
 */
#ifndef SIM_MARKET_H
#define SIM_MARKET_H

#include <stddef.h>

#include "base/error.h"
#include "market/bar.h"
#include "sim/walk.h"

#define SIM_SYMBOL_TEXT 24

struct sim_book {
    char symbol[SIM_SYMBOL_TEXT];
    char base[SIM_SYMBOL_TEXT], quote[SIM_SYMBOL_TEXT];
    int places; /* decimals of the price tick */
    size_t count, room;
    struct bar *bars; /* owned */
    double *minutes;  /* owned: the last price of each minute of each bar, as
                         sim_walk_live() gives them; NULL: not known */
    int64_t falls_ms; /* when a moved walk breaks; 0: it does not, or nobody
                         knows */
};

struct sim_market {
    size_t count;
    struct sim_book *books; /* owned, in the order they were added */
};

void sim_market_release(struct sim_market *m);

/* The book of a symbol, or NULL. Borrowed until the next sim_market_add. */
const struct sim_book *sim_market_find(const struct sim_market *m,
                                       const char *symbol);

/* Adds an empty book. NULL when the symbol is not BASE-QUOTE in capital
 * letters and digits, or is already there. */
struct sim_book *sim_market_add(struct sim_market *m, const char *symbol,
                                struct error *err);

/* Appends one bar. A bar without volume is dropped. -1 when it is not sound
 * or not after the last one. */
int sim_book_append(struct sim_book *b, const struct bar *bar,
                    struct error *err);

/* Appends all rows of CSV text (market/bar_csv.h, first line the header).
 * Errors name the line. */
int sim_book_read_csv(struct sim_book *b, char *text, struct error *err);

/* Adds a symbol with the bars of a CSV file, plain or zstd (.zst), or of a
 * seeded walk. Errors name the file. */
int sim_market_load(struct sim_market *m, const char *symbol, const char *path,
                    struct error *err);
int sim_market_walk(struct sim_market *m, const char *symbol,
                    const struct sim_walk *walk, struct error *err);

/* Adds a symbol with a walk that is moved in time (sim_walk_live): its price
 * moves within the bar that is forming. Such a book takes no more bars. */
int sim_market_live(struct sim_market *m, const char *symbol,
                    const struct sim_walk *walk, int64_t break_ms,
                    struct error *err);

/* When the last bar of a book closes; of one without bars MOMENT_NONE. */
int64_t sim_book_ends_ms(const struct sim_book *b);

#endif
