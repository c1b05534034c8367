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

/* How to speak to a remote; every member may be NULL. Never logged, never in
 * an error, never in the repository. */
struct store_login {
    const char *http_user;  /* NULL: "gridwatch"; forges look at the token */
    const char *http_token; /* password or access token */
    const char *ca_file;    /* PEM of those who are trusted to sign a server's
                             * certificate; NULL: the system's list */
    const char *ssh_key;    /* the private key itself, in OpenSSH's format */
    const char *ssh_passphrase; /* of that key */
    const char *ssh_host_keys; /* "SHA256:..." of the host's keys, as ssh-keygen
                                * -l prints them, blanks between; NULL: asked of
                                * ~/.ssh/known_hosts */
};

/* How a configuration calls what stands in the options, for texts that say what
 * to correct. Who only reads makes no repository. Static strings. */
struct store_names {
    const char *section; /* in front of ".remote" and the like */
    const char *secrets; /* in front of "GIT_TOKEN" and the like */
    bool reads_only;
};
extern const struct store_names store_names_usual; /* repository, "" */

struct store_options {
    const struct store_names *names; /* NULL: the usual ones */
    const char *path;                /* of the bare repository */
    const char *branch;              /* NULL means "main" */
    const char *remote;              /* a path, file:///path, https://host/path,
                                      * ssh://user@host[:port]/path, or http:// of
                                      * this machine; NULL means none */
    struct store_login login;        /* for https and ssh */
    const char *author_name;         /* of every commit */
    const char *author_email;        /* likewise */
    bool fsync;              /* a commit is on the disk when it returns; holds
                              * for all stores of the process */
    bool clone_if_absent;    /* get an absent or empty one from the remote */
    int64_t clone_budget_ms; /* time for that; 0 means five minutes */
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
    size_t size;    /* bytes; store_walk() only, else 0 */
    const char *id; /* of a file's content */
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
/* A commit and what it did to its parent; of a merge, what none of its sides
 * brought. Borrowed, valid during the call. */
struct store_commit {
    char hex[STORE_ID_SIZE];
    const char *message;
    int64_t when_ms; /* committer time */
    bool edge;       /* a shallow clone ends here: what the commit did is not
                        known, all it has is shown as added */
    size_t count;
    const struct store_edit *edits;
};
typedef int store_visit_commit(const struct store_commit *c, void *payload,
                               struct error *err);

/* Every commit from the tip back to the first, or to the edge of a shallow
 * clone, each once and before its parents: also those that came in by a merge,
 * whichever parent they stand behind. What the visitor returns means what
 * store_visit's does. */
int store_log(struct store *s, store_visit_commit *visit, void *payload,
              struct error *err);

/* The newest commit that made `path` what it is; behind a merge, on the side
 * from which that came. FAULT_MISSING
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

/* Every conversation is led by a child process: what libgit2 cannot interrupt
 * (a server that neither answers nor hangs up) ends with the budget, by pid.
 * The child only adds objects; this process moves every reference. */

enum sync_state {
    SYNC_UNKNOWN, /* the remote was not heard */
    SYNC_NO_REMOTE,
    SYNC_SAME,
    SYNC_FORWARDED, /* the local branch moved to the remote's tip */
    SYNC_AHEAD,     /* a push is owed; also when the remote went back to an
                     * older commit of this same history (a backup, a mirror
                     * that lags): nothing there contradicts what is here */
    SYNC_EMPTY,     /* the remote has no such branch; a push is owed if there
                     * is a local tip */
    SYNC_DIVERGED,  /* both have commits of their own: store_rebuild() */
    SYNC_REPLACED   /* the remote's history was written anew: what it had when
                     * last heard is not part of it any more, nor is what it
                     * has part of ours. store_rebuild() */
};

const char *sync_state_name(enum sync_state state);

/* Fetches, and moves the local branch forward when nothing is lost by it.
 * `*state` is valid also on failure: FAULT_TRANSIENT with SYNC_UNKNOWN when the
 * remote cannot be reached or the time is spent, FAULT_CONFIG when it does not
 * let us in (login, certificate, host key); the caller decides whether to go on
 * without. SYNC_DIVERGED and SYNC_REPLACED are no failure. `budget_ms` <= 0
 * fails at once. */
int store_sync(struct store *s, int64_t budget_ms, enum sync_state *state,
               struct error *err);

/* Asks the remote what it has and changes nothing, here or there: `*has` says
 * whether the branch is there. Fails like store_sync(); FAULT_CONFIG, too, when
 * no remote is set. */
int store_ask(const struct store *s, int64_t budget_ms, bool *has,
              struct error *err);

/* The own commits that store_rebuild() would put, oldest first: those that the
 * remote neither has nor had when last heard. What the visitor returns means
 * what store_visit's does. FAULT_MISSING when the remote was never heard. */
int store_own_commits(struct store *s, store_visit_commit *visit, void *payload,
                      struct error *err);

/* Says which files of an own commit are to be kept on the new tip: `keep[i]`
 * belongs to `own->edits[i]` and is true at first. It may read the store, which
 * shows the new tip with the own commits that were put there before this one;
 * store_read_blob() reads what the own commit says. -1 ends the rebuilding,
 * which then changed nothing. */
typedef int store_keep(struct store *s, const struct store_commit *own,
                       bool *keep, void *payload, struct error *err);

/* Says what one more commit is to put there, when all own commits stand on the
 * new tip, which the store shows: fills `*batch`, without changes at first,
 * with what is good until store_rebuild() returns. It moves with them. -1 ends
 * the rebuilding like that of `store_keep`. */
typedef int store_last(struct store *s, struct store_batch *batch,
                       void *payload, struct error *err);

struct store_rules {
    store_keep *keep; /* NULL: every file */
    store_last *last; /* NULL: nothing more */
    void *payload;
};

struct store_rebuilt {
    size_t commits;       /* own ones, put on the new tip */
    size_t empty;         /* of which nothing was left to put */
    size_t files_dropped; /* that `keep` said no to */
    char saved[128];      /* reference that keeps the old own tip, or "" */
};

/* After SYNC_DIVERGED or SYNC_REPLACED: puts the own commits that the remote
 * does not have on its tip, oldest first, each with its message and its time,
 * and moves the branch there. A crash leaves the old tip or the new one. The
 * old tip stays reachable as refs/gridwatch/replaced/COMMIT after
 * SYNC_REPLACED: nothing that was recorded here is lost by what was done
 * there. */
int store_rebuild(struct store *s, const struct store_rules *rules,
                  struct store_rebuilt *out, struct error *err);

/* Pushes the branch, and tags that the remote lacks, once it has what they
 * name. A tag that is there stands, whoever made it: store_sync() makes ours
 * the same. Success means that the remote said so for each; without a remote or
 * a commit there is nothing to do. FAULT_BUSY when the remote has commits that
 * are not here, or somebody was faster: store_sync(). FAULT_CONFIG as for
 * store_sync(); FAULT_DATA when the remote refuses what is pushed (a hook):
 * waiting will not help. Else FAULT_TRANSIENT. */
int store_push(struct store *s, int64_t budget_ms, struct error *err);

/* Is the tip seen other than what the remote had when last heard of? */
int store_push_owed(struct store *s, bool *owed, struct error *err);

/* --- What left the tip -------------------------------------------------- */

/* What is old leaves the tip and stays in history. The message of a commit that
 * lets files leave begins so; nothing else may remove a file. Who looks for the
 * past opens these commits alone, so that a year of history costs some 10
 * microseconds a commit, once, whatever the number of files. */
#define STORE_LEAVE "retention: "

/* Names the commit `rev` (40 digits) refs/tags/`name`. One that is there
 * already stays what it is, but for what store_push() says and for own commits
 * that store_rebuild() puts elsewhere: their tags go with them. */
int store_tag(struct store *s, const char *name, const char *rev,
              struct error *err);

/* The commit of that tag; "" when there is no such tag. */
int store_tag_commit(struct store *s, const char *name, char hex[STORE_ID_SIZE],
                     struct error *err);

/* Does history end here because the clone is shallow? Then what is said of the
 * past goes back to that point only. */
bool store_is_shallow(const struct store *s);

/* The newest of the `most` newest commits that was made before `before_ms`, and
 * when that was; "" when there is none among them. */
int store_commit_before(struct store *s, int64_t before_ms, size_t most,
                        char hex[STORE_ID_SIZE], int64_t *at_ms,
                        struct error *err);

/* The id of the file's content at the commit `rev`; FAULT_MISSING. */
int store_blob_id_at(struct store *s, const char *rev, const char *path,
                     char hex[STORE_ID_SIZE], struct error *err);

/* Appends a file that left the tip, as it was when it left. `since_ms` is a
 * time before which it cannot have stood: the search ends there. FAULT_MISSING
 * when no commit since then let it leave. */
int store_read_past(struct store *s, const char *path, int64_t since_ms,
                    struct text *out, struct error *err);

/* Every file that left the tip, with the id of its content when it left. */
struct store_past;

/* One pass over history. On success the caller owns `*out`. */
int store_past_open(struct store *s, struct store_past **out,
                    struct error *err);
/* The same of what left since then, `since_ms` as for store_read_past(). */
int store_past_open_since(struct store *s, int64_t since_ms,
                          struct store_past **out, struct error *err);
/* An empty one, for a visitor of store_log() that sees the removals anyway:
 * newest first, as that shows them. */
struct store_past *store_past_new(void);
void store_past_add(struct store_past *p, const char *path, const char *id);
void store_past_free(struct store_past *p); /* NULL is fine */
size_t store_past_count(const struct store_past *p);

/* Appends such a file; FAULT_MISSING when none left with this path, or `p` is
 * NULL. */
int store_past_read(struct store *s, struct store_past *p, const char *path,
                    struct text *out, struct error *err);

/* Every file that stands or stood below `dir`, each once, in the order of the
 * bytes of their paths, with the id of its (last) content; sizes are 0.
 * `past` NULL is nothing that left. */
int store_walk_ever(struct store *s, struct store_past *past, const char *dir,
                    store_visit *visit, void *payload, struct error *err);

#endif
