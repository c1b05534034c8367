/* base/hash.h - a short name for a text. Pure. Not for secrets. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a, 32 bit (Fowler, Noll, Vo; IETF draft-eastlake-fnv). Start with
 * HASH_START and feed the result of one call to the next. */
#define HASH_START UINT32_C(2166136261)
uint32_t hash_feed(uint32_t hash, const void *bytes, size_t n);

/* The same with 64 bits, where a chance collision must not go unnoticed. */
#define HASH64_START UINT64_C(0xcbf29ce484222325)
uint64_t hash64_feed(uint64_t hash, const void *bytes, size_t n);

#endif
