#include "config/url_rule.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

static const char host_letters[] = "abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

/* Four decimal bytes with points between, the first of them 127. */
static bool is_127(const char *host)
{
    int a, b, c, end = 0;
    if (sscanf(host, "127.%3d.%3d.%3d%n", &a, &b, &c, &end) != 3 || host[end])
        return false;
    return strspn(host, "0123456789.") == strlen(host) && a <= 255 &&
           b <= 255 && c <= 255;
}

static bool is_this_machine(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           is_127(host);
}

static bool good_port(const char *s, size_t len)
{
    char digits[8];
    int64_t port;
    if (len >= sizeof(digits))
        return false;
    memcpy(digits, s, len);
    digits[len] = '\0';
    return integer_parse(digits, &port) && port >= 1 && port <= 65535;
}

/* Splits "host:port" of `len` bytes; the host keeps its brackets. */
static bool take_host(const char *s, size_t len, char host[256])
{
    const char *colon = memchr(s, ':', len);
    size_t n = colon ? (size_t)(colon - s) : len;
    if (len >= 5 && memcmp(s, "[::1]", 5) == 0)
        n = 5;
    else if (strspn(s, host_letters) < n)
        return false;
    if (n == 0 || n >= 256)
        return false;
    memcpy(host, s, n);
    host[n] = '\0';
    return n == len || (s[n] == ':' && good_port(s + n + 1, len - n - 1));
}

int url_rule(const char *url, struct error *err)
{
    char host[256];
    bool open = strncmp(url, "http://", 7) == 0;
    if (!open && strncmp(url, "https://", 8) != 0)
        return error_set(err, FAULT_CONFIG, "must begin with https://");
    const char *authority = url + (open ? 7 : 8);
    size_t len = strcspn(authority, "/?#");
    if (memchr(authority, '@', len))
        return error_set(err, FAULT_CONFIG,
                         "must not hold a user name or password: secrets come "
                         "from the environment");
    if (strpbrk(url, "?# \"\\<>"))
        return error_set(err, FAULT_CONFIG,
                         "must not hold a blank, a quote, '?' or '#'");
    if (url[strlen(url) - 1] == '/')
        return error_set(err, FAULT_CONFIG, "must not end in '/'");
    if (!take_host(authority, len, host))
        return error_set(err, FAULT_CONFIG,
                         "must be https://host or https://host:port");
    if (open && !is_this_machine(host))
        return error_set(err, FAULT_CONFIG,
                         "must begin with https://: http is only for this "
                         "machine");
    return 0;
}
