#include "sys/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

_Static_assert(LOCK_PATH_MAX > PATH_MAX + 240, "room for a name and '.lock'");

/* The directory without its links, and the name as it is. */
static bool resolve_directory(const char *path, char real[LOCK_PATH_MAX])
{
    char dir[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    int len = slash == path ? 1 : (int)(name - path) - 1;
    int n = slash ? snprintf(dir, sizeof(dir), "%.*s", len, path)
                  : snprintf(dir, sizeof(dir), ".");
    if (n < 0 || (size_t)n >= sizeof(dir) || strlen(name) > NAME_MAX ||
        !realpath(dir, real))
        return false;
    size_t end = strlen(real);
    snprintf(real + end, LOCK_PATH_MAX - end, "%s%s", end > 1 ? "/" : "", name);
    return true;
}

void lock_path_of(const char *path, char out[LOCK_PATH_MAX])
{
    char given[PATH_MAX];
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    snprintf(given, sizeof(given), "%.*s", (int)len, path);
    if (!realpath(given, out) && !resolve_directory(given, out))
        snprintf(out, LOCK_PATH_MAX, "%s", given);
    len = strlen(out);
    snprintf(out + len, LOCK_PATH_MAX - len, ".lock");
}

static int say_who_holds(int fd, const char *path, struct error *err)
{
    char holder[32] = "";
    ssize_t n = pread(fd, holder, sizeof(holder) - 1, 0);
    long pid = n > 0 ? strtol(holder, NULL, 10) : 0;
    if (pid <= 0)
        return error_set(err, FAULT_BUSY,
                         "lock '%s': held by another process; wait for it to "
                         "end",
                         path);
    return error_set(err, FAULT_BUSY,
                     "lock '%s': held by process %ld; wait for it to end", path,
                     pid);
}

/* For people to read. A disk that is full or read-only must not keep the holder
 * from its work: then nobody knows its number. */
static void write_holder(int fd)
{
    char holder[32];
    int n = snprintf(holder, sizeof(holder), "%ld\n", (long)getpid());
    (void)!(ftruncate(fd, 0) || pwrite(fd, holder, (size_t)n, 0) != n);
}

/* A file system that is read-only can be locked, too. */
static int open_lock(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 && errno == EROFS)
        fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd;
}

int lock_take(const char *path, struct lock *lock, struct error *err)
{
    int rc = 0;
    int fd = open_lock(path);
    *lock = (struct lock){ 0 };
    if (fd < 0)
        return error_set(err, FAULT_IO, "lock '%s': %s", path, strerror(errno));
    int failed = flock(fd, LOCK_EX | LOCK_NB) ? errno : 0;
    if (failed == EWOULDBLOCK)
        rc = say_who_holds(fd, path, err);
    else if (failed)
        rc = error_set(err, FAULT_IO, "lock '%s': %s", path, strerror(failed));
    if (rc) {
        close(fd);
        return rc;
    }
    write_holder(fd);
    *lock = (struct lock){ .fd = fd, .held = true };
    return 0;
}

void lock_drop(struct lock *lock)
{
    if (!lock->held)
        return;
    /* An empty file names nobody, whatever becomes of it. */
    (void)!ftruncate(lock->fd, 0);
    close(lock->fd);
    *lock = (struct lock){ 0 };
}
