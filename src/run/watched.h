/* run/watched.h - what should be watched and is not, and what was remembered
 * and is gone. The steps of recall that look for what is missing.
 */
#ifndef RUN_WATCHED_H
#define RUN_WATCHED_H

#include "run/run_internal.h"

/* Tells that a grid is not watched, and why: a fault of the class. */
void run_tell_invalid(struct run *r, const char *id, enum fault_class class,
                      const struct error *err);

/* Tells of an entry of grids/ that is no grid file by its name. */
void run_tell_misnamed(struct run *r, const struct store_entry *e);

/* Tells of each grid that has a state and no file, unless it was stopped when
 * its file was there last. -1 when state/ cannot be listed. */
int run_tell_unwatched(struct run *r, struct error *err);

/* Does a siren with that tag ring for a grid that cannot be watched, by what is
 * remembered of it? It is in as much danger as before: nobody can say that it
 * is over. One that was stopped before its file was removed needs none: that is
 * looked for in the history until `deadline_ms` of the monotonic clock; after
 * it nobody can say so. */
bool run_rings_unwatched(struct run *r, const char *tag, int64_t deadline_ms);

/* A grid has no state: sets the newest recorded slot and the messages without
 * a delivery from the rest of the record. When there was a slot the state was
 * lost, which is told; a new grid is left as it is. */
void run_recall_lost(struct run *r, struct grid_run *g);

#endif
