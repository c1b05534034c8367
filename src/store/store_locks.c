/* A process that was killed while it moved a reference leaves the reference's
 * lock, and nobody would ever take it away: libgit2 and git refuse to move the
 * reference from then on. They hold such a lock for milliseconds, so one that
 * is seconds old is nobody's. */
#include "store/store_locks.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/text.h"

enum {
    PATH_ROOM = 4096, /* of a lock */
    DEPTH_MAX = 12,   /* of directories below refs/ */
    PAUSE_MS = 100,
    SECOND_LOOK_MS = 10,
    WATCHED_MAX = 16,
};

/* A lock of tomorrow, by a clock that was set back since: how old it is, only
 * watching it tells. */
struct watched {
    struct stat lock;
    int64_t since_ms; /* monotonic */
};

struct sweep {
    int64_t now_ms, age_ms;
    size_t young; /* locks that may be somebody's */
    struct watched watched[WATCHED_MAX];
    size_t watched_count;
};

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* How long it has been there for sure. */
static int64_t watched_ms(struct sweep *w, const struct stat *st)
{
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < w->watched_count; i++)
        if (is_same(&w->watched[i].lock, st))
            return now_ms - w->watched[i].since_ms;
    if (w->watched_count < WATCHED_MAX)
        w->watched[w->watched_count++] = (struct watched){ *st, now_ms };
    return 0;
}

static void look_at(struct sweep *w, const char *lock, const struct stat *st)
{
    struct stat again;
    int64_t age_ms = w->now_ms - (int64_t)st->st_mtime * 1000;
    if (age_ms < 0)
        age_ms = watched_ms(w, st);
    if (age_ms <= w->age_ms) {
        w->young++;
        return;
    }
    /* By now another's may stand there. */
    clock_sleep_ms(SECOND_LOOK_MS);
    if (lstat(lock, &again))
        return;
    if (is_same(st, &again))
        unlink(lock); /* where this may not be, waiting helps nobody */
    else
        w->young++;
}

static bool ends_in_lock(const char *name)
{
    size_t len = strlen(name);
    return len > 5 && strcmp(name + len - 5, ".lock") == 0;
}

static void look_into(struct sweep *w, const char *dir, int depth)
{
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        struct stat st;
        struct text path = TEXT_INIT(PATH_ROOM);
        if (e->d_name[0] != '.' &&
            text_printf(&path, "%s/%s", dir, e->d_name) == 0 &&
            lstat(text_str(&path), &st) == 0) {
            if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
                look_into(w, text_str(&path), depth + 1);
            else if (S_ISREG(st.st_mode) && ends_in_lock(e->d_name))
                look_at(w, text_str(&path), &st);
        }
        text_release(&path);
    }
    if (d)
        closedir(d);
}

static void look_at_file(struct sweep *w, const char *repository,
                         const char *name)
{
    struct stat st;
    struct text path = TEXT_INIT(PATH_ROOM);
    if (text_printf(&path, "%s/%s", repository, name) == 0 &&
        lstat(text_str(&path), &st) == 0)
        look_at(w, text_str(&path), &st);
    text_release(&path);
}

static size_t unlock_once(struct sweep *w, const char *repository)
{
    w->now_ms = clock_wall_ms();
    w->young = 0;
    struct text refs = TEXT_INIT(PATH_ROOM);
    if (text_printf(&refs, "%s/refs", repository) == 0)
        look_into(w, text_str(&refs), 0);
    text_release(&refs);
    look_at_file(w, repository, "packed-refs.lock");
    look_at_file(w, repository, "HEAD.lock");
    return w->young;
}

void store_unlock(const char *repository, int64_t age_ms, int64_t wait_ms)
{
    struct sweep w = { .age_ms = age_ms };
    int64_t end_ms = clock_monotonic_ms() + wait_ms;
    while (unlock_once(&w, repository) > 0 && clock_monotonic_ms() < end_ms)
        clock_sleep_ms(PAUSE_MS);
}

enum { LOCK_AGE_MS = 10000, LOCK_WAIT_MS = 12000 };

void store_unlock_within(const char *repository, int64_t budget_ms)
{
    int64_t half_ms = budget_ms / 2;
    store_unlock(repository, LOCK_AGE_MS,
                 half_ms < LOCK_WAIT_MS ? half_ms : LOCK_WAIT_MS);
}
