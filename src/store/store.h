/* store/ - the service's memory: a bare git repository, bytes in and out.
 *
 * It knows paths, bytes, commits and one remote; what the bytes mean is not
 * its business. There is no work tree: a commit is built from the tree of the
 * tip and the changed paths alone, so it takes the same time at any length of
 * history. The objects of a commit go into one pack.
 *
 * What is read is the *tip seen*: the branch as it was at store_open(),
 * store_reload(), store_sync() or one's own last store_commit(). A commit that
 * finds the branch elsewhere fails with FAULT_BUSY and changes nothing.
 * Writers hold a lock (sys/lock.h) of their own; readers need none.
 *
 * Only the files store_*_git.c know libgit2. No configuration outside the
 * repository is honoured (no ~/.gitconfig, no /etc/gitconfig, no safe.directory
 * list) and no hooks run. Not for several threads.
 * May include: base, sys. Start reading at store_open() and store_commit().
 *
 * Faults, where a function does not say more: CONFIG a person must repair the
 * repository or the options, IO disk or broken repository, DATA a path or a
 * revision that cannot be, BUSY somebody else was faster, MISSING not there,
 * TRANSIENT the remote cannot be reached now.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sys/text.h"

/* Room for an id in 40 hexadecimal digits and its zero byte. */
#define STORE_ID_SIZE  41
/* Longest path, in bytes. */
#define STORE_PATH_MAX 1024
/* Commits that store_last_commit_of() looks at before it gives up. */
#define STORE_WALK_MAX 50000

struct store;

struct store_options {
    const char *path;         /* of the bare repository */
    const char *branch;       /* NULL means "main" */
    const char *remote;       /* path or file:// address; NULL means none.
                               * https and ssh are not built yet */
    const char *author_name;  /* of every commit */
    const char *author_email; /* likewise */
    bool fsync;               /* a commit is on the disk when it returns; holds
                               * for all stores of the process */
    bool clone_if_absent;     /* get an absent or empty one from the remote */
};

/* Makes the bare repository of `o->path`, with the branch still without a
 * commit. The directory must be absent or empty; its parents are made.
 * FAULT_CONFIG when something is there already. */
int store_create(const struct store_options *o, struct error *err);

/* The same for a remote at a local path. `branch` NULL means "main". */
int store_create_remote(const char *path, const char *branch,
                        struct error *err);

/* On success the caller owns `*out` until store_free(); on failure it is NULL.
 * The strings of `o` are copied. FAULT_MISSING when the directory is absent
 * (and, with clone_if_absent, when the remote has nothing to clone);
 * FAULT_CONFIG when it is not a bare repository or belongs to somebody else.
 * With clone_if_absent, a repository without a commit is fetched first. */
int store_open(const struct store_options *o, struct store **out,
               struct error *err);
void store_free(struct store *s); /* NULL is fine */

/* Reads again where the branch is. */
int store_reload(struct store *s, struct error *err);

/* The commit of the tip seen; false and "" when there is none yet. */
bool store_tip(const struct store *s, char hex[STORE_ID_SIZE]);

/* Is `path` one that a commit can hold? Relative, '/' between the parts, no
 * part empty, ".", ".." or ".git", printable ASCII without \ : * ? " < > |, so
 * that the repository can be checked out on any system. FAULT_DATA. */
int store_path_check(const char *path, struct error *err);

/* --- Reading ------------------------------------------------------------ */

/* Appends the file to `out`. FAULT_MISSING when it is not there, FAULT_DATA
 * when it is longer than the rest of `out`. */
int store_read(struct store *s, const char *path, struct text *out,
               struct error *err);
/* The same at the commit `rev`, 40 digits. */
int store_read_at(struct store *s, const char *rev, const char *path,
                  struct text *out, struct error *err);

/* `*there` says whether a file or a directory has this path. */
int store_exists(struct store *s, const char *path, bool *there,
                 struct error *err);

/* The id of the file's content; FAULT_MISSING. */
int store_blob_id(struct store *s, const char *path, char hex[STORE_ID_SIZE],
                  struct error *err);
/* The id these bytes would have. */
int store_blob_id_of(const void *bytes, size_t len, char hex[STORE_ID_SIZE],
                     struct error *err);

/* What a listing shows; borrowed, valid during the call. */
struct store_entry {
    const char *path; /* from the root */
    const char *name; /* its last part */
    bool is_dir;
    size_t size; /* bytes; store_walk() only, else 0 */
};

/* Returns 0 to go on; anything else ends the listing, which then fails with
 * the error that was set here. It may read the store but not commit. */
typedef int store_visit(const struct store_entry *e, void *payload,
                        struct error *err);

/* One level of the directory `dir`, or every file below it in the order of the
 * bytes of their paths. "" is the root. An absent directory has no entries. */
int store_list(struct store *s, const char *dir, store_visit *visit,
               void *payload, struct error *err);
int store_walk(struct store *s, const char *dir, store_visit *visit,
               void *payload, struct error *err);

/* A file by the id of its content, whatever path it had. Appends to `out`.
 * FAULT_MISSING when the repository has no such content. */
int store_read_blob(struct store *s, const char *hex, struct text *out,
                    struct error *err);

/* One file that a commit added, changed or removed. */
struct store_edit {
    const char *path;
    char before[STORE_ID_SIZE], after[STORE_ID_SIZE]; /* of the content; "" is
                                                         not there */
};
/* A commit and what it did to its first parent; borrowed, valid during the
 * call. */
struct store_commit {
    char hex[STORE_ID_SIZE];
    const char *message;
    size_t count;
    const struct store_edit *edits;
};
typedef int store_visit_commit(const struct store_commit *c, void *payload,
                               struct error *err);

/* Every commit from the tip back to the first, along first parents. What the
 * visitor returns means what store_visit's does. */
int store_log(struct store *s, store_visit_commit *visit, void *payload,
              struct error *err);

/* The newest commit that changed `path`, along first parents. FAULT_MISSING
 * when the path is not there or not changed within STORE_WALK_MAX commits. It
 * looks at every commit in between: some 5 microseconds each. */
int store_last_commit_of(struct store *s, const char *path,
                         char hex[STORE_ID_SIZE], struct error *err);

/* --- Writing ------------------------------------------------------------ */

struct store_change {
    const char *path;
    const char *data; /* `len` bytes; not looked at when `remove` is set */
    size_t len;
    bool remove; /* the file or whole directory; absent is fine */
};

struct store_batch {
    const struct store_change *changes; /* no path twice or inside another */
    size_t count;
    const char *message;
    int64_t when_ms; /* author and committer time, in UTC, whole seconds kept */
};

/* One commit with all changes, or none: a crash leaves the old tip or the new
 * one. When the changes change nothing there is no commit and `hex` is "".
 * FAULT_BUSY when the branch is not where it was seen: store_reload() or
 * store_sync(), build the changes again, try again. */
int store_commit(struct store *s, const struct store_batch *batch,
                 char hex[STORE_ID_SIZE], struct error *err);

/* Joins small packs when there are many, and does nothing otherwise. Meant for
 * the end of a run, by the holder of the lock: a commit slows down with the
 * number of packs. Another process that reads meanwhile may have to open the
 * store again. */
int store_tidy(struct store *s, struct error *err);

/* --- The remote --------------------------------------------------------- */

enum sync_state {
    SYNC_UNKNOWN, /* the remote was not heard */
    SYNC_NO_REMOTE,
    SYNC_SAME,
    SYNC_FORWARDED, /* the local branch moved to the remote's tip */
    SYNC_AHEAD,     /* a push is owed */
    SYNC_EMPTY,     /* the remote has no such branch; a push is owed if there
                     * is a local tip */
    SYNC_DIVERGED   /* both have commits of their own */
};

const char *sync_state_name(enum sync_state state);

/* Fetches, and moves the local branch forward when nothing is lost by it.
 * `*state` is valid also on failure: FAULT_BUSY with SYNC_DIVERGED (building
 * one's own commits again on the new tip is not built yet), FAULT_TRANSIENT
 * with SYNC_UNKNOWN when the remote cannot be reached or the time is spent; the
 * caller decides whether to go on without. `budget_ms` <= 0 fails at once. */
int store_sync(struct store *s, int64_t budget_ms, enum sync_state *state,
               struct error *err);

/* Pushes the branch. Success means that the remote said so for the branch;
 * without a remote or a commit there is nothing to do. FAULT_BUSY when the
 * remote has commits that are not here: store_sync(). Else FAULT_TRANSIENT.
 * The budget is looked at whenever libgit2 reports progress. */
int store_push(struct store *s, int64_t budget_ms, struct error *err);

/* Is the tip seen other than what the remote had when last heard of? */
int store_push_owed(struct store *s, bool *owed, struct error *err);

#endif
