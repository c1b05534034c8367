/* A commit is made of the tree of its parent and the changes alone
 * (git_tree_create_updated), first in memory. Then exactly its new objects go
 * into one pack, and only then a branch moves. git_mempack_dump() would make
 * a pack too, but it walks the whole tree of the commit: the time would grow
 * with the number of files at the tip. */
#include "store/store_draft.h"

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_listing.h"
#include "sys/fault_point.h"
#include "sys/xmalloc.h"

static int update_tree(struct store *s, git_tree *base, size_t count,
                       const git_tree_update *updates, git_tree **out,
                       struct error *err)
{
    git_oid id;
    struct listing rest;
    listing_rest(s, &rest);
    int rc = git_tree_create_updated(&id, s->repo, base, count, updates);
    listing_resume(&rest);
    if (rc)
        rc = git_tree_create_updated(&id, s->repo, base, count, updates);
    if (!rc)
        rc = git_tree_lookup(out, s->repo, &id);
    if (rc)
        return error_set(err, FAULT_DATA, "tree of %zu changes: %s", count,
                         git_error_last() ? git_error_last()->message : "");
    return 0;
}

static int has_entry(git_tree *base, const char *path, bool *has,
                     struct error *err)
{
    git_tree_entry *there = NULL;
    int rc = base ? git_tree_entry_bypath(&there, base, path) : GIT_ENOTFOUND;
    git_tree_entry_free(there);
    *has = rc == 0;
    return rc && rc != GIT_ENOTFOUND ? store_fail(err, rc, "path '%s'", path)
                                     : 0;
}

/* Those that can change something. */
static int updates_of(const struct store_draft *d, git_tree_update *out,
                      size_t *count, struct error *err)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct store_put *p = &d->puts[i];
        git_tree_update u = { .action = GIT_TREE_UPDATE_UPSERT,
                              .filemode = GIT_FILEMODE_BLOB,
                              .path = p->path };
        bool has = true;
        int rc = 0;
        if (p->blob[0])
            rc = git_oid_fromstr(&u.id, p->blob);
        else if (has_entry(d->base, p->path, &has, err))
            return -1;
        if (rc)
            return store_fail(err, rc, "file '%s'", p->path);
        if (!p->blob[0])
            u.action = GIT_TREE_UPDATE_REMOVE;
        if (has)
            out[(*count)++] = u;
    }
    return 0;
}

int store_draft_tree(struct store *s, struct store_draft *d, struct error *err)
{
    git_tree_update *updates = xcalloc(d->count + 1, sizeof(*updates));
    size_t n = 0;
    int rc = store_tree_at(s, d->parent, &d->base, err);
    if (!rc)
        rc = updates_of(d, updates, &n, err);
    if (!rc && n > 0)
        rc = update_tree(s, d->base, n, updates, &d->tree, err);
    free(updates);
    return rc;
}

bool store_draft_changes_nothing(const struct store_draft *d)
{
    if (!d->tree || !d->base)
        return !d->tree;
    return git_oid_equal(git_tree_id(d->tree), git_tree_id(d->base));
}

int store_draft_commit(struct store *s, struct store_draft *d,
                       const git_signature *author,
                       const git_signature *committer, const char *message,
                       struct error *err)
{
    git_oid id;
    git_commit *parent = NULL;
    git_buf text = { 0 };
    int rc = git_message_prettify(&text, message, 0, '#');
    if (!rc && d->parent[0])
        rc = git_oid_fromstr(&id, d->parent);
    if (!rc && d->parent[0])
        rc = git_commit_lookup(&parent, s->repo, &id);
    const git_commit *parents[] = { parent };
    if (!rc)
        rc = git_commit_create(&id, s->repo, NULL, author, committer, NULL,
                               text.ptr, d->tree, parent ? 1 : 0, parents);
    if (!rc)
        git_oid_tostr(d->commit, sizeof(d->commit), &id);
    git_buf_dispose(&text);
    git_commit_free(parent);
    return rc ? store_fail(err, rc, "commit") : 0;
}

/* Every directory on the way to `path`, and the file. Below a directory that
 * is not new nothing is. */
static int pack_path(struct new_objects *n, git_tree *root, const char *path)
{
    git_tree *at = NULL;
    int rc = git_tree_dup(&at, root);
    for (const char *rest = path; !rc;) {
        char part[STORE_PATH_MAX + 1];
        size_t len = strcspn(rest, "/");
        snprintf(part, sizeof(part), "%.*s", (int)len, rest);
        const git_tree_entry *entry = git_tree_entry_byname(at, part);
        if (!entry || !new_objects_add(n, git_tree_entry_id(entry)) ||
            !rest[len])
            break;
        git_tree *below = NULL;
        rc = git_tree_lookup(&below, git_tree_owner(at),
                             git_tree_entry_id(entry));
        git_tree_free(at);
        at = below;
        rest += len + 1;
    }
    git_tree_free(at);
    return rc;
}

int store_pack_draft(struct new_objects *n, const struct store_draft *d,
                     struct error *err)
{
    git_oid id;
    int rc = git_oid_fromstr(&id, d->commit);
    if (!rc)
        new_objects_add(n, &id);
    if (!rc)
        new_objects_add(n, git_tree_id(d->tree));
    for (size_t i = 0; i < d->count && !rc; i++)
        rc = pack_path(n, d->tree, d->puts[i].path);
    return rc ? store_fail(err, rc, "pack of a commit") : 0;
}

int store_pack_end(struct new_objects *n, struct error *err)
{
    int rc = new_objects_write(n);
    if (rc)
        store_fail(err, rc, "pack of a commit");
    if (FAULT_POINT_FAILS("pack-fails"))
        rc = error_set(err, FAULT_IO, "pack of a commit: no space left");
    new_objects_free(n);
    return rc ? -1 : 0;
}

void store_draft_release(struct store_draft *d)
{
    git_tree_free(d->tree);
    git_tree_free(d->base);
    free(d->puts);
    d->tree = d->base = NULL;
    d->puts = NULL;
}
