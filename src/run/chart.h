/* run/chart.h - the two days before a slot as a PNG, from the record alone. */
#ifndef RUN_CHART_H
#define RUN_CHART_H

#include <stdbool.h>

#include "record/document.h"
#include "store/store.h"

#define CHART_HOURS 48

struct chart {
    const struct grid *grid; /* as the slot read it */
    const struct exit_document *exit;
    const struct exit_config *limits; /* that the slot was decided by, or NULL:
                                         not known */
};

/* Appends the picture of the slot: hourly bars, states and pi of the grid's
 * documents, the lines of the grid. A document that is not there is a gap; so
 * is one that cannot be read, and the picture says how many. -1 when there is
 * no bar at all, or the repository fails. */
int chart_png(const struct chart *x, struct store *store, bool dark,
              struct text *out, struct error *err);

#endif
