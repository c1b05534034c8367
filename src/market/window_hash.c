#include "market/window_hash.h"

#include <string.h>

#include "base/hash.h"

#define PRIME UINT64_C(0x100000001b3)

/* One word instead of eight bytes: both steps can be undone, so two words that
 * differ never lead to the same hash. */
static uint64_t feed(uint64_t hash, uint64_t bits)
{
    return (hash ^ bits) * PRIME;
}

static uint64_t feed_number(uint64_t hash, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof(bits));
    return feed(hash, bits);
}

static uint64_t feed_bar(uint64_t hash, const struct bar *b)
{
    hash = feed(hash, (uint64_t)b->open_ms);
    hash = feed_number(hash, b->open);
    hash = feed_number(hash, b->high);
    hash = feed_number(hash, b->low);
    hash = feed_number(hash, b->close);
    return feed_number(hash, b->volume);
}

uint64_t window_hash_first(const struct window *w, size_t count)
{
    uint64_t hash = HASH64_START;
    for (size_t i = 0; i < count && i < w->count; i++)
        hash = feed_bar(hash, &w->bars[i]);
    return hash;
}

uint64_t window_hash(const struct window *w)
{
    return window_hash_first(w, w->count);
}
