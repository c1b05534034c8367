/* store/proposed_internal.h - the repository of a hook, for store_staged_git.c
 * and store_stood_git.c. Each function returns libgit2's code. */
#ifndef STORE_PROPOSED_INTERNAL_H
#define STORE_PROPOSED_INTERNAL_H

#include "store/proposed.h"

struct git_commit;
struct git_oid;
struct git_repository;
struct git_tree;

struct proposed {
    struct git_repository *repo;
};

/* `*out`, the caller's, is NULL before the first commit. */
int proposed_head_tree(struct git_repository *repo, struct git_tree **out);

/* `*before` is NULL for a root commit. Both are to be freed by the caller. */
int proposed_trees_of(struct git_commit *commit, struct git_tree **before,
                      struct git_tree **after);

/* The commit that 40 digits name, through a tag if need be. */
int proposed_commit_id(struct proposed *p, const char *hex,
                       struct git_oid *out);

#endif
