/* store/store_talk.h - one conversation with the remote.
 *
 * A child process leads it and reports on one sheet of plain bytes; the parent
 * waits as long as the budget says, then ends it. What the child does to this
 * process's memory is lost, so it can set what libgit2 keeps per process. */
#ifndef STORE_STORE_TALK_H
#define STORE_STORE_TALK_H

#include <stdint.h>

#include "store/store_internal.h"

struct git_remote_callbacks;

enum talk_topic {
    TALK_LIST,  /* has the remote the branch? */
    TALK_FETCH, /* and what leads to it, all of history */
    TALK_CLONE, /* the same, the newest commit alone where that can be had */
    TALK_PUSH   /* the branch, and tags that it lacks */
};

/* What we ourselves ended the conversation for. */
enum talk_stop {
    STOP_NONE,
    STOP_NO_TOKEN,
    STOP_TOKEN_REFUSED,
    STOP_NO_KEY,
    STOP_BAD_KEY, /* what is there cannot be a key */
    STOP_KEY_REFUSED,
    STOP_CERTIFICATE,
    STOP_HOST_KEY,
    STOP_CA_FILE
};

/* What the other side's word on a reference means. */
enum refusal {
    REFUSAL_OTHER,
    REFUSAL_RACED,   /* somebody else moved it first */
    REFUSAL_DECLINED /* it takes this from nobody */
};

/* Bytes of each text that are shown. More is kept until secrets are covered,
 * lest one is cut in two. */
enum { HEARD_SAID = 400, HEARD_WHY = 300, HEARD_STATUS = 200 };
enum { HEARD_MORE = 400 };
/* Tags that are other than here: so many of a conversation, and bytes of a
 * name. */
enum { HEARD_TAGS = 8, HEARD_TAG = 64 };

struct heard_tag {
    char ref[HEARD_TAG];
    char hex[STORE_ID_SIZE]; /* at the remote */
};

/* The sheet. All texts are one line of printable ASCII. */
struct heard {
    int code;    /* libgit2's; 0 is no failure */
    bool late;   /* the time was spent */
    bool behind; /* the remote has commits that are not here */
    bool raced;  /* somebody else moved the branch meanwhile */
    enum talk_stop stop;
    bool has;                /* the remote has the branch */
    char tip[STORE_ID_SIZE]; /* of it */
    size_t tag_count;
    struct heard_tag tags[HEARD_TAGS];
    enum refusal refusal;                       /* when there is a status */
    char status[HEARD_STATUS + HEARD_MORE + 1]; /* of the first reference not
                                                 * taken; "" all were */
    char said[HEARD_SAID + HEARD_MORE + 1];     /* by the other side */
    char why[HEARD_WHY + HEARD_MORE + 1];       /* what went wrong */
};

/* Appends to a text of `room` bytes, on one line. */
void heard_add(char *to, size_t room, const char *words, size_t len);

/* Notes that the reference was not taken; of several the first one stays. A tag
 * that is there already is no news: the first one that was there stands. */
void heard_status(struct heard *h, const char *ref, const char *status);

/* Leads the conversation in a child. What failed is said by heard_fail(). */
void talk(const struct store *s, enum talk_topic topic, int64_t budget_ms,
          struct heard *out);

/* Runs `work` in a child for at most `budget_ms`; what it wrote on its sheet
 * is in `out`. Nothing is left running, nor what it started itself. */
void child_run(int64_t budget_ms,
               void (*work)(const void *payload, struct heard *sheet),
               const void *payload, struct heard *out);

/* Did the other side take, or give, everything? */
bool heard_good(const struct heard *h);
/* Of what is not good: -1 and the error, in which no secret stands, neither as
 * it is nor as HTTP sends it; where a text was cut, no part of one of 4 bytes
 * or more. */
int heard_fail(const struct store *s, const struct heard *h, struct error *err);

/* Login, certificate and host key; payload of the callbacks. */
struct login_try {
    const struct store *store;
    struct heard *sheet;
    int asked; /* times the remote asked who we are */
};
void login_callbacks(struct git_remote_callbacks *c);
/* Once in the child, before it connects; libgit2's code. */
int login_prepare(struct login_try *t);

#endif
