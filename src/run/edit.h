/* run/edit.h - an operator's action on the data repository: one commit.
 *
 * edit_begin() takes the lock, for which it waits up to ten seconds, opens the
 * repository and looks for news at the remote, which may be silent; earlier
 * edits that are lost to such news are recorded in a commit of their own,
 * whatever becomes of this one; edit_commit() commits what was put and pushes.
 * edit_end() frees and may be called at any time.
 */
#ifndef RUN_EDIT_H
#define RUN_EDIT_H

#include "config/config.h"
#include "record/record.h"
#include "run/changes.h"
#include "run/rebuild.h"
#include "store/store.h"
#include "sys/lock.h"

struct edit {
    const struct config *config;
    const char *engine;
    int64_t at_ms; /* of the action */
    struct lock lock;
    struct store *store;
    struct changes changes;
    char commit[STORE_ID_SIZE]; /* "" when there was nothing to change */
    bool push_owed;
    struct error push_error;
    struct rebuild_report rebuilt; /* when the remote had moved on, before the
                                      commit or at the push; its losses without
                                      a slot are edits made here before that
                                      were not taken: they are in the record,
                                      and whoever edits now is to be told */
    struct error rebuild_error;    /* why that could not be, or no fault */
};

struct edit_options {
    const struct config *config; /* borrowed */
    const char *engine;
    int64_t at_ms; /* MOMENT_NONE is now */
    bool dry_run;  /* look only: no lock, no news, no commit */
};
int edit_begin(struct edit *e, const struct edit_options *options,
               struct error *err);
void edit_end(struct edit *e);

int edit_put_text(struct edit *e, const char *path, const struct text *data,
                  struct error *err);
int edit_put_grid(struct edit *e, const struct grid *g, struct error *err);
/* The audit event of the action: `what`, with the time and the run filled in.
 */
int edit_put_operator(struct edit *e, const struct operator_document *what,
                      struct error *err);

/* A push that fails is owed, not an error: the next run pushes. FAULT_BUSY when
 * somebody changed the same file at the remote meanwhile: nothing of this
 * commit was taken that speaks of it, and the operator has to look again. */
int edit_commit(struct edit *e, const char *subject, struct error *err);

/* The grid of the tip; FAULT_MISSING when there is none of that name. */
int edit_read_grid(struct store *store, const char *id, struct grid *out,
                   struct error *err);

#endif
