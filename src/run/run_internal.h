/* run/run_internal.h - what the steps of one run share. */
#ifndef RUN_RUN_INTERNAL_H
#define RUN_RUN_INTERNAL_H

#include "alert/alert.h"
#include "base/moment.h"
#include "config/for_grid.h"
#include "engine/evaluate.h"
#include "exchange/kucoin.h"
#include "net/http.h"
#include "outside/outside_read.h"
#include "record/record.h"
#include "run/changes.h"
#include "run/run.h"
#include "store/store.h"
#include "sys/lock.h"

enum run_step {
    STEP_LOCK,
    STEP_SYNC,
    STEP_RECALL,
    STEP_FETCH,
    STEP_JUDGE,
    STEP_MEASURE,
    STEP_EVALUATE,
    STEP_RECORD,
    STEP_NOTIFY,
    STEP_CONFIRM,
    STEP_COUNT
};

/* Slots that a run goes back to at most: 7 days. So long, too, the gates of a
 * grid are asked after it was stopped. */
#define BACKFILL_SLOTS 672

/* One symbol, once per run however many grids trade it. */
struct symbol_run {
    char symbol[SYMBOL_MAX];
    int64_t first_due_ms;          /* oldest slot that a grid of it needs */
    bool joins;                    /* its seed bars are not recorded yet */
    int64_t recorded_ms[TF_COUNT]; /* open time of the newest recorded bar of
                                      each timeframe, or MOMENT_NONE */
    int64_t hashed_ms;             /* newest recorded slot, or MOMENT_NONE; */
    uint64_t bars_hash[TF_COUNT];  /* window_hash() of its windows */
    struct kucoin_answer answer;   /* owned */
    struct market_facts facts;     /* of the present slot */
    struct market_view *view;      /* owned */
    struct measure_work *work;     /* owned; what `snapshot` was made with */
    struct snapshot snapshot;      /* of the slot at hand */
};

/* One grid. The memories are those after the newest slot evaluated so far. */
struct grid_run {
    struct grid grid;
    char blob[STORE_ID_SIZE], commit[STORE_ID_SIZE]; /* of its file */
    size_t symbol;                                   /* index */
    int64_t first_due_ms;        /* first slot to evaluate; MOMENT_NONE: none */
    struct config_grid strategy; /* the service's, with the grid's overrides */
    struct exit_memory exit;
    struct alert_memory alert;
    struct open_intent open[RECORD_OPEN_INTENTS_MAX];
    size_t open_count;
    bool state_changed; /* its state document has to be written */
    struct position position;
    struct outside outside; /* that `now` was made with */
    bool evaluated;         /* `now`, `reason` and `intent` are of this run */
    struct evaluation now;
    enum alert_reason reason;
    char intent[INTENT_ID_MAX]; /* decided in this run, or "" */
};

enum message_fate {
    MESSAGE_OPEN,  /* not sent yet, or to be tried again by the next run */
    MESSAGE_FINAL, /* accepted, refused or superseded: `delivery` says */
};

struct message_run {
    struct intent intent;
    size_t grid;
    char path[RECORD_PATH_MAX]; /* of the intent's audit file */
    bool decided_now;
    enum message_fate fate;
    struct delivery delivery;
};

struct run {
    const struct run_options *options;
    const struct config *config;
    int64_t deadline_ms; /* monotonic */
    int64_t exchange_ms; /* exchange time of this run */
    int64_t slot_ms;
    int64_t offset_ms; /* exchange's clock minus ours */
    bool offset_known, exchange_reached;
    bool clock_off; /* it is more than allowed */
    enum market_status status;
    char id[RECORD_RUN_ID_MAX];
    char config_hash[CONFIG_HASH];
    char quarantine[CONFIG_TEXT + 16];

    char user_agent[96];

    struct lock lock;
    struct store *store;
    struct http_pool *pool;
    struct kucoin kucoin;

    struct outside_source outside; /* owned */
    struct grid_run *grids;
    size_t grid_count;
    struct symbol_run *symbols;
    size_t symbol_count;
    struct message_run *messages;
    size_t message_count;

    struct changes changes;     /* of the commit being prepared */
    char commit[STORE_ID_SIZE]; /* of the record, or "" */
    bool push_owed;
    struct text subject; /* of the commit */

    int64_t took_ms[STEP_COUNT];
    enum run_exit exit;
    struct error err; /* of `exit` */
};

/* The word of a step, for logs and JSON; its time in milliseconds. */
const char *run_step_name(enum run_step step);

/* What became of the push: none (there is no remote), owed or done. */
const char *run_push_word(const struct run *r);

/* Remembers the worse of two exits: 75, 74, 70, 73, 69, 65, 78, 0. */
void run_note(struct run *r, enum run_exit exit, const struct error *err);

/* The steps. -1 ends the run; `run_note` was called. */
int run_lock(struct run *r);
int run_sync(struct run *r);
int run_recall(struct run *r);
int run_fetch(struct run *r);
int run_judge(struct run *r);
int run_conclude(struct run *r); /* measure and evaluate, slot by slot */
int run_record(struct run *r);
int run_notify(struct run *r);
int run_confirm(struct run *r);

/* What was concluded, as documents of the commit being prepared. A document
 * that fails its schema is quarantined and noted as RUN_NOT_RECORDED; the run
 * goes on. */
void run_put_metrics(struct run *r, struct symbol_run *s);
void run_put_exit(struct run *r, const struct grid_run *g,
                  int64_t previous_slot_ms);
void run_put_transition(struct run *r, const struct grid_run *g);
void run_put_intent(struct run *r, struct message_run *m); /* sets m->path */
void run_put_delivery(struct run *r, const struct message_run *m);
void run_put_state(struct run *r, const struct grid_run *g);
void run_put_fault(struct run *r, const char *subject, enum fault_class class,
                   const char *what);
void run_put_seeds(struct run *r, const struct symbol_run *s);

void run_put_config(struct run *r);
void run_put_revision(struct run *r, struct revision_document *d);

/* Reads and parses one document of the tip. */
int run_read_document(struct run *r, enum record_kind kind, const char *path,
                      void *out, struct error *err);

/* Records what the exchange changed of the bars that the newest metrics
 * document read; `series` is what was fetched. */
void run_revise(struct run *r, struct symbol_run *s,
                const struct series series[TF_COUNT]);

/* What the operator's world said at a slot; the signal only at the present. */
struct outside run_outside(const struct run *r, int64_t slot_ms);

/* Commits the changes with the subject and empties them. */
int run_commit(struct run *r, struct error *err);
/* Pushes what is owed; sets push_owed. */
void run_push(struct run *r);
/* The JSON of --json. */
void run_report(const struct run *r, struct text *out);

#endif
