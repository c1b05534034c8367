/* watchdog/clone.h - the watchdog's own clone of the data repository. */
#ifndef WATCHDOG_CLONE_H
#define WATCHDOG_CLONE_H

#include "config/config.h"
#include "store/store.h"

/* Opens the clone and brings it to what the remote has now; makes it when it is
 * not there. A clone that is not part of the remote's history any more is moved
 * aside, to CLONE.before-COMMIT, and made anew: it is the proof of what was
 * there, and `was` is its tip, also when what follows fails; else `was` is "".
 * The caller owns `*out` (store_free). */
int clone_open(const struct config *c, struct store **out,
               char was[STORE_ID_SIZE], struct error *err);

/* `*is`: the commit is part of the history of the clone's tip. */
int clone_has(const struct config *c, const char *tip, const char *commit,
              bool *is, struct error *err);

#endif
