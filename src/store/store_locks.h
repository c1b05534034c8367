/* store/store_locks.h - what killed processes have left locked. */
#ifndef STORE_STORE_LOCKS_H
#define STORE_STORE_LOCKS_H

#include <stdint.h>

/* Removes the locks of references that are older than `age_ms`, which must be
 * longer than anybody holds one; waits up to `wait_ms` for younger ones to go
 * or to become so old. One whose time is yet to come must be watched that long
 * first. One that is old and cannot be removed stays, and is not waited for. */
void store_unlock(const char *repository, int64_t age_ms, int64_t wait_ms);

/* The same by what is known of git and libgit2, which hold a lock for
 * milliseconds: of ten seconds' age it is nobody's. The wait for a younger one
 * is part of `budget_ms`, at most half of it. */
void store_unlock_within(const char *repository, int64_t budget_ms);

#endif
