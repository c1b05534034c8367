/* hindsight/oracle.h - the exit that nobody could have known. Pure.
 *
 * How much room there is: the best moment to leave before the range broke. No
 * rule may read it; that it stands in this folder keeps it so.
 */
#ifndef HINDSIGHT_ORACLE_H
#define HINDSIGHT_ORACLE_H

#include <stddef.h>

/* The first of the largest of e[from], ..., e[until - 1]; `until` when there is
 * no number among them. */
size_t oracle_best(const double *e, size_t from, size_t until);

#endif
