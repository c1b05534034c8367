/* tests/unit/engine/snapshot_same.h - two measurements alike to the bit? */
#ifndef ENGINE_SNAPSHOT_SAME_H
#define ENGINE_SNAPSHOT_SAME_H

#include "engine/measure.h"

/* The first thing that differs, or NULL. Borrowed views are not looked at. */
const char *snapshot_difference(const struct snapshot *a,
                                const struct snapshot *b);
const char *chain_difference(const struct regime_chain *a,
                             const struct regime_chain *b);

#endif
