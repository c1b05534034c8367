#include "store/deflate.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "sys/xmalloc.h"

/* For texts of some kilobytes: with zlib's own sizes most of the time would go
 * into clearing memory. In powers of two, as deflateInit2() takes them. */
enum { WINDOW_BITS = 13, MEMORY_LEVEL = 6 };

struct deflater {
    z_stream z;
    unsigned char *room;
    size_t size;
};

/* With room for all of it zlib fails for want of memory alone: then it is
 * answered as xmalloc.h does. */
static void must(int rc)
{
    if (rc == Z_OK || rc == Z_STREAM_END)
        return;
    fprintf(stderr, "gridwatch: zlib: %s\n", zError(rc));
    abort();
}

struct deflater *deflater_new(void)
{
    struct deflater *d = xcalloc(1, sizeof(*d));
    must(deflateInit2(&d->z, Z_BEST_SPEED, Z_DEFLATED, WINDOW_BITS,
                      MEMORY_LEVEL, Z_DEFAULT_STRATEGY));
    return d;
}

void deflater_free(struct deflater *d)
{
    if (!d)
        return;
    deflateEnd(&d->z);
    free(d->room);
    free(d);
}

const void *deflate_whole(struct deflater *d, const void *bytes, size_t n,
                          size_t *deflated)
{
    must(deflateReset(&d->z));
    size_t bound = deflateBound(&d->z, (uLong)n);
    if (bound > d->size) {
        d->room = xrealloc(d->room, bound, 1);
        d->size = bound;
    }
    d->z.next_in = (z_const Bytef *)(uintptr_t)bytes;
    d->z.avail_in = (uInt)n;
    d->z.next_out = d->room;
    d->z.avail_out = (uInt)d->size;
    must(deflate(&d->z, Z_FINISH));
    *deflated = d->z.total_out;
    return d->room;
}
