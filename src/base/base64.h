/* base/base64.h - bytes as letters, RFC 4648 section 4, with padding. Pure. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>

/* Room for what n bytes become, the zero byte behind it included. */
#define BASE64_ROOM(n) (((n) + 2) / 3 * 4 + 1)

/* Writes BASE64_ROOM(n) bytes, the last of them 0. */
void base64_encode(const void *bytes, size_t n, char *out);

#endif
