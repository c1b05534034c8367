/* A repository that a disk has harmed: found out at the beginning of a run,
 * with words that help, rather than in its middle. */
#include <git2.h>
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

/* The tip with its tree; what lies deeper is found when it is read. */
static int tip_is_readable(struct store *s)
{
    git_oid id;
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    if (!s->tip[0])
        return 0;
    int rc = git_oid_fromstr(&id, s->tip);
    if (!rc)
        rc = git_commit_lookup(&commit, s->repo, &id);
    if (!rc)
        rc = git_commit_tree(&tree, commit);
    git_tree_free(tree);
    git_commit_free(commit);
    return rc;
}

int store_read_tip(struct store *s, struct error *err)
{
    struct error why = { FAULT_NONE, "" };
    if (store_reload(s, &why) == 0) {
        int rc = tip_is_readable(s);
        if (!rc)
            return 0;
        store_fail(&why, rc, "commit '%s'", s->tip);
    }
    return error_set(err, FAULT_IO,
                     "data repository '%.200s': it is damaged (%.200s): move "
                     "it aside and keep it; %s",
                     s->path, why.msg,
                     s->remote ? "the next run gets it from the remote anew"
                               : "then put back a copy, there is no remote");
}

/* A branch that is there, of whatever name; NULL without any. The caller
 * frees it. */
static git_reference *any_branch(struct store *s)
{
    git_branch_iterator *all = NULL;
    git_reference *found = NULL;
    git_branch_t type;
    if (git_branch_iterator_new(&all, s->repo, GIT_BRANCH_LOCAL))
        return NULL;
    if (git_branch_next(&found, &type, all))
        found = NULL;
    git_branch_iterator_free(all);
    return found;
}

/* A branch of another name is a slip of the configuration: it would look like
 * a record in which there is nothing. One that was not there a moment ago may
 * be ours, though: another writer's first commit, seen by a second look. */
int store_check_branch(struct store *s, struct error *err)
{
    git_reference *other = s->tip[0] ? NULL : any_branch(s);
    if (!other)
        return 0;
    int rc = store_read_tip(s, err);
    if (!rc && !s->tip[0])
        rc = error_set(err, FAULT_CONFIG,
                       "data repository '%.200s' has no branch '%.100s', but "
                       "'%.100s': correct '%s.branch'",
                       s->path, s->ref + strlen("refs/heads/"),
                       git_reference_shorthand(other), s->names.section);
    git_reference_free(other);
    return rc;
}
