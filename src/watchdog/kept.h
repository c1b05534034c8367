/* watchdog/kept.h - what the watchdog remembers from look to look: one small
 * YAML file, written anew and renamed over. */
#ifndef WATCHDOG_KEPT_H
#define WATCHDOG_KEPT_H

#include "base/error.h"
#include "watch/watch_memory.h"

/* Owns its list (kept_release); all zero is one that knows nothing. */
struct kept {
    char tip[41]; /* newest commit that was good, or "" */
    struct watch_told rule[WATCH_RULE_COUNT];
    size_t grid_count;
    struct kept_grid {
        char id[WATCH_NAME_MAX];
        int64_t slot_ms; /* newest that was seen, or MOMENT_NONE */
        int64_t runs_ms; /* the first look of those that saw it running, or
                            MOMENT_NONE: the newest did not */
    } * grids;
};
void kept_release(struct kept *kept);

/* FAULT_MISSING when there is no file yet, FAULT_DATA when it is not what was
 * written; `out` is then empty. What `out` held is not released. */
int kept_load(const char *path, struct kept *out, struct error *err);
int kept_save(const struct kept *kept, const char *path, struct error *err);

/* The newest slot of the grid that was seen, or MOMENT_NONE. */
int64_t kept_slot(const struct kept *kept, const char *grid);
void kept_set_slot(struct kept *kept, const char *grid, int64_t slot_ms);
/* Since when it was seen to run; of one that is not known MOMENT_NONE. */
int64_t kept_runs(const struct kept *kept, const char *grid);
void kept_set_runs(struct kept *kept, const char *grid, int64_t runs_ms);
/* Forgets the grid, if it is known. */
void kept_drop(struct kept *kept, const char *grid);

#endif
