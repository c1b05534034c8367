/* position/totals.h - what all grids have at stake together, by quote currency.
 * Pure; SPEC 9.
 *
 * Only grids that run or are paused count: the others hold nothing of their
 * own. A sum is whole when every grid of the currency has the figure. Else
 * there is no sum: what is known of it is a bound from below where no grid's
 * share can be negative, and a sum of those known besides, each with the
 * number of grids that it speaks of.
 *
 * Give-back adds up as if all grids fell together. That is what they do on the
 * days that matter, and it errs on the side of more; the two quantiles of a sum
 * are not known otherwise. Amounts are added as decimals of nine places, so
 * that the order of the grids is in no bit of them.
 */
#ifndef POSITION_TOTALS_H
#define POSITION_TOTALS_H

#include "base/decimal.h"
#include "position/grid.h"
#include "position/position.h"
#include "position/risk.h"

/* All in the quote currency. */
enum total_figure {
    TOTAL_AT_RISK,           /* at the nominal inventory */
    TOTAL_AT_RISK_MOST,      /* at the larger end of a modelled inventory */
    TOTAL_GIVE_BACK_TYPICAL, /* within TOTALS_HOURS, not exceeded in 75 % */
    TOTAL_GIVE_BACK_ADVERSE, /* likewise in 90 % */
    TOTAL_INVENTORY,         /* what is held, at the close */
    TOTAL_NET_PNL,
    TOTAL_FIGURES
};
#define TOTALS_HOURS 12
const char *total_figure_name(enum total_figure figure); /* as in --json */

struct total {
    struct decimal sum, lo, hi; /* of the grids that are known; lo and hi of
                                   modelled figures, else the sum */
    size_t known, unknown;      /* grids */
    bool unbounded;             /* an unknown share may be below zero */
};

#define TOTALS_CURRENCIES 16

struct totals_row {
    char currency[SYMBOL_MAX];
    size_t grids;
    size_t modelled;   /* of them, with figures inferred from bars: a robot's
                          balances say no more than its inventory */
    int64_t oldest_ms; /* slot of the oldest figure, or MOMENT_NONE */
    struct total figures[TOTAL_FIGURES];
};

/* `= { 0 }` is no grid. */
struct totals {
    size_t count; /* in the order in which the currencies came */
    struct totals_row rows[TOTALS_CURRENCIES];
    size_t left_out; /* grids of still other currencies, in no row */
};

/* What is known of one grid. Borrowed. Of a read document: a figure of the
 * give-back counts by its number, for it is recorded without a status, and an
 * interval without ends is its nominal value. */
struct totals_grid {
    const struct grid *grid;
    int64_t now_ms; /* does it run then? Its history may know of later days */
    const struct position *position; /* NULL, and then risk is: nothing is */
    const struct risk *risk;
    struct value close; /* of its symbol */
    int64_t slot_ms;    /* that they are of, or MOMENT_NONE */
};

void totals_add(struct totals *t, const struct totals_grid *g);

/* The sum over all grids; unavailable unless every one is known. n_used counts
 * them. */
struct value total_whole(const struct total *t);
/* What the sum comes to at least, or NO_VALUE when nothing says so. */
double total_at_least(const struct total *t);
/* Of the grids that are known, or NO_VALUE when there is none; total_lo and
 * total_hi are its ends. */
double total_of_known(const struct total *t);
double total_lo(const struct total *t);
double total_hi(const struct total *t);

#endif
