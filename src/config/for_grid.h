/* config/for_grid.h - the exit strategy of one grid: the common one with what
 * the grid's own file overrides.
 */
#ifndef CONFIG_FOR_GRID_H
#define CONFIG_FOR_GRID_H

#include "config/config.h"
#include "position/grid.h"

struct config_grid {
    struct exit_config exit;
    struct gate_config gate;
    struct propose_config propose;
    char hash[CONFIG_HASH]; /* config_hash() with the overrides in it: that of
                               `base` when there are none */
};

/* `base` is a configuration that config_load() took. An override is a key of
 * the exit strategy's file and a value as it is written there; range and
 * checks are the same. 0, or -1 with FAULT_CONFIG: `err` names the grid and
 * all that is wrong, as far as it has room, and `out` is the common strategy,
 * for the grid must be watched all the same. */
int config_for_grid(const struct config *base, const struct grid *grid,
                    struct config_grid *out, struct error *err);

#endif
