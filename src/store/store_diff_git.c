/* What a commit did, by laying its tree beside its parent's. Directories that
 * are the same have the same id and are not opened: the work is that of what
 * changed. */
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_parents.h"
#include "sys/xmalloc.h"

struct pairing {
    git_repository *repo;
    struct edits *out;
    char path[STORE_PATH_MAX + 2];
};

static int compare_trees(struct pairing *d, const git_tree *before,
                         const git_tree *after, size_t len);

static bool is_tree(const git_tree_entry *e)
{
    return e && git_tree_entry_type(e) == GIT_OBJECT_TREE;
}

/* In git's order a directory stands where its name with a '/' would. */
static int order(const git_tree_entry *a, const git_tree_entry *b)
{
    const char *x = git_tree_entry_name(a), *y = git_tree_entry_name(b);
    size_t n = strlen(x), m = strlen(y), least = n < m ? n : m;
    int c = memcmp(x, y, least);
    if (c)
        return c;
    int p = n > least ? (unsigned char)x[least] : is_tree(a) ? '/' : 0;
    int q = m > least ? (unsigned char)y[least] : is_tree(b) ? '/' : 0;
    return p - q;
}

static void note_id(const git_tree_entry *e, char hex[STORE_ID_SIZE])
{
    hex[0] = '\0';
    if (e)
        git_oid_tostr(hex, STORE_ID_SIZE, git_tree_entry_id(e));
}

void edits_add(struct edits *o, const char *path, const char *before,
               const char *after)
{
    if (o->count == o->room) {
        o->room = o->room ? 2 * o->room : 16;
        o->list = xrealloc(o->list, o->room, sizeof(*o->list));
    }
    struct store_edit *e = &o->list[o->count++];
    e->path = xstrdup(path);
    memcpy(e->before, before, sizeof(e->before));
    memcpy(e->after, after, sizeof(e->after));
}

static void note_edit(struct pairing *d, const git_tree_entry *before,
                      const git_tree_entry *after)
{
    char was[STORE_ID_SIZE] = "", is[STORE_ID_SIZE] = "";
    note_id(before, was);
    note_id(after, is);
    edits_add(d->out, d->path, was, is);
}

/* Everything below a directory that only one side has. */
static int compare_below(struct pairing *d, const git_tree_entry *before,
                         const git_tree_entry *after, size_t len)
{
    git_tree *x = NULL, *y = NULL;
    int rc = 0;
    if (before)
        rc = git_tree_lookup(&x, d->repo, git_tree_entry_id(before));
    if (!rc && after)
        rc = git_tree_lookup(&y, d->repo, git_tree_entry_id(after));
    if (!rc)
        rc = compare_trees(d, x, y, len);
    git_tree_free(x);
    git_tree_free(y);
    return rc;
}

/* Two entries that stand in the same place; one of them may be NULL. */
static int compare_entries(struct pairing *d, const git_tree_entry *before,
                           const git_tree_entry *after, size_t len)
{
    const git_tree_entry *any = after ? after : before;
    if (before && after &&
        git_oid_equal(git_tree_entry_id(before), git_tree_entry_id(after)))
        return 0;
    int n = snprintf(d->path + len, sizeof(d->path) - len, "%s%s",
                     git_tree_entry_name(any), is_tree(any) ? "/" : "");
    if (n < 0 || (size_t)n >= sizeof(d->path) - len)
        return GIT_EINVALIDSPEC;
    if (is_tree(any))
        return compare_below(d, before, after, len + (size_t)n);
    note_edit(d, before, after);
    return 0;
}

/* `len` is that of the directory's path, with its '/'. */
static int compare_trees(struct pairing *d, const git_tree *before,
                         const git_tree *after, size_t len)
{
    size_t n = before ? git_tree_entrycount(before) : 0;
    size_t m = after ? git_tree_entrycount(after) : 0;
    int rc = 0;
    for (size_t i = 0, k = 0; (i < n || k < m) && !rc;) {
        const git_tree_entry *x =
            i < n ? git_tree_entry_byindex(before, i) : NULL;
        const git_tree_entry *y =
            k < m ? git_tree_entry_byindex(after, k) : NULL;
        int c = !y ? -1 : !x ? 1 : order(x, y);
        rc = compare_entries(d, c <= 0 ? x : NULL, c >= 0 ? y : NULL, len);
        i += c <= 0;
        k += c >= 0;
    }
    return rc;
}

int edits_between(const struct store *s, git_commit *before, git_commit *after,
                  struct edits *out)
{
    struct pairing d = { .repo = s->repo, .out = out };
    git_tree *x = NULL, *y = NULL;
    int rc = before ? git_commit_tree(&x, before) : 0;
    if (!rc)
        rc = git_commit_tree(&y, after);
    if (!rc)
        rc = compare_trees(&d, x, y, 0);
    git_tree_free(x);
    git_tree_free(y);
    return rc;
}

int edits_of(const struct parents *p, struct edits *out, struct error *err)
{
    git_commit *parent = NULL;
    unsigned count = p->edge ? 0 : git_commit_parentcount(p->at);
    if (count > 1)
        return edits_of_merge(p, out, err);
    int rc = count ? git_commit_parent(&parent, p->at, 0) : 0;
    if (!rc)
        rc = edits_between(p->store, parent, p->at, out);
    git_commit_free(parent);
    return rc ? store_fail(err, rc, "history") : 0;
}

void edits_release(struct edits *e)
{
    for (size_t i = 0; i < e->count; i++)
        free((void *)(uintptr_t)e->list[i].path);
    free(e->list);
    *e = (struct edits){ 0 };
}
