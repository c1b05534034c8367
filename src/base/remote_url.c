#include "base/remote_url.h"

#include <stdio.h>
#include <string.h>

#include "base/host.h"

static const char user_letters[] = "abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

static const char *after(const char *url, const char *scheme)
{
    size_t len = strlen(scheme);
    return strncmp(url, scheme, len) == 0 ? url + len : NULL;
}

/* The part before the first slash, and within it what follows the last '@'. */
static const char *host_of(const char *rest, size_t *len)
{
    const char *host = rest;
    size_t all = strcspn(rest, "/");
    for (size_t i = 0; i < all; i++)
        if (rest[i] == '@')
            host = rest + i + 1;
    *len = all - (size_t)(host - rest);
    return host;
}

/* "host[:port]/path" without what a server or a shell might read otherwise. */
static enum remote_flaw flaw_of_host(const char *s, size_t len,
                                     char host[HOST_ROOM])
{
    if (!host_take(s, len, host) || host[0] == '-' || s[len] != '/' ||
        s[len + 1] == '\0')
        return REMOTE_UNKNOWN;
    for (const char *c = s; *c; c++)
        if (*c <= ' ' || *c > '~' || strchr("?#\"\\<>@", *c))
            return REMOTE_UNKNOWN;
    return REMOTE_FINE;
}

static enum remote_flaw flaw_of_http(const char *rest, int open)
{
    char name[HOST_ROOM] = "";
    size_t len;
    const char *host = host_of(rest, &len);
    if (host != rest)
        return REMOTE_SECRET;
    enum remote_flaw flaw = flaw_of_host(host, len, name);
    if (flaw == REMOTE_FINE && open && !host_is_this_machine(name))
        return REMOTE_OPEN;
    return flaw;
}

static enum remote_flaw flaw_of_ssh(const char *rest)
{
    char name[HOST_ROOM];
    size_t len;
    const char *host = host_of(rest, &len);
    size_t user = host == rest ? 0 : (size_t)(host - rest) - 1;
    if (host != rest && memchr(rest, ':', user))
        return REMOTE_SECRET;
    if (host != rest && (user == 0 || user >= 64 || rest[0] == '-' ||
                         strspn(rest, user_letters) < user))
        return REMOTE_UNKNOWN;
    return flaw_of_host(host, len, name);
}

enum remote_flaw remote_url_flaw(const char *url)
{
    const char *rest;
    if ((rest = after(url, "file://")) != NULL)
        return rest[0] == '/' && !strchr(rest, '%') ? REMOTE_FINE
                                                    : REMOTE_UNKNOWN;
    if ((rest = after(url, "https://")) != NULL)
        return flaw_of_http(rest, 0);
    if ((rest = after(url, "http://")) != NULL)
        return flaw_of_http(rest, 1);
    if ((rest = after(url, "ssh://")) != NULL)
        return flaw_of_ssh(rest);
    size_t scheme = strcspn(url, ":/");
    if (url[scheme] != ':')
        return url[0] ? REMOTE_FINE : REMOTE_UNKNOWN;
    return strncmp(url + scheme, "://", 3) == 0 ? REMOTE_UNKNOWN : REMOTE_SCP;
}

const char *remote_flaw_rule(enum remote_flaw flaw)
{
    static const char *const rules[REMOTE_FLAW_COUNT] = {
        [REMOTE_FINE] = "",
        [REMOTE_UNKNOWN] =
            "be a path, file:///path (no % in it), https://host/path or "
            "ssh://user@host/path, a port behind the host if need be",
        [REMOTE_SCP] = "be written ssh://user@host/path, not user@host:path",
        [REMOTE_SECRET] =
            "not hold a password, nor a user name with https: GIT_TOKEN and "
            "'repository.http_login' are the place for them",
        [REMOTE_OPEN] = "begin with https://: http is only for this machine",
    };
    return rules[flaw];
}

enum remote_kind remote_url_kind(const char *url)
{
    if (after(url, "http://") || after(url, "https://"))
        return REMOTE_HTTP;
    return after(url, "ssh://") ? REMOTE_SSH : REMOTE_PATH;
}

const char *remote_url_path(const char *url)
{
    const char *rest = after(url, "file://");
    return rest ? rest : url;
}

void remote_url_show(const char *url, char *out, size_t room)
{
    size_t len;
    const char *scheme = strstr(url, "://");
    const char *rest = scheme ? scheme + 3 : url;
    const char *host = scheme ? host_of(rest, &len) : url;
    snprintf(out, room, "%.*s%s", (int)(rest - url), url, host);
}
