/* store/store_tags.h - the tags of a clone and of its remote, for the files of
 * store/. What fails here is left for the next time: no tag is worth a push. */
#ifndef STORE_STORE_TAGS_H
#define STORE_STORE_TAGS_H

#include "store/store_talk.h"

struct git_oid;
struct git_remote_head;

/* Notes on the sheet which tags are other at the remote than here. */
void tags_hear(const struct store *s,
               const struct git_remote_head *const *heads, size_t count,
               struct heard *sheet);
/* Those become what they are there. */
void tags_adopt(struct store *s, const struct heard *h);

/* Has the remote, whose branch is at `theirs`, what the tag names? */
bool tag_may_go(const struct store *s, const char *ref,
                const struct git_oid *theirs);

/* An own commit, and the one that stands for it after a rebuild. */
struct store_moved {
    char from[STORE_ID_SIZE], to[STORE_ID_SIZE];
};
void tags_follow(struct store *s, const struct store_moved *list, size_t count);

#endif
