/* store/store_parents.h - history, commit by commit, for the files of store/.
 *
 * It is a line, but where somebody merged: then all sides are history, each
 * commit once and before its parents.
 *
 * A shallow clone holds commits whose parents it does not hold. History ends at
 * such an edge, and that is no fault of the repository.
 */
#ifndef STORE_STORE_PARENTS_H
#define STORE_STORE_PARENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "store/store_internal.h"

struct git_commit;
struct git_oid;
struct marks;

struct parents {
    struct store *store;   /* borrowed */
    struct git_commit *at; /* borrowed until the next step; NULL: over */
    bool edge;             /* `at` has a parent that is not here */

    /* Its own business. */
    struct git_oid *edges;
    size_t edge_count;
    struct git_oid *next; /* of sides, to be shown; the last one first */
    size_t next_count;
    struct marks *shown; /* what has or had a place in `next`; NULL: none */
};

/* Stands at the tip seen; over at once when the branch has no commit. The
 * caller ends it, also after a failure. */
int parents_begin(struct parents *p, struct store *s, struct error *err);
/* One step back, with all sides of merges. */
int parents_next(struct parents *p, struct error *err);
/* One step back to that parent, and never mind the others; a walk takes either
 * these steps or the ones above. */
int parents_to(struct parents *p, unsigned which, struct error *err);
void parents_end(struct parents *p);

/* Committer time of `at`, in milliseconds. */
int64_t parents_ms(const struct parents *p);
/* Does `at` say that it lets files leave the tip? */
bool parents_leave(const struct parents *p);

/* Is the history before this commit not here? */
bool parents_is_edge(const struct parents *p, const struct git_oid *id);
/* The sides of the merge `at`, without what was shown, and the commit in which
 * they meet, are what comes next. */
int sides_of(struct parents *p, struct error *err);

/* What a commit did to its parent; `edits` is the caller's to free with
 * edits_release(). Of an edge and of a root commit, all it has is new. Of a
 * merge it is what none of its sides brought: see store_merge_git.c. */
struct edits {
    struct store_edit *list; /* the paths are owned */
    size_t count, room;
};
int edits_of(const struct parents *p, struct edits *out, struct error *err);
int edits_of_merge(const struct parents *p, struct edits *out,
                   struct error *err);
/* What is other in a commit; `before` NULL is nothing. libgit2's code. */
int edits_between(const struct store *s, struct git_commit *before,
                  struct git_commit *after, struct edits *out);
void edits_add(struct edits *e, const char *path, const char *before,
               const char *after);
void edits_release(struct edits *e);

#endif
