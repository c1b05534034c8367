#include "run/aside_dir.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Levels below the repository whose owners are looked at: objects/xx/FILE. */
#define DEPTH_MOST 6

static bool has(const char *dir, const char *name, struct stat *st)
{
    char path[ASIDE_PATH + 16];
    int n = snprintf(path, sizeof(path), "%s/%s", dir, name);
    return n > 0 && (size_t)n < sizeof(path) && stat(path, st) == 0;
}

bool aside_was_repository(const char *path)
{
    struct stat st;
    return has(path, "objects", &st) && S_ISDIR(st.st_mode) &&
           !has(path, ".git", &st);
}

/* Calls for each entry of the directory; false ends it. */
typedef bool each_entry(const char *path, int depth);

static bool for_each(const char *dir, int depth, each_entry *call)
{
    DIR *d = opendir(dir);
    bool good = d != NULL;
    for (struct dirent *e; good && (e = readdir(d)) != NULL;) {
        char below[ASIDE_PATH + 512];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        int n = snprintf(below, sizeof(below), "%s/%s", dir, e->d_name);
        good = n > 0 && (size_t)n < sizeof(below) && call(below, depth + 1);
    }
    if (d)
        closedir(d);
    return good;
}

static bool is_ours(const char *path, int depth)
{
    struct stat st;
    if (lstat(path, &st) || st.st_uid != geteuid())
        return false;
    bool dir = S_ISDIR(st.st_mode);
    if (access(path, dir ? R_OK | W_OK | X_OK : R_OK))
        return false;
    return !dir || depth >= DEPTH_MOST || for_each(path, depth, is_ours);
}

bool aside_is_ours(const char *path)
{
    return is_ours(path, 0);
}

static bool remove_it(const char *path, int depth)
{
    struct stat st;
    if (lstat(path, &st))
        return false;
    if (!S_ISDIR(st.st_mode))
        return unlink(path) == 0;
    return for_each(path, depth, remove_it) && rmdir(path) == 0;
}

int aside_remove(const char *path, struct error *err)
{
    struct stat st;
    if (rmdir(path) == 0 || (lstat(path, &st) && errno == ENOENT))
        return 0;
    if (lstat(path, &st) || !S_ISDIR(st.st_mode) ||
        !aside_was_repository(path) || !aside_is_ours(path))
        return error_set(err, FAULT_CONFIG,
                         "'%.300s' is in the way: remove it or move it", path);
    if (!remove_it(path, 0))
        return error_set(err, FAULT_IO, "'%.300s' cannot be removed: %s", path,
                         strerror(errno));
    return 0;
}
