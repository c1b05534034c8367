/* sys/fault_point.h - places where a test lets the process die.
 *
 * FAULT_POINT("after-commit") marks a place between two effects that the
 * outside world can see. In programs built with -DFAULT_POINTS (the variants
 * debug, san and cov) the process kills itself there, as by kill -9, when the
 * variable GRIDWATCH_DIE_AT holds that name. In the release build the marks
 * are nothing.
 *
 * A name that is not in the list, in the source or in the variable, prints one
 * line and aborts: a misspelt point would make a test pass that tests nothing.
 */
#ifndef SYS_FAULT_POINT_H
#define SYS_FAULT_POINT_H

#include <stddef.h>

/* All names, in the order of a run; `*count` is their number. */
const char *const *fault_points_list(size_t *count);

#ifdef FAULT_POINTS
void fault_point(const char *name);
#define FAULT_POINT(name) fault_point(name)
#else
#define FAULT_POINT(name) ((void)0)
#endif

#endif
