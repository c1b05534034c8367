#include "base/ipv4.h"

#include <string.h>

/* The digits at `*at`, up to `most`; moves behind them. */
static bool take_number(const char **at, unsigned most, unsigned *out)
{
    const char *s = *at;
    unsigned n = 0;
    if (*s == '0' && s[1] >= '0' && s[1] <= '9')
        return false;
    for (; *s >= '0' && *s <= '9' && n <= most; s++)
        n = n * 10 + (unsigned)(*s - '0');
    if (s == *at || n > most)
        return false;
    *at = s;
    *out = n;
    return true;
}

bool ipv4_port_parse(const char *text, unsigned char address[4], uint16_t *port)
{
    unsigned char read[4];
    const char *at = text;
    unsigned n = 0;

    for (int i = 0; i < 4; i++) {
        if (!take_number(&at, 255, &n) || *at != (i < 3 ? '.' : ':'))
            return false;
        read[i] = (unsigned char)n;
        at++;
    }
    if (!take_number(&at, UINT16_MAX, &n) || *at)
        return false;
    memcpy(address, read, sizeof(read));
    *port = (uint16_t)n;
    return true;
}
