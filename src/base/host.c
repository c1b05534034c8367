#include "base/host.h"

#include <stdint.h>
#include <string.h>

#include "base/number.h"

static const char host_letters[] = "abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

static bool number_of(const char *s, size_t len, int64_t low, int64_t high)
{
    char digits[8];
    int64_t n;
    if (len == 0 || len >= sizeof(digits))
        return false;
    memcpy(digits, s, len);
    digits[len] = '\0';
    return strspn(digits, "0123456789") == len && integer_parse(digits, &n) &&
           n >= low && n <= high;
}

/* Four decimal bytes with points between, the first of them 127. */
static bool is_127(const char *host)
{
    if (strncmp(host, "127.", 4) != 0)
        return false;
    for (int part = 1; part < 4; part++) {
        host += strcspn(host, ".") + 1;
        size_t len = strcspn(host, ".");
        if (len > 3 || !number_of(host, len, 0, 255))
            return false;
        if ((host[len] == '.') != (part < 3))
            return false;
    }
    return true;
}

bool host_is_this_machine(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           is_127(host);
}

/* The bytes need not end in a zero. */
static bool all_letters(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!s[i] || !strchr(host_letters, s[i]))
            return false;
    return true;
}

bool host_take(const char *s, size_t len, char host[HOST_ROOM])
{
    const char *colon = memchr(s, ':', len);
    size_t n = colon ? (size_t)(colon - s) : len;
    if (len >= 5 && memcmp(s, "[::1]", 5) == 0)
        n = 5;
    else if (!all_letters(s, n))
        return false;
    if (n == 0 || n >= HOST_ROOM)
        return false;
    memcpy(host, s, n);
    host[n] = '\0';
    return n == len ||
           (s[n] == ':' && number_of(s + n + 1, len - n - 1, 1, 65535));
}
