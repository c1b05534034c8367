/* A repository that a disk has harmed: found out at the beginning of a run,
 * with words that help, rather than in its middle. */
#include <git2.h>
#include <stdio.h>

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
                     "it is damaged (%.250s): move it aside and keep it; %s",
                     why.msg,
                     s->remote ? "the next run gets it from the remote anew"
                               : "then put back a copy, there is no remote");
}
