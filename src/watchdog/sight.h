/* watchdog/sight.h - the facts that the rules are asked about, read from the
 * documents of the tip. */
#ifndef WATCHDOG_SIGHT_H
#define WATCHDOG_SIGHT_H

#include "store/store.h"
#include "watch/watch_rule.h"

/* Owns its lists (sight_release), which grow with what there is: who can write
 * to the record must not be able to fill them up. */
struct sight {
    struct watch_grid *grids;
    int64_t *tell_since_ms; /* of the grid of the same index, see below */
    struct watch_unheard *unheard;
    struct watch_invalid *invalid;
    struct watch_stands *stands;
    size_t grid_count, unheard_count, invalid_count, stands_count;
    bool service;     /* latest/service.yaml could be read */
    size_t documents; /* that were checked */
};

/* Looks at every file of the tip. What cannot be read as what it should be is
 * invalid and left out of the rest. -1 when the repository itself cannot be
 * read. Slots from `from_ms` on are read, and those of the last two days. */
int sight_take(struct store *store, int64_t now_ms, int64_t from_ms,
               struct sight *out, struct error *err);

void sight_release(struct sight *s);

/* One grid more, of which nothing is known but its name. */
struct watch_grid *sight_add(struct sight *s, const char *id);

/* --- For the files sight_*.c ---------------------------------------------- */

/* Fills what the slots of the grid say: newest slot, torn, drawdown, MANDATORY;
 * and since when it would have to be told, or MOMENT_NONE. */
int sight_slots(struct store *store, int64_t now_ms, int64_t from_ms,
                struct watch_grid *g, double capital, int64_t *tell_since_ms,
                struct error *err);

/* Which messages of MANDATORY_EXIT, and sirens, nobody got; and of each grid
 * whether it was told since it would have to be. */
int sight_messages(struct store *store, int64_t now_ms, struct sight *s,
                   struct error *err);

#endif
