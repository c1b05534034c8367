/* store/store_parents.h - history along first parents, for the files of store/.
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

struct parents {
    struct store *store;   /* borrowed */
    struct git_commit *at; /* borrowed until the next step; NULL: over */
    bool edge;             /* `at` has a parent that is not here */

    /* Its own business. */
    struct git_oid *edges;
    size_t edge_count;
};

/* Stands at the tip seen; over at once when the branch has no commit. The
 * caller ends it, also after a failure. */
int parents_begin(struct parents *p, struct store *s, struct error *err);
/* One step back. */
int parents_next(struct parents *p, struct error *err);
void parents_end(struct parents *p);

/* Committer time of `at`, in milliseconds. */
int64_t parents_ms(const struct parents *p);
/* Does `at` say that it lets files leave the tip? */
bool parents_leave(const struct parents *p);

/* What a commit did to its first parent; `edits` is the caller's to free with
 * edits_release(). Of an edge and of a root commit, all it has is new. */
struct edits {
    struct store_edit *list; /* the paths are owned */
    size_t count, room;
};
int edits_of(const struct parents *p, struct edits *out, struct error *err);
void edits_release(struct edits *e);

#endif
