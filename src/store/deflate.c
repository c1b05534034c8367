#include "store/deflate.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

#include "sys/xmalloc.h"

/* For texts of some kilobytes: with zlib's own sizes most of the time would go
 * into clearing memory. In powers of two, as deflateInit2() takes them. */
enum { WINDOW_BITS = 13, MEMORY_LEVEL = 6 };

/* Up to zlib 1.2.13 deflateBound() reckons bytes that are stored as if they
 * were deflated, and says some too few: 7 and a 32nd part are its own sum. */
enum { STORED_MORE = 16 };

struct deflater {
    z_stream z;
    unsigned char *room;
    size_t size;
};

/* So that zlib cannot fail: it has no other reason to when there is room for
 * all of it. The indexer looks at what came of it besides. */
static void *give(void *unused, uInt count, uInt size)
{
    (void)unused;
    return xcalloc(count, size);
}

static void take(void *unused, void *memory)
{
    (void)unused;
    free(memory);
}

struct deflater *deflater_new(void)
{
    struct deflater *d = xcalloc(1, sizeof(*d));
    d->z.zalloc = give;
    d->z.zfree = take;
    int rc = deflateInit2(&d->z, Z_NO_COMPRESSION, Z_DEFLATED, WINDOW_BITS,
                          MEMORY_LEVEL, Z_DEFAULT_STRATEGY);
    assert(rc == Z_OK);
    (void)rc;
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
    int rc = deflateReset(&d->z);
    assert(rc == Z_OK);
    size_t bound = deflateBound(&d->z, (uLong)n) + n / 32 + STORED_MORE;
    if (bound > d->size) {
        d->room = xrealloc(d->room, bound, 1);
        d->size = bound;
    }
    d->z.next_in = (z_const Bytef *)(uintptr_t)bytes;
    d->z.avail_in = (uInt)n;
    d->z.next_out = d->room;
    d->z.avail_out = (uInt)d->size;
    rc = deflate(&d->z, Z_FINISH);
    assert(rc == Z_STREAM_END);
    (void)rc;
    *deflated = d->z.total_out;
    return d->room;
}
