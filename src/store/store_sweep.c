/* A fetch whose process was ended leaves the pack it was writing; one that was
 * ended while it dropped packs, a pack without its index. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/store_internal.h"

/* Longer than any conversation: a fetch of another process may be at it. */
enum { LITTER_AGE_S = 3600 };

/* As libgit2 and git name them. */
static bool is_temporary(const char *name)
{
    return strncmp(name, "pack_git2_", 10) == 0 ||
           strncmp(name, "tmp_pack_", 9) == 0 ||
           strncmp(name, "tmp_idx_", 8) == 0;
}

/* An index is the first to go and the last to come: nobody reads a pack that
 * has none. */
static bool is_half(const char *path)
{
    char index[3310];
    const char *dot = strrchr(path, '.');
    if (!dot || (strcmp(dot, ".pack") != 0 && strcmp(dot, ".rev") != 0))
        return false;
    snprintf(index, sizeof(index), "%.*s.idx", (int)(dot - path), path);
    return access(index, F_OK) != 0 && errno == ENOENT;
}

void store_sweep(const char *pack_dir)
{
    char path[3300];
    struct stat st;
    struct timespec now;
    DIR *dir = opendir(pack_dir);
    clock_gettime(CLOCK_REALTIME, &now);
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;) {
        int n = snprintf(path, sizeof(path), "%s/%s", pack_dir, e->d_name);
        if (n > 0 && (size_t)n < sizeof(path) &&
            (is_temporary(e->d_name) || is_half(path)) &&
            lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
            now.tv_sec - st.st_mtime > LITTER_AGE_S)
            unlink(path);
    }
    if (dir)
        closedir(dir);
}
