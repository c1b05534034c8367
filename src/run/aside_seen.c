/* What was set aside: found beside the repository, by its name. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "run/aside.h"
#include "run/aside_dir.h"
#include "run/faults.h"

/* Longest packed-refs that is read: some 15000 references. */
#define REFS_MAX ((size_t)1 << 20)

/* The line "COMMIT REF" of that very name, or NULL. */
static const char *packed_line(const char *lines, const char *ref)
{
    size_t len = strlen(ref);
    for (const char *at = lines; *at; at += strcspn(at, "\n")) {
        at += *at == '\n';
        if (strcspn(at, "\n") == STORE_ID_SIZE + len &&
            at[STORE_ID_SIZE - 1] == ' ' &&
            strncmp(at + STORE_ID_SIZE, ref, len) == 0)
            return at;
    }
    return NULL;
}

/* The commit that a reference of the directory names, or "". One that has a
 * file of its own is what the file says, even if that is nothing: the packed
 * one is older. */
static void read_ref(const char *dir, const char *ref, char out[STORE_ID_SIZE])
{
    struct text t = TEXT_INIT(REFS_MAX);
    char path[2 * ASIDE_PATH];
    struct error err = { FAULT_NONE, "" };
    const char *at = NULL;

    out[0] = '\0';
    snprintf(path, sizeof(path), "%s/%s", dir, ref);
    if (text_read_file(&t, path, &err) == 0) {
        at = text_str(&t);
    } else if (err.fault == FAULT_MISSING) {
        snprintf(path, sizeof(path), "%s/packed-refs", dir);
        if (text_read_file(&t, path, NULL) == 0)
            at = packed_line(text_str(&t), ref);
    }
    if (at && strspn(at, "0123456789abcdef") == STORE_ID_SIZE - 1) {
        memcpy(out, at, STORE_ID_SIZE - 1);
        out[STORE_ID_SIZE - 1] = '\0';
    }
    text_release(&t);
}

static bool was_pushed(const struct run *r, const char *dir)
{
    char ours[STORE_ID_SIZE], theirs[STORE_ID_SIZE], ref[CONFIG_TEXT + 32];
    snprintf(ref, sizeof(ref), "refs/heads/%s", r->config->repository.branch);
    read_ref(dir, ref, ours);
    snprintf(ref, sizeof(ref), "refs/remotes/origin/%s",
             r->config->repository.branch);
    read_ref(dir, ref, theirs);
    return ours[0] && strcmp(ours, theirs) == 0;
}

static void see_one(struct run *r, const char *path)
{
    char what[RECORD_LINE_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(what, sizeof(what), "the broken data repository is now '%.120s'%s",
             path,
             was_pushed(r, path)
                 ? ": all of its commits had been pushed"
                 : "; commits that were owed to the remote are only there");
    run_see(r, FAULT_CLASS_SET_ASIDE, "run", slash ? slash + 1 : path, what);
}

/* Calls for each one, until `call` says that it is enough. */
static void each_aside(struct run *r, void (*call)(struct run *, const char *),
                       char *first, size_t size)
{
    char dir[ASIDE_PATH], prefix[ASIDE_PATH], one[ASIDE_PATH + 256];
    const char *path = r->config->repository.path;
    const char *slash = strrchr(path, '/');

    snprintf(dir, sizeof(dir), "%.*s", slash ? (int)(slash - path) + 1 : 2,
             slash ? path : "./");
    snprintf(prefix, sizeof(prefix), "%s.broken-", slash ? slash + 1 : path);
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        if (strncmp(e->d_name, prefix, strlen(prefix)) != 0)
            continue;
        snprintf(one, sizeof(one), "%s%s", slash ? dir : "", e->d_name);
        if (call)
            call(r, one);
        if (first && (!first[0] || strcmp(one, first) < 0))
            snprintf(first, size, "%s", one);
    }
    if (d)
        closedir(d);
}

void run_aside_see(struct run *r)
{
    each_aside(r, see_one, NULL, 0);
}

bool run_aside_stands(struct run *r, char *path, size_t size)
{
    path[0] = '\0';
    each_aside(r, NULL, path, size);
    return path[0] != '\0';
}
