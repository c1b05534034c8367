/* replay/verify_internal.h - what the parts of verify share. */
#ifndef REPLAY_VERIFY_INTERNAL_H
#define REPLAY_VERIFY_INTERNAL_H

#include "alert/alert.h"
#include "base/zone.h"
#include "config/for_grid.h"
#include "replay/ledger.h"
#include "replay/reel.h"
#include "replay/verify.h"

/* One grid on its way through its slots. */
struct chain {
    char grid_blob[STORE_ID_SIZE]; /* of `grid`; "" is none yet */
    char grid_commit[STORE_ID_SIZE];
    struct grid grid;
    char config_hash[CONFIG_HASH]; /* of `config` */
    struct config config;
    struct config_grid strategy;
    struct zone zone; /* of `config`, around the slot */
    struct exit_memory exit;
    struct alert_memory alert;
    struct evaluation now;
    const struct operator_document *parting; /* newest of that life, or NULL;
                                                borrowed */
    int64_t parting_life_ms;
    bool theta;                 /* a document of it names theta: all later do */
    bool begun, broken;         /* broken: something it needs is not there */
    bool lost;                  /* it begins before this shallow clone does */
    char last[RECORD_PATH_MAX]; /* of the newest slot's document */
};

/* A message of the audit, and what became of it. */
struct sent {
    struct intent_document document;
    char path[RECORD_PATH_MAX];
    bool decided; /* a slot decided it */
    bool rang;    /* a channel took or refused it */
    bool closed;
    int64_t closed_ms;        /* of the newest delivery */
    bool accepted;            /* by a channel, by itself */
    char with[INTENT_ID_MAX]; /* the message that told it, or "" */
};

/* What a look found, and whether a slot came to it. */
struct looked {
    struct look_document document;
    char path[RECORD_PATH_MAX];
    bool taken;
};

struct verify {
    struct looked *looks; /* owned: in the order of time */
    size_t look_count;
    struct operator_document *partings; /* owned: what accounts showed */
    size_t parting_count;
    struct store *store;
    const struct verify_options *options;
    struct verify_report *report;
    struct sent *sent; /* owned */
    size_t sent_count;
    struct store_past *past; /* owned: what left the tip, */
    struct ledger *ledger;   /* owned: and who wrote what */
    bool shallow;
};

void verify_find(struct verify *v, const char *path, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Compares what is recorded at `path` with the document. */
void verify_same(struct verify *v, const char *path,
                 const struct text *recorded, enum record_kind kind,
                 const void *document);
/* The same with what the tip has at `path`. */
void verify_stands(struct verify *v, const char *path, enum record_kind kind,
                   const void *document);

/* Fills `past` and `ledger`, which the others ask. */
int verify_history(struct verify *v, struct error *err);
int verify_form(struct verify *v, struct error *err);
int verify_sent(struct verify *v, struct error *err);     /* fills `sent` */
int verify_partings(struct verify *v, struct error *err); /* fills `partings` */
int verify_content(struct verify *v, struct error *err);

int verify_looks(struct verify *v, struct error *err); /* fills `looks` */
/* Was it a look that the run took of the grid? */
bool verify_is_of_look(const struct verify *v, const char *grid,
                       const char *run);
/* Those that no slot leads to. */
void verify_looks_left(struct verify *v);

/* The looks after the slot that the chain is at. `latest` receives the newest
 * document that they leave, if one of them changed it: true. */
bool chain_looks(struct verify *v, struct chain *c,
                 struct exit_document *latest);

/* Decides about a message, and holds it and the transition to the record. */
void chain_decide(struct verify *v, struct chain *c,
                  const struct position *position, struct exit_document *d);
void chain_check_transition(struct verify *v, const struct chain *c,
                            const struct exit_document *x, int64_t at_ms);
/* What a document says that it read: grid file, configuration, zone. Sets
 * `broken` where it is not there. */
void chain_take(struct verify *v, struct chain *c, const struct reel_exit *x,
                int64_t slot_ms);

/* Had the account shown by the slot at hand, which the run recorded, that the
 * grid was left in its present life? Then how, else NULL. Borrowed. */
const struct parting_sale *verify_left(const struct verify *v, struct chain *c,
                                       const char *run);

/* Reads a document of the audit; what is wrong with it verify_form() says. */
int verify_event(struct verify *v, const char *path, enum record_kind kind,
                 void *out);

/* Is the document of the run whose commit holds it? */
void verify_run(struct verify *v, const char *path, const char *run);

/* A file of the tip, or of those that left it. */
int verify_read(struct verify *v, const char *path, struct text *out,
                struct error *err);

/* One slot of a grid. */
void chain_step(struct verify *v, struct chain *c, const struct reel *r,
                const struct reel_exit *x);
/* One whose snapshot needs what a shallow clone does not hold. */
void chain_lose(struct verify *v, struct chain *c);
/* The grid after its newest slot: its state file, its newest document. */
void chain_end(struct verify *v, struct chain *c, const char *grid);

#endif
