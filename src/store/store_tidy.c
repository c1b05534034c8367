/* One pack a commit keeps the disk tidy for a while, but libgit2 looks through
 * all packs for every new object. So packs are joined: those of commits, in
 * which each object stands as it is, with a search for what they have in
 * common; what came of that, and all others, byte by byte, the way a logarithm
 * counts: smallest first, as long as the next is not much larger than those
 * taken so far. Each object is then searched once and copied only a few times
 * in its life. The old packs go only after the new one is complete on the
 * disk. */
#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "store/store_internal.h"
#include "sys/fault_point.h"
#include "sys/xmalloc.h"

enum {
    PACKS_ENOUGH = 24,
    OTHERS_ENOUGH = 12, /* of these, packs that were joined before */
    PACKS_MAX = 2048,   /* looked at in one go */
    /* Joined with a search at once: some 0.2 s. */
    SEARCH_BYTES = 512 << 10,
    /* Larger ones are left alone: some 0.5 s. */
    FULL_BYTES = 16 << 20,
};

struct packs {
    const char *dir;
    struct store_pack *list;
    size_t count;
    size_t room;
    bool untouchable; /* another program indexed them together */
};

static bool has_file(const struct store_pack *p, const char *ext, int64_t *size)
{
    struct stat st;
    char path[sizeof(p->path) + 16];
    snprintf(path, sizeof(path), "%s.%s", p->path, ext);
    if (stat(path, &st))
        return false;
    *size = st.st_size;
    return true;
}

/* Packs that somebody marked are none of ours. */
static bool is_plain(const struct store_pack *p)
{
    static const char *const marks[] = { "keep", "promisor", "bitmap",
                                         "mtimes" };
    int64_t unused;
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (has_file(p, marks[i], &unused))
            return false;
    return has_file(p, "idx", &unused);
}

static void add_pack(struct packs *p, const char *file)
{
    const char *dot = strrchr(file, '.');
    if (strncmp(file, "multi-pack-index", 16) == 0)
        p->untouchable = true;
    if (!dot || strcmp(dot, ".pack") != 0 || p->count == PACKS_MAX)
        return;
    if (p->count == p->room) {
        p->room = p->room ? p->room * 2 : PACKS_ENOUGH;
        p->list = xrealloc(p->list, p->room, sizeof(*p->list));
    }
    struct store_pack *pack = &p->list[p->count];
    int n = snprintf(pack->path, sizeof(pack->path), "%s/%.*s", p->dir,
                     (int)(dot - file), file);
    if (n > 0 && (size_t)n < sizeof(pack->path) &&
        has_file(pack, "pack", &pack->size) && pack->size < FULL_BYTES &&
        is_plain(pack))
        p->count++;
}

static int by_size(const void *a, const void *b)
{
    const struct store_pack *x = a;
    const struct store_pack *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return strcmp(x->path, y->path);
}

static int packs_read(struct packs *p, struct error *err)
{
    DIR *dir = opendir(p->dir);
    if (!dir && errno == ENOENT)
        return 0;
    if (!dir)
        return error_set(err, FAULT_IO, "directory '%s': %s", p->dir,
                         strerror(errno));
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        add_pack(p, e->d_name);
    closedir(dir);
    if (p->count)
        qsort(p->list, p->count, sizeof(*p->list), by_size);
    return 0;
}

/* Puts those that wait for a search in front, smallest first; the others
 * follow, likewise. Returns how many of the first to search at once. */
static size_t part(struct packs *p, size_t *raw)
{
    struct store_pack *sorted = xcalloc(p->count + 1, sizeof(*sorted));
    int64_t bytes = 0;
    size_t n = 0, search = 0;
    for (int others = 0; others < 2; others++) {
        for (size_t i = 0; i < p->count; i++)
            if (store_pack_is_raw(&p->list[i]) != (bool)others)
                sorted[n++] = p->list[i];
        if (!others)
            *raw = n;
    }
    memcpy(p->list, sorted, n * sizeof(*sorted));
    free(sorted);
    while (search < *raw && bytes + p->list[search].size <= SEARCH_BYTES)
        bytes += p->list[search++].size;
    return search;
}

/* How many of the first to join as they are. */
static size_t choose(const struct store_pack *list, size_t count)
{
    size_t n = 0;
    int64_t bytes = 0;
    while (n < count && (n < 2 || list[n].size <= 2 * bytes))
        bytes += list[n++].size;
    return n;
}

static void drop(const struct store_pack *list, size_t n, const char *joined)
{
    /* Readers look for the index first. */
    static const char *const files[] = { "idx", "rev", "pack" };
    char path[sizeof(list->path) + 16];
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].path, joined) == 0)
            continue;
        for (size_t k = 0; k < ARRAY_LEN(files); k++) {
            snprintf(path, sizeof(path), "%s.%s", list[i].path, files[k]);
            unlink(path);
            FAULT_POINT("tidy-dropped");
        }
    }
}

static int join(struct store *s, const struct store_pack *list, size_t n,
                bool search, struct error *err)
{
    struct store_pack joined = { .size = 0 };
    int64_t unused;
    FAULT_POINT("tidy-join");
    if (store_join_packs(s, list, n, search, &joined, err))
        return -1;
    FAULT_POINT("tidy-joined");
    if (!has_file(&joined, "pack", &unused) ||
        !has_file(&joined, "idx", &unused))
        return error_set(err, FAULT_BUG, "joined pack '%s' is not there",
                         joined.path);
    drop(list, n, joined.path);
    /* libgit2 still holds the dropped ones. */
    return store_attach(s, err);
}

static int join_some(struct store *s, struct packs *p, struct error *err)
{
    size_t raw = 0;
    if (p->count <= PACKS_ENOUGH || p->untouchable)
        return 0;
    size_t search = part(p, &raw);
    /* Too large to be searched, they are like the others. */
    size_t first = search < 2 ? 0 : raw;
    if (search >= 2 && join(s, p->list, search, true, err))
        return -1;
    size_t others = p->count - first;
    if (others <= OTHERS_ENOUGH)
        return 0;
    return join(s, p->list + first, choose(p->list + first, others), false,
                err);
}

int store_tidy(struct store *s, struct error *err)
{
    char dir[3000];
    struct packs p = { .dir = dir };
    int n = snprintf(dir, sizeof(dir), "%s/objects/pack", s->path);
    if (n < 0 || (size_t)n >= sizeof(dir))
        return error_set(err, FAULT_CONFIG, "path '%.60s...' is too long",
                         s->path);
    store_sweep(dir);
    int rc = packs_read(&p, err);
    if (!rc)
        rc = join_some(s, &p, err);
    free(p.list);
    return rc;
}
