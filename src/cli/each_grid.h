/* cli/each_grid.h - all grids of the tip, as their files say. */
#ifndef CLI_EACH_GRID_H
#define CLI_EACH_GRID_H

#include "cli/args.h"
#include "position/grid.h"
#include "store/store.h"

typedef void visit_grid(const struct grid *g, void *payload);

/* In the order of their names. A file that cannot be used is told on stderr,
 * counted and left out; -1 when the store cannot be read. */
int each_grid(struct store *store, visit_grid *visit, void *payload,
              size_t *unread, struct error *err);

/* -1 when there are any: FAULT_CONFIG. */
int each_grid_was_read(size_t unread, struct error *err);

/* Those that the words of a command name, each once, else all of them. */
struct asked_grids {
    struct grid *list; /* owned */
    size_t count;
};
int asked_grids_read(const struct args *args, struct store *store,
                     struct asked_grids *out, struct error *err);
void asked_grids_release(struct asked_grids *g);

#endif
