/* store/sha1.h - the checksum at the end of a git pack (FIPS 180-4, 6.1).
 *
 * For what git's format asks and nothing else: it protects against accidents,
 * not against people. */
#ifndef STORE_SHA1_H
#define STORE_SHA1_H

#include <stddef.h>
#include <stdint.h>

enum { SHA1_SIZE = 20, SHA1_BLOCK = 64 };

struct sha1 {
    uint32_t h[5];
    uint64_t len; /* bytes fed */
    unsigned char block[SHA1_BLOCK];
};

void sha1_init(struct sha1 *s);
void sha1_feed(struct sha1 *s, const void *bytes, size_t n);
/* `s` is spent after this. */
void sha1_finish(struct sha1 *s, unsigned char sum[SHA1_SIZE]);

#endif
