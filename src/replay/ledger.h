/* replay/ledger.h - who wrote which file, as one pass over history saw it. */
#ifndef REPLAY_LEDGER_H
#define REPLAY_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

#include "record/document.h"
#include "store/store.h"

struct ledger;

struct ledger *ledger_new(void);
void ledger_free(struct ledger *l); /* NULL is fine */

/* A commit, newest first; `run` is the id of the run that made it, "" when none
 * did. What ledger_wrote() says afterwards was written by it. */
void ledger_commit(struct ledger *l, const char *hex, const char *run);
/* `overwritten`: the file is written by every run. Then only the newest commit
 * that wrote it counts. */
void ledger_wrote(struct ledger *l, const char *path, bool overwritten);

/* Questions; they end the writing. */

/* The run whose commit was the newest to write the file; "" when that was no
 * run, NULL when no commit seen wrote it. Borrowed. */
const char *ledger_run_of(struct ledger *l, const char *path);
bool ledger_has_commit(struct ledger *l, const char *hex);
/* A file that more than one commit wrote and that is not overwritten; `*at` is
 * 0 at first. NULL at the end. Borrowed. */
const char *ledger_twice(struct ledger *l, size_t *at);

#endif
