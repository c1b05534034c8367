/* sys/child.h - a child process that does one piece of work for its parent, and
 * the pipe on which it says what came of it.
 *
 * It ends with its parent and soon after its time, whatever it does. What it
 * changes in memory is lost with it.
 */
#ifndef SYS_CHILD_H
#define SYS_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct child {
    pid_t pid;
    int fd;              /* to be read */
    int64_t deadline_ms; /* monotonic */
    bool leads;
};

struct child_work {
    /* In the child, which ends when it returns. The usual signals end it; one
     * who does not listen any more is an error of write(). */
    void (*run)(void *payload, int fd);
    void *payload;
    int64_t budget_ms;
    bool leads; /* a group of its own: what it starts ends with it */
};

/* -1 and FAULT_TRANSIENT when there is no pipe or no process for it. */
int child_start(const struct child_work *w, struct child *out,
                struct error *err);

/* False when its time was spent before there was something to read. */
bool child_wait(const struct child *c);

/* Has it ended by itself? Then `status` is as waitpid() has it and nothing of
 * it is left but what is still in the pipe, which is the caller's to close. */
bool child_reap(const struct child *c, int *status);

/* Ends it, done or not, and leaves nothing of it. */
void child_end(const struct child *c);

#endif
