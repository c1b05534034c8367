#include "store/sha1.h"

#include <string.h>

static uint32_t rotate(uint32_t x, int by)
{
    return x << by | x >> (32 - by);
}

static uint32_t get_u32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

/* The function and the constant of round `t`. */
static uint32_t mix(int t, uint32_t b, uint32_t c, uint32_t d)
{
    if (t < 20)
        return ((b & c) | (~b & d)) + UINT32_C(0x5a827999);
    if (t < 40)
        return (b ^ c ^ d) + UINT32_C(0x6ed9eba1);
    if (t < 60)
        return ((b & c) | (b & d) | (c & d)) + UINT32_C(0x8f1bbcdc);
    return (b ^ c ^ d) + UINT32_C(0xca62c1d6);
}

static void digest_block(struct sha1 *s)
{
    uint32_t w[80];
    uint32_t v[5];
    memcpy(v, s->h, sizeof(v));
    for (int t = 0; t < 16; t++)
        w[t] = get_u32(s->block + (size_t)t * 4);
    for (int t = 16; t < 80; t++)
        w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    for (int t = 0; t < 80; t++) {
        uint32_t next =
            rotate(v[0], 5) + mix(t, v[1], v[2], v[3]) + v[4] + w[t];
        v[4] = v[3];
        v[3] = v[2];
        v[2] = rotate(v[1], 30);
        v[1] = v[0];
        v[0] = next;
    }
    for (size_t i = 0; i < 5; i++)
        s->h[i] += v[i];
}

void sha1_init(struct sha1 *s)
{
    static const uint32_t start[5] = {
        UINT32_C(0x67452301), UINT32_C(0xefcdab89), UINT32_C(0x98badcfe),
        UINT32_C(0x10325476), UINT32_C(0xc3d2e1f0)
    };
    *s = (struct sha1){ .len = 0 };
    memcpy(s->h, start, sizeof(start));
}

void sha1_feed(struct sha1 *s, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    while (n > 0) {
        size_t used = (size_t)(s->len % SHA1_BLOCK);
        size_t take = SHA1_BLOCK - used < n ? SHA1_BLOCK - used : n;
        memcpy(s->block + used, p, take);
        s->len += take;
        p += take;
        n -= take;
        if (s->len % SHA1_BLOCK == 0)
            digest_block(s);
    }
}

void sha1_finish(struct sha1 *s, unsigned char sum[SHA1_SIZE])
{
    static const unsigned char pad[SHA1_BLOCK] = { 0x80 };
    unsigned char bits[8];
    for (int i = 0; i < 8; i++)
        bits[i] = (unsigned char)(s->len * 8 >> (56 - 8 * i));
    size_t used = (size_t)(s->len % SHA1_BLOCK);
    sha1_feed(s, pad, used < 56 ? 56 - used : SHA1_BLOCK + 56 - used);
    sha1_feed(s, bits, sizeof(bits));
    for (size_t i = 0; i < SHA1_SIZE; i++)
        sum[i] = (unsigned char)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}
