/* store/store_internal.h - what the files of store/ share. */
#ifndef STORE_STORE_INTERNAL_H
#define STORE_STORE_INTERNAL_H

#include "store/store.h"

struct git_odb_backend;
struct git_oid;
struct git_repository;
struct git_tree;

struct store {
    struct git_repository *repo;
    struct git_odb_backend *fresh; /* objects not yet in a pack; the repo's */
    char tip[STORE_ID_SIZE];       /* the tip seen; "" is none */
    char *path;
    char *ref;      /* refs/heads/BRANCH */
    char *tracking; /* refs/remotes/origin/BRANCH */
    char *remote;   /* NULL is none */
    char *shown;    /* the same for people, without a user's name; or NULL */
    struct store_login login; /* own copies */
    int64_t clone_budget_ms;
    char base[STORE_ID_SIZE]; /* what the remote had before the last
                               * store_sync(), as far as it was heard; "" none.
                               * Commits from there on are our own */
    char *author_name;
    char *author_email;
    bool fsync;
    struct store_names names;
};

struct store_pack {
    char path[3200]; /* without ".pack" */
    int64_t size;    /* bytes */
};

/* Turns libgit2's `code` and its last words into an error; -1. */
int store_fail(struct error *err, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* What to do where there is nothing yet: the end of an error's text. */
const char *store_how_to_begin(const struct store *s);

/* Is the directory there and somebody else's? libgit2 1.5 refuses such a
 * repository, but often with words about something else. */
bool store_is_foreign(const char *path);

/* Opens the repository of `s->path`; an open one is closed first. */
int store_attach(struct store *s, struct error *err);

/* store_reload() that also reads the tip; FAULT_IO says what to do with a
 * repository that is damaged. */
int store_read_tip(struct store *s, struct error *err);

/* FAULT_CONFIG when the branch has no commit and another one is there. */
int store_check_branch(struct store *s, struct error *err);

/* The tree of a commit, to be freed by the caller; NULL for the "" of a branch
 * without a commit. */
int store_tree_at(struct store *s, const char *rev, struct git_tree **out,
                  struct error *err);

struct git_repository;
/* Makes the branch there, when there is none: GIT_EEXISTS when somebody was
 * faster. 0 or what libgit2 says. */
int store_first_branch(const struct store *s, struct git_repository *repo,
                       const struct git_oid *id, const char *why);

/* Moves the branch from the tip seen to `id`; FAULT_BUSY when it was moved. */
int store_move_branch(struct store *s, const struct git_oid *id,
                      const char *why, struct error *err);

/* Does each object of it stand as it is, written by new_objects_write()? A
 * pack that cannot be read is not such a one. */
bool store_pack_is_raw(const struct store_pack *pack);

/* Makes one pack of several, given as paths without ".pack", and writes its
 * path, likewise, to `joined`. The old ones stay. `search` looks for what the
 * objects have in common: much smaller, and a hundred times the work. */
int store_join_packs(struct store *s, const struct store_pack *packs,
                     size_t count, bool search, struct store_pack *joined,
                     struct error *err);

/* Own copies of all texts; drop overwrites them. */
void store_login_copy(struct store_login *to, const struct store_login *from);
void store_login_drop(struct store_login *l);

/* What the remote had when last heard; "" is not known. */
int store_tracking(struct store *s, char hex[STORE_ID_SIZE], struct error *err);
/* Notes what the remote has now; NULL: no such branch. */
int store_set_tracking(struct store *s, const struct git_oid *id,
                       struct error *err);

/* The remote's word and ours are one again; see `base`. */
int store_agreed(struct store *s, struct error *err);

/* The first fetch of a repository without a commit: where libgit2 can do it
 * (1.7 and later, over http), the newest commit alone. */
int store_clone(struct store *s, int64_t budget_ms, struct error *err);
/* FAULT_MISSING when the remote has not the branch. Needs no repository. */
int store_ask_for_branch(const struct store *s, int64_t budget_ms,
                         struct error *err);

/* Removes what fetches that were ended have left, when it is old. */
void store_sweep(const char *pack_dir);

#endif
