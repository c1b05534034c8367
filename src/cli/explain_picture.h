/* cli/explain_picture.h - the two days before a slot as a PNG, from the record
 * alone. */
#ifndef CLI_EXPLAIN_PICTURE_H
#define CLI_EXPLAIN_PICTURE_H

#include <stdbool.h>

#include "cli/explain.h"
#include "store/store.h"

#define EXPLAIN_PICTURE_HOURS 48

/* Appends the picture of what is explained: hourly bars, states and pi of the
 * grid's documents, the lines of the grid as the slot read them. A document
 * that is not there is a gap; so is one that cannot be read, and the picture
 * says how many. -1 when there is no bar at all, or the repository fails. */
int explain_picture(const struct explain *x, struct store *store, bool dark,
                    struct text *out, struct error *err);

#endif
