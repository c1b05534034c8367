/* run/aside.h - a data repository that is broken, and has a remote.
 *
 * The remote's is cloned to PATH.new; when it can be read the broken one is
 * renamed to PATH.broken-TIME, with all that is in it, and the new one takes
 * its place. Broken is what a disk does: an object that is absent or not what
 * its id says. A file that is too long or no document at all is not, for the
 * clone would have it too. One that belongs to somebody else or may not be read
 * is left as it is, and so is one without a remote. Nothing is set aside while
 * an older one lies there: a person has not looked yet. What had not been
 * pushed is in the renamed directory alone: a fault that stands as long as the
 * directory does says so.
 */
#ifndef RUN_ASIDE_H
#define RUN_ASIDE_H

#include "run/run_internal.h"

/* Opens the repository of the run, to write; `r->store` is NULL on failure. One
 * that is open and broken in part is used when there is no remote to clone, or
 * nothing better there; while an older one lies aside it is not. */
int run_open_whole(struct run *r, struct error *err);

/* Sees a fault for each directory that was set aside. */
void run_aside_see(struct run *r);

/* Does one lie beside the repository? The oldest one's path, else "". */
bool run_aside_stands(struct run *r, char *path, size_t size);

#endif
