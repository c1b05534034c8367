/* run/rebuild_internal.h - what the parts of rebuilding share. */
#ifndef RUN_REBUILD_INTERNAL_H
#define RUN_REBUILD_INTERNAL_H

#include "run/rebuild.h"

/* A grid or a symbol that a commit writes about, and what becomes of it. */
struct rebuild_fate {
    char name[GRID_ID_MAX];
    bool theirs;
};

/* `= { 0 }` is empty; fates_release() frees. */
struct rebuild_fates {
    struct rebuild_fate *list;
    size_t count;
};
/* The one of that name, added as ours if there is none. */
struct rebuild_fate *fates_of(struct rebuild_fates *f, const char *name);
void fates_release(struct rebuild_fates *f);

/* Ids of messages. */
struct rebuild_ids {
    char (*list)[INTENT_ID_MAX];
    size_t count;
};

void rebuild_add_id(struct rebuild_ids *ids, const char *id);

/* Of own commits: what latest/service.yaml was made from and became, "" for
 * none, and what other channels than the phone took or refused. */
struct rebuild_owed {
    char base[STORE_ID_SIZE], ours[STORE_ID_SIZE];
    int64_t when_ms;           /* of the commit that wrote `ours` */
    bool lost;                 /* `ours` was not kept */
    struct owed_message *done; /* without `path` */
    size_t done_count;
    struct { /* the one more commit */
        struct text data;
        char path[RECORD_PATH_MAX], message[96 + RECORD_RUN_ID_MAX];
        struct store_change change;
    } more;
};

void rebuild_owed_see(struct rebuild_owed *o, const struct store_commit *own,
                      const struct store_edit *e);
void rebuild_owed_delivered(struct rebuild_owed *o, const struct delivery *d);
/* Asks for one more commit when the list there lacks, or still has, one of
 * ours. After all own commits were put. What it is made of stands in `o`. */
void rebuild_owed_keep(struct store *s, struct rebuild_owed *o,
                       struct store_batch *batch);
void rebuild_owed_release(struct rebuild_owed *o);

struct rebuild_rules {
    struct store *store;
    struct rebuild_report *report;
    struct rebuild_ids delivered; /* by own commits: accepted or refused */
    struct rebuild_ids dropped;   /* messages that were not kept */
    struct rebuild_owed owed;
    char wanted[STORE_ID_SIZE]; /* the commit to follow, by its old name */
    char before[STORE_ID_SIZE]; /* tip when that one was asked about */
    bool pending; /* its new name is the next tip, if that is another */
};

/* The commit at hand. */
struct rebuild_case {
    struct store *store;
    const struct store_commit *own;
    struct rebuild_fates grids, symbols;
};

/* The content that is at `path` there, "" for none. */
int rebuild_there(struct store *s, const char *path, char hex[STORE_ID_SIZE],
                  struct error *err);

/* Reads a document by the id of its content, or by its path. False when there
 * is none, or none that can be read. */
bool rebuild_blob(struct store *s, enum record_kind kind, const char *hex,
                  void *out);
bool rebuild_file(struct store *s, enum record_kind kind, const char *path,
                  void *out);

/* Fills `c->symbols`: are our slots of the symbol to stand beside theirs? */
int rebuild_see_symbols(struct rebuild_case *c, struct error *err);
/* Is the slot of our latest/symbols/SYMBOL newer than the one there? */
bool rebuild_is_newer(struct store *s, const struct store_edit *e);

/* Called before each own commit is put, and after the last with "". */
void rebuild_follow(struct rebuild_rules *r, const char *own);

/* A store_keep of `struct rebuild_rules`. */
int rebuild_keep(struct store *s, const struct store_commit *own, bool *keep,
                 void *rules, struct error *err);

#endif
