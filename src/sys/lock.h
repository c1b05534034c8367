/* sys/lock.h - one process at a time.
 *
 * A lock is a file that one process holds with flock(2): it is free again the
 * moment that process ends, however it ends. The file itself stays; it holds
 * the number of the holder for people to read. `= { 0 }` is a lock not held.
 */
#ifndef SYS_LOCK_H
#define SYS_LOCK_H

#include <stdbool.h>

#include "base/error.h"

struct lock {
    int fd;
    bool held;
};

/* Where the lock of what stands at `path` is: beside it, ".lock" behind its
 * name. Symbolic links are followed, so that two names of one thing have one
 * lock; of what is not there yet those of its directory are. A path that leads
 * nowhere, or is too long, is taken as it is. */
#define LOCK_PATH_MAX 4352
void lock_path_of(const char *path, char out[LOCK_PATH_MAX]);

/* Takes the lock or fails at once, never waits. FAULT_BUSY names the process
 * that holds it; FAULT_IO when the file cannot be made. The directory must be
 * there. A child made by fork() shares the lock, a program started by exec()
 * does not. */
int lock_take(const char *path, struct lock *lock, struct error *err);

/* Fine when it is not held. */
void lock_drop(struct lock *lock);

#endif
