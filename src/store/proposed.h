/* store/proposed.h - what somebody is about to put into a repository: what is
 * staged in a work tree, or the commits of a push. Read only.
 *
 * The repository is the one that git hands to a hook by the environment
 * (GIT_DIR, GIT_INDEX_FILE, and the quarantine of a push), or else the one
 * around the working directory; it may have a work tree. Whose it is does not
 * matter: git itself chose to run the hook, and nothing of it is executed here.
 */
#ifndef STORE_PROPOSED_H
#define STORE_PROPOSED_H

#include "store/store.h"

struct proposed;

/* `path` NULL: the one of the environment. On success the caller owns `*out`
 * until proposed_free(). FAULT_CONFIG when there is no repository or it cannot
 * be read. */
int proposed_open(const char *path, struct proposed **out, struct error *err);
void proposed_free(struct proposed *p); /* NULL is fine */

struct proposed_edit {
    const char *path;
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE]; /* of the content; "" is
                                                         not there */
    bool is_plain; /* what comes after is a file, not a link or a repository */
};

/* Borrowed, valid during the call. */
struct proposed_commit {
    char hex[STORE_ID_SIZE]; /* "" for what is staged */
    const char *message;     /* "" for what is staged */
    int64_t when_ms;         /* of its committer; MOMENT_NONE when staged */
    size_t parents;          /* the edits compare with the first */
    size_t count;
    const struct proposed_edit *edits;
};

/* Returns 0 to go on. -1 ends it, which then fails with the error set here. */
typedef int proposed_visit(const struct proposed_commit *c, void *payload,
                           struct error *err);

/* What the next commit would change. */
int proposed_staged(struct proposed *p, proposed_visit *visit, void *payload,
                    struct error *err);

/* All that the newest commit of the checkout holds, as if it were new. */
int proposed_head(struct proposed *p, proposed_visit *visit, void *payload,
                  struct error *err);

/* The commits that `new_hex` brings and that no reference has yet, oldest
 * first. FAULT_DATA when it is not a commit, nor a tag of one. */
int proposed_pushed(struct proposed *p, const char *new_hex,
                    proposed_visit *visit, void *payload, struct error *err);

/* `*descends`: `old_hex` is part of the history of `new_hex`. */
int proposed_descends(struct proposed *p, const char *new_hex,
                      const char *old_hex, bool *descends, struct error *err);

/* `*kept`: without `ref` other references still have all commits of `hex`, and
 * `ref` is not the branch that a clone gets. */
int proposed_is_kept(struct proposed *p, const char *ref, const char *hex,
                     bool *kept, struct error *err);

/* Did a file or a directory of that path stand before the commit: in its first
 * parent or, "" being what is staged, in HEAD? */
int proposed_stood(struct proposed *p, const char *commit, const char *path,
                   bool *stood, struct error *err);

/* Appends a file by the id of its content. FAULT_MISSING when there is no such
 * content, FAULT_DATA when it is longer than the rest of `out`; such a file is
 * not read at all. */
int proposed_read(struct proposed *p, const char *hex, struct text *out,
                  struct error *err);

#endif
