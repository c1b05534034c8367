/* What a merge itself did. Its sides did what their own commits show; where the
 * sides parted tells which of them changed a file. A merge that has what the
 * side that changed it has, or one of them, did nothing to that file. One that
 * has something else did: it undid what came in, or put words of its own.
 *
 * Where it is not known how the sides parted (unrelated histories, the edge of
 * a shallow clone), a file that any parent has is not the merge's doing. */
#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_parents.h"
#include "sys/xmalloc.h"

struct merge {
    const struct store *store;
    unsigned count;
    struct edits *to;           /* what is other than in each parent; owned */
    size_t *at;                 /* where they are read; owned */
    char (*had)[STORE_ID_SIZE]; /* what each parent has at a path; owned */
    git_tree *base; /* where the sides parted; NULL: not known; owned */
};

static int find_base(struct merge *m, git_commit *at)
{
    git_oid id;
    git_commit *commit = NULL;
    git_oid *ids = xcalloc(m->count, sizeof(*ids));
    for (unsigned i = 0; i < m->count; i++)
        ids[i] = *git_commit_parent_id(at, i);
    int rc = git_merge_base_octopus(&id, m->store->repo, m->count, ids);
    free(ids);
    if (rc) /* none, or it is beyond the edge */
        return rc == GIT_ENOTFOUND ? 0 : rc;
    rc = git_commit_lookup(&commit, m->store->repo, &id);
    if (!rc)
        rc = git_commit_tree(&m->base, commit);
    git_commit_free(commit);
    return rc;
}

static int compare(struct merge *m, git_commit *at)
{
    int rc = find_base(m, at);
    for (unsigned i = 0; !rc && i < m->count; i++) {
        git_commit *parent = NULL;
        rc = git_commit_parent(&parent, at, i);
        if (!rc)
            rc = edits_between(m->store, parent, at, &m->to[i]);
        git_commit_free(parent);
    }
    return rc;
}

static const struct store_edit *at_hand(const struct merge *m, unsigned i)
{
    return m->at[i] < m->to[i].count ? &m->to[i].list[m->at[i]] : NULL;
}

/* The next path that is other than in some parent, in the order of bytes. */
static const struct store_edit *next_edit(const struct merge *m)
{
    const struct store_edit *first = NULL;
    for (unsigned i = 0; i < m->count; i++) {
        const struct store_edit *e = at_hand(m, i);
        if (e && (!first || strcmp(e->path, first->path) < 0))
            first = e;
    }
    return first;
}

/* Takes what each parent has there, and goes on. */
static void take(struct merge *m, const char *path, const char *after)
{
    for (unsigned i = 0; i < m->count; i++) {
        const struct store_edit *e = at_hand(m, i);
        bool other = e && strcmp(e->path, path) == 0;
        memcpy(m->had[i], other ? e->before : after, STORE_ID_SIZE);
        m->at[i] += other;
    }
}

static int id_of_base(const struct merge *m, const char *path,
                      char hex[STORE_ID_SIZE])
{
    git_tree_entry *entry = NULL;
    hex[0] = '\0';
    int rc = git_tree_entry_bypath(&entry, m->base, path);
    if (!rc && git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
        git_oid_tostr(hex, STORE_ID_SIZE, git_tree_entry_id(entry));
    git_tree_entry_free(entry);
    return rc == GIT_ENOTFOUND ? 0 : rc;
}

/* What should stand there by the first side that changed it, or `was`. False
 * when a side brought what does stand there. */
static bool is_own(const struct merge *m, const char *was, const char *after,
                   const char **before)
{
    *before = NULL;
    for (unsigned i = 0; i < m->count; i++) {
        if (was && strcmp(m->had[i], was) == 0)
            continue;
        if (strcmp(m->had[i], after) == 0)
            return false;
        if (!*before)
            *before = m->had[i];
    }
    if (!*before)
        *before = was ? was : m->had[0];
    return strcmp(*before, after) != 0;
}

static int choose(struct merge *m, struct edits *out)
{
    const struct store_edit *e;
    int rc = 0;
    while (!rc && (e = next_edit(m)) != NULL) {
        char was[STORE_ID_SIZE];
        const char *before;
        take(m, e->path, e->after);
        rc = m->base ? id_of_base(m, e->path, was) : 0;
        if (!rc && is_own(m, m->base ? was : NULL, e->after, &before))
            edits_add(out, e->path, before, e->after);
    }
    return rc;
}

int edits_of_merge(const struct parents *p, struct edits *out,
                   struct error *err)
{
    struct merge m = { .store = p->store,
                       .count = git_commit_parentcount(p->at) };
    m.to = xcalloc(m.count, sizeof(*m.to));
    m.at = xcalloc(m.count, sizeof(*m.at));
    m.had = xcalloc(m.count, sizeof(*m.had));
    int rc = compare(&m, p->at);
    if (!rc)
        rc = choose(&m, out);
    for (unsigned i = 0; i < m.count; i++)
        edits_release(&m.to[i]);
    git_tree_free(m.base);
    free(m.to);
    free(m.at);
    free(m.had);
    return rc ? store_fail(err, rc, "history") : 0;
}
