/* alert/alert.h - when the phone rings, and with what. Pure.
 *
 * A decision is a row of a table (alert/row.h): what was said before, what is
 * so now, what follows. Each row has a reason code that is recorded. What an
 * operator or a channel answered comes in as facts; a fact that is not known
 * is asked of the clock of the slots instead.
 */
#ifndef ALERT_ALERT_H
#define ALERT_ALERT_H

#include "engine/evaluate.h"
#include "position/parting.h"
#include "position/risk.h"

/* Those that send stand in the order in which they are asked. */
enum alert_reason {
    ALERT_NOTHING,  /* no news */
    ALERT_TOO_SOON, /* news, but this level was told less than 4 h ago */
    ALERT_QUIET,    /* news, but kept to the record: pi is below the floor,
                       the service is in shadow, or the grid is paused */
    ALERT_SNOOZED,  /* news below MANDATORY, but the operator wants none yet */
    ALERT_RANGE_BACK,  /* a grid that was left may be started again */
    ALERT_LEFT,        /* the account shows that the grid was left */
    ALERT_FIRST,       /* first message of an episode */
    ALERT_WORSE,       /* a higher level than was last told */
    ALERT_RESOLVED,    /* NORMAL again after something was told */
    ALERT_BETTER,      /* a lower level than was last told: once, quietly */
    ALERT_GRAVER,      /* MANDATORY for another reason too, or its figures got
                          materially worse */
    ALERT_UNHEARD,     /* the siren expired and nobody acknowledged it */
    ALERT_ASKED,       /* acknowledged, and still not stopped: was it? */
    ALERT_ESCALATED,   /* LATEST that nobody resolved rings once as a siren */
    ALERT_SIGHTED,     /* the state can be known again */
    ALERT_RETURNED,    /* the account shows that the grid was not left */
    ALERT_SIDE,        /* the danger is on the other side now */
    ALERT_CAUSE,       /* a trigger that was not told raises the same state */
    ALERT_STALE_SIREN, /* the price is unknown for 2 h: it rings */
    ALERT_STALE,       /* the price is unknown for 45 min */
    ALERT_ALOUD,       /* still so, and it was told quietly only because of the
                          hour */
    ALERT_REPEAT,      /* still so */
    ALERT_BLIND,       /* the state cannot be known any more */
    ALERT_SECOND,      /* of a siren that nobody answered, for the channels
                          beside the phone alone: alert_second_is_due() */
    ALERT_FAULT,       /* not of a grid's state: alert/fault.h */
    ALERT_MENDED,      /* likewise */
    ALERT_INSTALLED,   /* of the service: alert/watch.h */
    ALERT_ALL_CLEAR,   /* likewise */
    ALERT_REASON_COUNT
};
const char *alert_reason_name(enum alert_reason reason);
const char *alert_reason_meaning(enum alert_reason reason); /* for the docs */
bool alert_reason_sends(enum alert_reason reason);
/* Is it about whether the state can be known, and not about the state? */
bool alert_reason_of_sight(enum alert_reason reason);
/* Does a chart go with its message? It tells what is new about a danger. */
bool alert_reason_pictured(enum alert_reason reason);

struct alert_config {
    double warning_pi_floor;   /* a WARNING below this pi is not told, .10 */
    int64_t same_level_gap_ms; /* 4 h; also the first repeat, each later one
                                  after twice as long */
    int64_t repeat_most_ms;    /* and never after more than this, 24 h */
    int64_t change_gap_ms;     /* between a message and one of another side or
                                  cause; and between two of worse figures,
                                  1 h */
    int64_t escalate_ms;       /* LATEST unresolved, 30 min */
    int64_t stale_ms;          /* age of the newest price, 45 min */
    int64_t stale_siren_ms;    /* likewise, 2 h */
    int64_t ask_ms;            /* MANDATORY acknowledged, not stopped, 4 h */
    double graver_pi;          /* chance of the side, +.10 */
    double graver_atr;         /* nearer the stop, 1 ATR(4h) */
    double graver_money;       /* capital at risk, +.20 of what was told */
    int64_t act_within_ms;     /* the reaction that a message asks for, 1 h */
    int64_t siren_retry_s, siren_expire_s; /* 75, 3600 */
    int64_t second_after_ms; /* a siren of MANDATORY unanswered, 15 min */
};

#define INTENT_ID_MAX  40
#define INTENT_TAG_MAX (GRID_ID_MAX + 24)

/* The figures of the last message of a level. */
struct alert_figures {
    enum range_side side;
    bool cause[TRIGGER_COUNT]; /* rows that raise a state alone and were told
                                  since the level was first told */
    double pi;                 /* chance to break on that side, or NO_VALUE */
    double stop_atr;           /* ATR(4h) to the stop, or NO_VALUE */
    double at_risk;            /* quote currency, or NO_VALUE */
    /* What was not known at the last message is of the one before. */
};

/* The one siren that may be ringing. */
struct alert_siren {
    char intent[INTENT_ID_MAX]; /* its message, or "": none */
    char tag[INTENT_TAG_MAX];   /* by which it is cancelled */
    int64_t sent_ms;            /* its slot; of a look, that one's time; or
                                   MOMENT_NONE */
    int64_t acknowledged_ms;    /* or MOMENT_NONE */
    bool expired;               /* nobody acknowledged it in time */
};

/* What the phone was told, kept in state/GRID.yaml. */
struct alert_memory {
    enum exit_state said; /* the level that the last message left the operator
                             with; NORMAL when nothing is open */
    bool open;            /* something was told and not yet resolved */
    bool idle;            /* the last that was told was LATEST or MANDATORY on
                             the side that costs nothing, or its siren was taken
                             off for that */
    bool blind;           /* told that the state is unknown */
    bool escalated;       /* this LATEST rings, or shall not */
    bool range_back;      /* told that the range is back */
    bool softly;       /* quiet hours lowered the last message of the level */
    bool blind_softly; /* likewise of the last one that it is unknown */
    bool left;         /* told that it looks left */
    int64_t said_ms[STATE_COUNT]; /* slot of the last message of each level, or
                                     MOMENT_NONE */
    int64_t last_ms;              /* slot of the last message, or MOMENT_NONE */
    int64_t repeats;              /* of it, so far */
    int64_t answered_ms; /* an acknowledgement up to then is none of this: it
                            was made before the state last got worse, or of a
                            MANDATORY that is over; or MOMENT_NONE */
    int64_t asked_ms;    /* slot of the last "stopped?", or MOMENT_NONE */
    int64_t asked;       /* how often since the acknowledgement */
    int64_t turned_ms;   /* slot at which LATEST or MANDATORY of this episode
                            last ceased to cost anything, or began to again; or
                            MOMENT_NONE */
    struct alert_figures told;
    struct alert_siren siren;
};
struct alert_memory alert_memory_new(void);

/* Was the operator left with it that nothing is at risk at this level, in the
 * episode of the evaluation? Then a break across has to be clearly likely
 * before it costs again (alert/body.h): a chance that hovers at a limit rings
 * no siren each time. A higher level than that has no such past. */
bool alert_was_idle(const struct alert_memory *m, const struct evaluation *e);

/* What may be told of a grid at a slot. */
enum alert_hush {
    HUSH_NOTHING,
    HUSH_SNOOZED,   /* MANDATORY only, until the snooze is over */
    HUSH_STOPPED,   /* nothing but that its range is back */
    HUSH_EVERYTHING /* the grid is not running, or the service in shadow */
};
/* By the events before the slot after this one. */
enum alert_hush alert_hush_of(const struct grid *g, bool shadow,
                              int64_t slot_ms);

/* What the channel says of the siren. */
enum alert_siren_fact {
    SIREN_NOT_ASKED, /* then it expires when its time is over */
    SIREN_RINGS,
    SIREN_EXPIRED
};

/* All that a decision and its text are made of. Borrowed. */
struct alert_now {
    const struct evaluation *e;
    const struct grid *grid;
    const struct position *position;
    const struct alert_config *config;
    const struct risk *risk;       /* NULL: not known */
    const enum trigger_mode *mode; /* of TRIGGER_COUNT rows, or NULL: all are
                                      active */
    enum alert_hush hush;
    bool subdued; /* quiet hours or maintenance (alert/quiet.h): nothing below
                     MANDATORY makes a sound */
    bool left; /* the account says that the grid was left: it counts as running,
                  and nothing is told but that */
    bool was_idle; /* alert_was_idle() of the memory before the slot */
    const struct parting_sale *sale; /* how it was left; NULL: not known */
    const struct zone *zone;         /* of the operator; NULL: UTC */
    int64_t acknowledged_ms; /* newest, by receipt or command; or MOMENT_NONE */
    enum alert_siren_fact siren;
};

/* Decides for one grid and slot, and writes the memory as it is once the
 * message is committed; `next` may be `memory`. News that is hushed leaves the
 * memory as it was, so that the first slot after the hush tells what is untold
 * then; but a siren whose cause is over is forgotten even so, and a MANDATORY
 * that is over takes its acknowledgement with it. */
enum alert_reason alert_decide(const struct alert_memory *memory,
                               const struct alert_now *now,
                               struct alert_memory *next);

/* Has the siren of `before` to be cancelled, by its tag, before anything else
 * is sent? It is, when it rings and `after` has none or another. */
bool alert_cancels(const struct alert_memory *before,
                   const struct alert_memory *after);

/* Has MANDATORY rung for so long that the channels beside the phone are to hear
 * of it? Of `memory` before the slot and `next` after it; once an episode is
 * the caller's to keep. */
bool alert_second_is_due(const struct alert_memory *memory,
                         const struct alert_now *now,
                         const struct alert_memory *next);

/* Pushover's, -2 to 2, of a message with that reason. Quiet hours lower it to
 * -1, but for MANDATORY and a LATEST that rings as a siren: money is at stake,
 * and nobody has resolved it. */
int64_t alert_priority(enum alert_reason reason, const struct alert_now *now);

/* Code points of a delivery's reason; the room is for four bytes each. */
#define DELIVERY_REASON_POINTS 60

#define DELIVERY_PICTURE 41

#define INTENT_TITLE_MAX                                                       \
    252 /* bytes; the channel's limit is 250 characters                        \
         */
#define INTENT_BODY_MAX                                                        \
    1400 /* bytes; with the commit at most 1024 characters */

/* One message that was decided. Committed before it is sent; an intent without
 * a delivery is sent by whichever run finds it. */
struct intent {
    char id[INTENT_ID_MAX];  /* slot and a hash of grid and reason; about the
                                service, of the fault as well */
    char grid[GRID_ID_MAX];  /* about the service: the subject of the fault */
    char symbol[SYMBOL_MAX]; /* "" in a message about the service */
    int64_t slot_ms;
    enum alert_reason reason;
    enum exit_state state;     /* UNKNOWN in a message about the service */
    enum range_side side;      /* of the verdict; NONE, likewise */
    int64_t priority;          /* Pushover's: -2 to 2 */
    int64_t retry_s, expire_s; /* of priority 2, else 0 */
    char tag[INTENT_TAG_MAX];  /* the episode */
    char title[INTENT_TITLE_MAX];
    char body[INTENT_BODY_MAX];
};

/* "20210519T0200", a slot as it stands in names. */
#define INTENT_STAMP 16
void intent_stamp(int64_t slot_ms, char out[INTENT_STAMP]);

/* The id and the tag of the message that intent_make() would make. */
void intent_id(const struct evaluation *e, enum alert_reason reason,
               char out[INTENT_ID_MAX]);
void intent_tag(const struct evaluation *e, char out[INTENT_TAG_MAX]);

/* Was the message decided at `at_ms` by a look, and not by its slot? */
bool intent_is_of_look(const struct intent *i, int64_t at_ms);

/* Fills every field. `reason` must be one of a grid that sends. */
void intent_make(const struct alert_now *now, enum alert_reason reason,
                 struct intent *out);

/* Its body for a phone that does not ring, because the siren was over before
 * the message could be sent: what was decided, but for what the siren does.
 * Made of the intent alone, so that what was sent can be told from the record.
 */
void intent_unrung(const struct intent *i, char out[INTENT_BODY_MAX]);

/* The reason of a delivery that was accepted, of such a message. */
#define DELIVERY_UNRUNG "it did not ring: its siren was over"

/* What a channel answered. */
enum delivery_outcome {
    DELIVERY_ACCEPTED,
    DELIVERY_REFUSED,
    DELIVERY_SUPERSEDED,
    DELIVERY_CANCELLED, /* after it was accepted: a siren that went quiet */
    DELIVERY_GROUPED    /* told by another grid's message, which was accepted */
};
#define DELIVERY_MAIN "pushover" /* the channel whose answer ends a message */
const char *delivery_outcome_name(enum delivery_outcome outcome);

struct delivery {
    char intent[INTENT_ID_MAX];
    char grid[GRID_ID_MAX];
    char channel[16];
    enum delivery_outcome outcome;
    int64_t at_ms; /* exchange time */
    int64_t tries;
    int64_t http_status; /* 0: none */
    char request[64];    /* the channel's id of the request, or "" */
    char receipt[64];    /* Pushover's receipt, or "" */
    char reason[241];    /* why it was refused, without secrets; of one that
                            was accepted why its picture was not, or that it
                            did not ring; or "" */
    char picture[DELIVERY_PICTURE]; /* SHA-1 of the file that went with it, as
                                       hexadecimal digits, or "" */
    char with[INTENT_ID_MAX]; /* the message that told of a grouped one, or
                                 "" */
};

#endif
