/* tools/study_around.h - what else a question could know: whether its price
 * runs at the nearer edge, and what the other files do. Pure.
 *
 * A move of n bars is ln(close / close n bars before) over sigma sqrt(n), sigma
 * vol_haz at that slot, within -4 and 4; toward an edge it is above 0. The
 * nearer edge is the one below if both are as near. Of the others, only files
 * with a bar of that very slot are asked, and their mean has a value from three
 * on: of the moves toward the side of this grid's nearer edge, each in its own
 * sigma, and of ln(vol_fast / vol_slow), vol_fast at least .1 vol_haz. No bar
 * after the slot is read.
 */
#ifndef TOOLS_STUDY_AROUND_H
#define TOOLS_STUDY_AROUND_H

#include <stdbool.h>

#include "tools/study_grids.h"

enum around_term {
    OWN_1H, /* moves, */
    OWN_4H,
    OWN_24H,
    MARKET_1H, /* moves of the others, */
    MARKET_4H,
    EXCITED, /* and their volatility */
    AROUND_TERMS
};
#define TERM(t) (1U << (unsigned)(t))

struct around {
    unsigned known; /* a bit for each term */
    double at[AROUND_TERMS];
};

/* Of file `own` of `files` at its `slot`, which has a close and a sigma.
 * `below`: that is the nearer edge. A term that is not known is 0. */
struct around around_of(const struct course *courses, size_t files, size_t own,
                        size_t slot, bool below);

#endif
