#include "sim/utf8.h"

#include <stdint.h>

/* How many bytes follow the first one, -1 for none that may stand first. */
static int bytes_after(unsigned char first)
{
    if (first < 0x80)
        return 0;
    if (first >= 0xc2 && first <= 0xdf)
        return 1;
    if (first >= 0xe0 && first <= 0xef)
        return 2;
    return first >= 0xf0 && first <= 0xf4 ? 3 : -1;
}

/* The length in bytes of the code point at `s`, 0 when it is none. */
static int step(const unsigned char *s)
{
    static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    int after = bytes_after(s[0]);
    if (after <= 0)
        return after + 1;
    uint32_t point = s[0] & (0x3fu >> after);
    for (int i = 1; i <= after; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (s[i] & 0x3fu);
    }
    if (point < least[after] || point > 0x10ffff ||
        (point >= 0xd800 && point <= 0xdfff))
        return 0;
    return after + 1;
}

long sim_utf8_length(const char *s)
{
    const unsigned char *at = (const unsigned char *)s;
    long n = 0;

    for (; *at; n++) {
        int bytes = step(at);
        if (bytes == 0)
            return -1;
        at += bytes;
    }
    return n;
}
