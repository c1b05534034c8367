/* base/named.h - lists that are looked up by name. Pure.
 *
 * Each row of such a list is a struct that begins with a `struct named`. Names
 * are compared byte by byte, as Git orders paths; of rows with the same name
 * the order decides.
 */
#ifndef BASE_NAMED_H
#define BASE_NAMED_H

#include <stddef.h>

struct named {
    char *name;   /* of the list's owner */
    size_t order; /* among rows of the same name */
};

/* For qsort(). */
int named_compare(const void *a, const void *b);

/* The index of the first row whose name is not before `name`, of `count` rows
 * of `size` bytes that are sorted; `count` when there is none. */
size_t named_place(const void *rows, size_t count, size_t size,
                   const char *name);

#endif
