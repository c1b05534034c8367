#include "base/utf8.h"

#include <string.h>

#include "base/array.h"

/* The well-formed sequences: first byte, second byte, length. The bytes after
 * the second are 80..BF always. */
// clang-format off
static const struct form {
    unsigned char first_low, first_high, second_low, second_high;
    size_t bytes;
} forms[] = {
    { 0x01, 0x7f, 0,    0,    1 },
    { 0xc2, 0xdf, 0x80, 0xbf, 2 },
    { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
    { 0xe1, 0xec, 0x80, 0xbf, 3 },
    { 0xed, 0xed, 0x80, 0x9f, 3 }, /* no surrogates */
    { 0xee, 0xef, 0x80, 0xbf, 3 },
    { 0xf0, 0xf0, 0x90, 0xbf, 4 },
    { 0xf1, 0xf3, 0x80, 0xbf, 4 },
    { 0xf4, 0xf4, 0x80, 0x8f, 4 }, /* up to U+10FFFF */
};
// clang-format on

static const char ellipsis[] = "\xe2\x80\xa6";

static bool within(unsigned char byte, unsigned char low, unsigned char high)
{
    return byte >= low && byte <= high;
}

static bool has_form(const unsigned char *s, const struct form *f)
{
    if (!within(s[0], f->first_low, f->first_high))
        return false;
    if (f->bytes > 1 && !within(s[1], f->second_low, f->second_high))
        return false;
    for (size_t i = 2; i < f->bytes; i++)
        if (!within(s[i], 0x80, 0xbf))
            return false;
    return true;
}

/* Bytes of the code point at `s`, which is not the end; 0 if ill-formed. */
static size_t bytes_at(const char *s)
{
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (has_form((const unsigned char *)s, &forms[i]))
            return forms[i].bytes;
    return 0;
}

bool utf8_valid(const char *s)
{
    while (*s) {
        size_t n = bytes_at(s);
        if (!n)
            return false;
        s += n;
    }
    return true;
}

size_t utf8_count(const char *s)
{
    size_t points = 0;
    for (; *s; points++) {
        size_t n = bytes_at(s);
        s += n ? n : 1;
    }
    return points;
}

static char *copy_points(const char *s, size_t points, char *out)
{
    for (; *s && points; points--) {
        size_t n = bytes_at(s);
        if (n)
            memcpy(out, s, n);
        else
            *out = '?';
        n = n ? n : 1;
        s += n;
        out += n;
    }
    *out = '\0';
    return out;
}

bool utf8_cut(const char *s, size_t max_points, char *out)
{
    bool cut = utf8_count(s) > max_points;
    char *end = copy_points(s, max_points - (cut && max_points), out);
    if (cut && max_points)
        memcpy(end, ellipsis, sizeof(ellipsis));
    return cut;
}

bool utf8_cut_line(const char *s, size_t max_points, char *out)
{
    bool cut = utf8_cut(s, max_points, out);
    for (; *out; out++)
        if (within((unsigned char)*out, 0x01, 0x1f) || *out == 0x7f)
            *out = ' ';
    return cut;
}
