/* run/changes.h - the files of one commit, collected, checked and quarantined.
 *
 * A document that fails its own schema never reaches the repository: it is
 * written beside it, to PATH.quarantine/, and counted; the rest goes on.
 */
#ifndef RUN_CHANGES_H
#define RUN_CHANGES_H

#include <stddef.h>

#include "base/error.h"
#include "store/store.h"
#include "sys/text.h"

/* `= { 0 }` is an empty list; it owns paths and data. */
struct changes {
    struct store_change *list;
    size_t count, room;
    size_t refused; /* documents in quarantine */
};

/* Checks the document and takes a copy. `quarantine_dir` may be NULL: none. A
 * path that is there already is replaced. -1 when it was refused: `err` says
 * why, and the text is in `quarantine_dir` if that could be written. */
int changes_put(struct changes *c, const char *path, const struct text *data,
                const char *quarantine_dir, struct error *err);

/* Moves all of `from` to `to`, which is left as it is when something of `from`
 * was refused: -1. `from` is empty afterwards. */
int changes_join(struct changes *to, struct changes *from);

/* The same bytes under another path that says the same of them: they were
 * checked when `from` was put. */
void changes_copy(struct changes *c, const char *from, const char *to);

void changes_release(struct changes *c);

#endif
