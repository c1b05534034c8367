/* base/sort.h - sorting in place. Pure.
 *
 * A heap sort (Williams 1964): no memory, and rows that compare equal land
 * alike on every machine, though not in their old order.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

#define SORT_ROW_MOST 256 /* bytes of a row */

/* `compare` as for qsort(). */
void sort_rows(void *rows, size_t count, size_t size,
               int (*compare)(const void *a, const void *b));

/* Ascending, without NaN. */
void sort_doubles(double *values, size_t count);

#endif
