/* store/store_line.h - the commits that only this repository has: from the
 * tip back to what the remote has, or had. */
#ifndef STORE_STORE_LINE_H
#define STORE_STORE_LINE_H

#include "store/store_internal.h"

struct git_oid;

struct line {
    struct git_oid *ids; /* newest first; owned */
    size_t count;
    char theirs[STORE_ID_SIZE]; /* tip of the remote when last heard */
    bool replaced;              /* which is not built on what it had before */
};

/* FAULT_MISSING when the remote has not been heard. The caller releases it,
 * also after a failure. */
int line_find(struct store *s, struct line *out, struct error *err);
void line_release(struct line *l);

#endif
