/* tools/made_operator.h - the person who runs the grids of a made record.
 *
 * What such a person would do, so that a record has more than one life in it:
 * a grid that was MANDATORY_EXIT for two hours is stopped; after a day, and
 * twelve days after it was started at the earliest, it is started again about
 * the present price, as wide as it was. It is stopped for six days at most, so
 * that its gates are asked all the while (run/run_internal.h); and when its
 * history has no room for two more events it is left alone.
 */
#ifndef TOOLS_MADE_OPERATOR_H
#define TOOLS_MADE_OPERATOR_H

#include "config/config.h"
#include "tools/made_world.h"

struct made_operator {
    const struct config *config; /* borrowed, as the others */
    const char *engine;
    const struct made_world *world;
    size_t stops, starts; /* what was done */
};

/* Looks at every grid after the run of the slot, at `at_ms`, and commits what
 * is done about it. */
int made_operator_look(struct made_operator *o, int64_t at_ms,
                       struct error *err);

#endif
