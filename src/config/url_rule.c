#include "config/url_rule.h"

#include <stdbool.h>
#include <string.h>

#include "base/host.h"

int url_rule(const char *url, struct error *err)
{
    char host[HOST_ROOM];
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
    if (!host_take(authority, len, host))
        return error_set(err, FAULT_CONFIG,
                         "must be https://host or https://host:port");
    if (open && !host_is_this_machine(host))
        return error_set(err, FAULT_CONFIG,
                         "must begin with https://: http is only for this "
                         "machine");
    return 0;
}
