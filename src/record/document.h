/* record/document.h - what the files of the data repository hold.
 *
 * One struct per kind. They embed what the pure modules made rather than copy
 * it: what is recorded is what was concluded. Not recorded, and zero after
 * reading: the bars behind a value of an exit document (n_used), the flags of a
 * bar; of a regime, the members without a key; of its chances, of the scores
 * and of the price of waiting, all but the number.
 */
#ifndef RECORD_DOCUMENT_H
#define RECORD_DOCUMENT_H

#include "alert/alert.h"
#include "alert/fault.h"
#include "market/market.h"
#include "metrics/metric.h"
#include "position/grid.h"
#include "position/holding.h"
#include "position/position.h"
#include "position/risk.h"
#include "regime/chain.h"

enum record_kind {
    RECORD_GRID, /* struct grid */
    RECORD_METRICS,
    RECORD_EXIT,
    RECORD_STATE,
    RECORD_SERVICE,
    RECORD_TRANSITION, /* this and those below stand in audit/ */
    RECORD_INTENT,
    RECORD_DELIVERY,
    RECORD_OPERATOR,
    RECORD_FAULT,
    RECORD_REVISION,
    RECORD_LOOK,
    RECORD_KIND_COUNT, /* those above are documents; what follows is not */
    RECORD_SEED = RECORD_KIND_COUNT,
    RECORD_SCHEMA,
    RECORD_CONFIG,
    RECORD_README,
    RECORD_FOREIGN /* does not belong into a data repository */
};

#define RECORD_RUN_ID_MAX 32
#define RECORD_LINE_MAX   256 /* what, note, reason: one line, with the zero */

/* Which run wrote a document, and with what. */
struct run_info {
    char id[RECORD_RUN_ID_MAX]; /* 20210519T020010Z-1a2b3c4d */
    char engine[64];            /* 0.1.0+abcdef123456 */
    char model[24];             /* hazard_model_name() that is asked */
    char config[9];             /* hash of the effective configuration */
};

struct window_quality {
    int64_t start_ms;    /* open of the canonical start, or MOMENT_NONE */
    int64_t last_ms;     /* open of the newest real bar, or MOMENT_NONE */
    int64_t recorded_ms; /* open of the newest bar that the repository holds,
                            this document included, or MOMENT_NONE */
    int64_t bars, filled, missing, rejected;
    bool short_history;
    uint64_t bars_hash; /* window_hash() */
    char error[120];    /* why the candles could not be had, or "" */
};

#define RECORD_DISAGREEMENTS_MAX 2

struct quality {
    bool price_known; /* cause is PRICE_KNOWN */
    enum price_cause cause;
    double close;     /* or NO_VALUE */
    int64_t close_ms; /* or MOMENT_NONE */
    enum market_status market;
    int64_t clock_offset_ms; /* INT64_MIN: not measured */
    struct window_quality windows[TF_COUNT];
    size_t disagreement_count;
    struct disagreement disagreements[RECORD_DISAGREEMENTS_MAX];
};

struct closed_bar {
    enum timeframe tf;
    struct bar bar;
};

#define RECORD_BARS_MAX 4 /* so that a full document keeps within 6 KB */

/* Which constants made a regime. */
struct classifier {
    char name[24];
    char hash[9]; /* regime_model_hash() */
};
struct classifier classifier_of(const struct regime_model *model);

struct metrics_document {
    char symbol[SYMBOL_MAX];
    int64_t slot_ms;
    int64_t attempt; /* from 1 */
    bool backfilled;
    struct run_info run;
    struct quality quality;
    size_t bar_count; /* real bars that closed in the slot, and those that
                         closed before and came late */
    struct closed_bar bars[RECORD_BARS_MAX];
    struct metric_row metrics;
    double percentile[METRIC_COUNT]; /* metric_percentile(), or NO_VALUE */
    struct regime regime;
    struct scores scores_1h, scores_4h;
    struct crisis crisis; /* only the answer is recorded */
    enum vol_tertile tertile;
    struct classifier classifier;
};

struct exit_inputs {
    char grid_commit[41]; /* newest commit that touched the grid, or "" */
    char grid_blob[41];
    double ticker;     /* or NO_VALUE */
    int64_t ticker_ms; /* or MOMENT_NONE */
    enum market_status market;
    struct outside outside;
    int64_t acknowledged_ms; /* on the phone, or 0; see struct siren_record */
    enum alert_siren_fact siren;
};

#define RECORD_REASON_MAX 64 /* so that a full document keeps within 7 KB */

struct recorded_position {
    struct position is;             /* all but its reason: */
    char reason[RECORD_REASON_MAX]; /* why there is no better source */
};

struct decision {
    enum alert_reason reason;
    char intent[INTENT_ID_MAX]; /* "" unless the reason sends */
};

struct exit_document {
    int64_t attempt; /* from 1 */
    bool backfilled;
    int64_t previous_slot_ms; /* newest slot recorded before, or MOMENT_NONE */
    struct run_info run;
    struct exit_inputs inputs;
    struct evaluation evaluation;          /* names grid, symbol and slot */
    enum trigger_mode mode[TRIGGER_COUNT]; /* in effect: shadow for all while
                                              the service is in shadow */
    struct recorded_position position;
    struct risk risk;
    struct decision decision;
};

#define RECORD_OPEN_INTENTS_MAX 16
#define RECORD_PATH_MAX         128

struct open_intent {
    char id[INTENT_ID_MAX];
    char path[RECORD_PATH_MAX]; /* of the intent's audit file */
};

#define RECORD_OWED_MAX 24

/* A message that one more channel is still to hear, oldest first. */
struct owed_message {
    char id[INTENT_ID_MAX];
    char path[RECORD_PATH_MAX]; /* of the intent's audit file */
    char channel[16];
};

struct owed_list {
    size_t count;
    struct owed_message list[RECORD_OWED_MAX];
};

/* The decimals of a grid's books, as texts, and the cells of its shadow. */
struct recorded_books {
    char base[DECIMAL_TEXT], cash[DECIMAL_TEXT], cost[DECIMAL_TEXT];
    char realised[DECIMAL_TEXT], fees[DECIMAL_TEXT];
    char other_fees[DECIMAL_TEXT];
};
struct recorded_holding {
    struct recorded_books books, settled;
    char cells[SHADOW_TEXT];
};

/* What a run has to know of sirens beside the decisions. Times are 0 when there
 * is none. */
struct siren_record {
    char receipt[64]; /* of alert.siren, once it was delivered, or "" */
    int64_t until_ms; /* then it goes quiet by itself */
    int64_t phone_ms; /* newest acknowledgement on the phone of what is
                         open */
    char cancel[INTENT_ID_MAX]; /* a siren that has to be cancelled, or "" */
    char cancel_tag[INTENT_TAG_MAX];
    int64_t cancel_until_ms;     /* then it goes quiet by itself */
    char second[INTENT_TAG_MAX]; /* episode whose siren nobody answered: the
                                    second channels were told, or "" */
    char by[INTENT_ID_MAX];      /* the message of another grid that rings for
                                    alert.siren, or "": its own */
    char by_tag[INTENT_TAG_MAX];
};

struct state_document {
    char grid[GRID_ID_MAX];
    struct run_info run;
    struct exit_memory exit;
    struct alert_memory alert;
    struct siren_record siren;
    struct holding holding; /* but for what stands in `texts` */
    struct recorded_holding texts;
    size_t open_count;
    struct open_intent open[RECORD_OPEN_INTENTS_MAX];
    struct owed_list owed;
};

#define RECORD_UNRECORDED_MAX 32

/* A grid whose newest slots could not be recorded: what its phone was told
 * meanwhile. Its state file knows nothing of it. */
struct unrecorded {
    char grid[GRID_ID_MAX];
    struct alert_memory alert;
};

struct service_document {
    int64_t slot_ms; /* of the run that wrote it */
    struct run_info run;
    struct fault_list faults; /* that stand */
    size_t unrecorded_count;
    struct unrecorded unrecorded[RECORD_UNRECORDED_MAX];
    int64_t installed_ms; /* slot of the first message, or 0 */
    int64_t all_clear_ms; /* slot of the newest all-clear, or 0 */
    size_t open_count;    /* messages about the service without a delivery */
    struct open_intent open[RECORD_OPEN_INTENTS_MAX];
    struct owed_list owed;
};

struct transition_document {
    int64_t at_ms;
    char grid[GRID_ID_MAX];
    char symbol[SYMBOL_MAX];
    int64_t slot_ms;
    enum exit_state from, to;
    enum range_side side;
    bool backfilled;
    bool reasons[TRIGGER_COUNT]; /* answered yes */
    struct run_info run;
};

struct intent_document {
    int64_t at_ms;
    struct intent intent;
    struct run_info run;
};

struct delivery_document {
    struct delivery delivery;
    struct run_info run;
};

enum operator_action {
    OPERATOR_CREATE,
    OPERATOR_START,
    OPERATOR_STOP,
    OPERATOR_PAUSE,
    OPERATOR_RESUME,
    OPERATOR_CHANGE,
    OPERATOR_ACKNOWLEDGE,
    OPERATOR_SNOOZE,
    OPERATOR_EXITED,   /* no operator said these two: the account showed them */
    OPERATOR_RETURNED, /* it was not left after all */
    OPERATOR_ACTION_COUNT
};
const char *operator_action_name(enum operator_action action);

struct operator_document {
    int64_t at_ms;
    char grid[GRID_ID_MAX];
    enum operator_action action;
    char note[RECORD_LINE_MAX]; /* or "" */
    struct run_info run;
    char by[GRID_ID_MAX];  /* who, as far as it was said, or "" */
    int64_t until_ms;      /* of a snooze, else 0 */
    enum exit_state state; /* of an acknowledgement: what was last told; else
                              UNKNOWN, as when only that was told */
    int64_t episode_ms;    /* likewise: its episode, or 0 */
    bool inferred;         /* the account showed it; the rest is set if so: */
    int64_t seen_ms;       /* slot that saw it, and from which on it counts */
    struct parting_sale sale; /* of exited: how */
};

struct fault_document {
    int64_t at_ms;
    char subject[GRID_ID_MAX]; /* a grid, a symbol or "run" */
    enum fault_class class;
    enum fault_change change;
    char what[RECORD_LINE_MAX];
    struct run_info run;
};

/* A bar that the exchange gives otherwise than it is recorded. */
struct revision_document {
    int64_t at_ms;
    char symbol[SYMBOL_MAX];
    int64_t slot_ms; /* the first that reads the bar as it is */
    enum timeframe tf;
    int64_t open_ms;
    bool was_there, is_there; /* one of them at least */
    struct bar was, is;       /* their open_ms is not recorded */
    double largest; /* of |is - was| / max(|is|, |was|) over the five numbers,
                       or NO_VALUE unless both are there */
    struct run_info run;
};

/* What a look between two slots found: the stop touched by the ticker, the
 * ticker beyond a bound or back inside. What the look before it noted, or the
 * slot's close said, leaves nothing. */
struct look_document {
    int64_t at_ms;
    char grid[GRID_ID_MAX];
    char symbol[SYMBOL_MAX];
    int64_t slot_ms;           /* the newest one: it was concluded from that */
    struct exit_inputs inputs; /* grid file, ticker, acknowledgement */
    enum range_side beyond;    /* which bound the ticker was beyond */
    bool touched;              /* the stop, that was not known before */
    enum exit_state state;     /* from then on */
    struct decision decision;
    struct run_info run;
};

#endif
