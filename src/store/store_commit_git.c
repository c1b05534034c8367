/* A commit is made of the tree of the tip and the changes alone
 * (git_tree_create_updated), first in memory. Then exactly its new objects go
 * into one pack, and only then the branch moves. git_mempack_dump() would make
 * a pack too, but it walks the whole tree of the commit: the time would grow
 * with the number of files at the tip. */
#include "store/store_internal.h"

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>

#include "sys/xmalloc.h"

struct draft {
    const struct store_batch *batch;
    const struct store_change **sorted;
    git_tree *base; /* NULL before the first commit */
    git_tree_update *updates;
    size_t count; /* of updates: changes that can change something */
    git_tree *tree;
    git_oid commit;
};

static int rank(char c)
{
    return c == '/' ? 1 : (unsigned char)c;
}

/* Puts a directory right before what is inside it. */
static int by_path(const void *a, const void *b)
{
    const char *x = (*(const struct store_change *const *)a)->path;
    const char *y = (*(const struct store_change *const *)b)->path;
    while (*x && *x == *y) {
        x++;
        y++;
    }
    return rank(*x) - rank(*y);
}

static int check_pair(const char *outer, const char *inner, struct error *err)
{
    size_t len = strlen(outer);
    if (strcmp(outer, inner) == 0)
        return error_set(err, FAULT_DATA, "path '%s' stands twice in one batch",
                         inner);
    if (strncmp(outer, inner, len) == 0 && inner[len] == '/')
        return error_set(err, FAULT_DATA,
                         "path '%s' is inside '%s', which stands in the same "
                         "batch",
                         inner, outer);
    return 0;
}

static int sort_changes(struct draft *d, struct error *err)
{
    size_t n = d->batch->count;
    d->sorted = xcalloc(n, sizeof(*d->sorted));
    for (size_t i = 0; i < n; i++) {
        d->sorted[i] = &d->batch->changes[i];
        if (store_path_check(d->sorted[i]->path, err))
            return -1;
    }
    qsort(d->sorted, n, sizeof(*d->sorted), by_path);
    for (size_t i = 1; i < n; i++)
        if (check_pair(d->sorted[i - 1]->path, d->sorted[i]->path, err))
            return -1;
    return 0;
}

static int add_removal(struct draft *d, const char *path, struct error *err)
{
    git_tree_entry *there = NULL;
    int rc =
        d->base ? git_tree_entry_bypath(&there, d->base, path) : GIT_ENOTFOUND;
    git_tree_entry_free(there);
    if (rc == GIT_ENOTFOUND)
        return 0;
    if (rc)
        return store_fail(err, rc, "path '%s'", path);
    d->updates[d->count++] = (git_tree_update){
        .action = GIT_TREE_UPDATE_REMOVE,
        .path = path,
    };
    return 0;
}

static int add_file(struct store *s, struct draft *d,
                    const struct store_change *c, struct error *err)
{
    git_tree_update u = {
        .action = GIT_TREE_UPDATE_UPSERT,
        .filemode = GIT_FILEMODE_BLOB,
        .path = c->path,
    };
    int rc = git_blob_create_from_buffer(&u.id, s->repo, c->len ? c->data : "",
                                         c->len);
    if (rc)
        return store_fail(err, rc, "file '%s'", c->path);
    d->updates[d->count++] = u;
    return 0;
}

static int make_tree(struct store *s, struct draft *d, struct error *err)
{
    git_oid id;
    int rc = 0;
    d->updates = xcalloc(d->batch->count, sizeof(*d->updates));
    for (size_t i = 0; i < d->batch->count && !rc; i++)
        rc = d->sorted[i]->remove ? add_removal(d, d->sorted[i]->path, err)
                                  : add_file(s, d, d->sorted[i], err);
    if (rc || d->count == 0)
        return rc;
    rc = git_tree_create_updated(&id, s->repo, d->base, d->count, d->updates);
    if (!rc)
        rc = git_tree_lookup(&d->tree, s->repo, &id);
    if (rc)
        return error_set(err, FAULT_DATA, "tree of %zu changes: %s", d->count,
                         git_error_last() ? git_error_last()->message : "");
    return 0;
}

static bool changes_nothing(const struct draft *d)
{
    if (!d->tree || !d->base)
        return !d->tree;
    return git_oid_equal(git_tree_id(d->tree), git_tree_id(d->base));
}

static int make_commit(struct store *s, struct draft *d, struct error *err)
{
    git_oid tip;
    git_commit *parent = NULL;
    git_signature *who = NULL;
    git_buf message = { 0 };
    int rc = git_message_prettify(&message, d->batch->message, 0, '#');
    if (!rc)
        rc = git_signature_new(&who, s->author_name, s->author_email,
                               d->batch->when_ms / 1000, 0);
    if (!rc && s->tip[0])
        rc = git_oid_fromstr(&tip, s->tip);
    if (!rc && s->tip[0])
        rc = git_commit_lookup(&parent, s->repo, &tip);
    const git_commit *parents[] = { parent };
    if (!rc)
        rc = git_commit_create(&d->commit, s->repo, NULL, who, who, NULL,
                               message.ptr, d->tree, parent ? 1 : 0, parents);
    git_buf_dispose(&message);
    git_signature_free(who);
    git_commit_free(parent);
    return rc ? store_fail(err, rc, "commit") : 0;
}

/* Only what is not on the disk already, so that no two packs share objects. */
static int pack_object(const struct store *s, git_packbuilder *pb,
                       const git_oid *id, const char *name, bool *is_new)
{
    *is_new = s->fresh->exists(s->fresh, id) != 0;
    return *is_new ? git_packbuilder_insert(pb, id, name) : 0;
}

/* Every directory on the way to `path`, and the file. Below a directory that
 * is not new nothing is. */
static int pack_path(const struct store *s, git_packbuilder *pb,
                     const git_tree *root, const char *path)
{
    char part[STORE_PATH_MAX + 1];
    bool go_on = true;
    int rc = 0;
    for (size_t i = 1; go_on && !rc; i++) {
        git_tree_entry *entry = NULL;
        if (path[i] && path[i] != '/')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        rc = git_tree_entry_bypath(&entry, root, part);
        if (rc)
            return rc == GIT_ENOTFOUND ? 0 : rc;
        rc = pack_object(s, pb, git_tree_entry_id(entry), part, &go_on);
        go_on = go_on && path[i];
        git_tree_entry_free(entry);
    }
    return rc;
}

static int write_pack(struct store *s, const struct draft *d, struct error *err)
{
    bool is_new;
    git_packbuilder *pb = NULL;
    int rc = git_packbuilder_new(&pb, s->repo);
    if (!rc)
        rc = pack_object(s, pb, &d->commit, NULL, &is_new);
    if (!rc)
        rc = pack_object(s, pb, git_tree_id(d->tree), "", &is_new);
    for (size_t i = 0; i < d->count && !rc; i++)
        rc = pack_path(s, pb, d->tree, d->updates[i].path);
    if (!rc && git_packbuilder_object_count(pb) > 0)
        rc = git_packbuilder_write(pb, NULL, 0, NULL, NULL);
    git_packbuilder_free(pb);
    return rc ? store_fail(err, rc, "pack of a commit") : 0;
}

/* Before anything is written; store_move_branch() looks again. */
static int check_not_moved(struct store *s, struct error *err)
{
    char seen[STORE_ID_SIZE];
    memcpy(seen, s->tip, sizeof(seen));
    if (store_reload(s, err))
        return -1;
    bool moved = strcmp(seen, s->tip) != 0;
    memcpy(s->tip, seen, sizeof(seen));
    if (moved)
        return error_set(err, FAULT_BUSY,
                         "branch '%s' was moved by somebody else; read it "
                         "again and build the changes anew",
                         s->ref);
    return 0;
}

static int finish(struct store *s, struct draft *d, struct error *err)
{
    if (make_commit(s, d, err) || write_pack(s, d, err))
        return -1;
    return store_move_branch(s, &d->commit, "commit", err);
}

int store_commit(struct store *s, const struct store_batch *batch,
                 char hex[STORE_ID_SIZE], struct error *err)
{
    struct draft d = { .batch = batch };
    bool made = false;
    hex[0] = '\0';
    int rc = sort_changes(&d, err);
    if (!rc)
        rc = check_not_moved(s, err);
    if (!rc)
        rc = store_tree_at(s, s->tip, &d.base, err);
    if (!rc)
        rc = make_tree(s, &d, err);
    if (!rc && !changes_nothing(&d)) {
        rc = finish(s, &d, err);
        made = !rc;
    }
    if (made)
        git_oid_tostr(hex, STORE_ID_SIZE, &d.commit);
    git_mempack_reset(s->fresh);
    git_tree_free(d.tree);
    git_tree_free(d.base);
    free(d.updates);
    free(d.sorted);
    return rc;
}
