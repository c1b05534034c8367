/* base/remote_url.h - which addresses a Git remote may have. Pure.
 *
 * A path, file:///path, https://host[:port]/path, ssh://[user@]host[:port]/path
 * or, to this machine only, http://host[:port]/path. A secret never stands in
 * an address: it would be printed sooner or later. */
#ifndef BASE_REMOTE_URL_H
#define BASE_REMOTE_URL_H

#include <stddef.h>

enum remote_kind { REMOTE_PATH, REMOTE_HTTP, REMOTE_SSH };

enum remote_flaw {
    REMOTE_FINE,
    REMOTE_UNKNOWN, /* none of the forms above */
    REMOTE_SCP,     /* user@host:path, which is ssh in disguise */
    REMOTE_SECRET, /* a password in it, or a user name where a token might be */
    REMOTE_OPEN,   /* http to another machine: everybody could listen */
    REMOTE_FLAW_COUNT
};

enum remote_flaw remote_url_flaw(const char *url);

/* The rest of the sentence "'repository.remote' must ..."; "" for FINE. Never
 * repeats the address. */
const char *remote_flaw_rule(enum remote_flaw flaw);

/* Of an address without a flaw. */
enum remote_kind remote_url_kind(const char *url);

/* Of an address without a flaw that is a path or file:///path: the path,
 * borrowed from `url`. */
const char *remote_url_path(const char *url);

/* For people: without what stands before an '@', cut to `room`. */
void remote_url_show(const char *url, char *out, size_t room);

#endif
