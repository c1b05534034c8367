/* store/store_talk.h - one conversation with the remote. */
#ifndef STORE_STORE_TALK_H
#define STORE_STORE_TALK_H

#include "store/store_internal.h"

struct git_remote;
struct git_remote_callbacks;

struct talk {
    const struct store *store;
    int64_t deadline_ms; /* of the monotonic clock */
    bool late;           /* the deadline ended it */
    bool refused;        /* a branch was not taken, whatever libgit2 returned */
    struct text said;    /* by the other side, on one line */
};

/* `said` is to be released. A budget <= 0 is spent already. */
void talk_init(struct talk *t, const struct store *s, int64_t budget_ms);

/* Fills `c`, which points at `t` from then on. */
void talk_callbacks(struct talk *t, struct git_remote_callbacks *c);

/* 0, or a code for libgit2 that ends the conversation: the time is spent. */
int talk_go_on(struct talk *t);

/* Turns libgit2's code (0 when a branch was refused) into an error; -1. */
int talk_fail(const struct talk *t, int code, struct error *err);

/* The address is not written into the repository: it may hold a password, and
 * the configuration is the one place for it. No "insteadOf" is looked for:
 * none is wanted, and libgit2 1.5 leaks memory doing it. libgit2's code. */
int store_make_remote(const struct store *s, struct git_remote **out);

/* Of a connected remote. `*has` false leaves `id` alone. libgit2's code. */
int store_find_branch(struct git_remote *remote, const char *ref, bool *has,
                      struct git_oid *id);

/* Notes what the remote has now. libgit2's code. */
int store_set_tracking(struct store *s, const struct git_oid *id);

#endif
