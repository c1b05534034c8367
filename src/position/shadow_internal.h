/* position/shadow_internal.h - what the files of the shadow ledger share. Pure.
 */
#ifndef POSITION_SHADOW_INTERNAL_H
#define POSITION_SHADOW_INTERNAL_H

#include "position/shadow.h"

/* The worst and best that the bounds of one cell add to net PnL when what it
 * holds is worth `at_lo` to `at_hi` a unit. */
struct shadow_span {
    double lo, hi;
};
struct shadow_span shadow_cell_span(const struct shadow *s,
                                    const struct shadow_terms *terms, size_t i,
                                    const struct shadow_cell *bounds,
                                    double at_lo, double at_hi);

/* One walk at a close; `peak` takes in its e. */
struct shadow_path shadow_path_of(const struct shadow *s, const struct grid *g,
                                  const struct shadow_terms *terms,
                                  bool reverse, double close);

#endif
