/* tests/unit/market/made.h - made-up bars, named by their absolute number. */
#ifndef MARKET_MADE_H
#define MARKET_MADE_H

#include "market/series.h"

#define MADE_MAX 4400

struct made {
    enum timeframe tf;
    size_t count;
    struct bar bars[MADE_MAX];
};

void made_begin(struct made *m, enum timeframe tf);
/* Appends the bar of this number, flat at `price`, and returns it. */
struct bar *made_add(struct made *m, int64_t number, double price);
/* Appends the bars first..last, each flat at `price`. */
void made_run(struct made *m, int64_t first, int64_t last, double price);
/* Borrows. */
struct series made_series(const struct made *m);
/* The slot in which the bar of this number closes. */
int64_t made_slot(enum timeframe tf, int64_t number);

/* Two windows alike to the last bit. */
bool same_window(const struct window *a, const struct window *b);

#endif
