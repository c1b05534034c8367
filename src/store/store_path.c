#include "store/store.h"

#include <string.h>
#include <strings.h>

static const char *fault_of_part(const char *part, size_t len)
{
    if (len == 0)
        return "has an empty part";
    if (part[len - 1] == '.' || part[len - 1] == ' ')
        return "has a part that ends in a dot or a space";
    if ((len == 4 && strncasecmp(part, ".git", 4) == 0) ||
        (len == 5 && strncasecmp(part, "git~1", 5) == 0))
        return "has a part that belongs to git";
    for (size_t i = 0; i < len; i++)
        if (part[i] < ' ' || part[i] > '~' || strchr("\\:*?\"<>|", part[i]))
            return "has a character other than printable ASCII without "
                   "\\ : * ? \" < > |";
    return NULL;
}

/* So that the message stays one line. */
static int printable_length(const char *path)
{
    int n = 0;
    while (path[n] >= ' ' && path[n] <= '~')
        n++;
    return n;
}

int store_path_check(const char *path, struct error *err)
{
    const char *fault = NULL;
    if (strlen(path) > STORE_PATH_MAX)
        return error_set(err, FAULT_DATA, "path '%.40s...' is too long", path);
    if (path[0] == '/')
        fault = "is absolute";
    for (const char *part = path; part && !fault;) {
        size_t len = strcspn(part, "/");
        fault = fault_of_part(part, len);
        part = part[len] ? part + len + 1 : NULL;
    }
    return fault ? error_set(err, FAULT_DATA, "path '%.*s' %s",
                             printable_length(path), path, fault)
                 : 0;
}
