#include "base/sort.h"

#include <assert.h>
#include <string.h>

struct heap {
    char *rows;
    size_t count, size;
    int (*compare)(const void *a, const void *b);
};

static char *row(const struct heap *h, size_t i)
{
    return h->rows + i * h->size;
}

static void swap(const struct heap *h, size_t i, size_t k)
{
    char kept[SORT_ROW_MOST];
    memcpy(kept, row(h, i), h->size);
    memcpy(row(h, i), row(h, k), h->size);
    memcpy(row(h, k), kept, h->size);
}

/* Row i sinks until no child is larger. */
static void sink(const struct heap *h, size_t i)
{
    for (size_t child; (child = 2 * i + 1) < h->count; i = child) {
        if (child + 1 < h->count &&
            h->compare(row(h, child), row(h, child + 1)) < 0)
            child++;
        if (h->compare(row(h, i), row(h, child)) >= 0)
            return;
        swap(h, i, child);
    }
}

void sort_rows(void *rows, size_t count, size_t size,
               int (*compare)(const void *a, const void *b))
{
    struct heap h = { rows, count, size, compare };

    assert(size > 0 && size <= SORT_ROW_MOST);
    for (size_t i = count / 2; i-- > 0;)
        sink(&h, i);
    while (h.count > 1) {
        swap(&h, 0, --h.count);
        sink(&h, 0);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void sort_doubles(double *values, size_t count)
{
    sort_rows(values, count, sizeof(*values), by_value);
}
