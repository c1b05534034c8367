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
    char *author_name;
    char *author_email;
    bool fsync;
};

struct store_pack {
    char path[3200]; /* without ".pack" */
    int64_t size;    /* bytes */
};

/* Turns libgit2's `code` and its last words into an error; -1. */
int store_fail(struct error *err, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Is the directory there and somebody else's? libgit2 1.5 refuses such a
 * repository, but often with words about something else. */
bool store_is_foreign(const char *path);

/* Opens the repository of `s->path`; an open one is closed first. */
int store_attach(struct store *s, struct error *err);

/* The tree of a commit, to be freed by the caller; NULL for the "" of a branch
 * without a commit. */
int store_tree_at(struct store *s, const char *rev, struct git_tree **out,
                  struct error *err);

/* Moves the branch from the tip seen to `id`; FAULT_BUSY when it was moved. */
int store_move_branch(struct store *s, const struct git_oid *id,
                      const char *why, struct error *err);

/* Makes one pack of several, given as paths without ".pack", and writes its
 * path, likewise, to `joined`. The old ones stay. `search` looks for what the
 * objects have in common: much smaller, and a hundred times the work. */
int store_join_packs(struct store *s, const struct store_pack *packs,
                     size_t count, bool search, struct store_pack *joined,
                     struct error *err);

/* FAULT_CONFIG unless the address is one that is built; NULL is fine. */
int store_remote_check(const char *remote, struct error *err);

/* Has the remote the branch? Needs no repository. */
int store_remote_has_branch(const char *remote, const char *ref, bool *has,
                            struct error *err);

#endif
