/* tools/study_har.h - the volatility of the next 24 h, from that of the last
 * hour, 4 hours, day, week and month and the EWMA (Corsi 2009, in logs), or
 * from the three EWMAs that the product has.
 *
 * With r^2(n) the mean squared 15m log return of the last n bars and s the
 * EWMA's sigma, x = ln r^2(4), (16), (96), (672), (2880), ln s^2, then ln of
 * the fast and the slow EWMA's square, and y = ln of the mean of the next 96
 * bars. None is less than ln(.01 s^2): an hour without a move has no logarithm.
 * A return needs both of its bars, a mean three quarters of its returns. The
 * forecast is exp(y / 2), a sigma per 15m bar.
 */
#ifndef TOOLS_STUDY_HAR_H
#define TOOLS_STUDY_HAR_H

#include <stdbool.h>

#include "tools/study_fit.h"
#include "tools/study_grids.h"

#define HAR_TERMS 8

/* A volatility is made of neighbouring terms, with one level or one for each
 * hour of the week. */
struct har_kind {
    int first, terms;
    bool by_hour;
};

/* One close of an hour. */
struct har_row {
    double x[HAR_TERMS]; /* NO_VALUE for what is not there */
    double y;            /* the same: the next 24 h */
};

/* Rows of a file: row i is the close of slot 4i + `first_slot`. */
struct har {
    size_t count, first_slot;
    int64_t first_ms; /* of row 0, the close */
    struct har_row *rows;
};
void har_init(struct har *h, const struct course *t);
void har_release(struct har *h);
/* Of a slot that closes an hour. */
const struct har_row *har_at(const struct har *h, size_t slot);

/* Rows that closed 24 h before `until_ms`, or earlier, with all their terms. */
void har_learn(struct groups *g, const struct har_kind *kind,
               const struct har *h, int64_t until_ms);

/* The sigma per 15m bar; NO_VALUE where a term or the level is not there. */
double har_sigma(const struct slopes *s, const struct har_kind *kind,
                 const struct har_row *row, int64_t close_ms);

#endif
