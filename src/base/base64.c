#include "base/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const void *bytes, size_t n, char *out)
{
    const unsigned char *in = bytes;
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned a = in[i], b = left > 1 ? in[i + 1] : 0;
        unsigned c = left > 2 ? in[i + 2] : 0;
        *out++ = letters[a >> 2];
        *out++ = letters[(a & 3) << 4 | b >> 4];
        *out++ = left > 1 ? letters[(b & 15) << 2 | c >> 6] : '=';
        *out++ = left > 2 ? letters[c & 63] : '=';
    }
    *out = '\0';
}
