#include "sys/xmalloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_abort(void *p)
{
    if (!p) {
        fputs("gridwatch: out of memory\n", stderr);
        abort();
    }
    return p;
}

void *xcalloc(size_t count, size_t size)
{
    return or_abort(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return or_abort(NULL);
    size_t bytes = count * size;
    return or_abort(realloc(p, bytes ? bytes : 1));
}

char *xstrdup(const char *s)
{
    return or_abort(strdup(s));
}
