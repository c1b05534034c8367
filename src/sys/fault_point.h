/* sys/fault_point.h - places where a test lets the process die or a step fail.
 *
 * FAULT_POINT("after-commit") marks a place between two effects that the
 * outside world can see. In programs built with -DFAULT_POINTS (the variants
 * debug, san and cov) the process kills itself there, as by kill -9, when the
 * variable GRIDWATCH_DIE_AT holds that name, or NAME:N for the Nth time that
 * the process comes by, from 1. A child process goes on counting from what its
 * parent had.
 *
 * FAULT_POINT_FAILS("commit-pack") is true once, where GRIDWATCH_FAIL_AT says
 * so in the same way: the code around it does what it does when the disk is
 * full or the door shut. It is a place to die at as well.
 *
 * GRIDWATCH_POINTS names a file to which each place that was passed adds the
 * line "NAME:N passed", "NAME:N died" or "NAME:N failed".
 *
 * In the release build the marks are nothing. A name that is not in the list,
 * in the source or in a variable, prints one line and aborts: a misspelt point
 * would make a test pass that tests nothing.
 */
#ifndef SYS_FAULT_POINT_H
#define SYS_FAULT_POINT_H

#include <stdbool.h>
#include <stddef.h>

/* All names, in the order of a run; `*count` is their number. */
const char *const *fault_points_list(size_t *count);

#ifdef FAULT_POINTS
void fault_point(const char *name);
bool fault_point_fails(const char *name);
#define FAULT_POINT(name)       fault_point(name)
#define FAULT_POINT_FAILS(name) fault_point_fails(name)
/* Does GRIDWATCH_REFUSE, a prefix, say that this document is to be refused? */
bool fault_refuses(const char *path);
#define FAULT_REFUSES(path) fault_refuses(path)
#else
#define FAULT_POINT(name)       ((void)0)
#define FAULT_POINT_FAILS(name) false
#define FAULT_REFUSES(path)     false
#endif

#endif
