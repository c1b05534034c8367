/* tools/exits_holds.h - what must hold of a grid to which something happened
 * (regime-science notes 6). Pure.
 */
#ifndef TOOLS_EXITS_HOLDS_H
#define TOOLS_EXITS_HOLDS_H

#include "tools/exits_heard.h"
#include "tools/exits_stress.h"

struct hold_case {
    const struct life *life; /* of the operator who takes EXITS_DELAY */
    const struct heard *heard;
    /* The grid of the same seed in the scenario that this one is held to
     * (hold_beside()), or NULL: there is none. */
    const struct life *beside_life;
    const struct heard *beside;
    bool spares_causes; /* a new cause, or a graver case, an hour after the
                           message before is none too many (notes 4.4) */
};

/* The scenario, asked before, that this one is held to; itself: none. */
enum stress hold_beside(enum stress s);

/* What must hold, in words; "": nothing is asked. */
const char *hold_text(enum stress s);

/* The share of grids of which it must. */
double hold_least(enum stress s);

/* ANSWER_NOT_APPLICABLE: the grid was not in the case that is asked about. */
enum answer hold_ask(enum stress s, const struct hold_case *c);

#endif
