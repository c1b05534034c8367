/* store/deflate.h - bytes as a zlib stream (RFC 1950) that stores them as they
 * are, one object after another.
 *
 * Quick rather than small: what is written so is deflated, and well, when packs
 * are joined or pushed. Until then it is read again at every commit. */
#ifndef STORE_DEFLATE_H
#define STORE_DEFLATE_H

#include <stddef.h>

struct deflater;

/* The first byte of such a stream (RFC 1950, 2.2: CINFO and CM): a window of
 * 8 KiB. That of zlib's own is 0x78. */
enum { DEFLATE_FIRST_BYTE = 0x58 };

struct deflater *deflater_new(void);
void deflater_free(struct deflater *d); /* NULL is fine */

/* What it returns belongs to `d` until the next call. */
const void *deflate_whole(struct deflater *d, const void *bytes, size_t n,
                          size_t *deflated);

#endif
