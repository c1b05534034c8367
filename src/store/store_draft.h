/* store/store_draft.h - a commit made on any tip, the branch left alone.
 *
 * Tree, commit, pack, and only then a branch may move: in this order a crash
 * leaves objects that nobody names, and nothing else. What is made stays in
 * memory until it is packed; the caller empties the memory afterwards.
 */
#ifndef STORE_STORE_DRAFT_H
#define STORE_STORE_DRAFT_H

#include "store/store_pack.h"

struct git_signature;

struct store_put {
    const char *path;         /* borrowed */
    char blob[STORE_ID_SIZE]; /* content of the repository; "": none, the file
                                 or whole directory goes, absent is fine */
};

struct store_draft {
    char parent[STORE_ID_SIZE]; /* "" is none */
    struct store_put *puts;     /* owned */
    size_t count;

    struct git_tree *base, *tree; /* of the parent, of the commit; owned */
    char commit[STORE_ID_SIZE];
};

/* Makes the tree of the parent with the puts, which are in the order of their
 * paths, none inside another. A directory that is left empty goes too. */
int store_draft_tree(struct store *s, struct store_draft *d, struct error *err);

/* Is the tree the parent's? */
bool store_draft_changes_nothing(const struct store_draft *d);

/* Makes the commit. */
int store_draft_commit(struct store *s, struct store_draft *d,
                       const struct git_signature *author,
                       const struct git_signature *committer,
                       const char *message, struct error *err);

/* Makes puts, tree and commit of a batch, which is to outlive the draft, on
 * `d->parent`. `d->commit` is "" when the batch changes nothing. */
int store_draft_batch(struct store *s, const struct store_batch *batch,
                      struct store_draft *d, struct error *err);

/* Notes exactly the new objects of the commit. */
int store_pack_draft(struct new_objects *n, const struct store_draft *d,
                     struct error *err);
/* Writes the pack, unless it is empty, and frees `n`. */
int store_pack_end(struct new_objects *n, struct error *err);

void store_draft_release(struct store_draft *d);

#endif
