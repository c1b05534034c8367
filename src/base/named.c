#include "base/named.h"

#include <string.h>

int named_compare(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int c = strcmp(x->name, y->name);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

size_t named_place(const void *rows, size_t count, size_t size,
                   const char *name)
{
    const char *bytes = rows;
    size_t lo = 0, hi = count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const void *row = bytes + mid * size;
        const struct named *at = row;
        if (strcmp(at->name, name) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
