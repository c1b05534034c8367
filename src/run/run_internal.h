/* run/run_internal.h - what the steps of one run share. */
#ifndef RUN_RUN_INTERNAL_H
#define RUN_RUN_INTERNAL_H

#include "alert/alert.h"
#include "alert/quiet.h"
#include "base/moment.h"
#include "base/zone.h"
#include "config/for_grid.h"
#include "engine/evaluate.h"
#include "exchange/kucoin.h"
#include "exchange/kucoin_private.h"
#include "expose/exposition.h"
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

/* What the report says of the price at the present slot. */
struct symbol_seen {
    bool there;
    enum price_cause price_cause;
    double close;
    int64_t close_ms;
};

/* One symbol, once per run however many grids trade it. */
struct symbol_run {
    char symbol[SYMBOL_MAX];
    int64_t first_due_ms;          /* oldest slot that a grid of it needs */
    bool joins;                    /* its seed bars are not recorded yet */
    int64_t recorded_ms[TF_COUNT]; /* open time of the newest recorded bar of
                                      each timeframe, or MOMENT_NONE */
    bool begins_known;             /* the next is read: it rarely has to be */
    int64_t begins_ms[TF_COUNT];   /* open time of its seed's first bar, or
                                      MOMENT_NONE */
    int64_t hashed_ms;             /* newest recorded slot, or MOMENT_NONE; */
    uint64_t bars_hash[TF_COUNT];  /* window_hash() of its windows */
    int64_t refused_ms;            /* slot whose document was refused */
    struct kucoin_answer answer;   /* owned */
    bool account_asked;
    struct kucoin_account_part account; /* owned; of the key's own account */
    struct market_facts facts;          /* of the present slot */
    struct market_view *view;  /* owned; handed on after the present slot */
    struct measure_work *work; /* likewise; what `snapshot` was made with */
    struct snapshot snapshot;  /* of the slot at hand */
    struct symbol_seen seen;   /* at the present slot */
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
    struct siren_record siren;
    struct holding holding;
    struct open_intent open[RECORD_OPEN_INTENTS_MAX];
    size_t open_count;
    struct owed_list owed;
    bool state_changed;       /* its state document has to be written */
    struct position position; /* at the slot at hand, and what is at risk */
    struct risk risk;
    struct outside outside; /* that `now` was made with */
    bool evaluated;         /* `now`, `reason` and `intent` are of this run */
    struct evaluation now;
    enum alert_reason reason;
    char intent[INTENT_ID_MAX]; /* decided in this run, or "" */
    bool unrecorded;            /* the newest slot could not be recorded */
    int64_t phone_ms;           /* siren.phone_ms as `reason` was decided */
    enum alert_siren_fact siren_fact; /* of this run */
    char device[GRID_ID_MAX];         /* that acknowledged */
    bool phone_news;                  /* which is not recorded yet */
    struct run_between *between; /* while a look is recorded: run/between.c */
};

enum message_fate {
    MESSAGE_OPEN,  /* not sent yet, or to be tried again by the next run */
    MESSAGE_FINAL, /* accepted, refused or superseded: `delivery` says */
};

#define MESSAGE_OF_SERVICE SIZE_MAX

struct message_run {
    struct intent intent;
    size_t grid;                /* index, or MESSAGE_OF_SERVICE */
    char path[RECORD_PATH_MAX]; /* of the intent's audit file */
    bool decided_now;
    bool unrecorded;          /* its slot could not be recorded: no intent */
    struct alert_memory next; /* of an unrecorded one: once it is told */
    bool confirmed;           /* its end is in the record */
    int64_t lowered;          /* by so much quiet hours lowered its priority */
    enum message_fate fate;
    struct delivery delivery;
    bool owed;           /* second channels have it on their lists */
    bool spread;         /* all of them: it was refused */
    bool told_elsewhere; /* one of them took it */
};

struct run {
    const struct run_options *options;
    const struct config *config;
    int64_t began_ms;    /* wall clock */
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
    struct zone zone; /* the operator's */

    struct lock lock;
    struct store *store;
    struct http_pool *pool;
    struct run_heartbeat *heartbeat; /* owned; NULL: nothing was said */
    struct run_gateway *gateway;     /* owned; NULL: likewise */
    struct exposition page;          /* owned; of run/export.h */
    struct http_counts http;
    struct kucoin kucoin;
    int64_t sign_offset_ms; /* exchange's clock minus ours, as it was measured,
                               whatever slot is named */
    struct kucoin_account *account; /* owned; NULL before fetch */

    struct outside_source outside; /* owned */
    struct grid_run *grids;
    size_t grid_count;
    struct symbol_run *symbols;
    size_t symbol_count;
    struct message_run *messages;
    size_t message_count;
    struct channels_run *channels; /* owned; run/channels.h */

    struct fault_list seen;          /* faults, by this run so far */
    unsigned looked;                 /* for which classes: 1 << class */
    struct service_document service; /* what stands, with what is seen */
    bool service_changed;            /* its document has to be written */
    bool silence_put;                /* what outcry.h remembers was recorded */

    bool tells_people; /* what another writer did has to be recorded even when
                          nothing was concluded */
    struct changes changes;     /* of the commit being prepared */
    struct error not_recorded;  /* why the last commit failed, or no fault */
    char commit[STORE_ID_SIZE]; /* of the record, or "" */
    char synced_from[STORE_ID_SIZE]; /* tip before the remote was asked */
    bool push_owed;
    bool remote_unseen; /* asked in vain, and nothing was pushed since */
    bool push_late;     /* there is more to push than the alert can wait for */
    bool phone_down;    /* it took one message too long: the rest of this run is
                           for the channels beside it */
    bool rang;          /* no alert of this run is still to come */
    int64_t pictures_ms;     /* spent on the pictures of its messages */
    struct store_past *past; /* owned; opened when it is asked for */
    int64_t past_since_ms;   /* how far back it goes */
    struct text subject;     /* of the commit */

    int64_t took_ms[STEP_COUNT];
    int steps_begun; /* the last of them may have failed */
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

/* The committed text and where its record is: `commit`, or "". */
void run_message_body(const struct run *r, const struct message_run *m,
                      char *out, size_t size, char commit[STORE_ID_SIZE]);

/* What was concluded, as documents of the commit being prepared. A document
 * that fails its schema is quarantined and noted as RUN_NOT_RECORDED; the run
 * goes on. */
int run_put_metrics(struct run *r, struct symbol_run *s);
int run_put_intent(struct run *r, struct message_run *m); /* sets m->path */
/* All that a slot of a grid leaves, or nothing of it: exit document, the
 * newest one, transition, message (or NULL) and state. -1: something of it was
 * refused. The message is added to the open ones of the grid. */
int run_put_slot(struct run *r, struct grid_run *g, int64_t previous_slot_ms,
                 struct message_run *m);
void run_put_delivery(struct run *r, const struct delivery *d);
void run_put_operator(struct run *r, struct operator_document *d);
void run_put_state(struct run *r, const struct grid_run *g);
void run_put_fault(struct run *r, const char *subject, enum fault_class class,
                   const char *what);
/* The same of a fault that stands. */
void run_put_news(struct run *r, const struct fault_news *news);
void run_put_service(struct run *r); /* when it has changed */
void run_put_seeds(struct run *r, const struct symbol_run *s);

void run_put_config(struct run *r);
/* Decides about a message with what the phone was told so far: true when there
 * is one, in `m`. */
bool run_decide(struct run *r, struct grid_run *g,
                const struct alert_memory *told, struct alert_memory *next,
                struct message_run *m);
/* The alert of a slot, or a look, of which nothing could be recorded. */
void run_tell_unrecorded(struct run *r, struct grid_run *g);
void run_log_transition(const struct evaluation *e);
/* The new last one; borrowed until the next. */
struct message_run *run_add_message(struct run *r);
void run_put_revision(struct run *r, struct revision_document *d);

/* When the phone makes no sound; borrowed from the run. */
struct quiet run_quiet(const struct run *r);

/* Does this writer watch the grid? Where several share a repository each has
 * grids of its own. */
bool run_is_ours(const struct run *r, const char *id);

/* Reads an open message again; tells that it cannot be read. False when another
 * run may be able to. */
int run_recall_message(struct run *r, size_t grid,
                       const struct open_intent *open, struct error *err);
bool run_tell_lost_message(struct run *r, const char *subject, const char *path,
                           const struct error *err);

/* Reads and parses one document of the tip. */
int run_read_document(struct run *r, enum record_kind kind, const char *path,
                      void *out, struct error *err);

/* Records what the exchange changed of the bars that the newest metrics
 * document read; `series` is what was fetched. */
void run_revise(struct run *r, struct symbol_run *s,
                const struct series series[TF_COUNT]);

/* What the grid holds and risks at the slot at hand: g->position, g->risk. */
void run_position(struct run *r, struct grid_run *g, int64_t slot_ms);

/* What the operator's world said at a slot; the signal only at the present. */
struct outside run_outside(const struct run *r, int64_t slot_ms);

/* Commits the changes with the subject and empties them. */
int run_commit(struct run *r, struct error *err);
/* Commits what the push found out, if people are to know it: true when there
 * is a commit. What fails is noted. */
bool run_commit_findings(struct run *r);
/* Pushes what is owed; sets push_owed. Once `push_late` is set it waits for the
 * alert: then it has all that is left of the run. */
void run_push(struct run *r);

/* Milliseconds: what is left of the run; the most that telling one alert may
 * take; what one conversation with the remote, the rebuilding that follows from
 * it included, may take now. Before the alert is out that is the push budget,
 * or less: the alert's time is not for Git. */
int64_t run_rest_ms(const struct run *r);
int64_t run_alert_ms(const struct config *config);
int64_t run_left_ms(const struct run *r);
/* Until when the exchange may be asked, by a run or by a look: a push and an
 * alert come after it. Monotonic clock. */
int64_t run_fetch_deadline_ms(const struct run *r);
/* The JSON of --json. */
void run_report(const struct run *r, struct text *out);

#endif
