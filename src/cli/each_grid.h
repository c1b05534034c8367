/* cli/each_grid.h - all grids of the tip, as their files say. */
#ifndef CLI_EACH_GRID_H
#define CLI_EACH_GRID_H

#include "position/grid.h"
#include "store/store.h"

typedef void visit_grid(const struct grid *g, void *payload);

/* In the order of their names. A file that cannot be used is told on stderr and
 * left out; -1 when the store cannot be read. */
int each_grid(struct store *store, visit_grid *visit, void *payload,
              struct error *err);

#endif
