/* What left the tip: the past is found by the commits that say so. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/named.h"
#include "store/store_parents.h"
#include "sys/xmalloc.h"

/* A clock that was wrong for an hour does not end a search. */
#define OLDER_IN_A_ROW 256

int store_blob_id_at(struct store *s, const char *rev, const char *path,
                     char hex[STORE_ID_SIZE], struct error *err)
{
    git_tree *root = NULL;
    git_tree_entry *entry = NULL;
    hex[0] = '\0';
    if (store_path_check(path, err) || store_tree_at(s, rev, &root, err))
        return -1;
    int rc = root ? git_tree_entry_bypath(&entry, root, path) : GIT_ENOTFOUND;
    if (!rc && git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
        rc = GIT_ENOTFOUND;
    if (!rc)
        git_oid_tostr(hex, STORE_ID_SIZE, git_tree_entry_id(entry));
    git_tree_entry_free(entry);
    git_tree_free(root);
    if (rc == GIT_ENOTFOUND)
        return error_set(err, FAULT_MISSING,
                         "there is no file '%s' at commit %s", path, rev);
    return rc ? store_fail(err, rc, "path '%s'", path) : 0;
}

/* "" when the commit has no such file. */
static int id_there(struct store *s, const git_oid *commit, const char *path,
                    char hex[STORE_ID_SIZE], struct error *err)
{
    char rev[STORE_ID_SIZE];
    struct error why;
    git_oid_tostr(rev, sizeof(rev), commit);
    if (store_blob_id_at(s, rev, path, hex, &why) == 0 ||
        why.fault == FAULT_MISSING)
        return 0;
    *err = why;
    return -1;
}

/* Did `at` let the file leave? Then `hex` is what its parent had. */
static int left_at(const struct parents *p, const char *path,
                   char hex[STORE_ID_SIZE], struct error *err)
{
    char now[STORE_ID_SIZE] = "";
    hex[0] = '\0';
    if (p->edge || git_commit_parentcount(p->at) == 0)
        return 0;
    if (id_there(p->store, git_commit_parent_id(p->at, 0), path, hex, err) ||
        (hex[0] && id_there(p->store, git_commit_id(p->at), path, now, err)))
        return -1;
    if (now[0]) /* it left later, or stands */
        hex[0] = '\0';
    return 0;
}

static int find_past(struct parents *p, const char *path, int64_t since_ms,
                     char hex[STORE_ID_SIZE], struct error *err)
{
    int older = 0;
    hex[0] = '\0';
    while (p->at && older < OLDER_IN_A_ROW) {
        if (parents_leave(p) && left_at(p, path, hex, err))
            return -1;
        if (hex[0])
            return 0;
        older = parents_ms(p) < since_ms ? older + 1 : 0;
        if (parents_next(p, err))
            return -1;
    }
    return 0;
}

int store_read_past(struct store *s, const char *path, int64_t since_ms,
                    struct text *out, struct error *err)
{
    char hex[STORE_ID_SIZE];
    struct parents p;
    if (store_path_check(path, err))
        return -1;
    int rc = parents_begin(&p, s, err);
    if (!rc)
        rc = find_past(&p, path, since_ms, hex, err);
    parents_end(&p);
    if (rc)
        return rc;
    if (!hex[0])
        return error_set(err, FAULT_MISSING, "no file '%s' left the tip%s",
                         path,
                         store_is_shallow(s) ? " since this clone begins" : "");
    return store_read_blob(s, hex, out, err);
}

struct left {
    struct named at; /* path, and the order in which it was added */
    git_oid id;
};

struct store_past {
    struct left *list; /* owned, with its paths */
    size_t count, room;
    bool sorted; /* by path, each once: the first that was added */
};

struct store_past *store_past_new(void)
{
    return xcalloc(1, sizeof(struct store_past));
}

void store_past_free(struct store_past *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++)
        free(p->list[i].at.name);
    free(p->list);
    free(p);
}

void store_past_add(struct store_past *p, const char *path, const char *id)
{
    if (p->count == p->room) {
        p->room = p->room ? 2 * p->room : 1024;
        p->list = xrealloc(p->list, p->room, sizeof(*p->list));
    }
    struct left *l = &p->list[p->count];
    *l = (struct left){ .at = { xstrdup(path), p->count } };
    git_oid_fromstr(&l->id, id);
    p->count++;
    p->sorted = false;
}

static void sort_past(struct store_past *p)
{
    size_t kept = 0;
    if (p->sorted)
        return;
    if (p->count)
        qsort(p->list, p->count, sizeof(*p->list), named_compare);
    for (size_t i = 0; i < p->count; i++) {
        if (kept && strcmp(p->list[kept - 1].at.name, p->list[i].at.name) == 0)
            free(p->list[i].at.name);
        else
            p->list[kept++] = p->list[i];
    }
    p->count = kept;
    p->sorted = true;
}

size_t store_past_count(const struct store_past *p)
{
    return p->count;
}

static int add_left(const struct parents *at, struct store_past *past,
                    struct error *err)
{
    struct edits edits = { 0 };
    int rc = edits_of(at, &edits, err);
    for (size_t i = 0; i < edits.count && !rc; i++)
        if (!edits.list[i].after[0])
            store_past_add(past, edits.list[i].path, edits.list[i].before);
    edits_release(&edits);
    return rc;
}

int store_past_open_since(struct store *s, int64_t since_ms,
                          struct store_past **out, struct error *err)
{
    struct parents p;
    int older = 0;
    *out = store_past_new();
    int rc = parents_begin(&p, s, err);
    while (!rc && p.at && older < OLDER_IN_A_ROW) {
        if (!p.edge && parents_leave(&p))
            rc = add_left(&p, *out, err);
        older = parents_ms(&p) < since_ms ? older + 1 : 0;
        if (!rc)
            rc = parents_next(&p, err);
    }
    parents_end(&p);
    if (!rc)
        return 0;
    store_past_free(*out);
    *out = NULL;
    return -1;
}

int store_past_open(struct store *s, struct store_past **out, struct error *err)
{
    return store_past_open_since(s, INT64_MIN, out, err);
}

/* The first whose path is not before `path`. */
static size_t begin_of(const struct store_past *p, const char *path)
{
    return p ? named_place(p->list, p->count, sizeof(*p->list), path) : 0;
}

int store_past_read(struct store *s, struct store_past *p, const char *path,
                    struct text *out, struct error *err)
{
    char hex[STORE_ID_SIZE];
    size_t i = 0;
    if (p) {
        sort_past(p);
        i = begin_of(p, path);
    }
    if (!p || i == p->count || strcmp(p->list[i].at.name, path) != 0)
        return error_set(err, FAULT_MISSING, "no file '%s' left the tip", path);
    git_oid_tostr(hex, sizeof(hex), &p->list[i].id);
    return store_read_blob(s, hex, out, err);
}

/* The walk of the tip, with what left put in between. */
struct ever {
    const struct store_past *past;
    size_t next; /* of the list */
    const char *dir;
    store_visit *visit;
    void *payload;
};

static const char *path_of(const struct ever *w, size_t i)
{
    return w->past->list[i].at.name;
}

static bool is_below(const char *path, const char *dir)
{
    size_t len = strlen(dir);
    return !len || (strncmp(path, dir, len) == 0 && path[len] == '/');
}

static int show_left(const struct ever *w, size_t i, struct error *err)
{
    char id[STORE_ID_SIZE];
    const char *path = path_of(w, i), *slash = strrchr(path, '/');
    const struct store_entry e = {
        .path = path,
        .name = slash ? slash + 1 : path,
        .id = git_oid_tostr(id, sizeof(id), &w->past->list[i].id),
    };
    return w->visit(&e, w->payload, err) ? -1 : 0;
}

/* What left and stands before `path` in the order; NULL is all the rest. */
static int show_left_before(struct ever *w, const char *path, struct error *err)
{
    int c = -1;
    for (; w->past && w->next < w->past->count && c < 0; w->next += c <= 0) {
        c = path ? strcmp(path_of(w, w->next), path) : -1;
        if (c < 0 && is_below(path_of(w, w->next), w->dir) &&
            show_left(w, w->next, err))
            return -1;
    }
    return 0;
}

static int show_both(const struct store_entry *e, void *payload,
                     struct error *err)
{
    struct ever *w = payload;
    struct store_entry standing = *e;
    standing.size = 0;
    return show_left_before(w, e->path, err) ||
                   w->visit(&standing, w->payload, err)
               ? -1
               : 0;
}

int store_walk_ever(struct store *s, struct store_past *past, const char *dir,
                    store_visit *visit, void *payload, struct error *err)
{
    struct ever w = { past, 0, dir, visit, payload };
    if (past)
        sort_past(past);
    w.next = begin_of(past, dir);
    if (store_walk(s, dir, show_both, &w, err))
        return -1;
    return show_left_before(&w, NULL, err);
}
