/* The machine: room on the disk, memory. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "doctor/doctor_internal.h"

#define MIB         (1024.0 * 1024.0)
/* A grid and its symbol take some 170 MB a year. */
#define DISK_MIB    500
#define DISK_LEAST  20
#define MEMORY_MIB  64
#define MEMINFO     "/proc/meminfo"
#define MEMINFO_MAX ((size_t)64 << 10)

/* Of what is not there yet its directory counts. */
static void parent_of(const char *path, char *out, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (slash && slash > path)
        snprintf(out, size, "%.*s", (int)(slash - path), path);
    else
        snprintf(out, size, "%s", slash ? "/" : ".");
}

void check_disk(struct doctor *d)
{
    char parent[CONFIG_TEXT];
    struct statvfs fs;
    const char *path = d->config.repository.path;

    parent_of(path, parent, sizeof(parent));
    if (statvfs(path, &fs) != 0 && statvfs(parent, &fs) != 0) {
        doctor_fail(d, RUN_NO_REPOSITORY, "", "'%s': %s", parent,
                    strerror(errno));
        return;
    }
    double mib = (double)fs.f_bavail * (double)fs.f_frsize / MIB;
    if (mib < DISK_LEAST)
        doctor_fail(d, RUN_NOT_RECORDED, "", "%.0f MiB are free", mib);
    else if (mib < DISK_MIB)
        doctor_warn(d, "", "%.0f MiB are free", mib);
    else
        doctor_ok(d, "", "%.0f MiB are free", mib);
}

void check_memory(struct doctor *d)
{
    struct text info = TEXT_INIT(MEMINFO_MAX);
    struct error err;
    long kib = 0;
    const char *at = NULL;

    if (text_read_file(&info, MEMINFO, &err) == 0)
        at = strstr(text_str(&info), "MemAvailable:");
    if (!at || sscanf(at, "MemAvailable: %ld", &kib) != 1)
        doctor_skip(d, "", "this machine does not tell");
    else if (kib < MEMORY_MIB * 1024)
        doctor_warn(d, "", "%ld MiB are available", kib / 1024);
    else
        doctor_ok(d, "", "%ld MiB are available", kib / 1024);
    text_release(&info);
}
