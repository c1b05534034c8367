/* run/aside_dir.h - directories that lie about: whose, of what kind, away.
 *
 * No libgit2: they are looked at because it cannot read them.
 */
#ifndef RUN_ASIDE_DIR_H
#define RUN_ASIDE_DIR_H

#include <stdbool.h>

#include "base/error.h"
#include "config/config.h"

/* Room for the data repository's path with ".broken-TIME" or ".new". */
#define ASIDE_PATH (CONFIG_TEXT + 96)

/* Was there a bare repository once? A work tree, or any other directory that
 * somebody named by mistake, is never touched. */
bool aside_was_repository(const char *path);

/* Everything in it belongs to us and may be read and written: what cannot be
 * read then is broken. A foreign file is a person's business. */
bool aside_is_ours(const char *path);

/* Removes a repository that was begun, with all in it; absent is fine. Links
 * are removed, not followed. FAULT_CONFIG when it is something else, which is
 * left alone; FAULT_IO. */
int aside_remove(const char *path, struct error *err);

#endif
