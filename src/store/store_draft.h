/* store/store_draft.h - a commit made on any tip, the branch left alone.
 *
 * Tree, commit, pack, and only then a branch may move: in this order a crash
 * leaves objects that nobody names, and nothing else. What is made stays in
 * memory until it is packed; the caller empties the memory afterwards.
 */
#ifndef STORE_STORE_DRAFT_H
#define STORE_STORE_DRAFT_H

#include "store/store_internal.h"

struct git_packbuilder;
struct git_signature;

struct store_put {
    const char *path;         /* borrowed */
    char blob[STORE_ID_SIZE]; /* content of the repository; "": none, the file
                                 or whole directory goes, absent is fine */
};

struct store_draft {
    char parent[STORE_ID_SIZE]; /* "" is none */
    const struct store_put *puts;
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

/* A pack for drafts; NULL and -1 on failure. */
int store_pack_begin(struct store *s, struct git_packbuilder **out,
                     struct error *err);
/* Puts exactly the new objects of the commit into the pack. */
int store_pack_draft(struct store *s, struct git_packbuilder *pb,
                     const struct store_draft *d, struct error *err);
/* Writes the pack, unless it is empty, and frees it. */
int store_pack_end(struct git_packbuilder *pb, struct error *err);
void store_pack_drop(struct git_packbuilder *pb); /* NULL is fine */

void store_draft_release(struct store_draft *d);

#endif
