#include "store/store_internal.h"

#include <git2.h>

/* The id of what the commit has at `path`; zero when it has nothing. */
static int id_in_commit(git_commit *commit, const char *path, git_oid *id)
{
    git_tree *root = NULL;
    git_tree_entry *entry = NULL;
    static const git_oid nothing;
    *id = nothing;
    int rc = git_commit_tree(&root, commit);
    if (!rc)
        rc = git_tree_entry_bypath(&entry, root, path);
    if (!rc)
        *id = *git_tree_entry_id(entry);
    git_tree_entry_free(entry);
    git_tree_free(root);
    return rc == GIT_ENOTFOUND ? 0 : rc;
}

/* Replaces `*commit` by its first parent, `*id` by what that has at `path`;
 * `*changed` when the id differs. A root commit changed everything it has. */
static int step_back(git_commit **commit, const char *path, git_oid *id,
                     bool *changed)
{
    git_oid before;
    git_commit *parent = NULL;
    *changed = git_commit_parentcount(*commit) == 0;
    if (*changed)
        return 0;
    int rc = git_commit_parent(&parent, *commit, 0);
    if (!rc)
        rc = id_in_commit(parent, path, &before);
    *changed = !rc && !git_oid_equal(&before, id);
    if (rc || *changed) {
        git_commit_free(parent);
        return rc;
    }
    git_commit_free(*commit);
    *commit = parent;
    return 0;
}

static int walk_back(git_commit **commit, const char *path, struct error *err)
{
    git_oid id;
    bool changed = false;
    int rc = id_in_commit(*commit, path, &id);
    for (int i = 0; i < STORE_WALK_MAX && !changed && !rc; i++)
        rc = step_back(commit, path, &id, &changed);
    if (rc)
        return store_fail(err, rc, "history of '%s'", path);
    if (!changed)
        return error_set(err, FAULT_MISSING,
                         "file '%s' was not changed in the last %d commits",
                         path, STORE_WALK_MAX);
    return 0;
}

int store_last_commit_of(struct store *s, const char *path,
                         char hex[STORE_ID_SIZE], struct error *err)
{
    git_oid tip;
    git_commit *commit = NULL;
    hex[0] = '\0';
    if (store_blob_id(s, path, hex, err))
        return -1;
    hex[0] = '\0';
    int rc = git_oid_fromstr(&tip, s->tip);
    if (!rc)
        rc = git_commit_lookup(&commit, s->repo, &tip);
    if (rc)
        return store_fail(err, rc, "commit '%s'", s->tip);
    rc = walk_back(&commit, path, err);
    if (!rc)
        git_oid_tostr(hex, STORE_ID_SIZE, git_commit_id(commit));
    git_commit_free(commit);
    return rc;
}
