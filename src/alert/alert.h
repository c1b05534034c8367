/* alert/alert.h - when the phone rings, and with what. Pure.
 *
 * A decision is a row of a table: what was said before, what is so now, what
 * follows. Each row has a reason code that is recorded. Built so far: first,
 * worse, resolved, blind, sighted, and the snooze. Repeats, escalation, side
 * and reason changes and the quiet "better" are not built yet; nor is anything
 * that an acknowledgement would cancel, so none is asked here.
 */
#ifndef ALERT_ALERT_H
#define ALERT_ALERT_H

#include "engine/evaluate.h"

enum alert_reason {
    ALERT_NOTHING,  /* no news */
    ALERT_TOO_SOON, /* news, but this level was told less than 4 h ago */
    ALERT_QUIET,    /* news, but kept to the record: pi is below the floor, the
                       service is in shadow, or the grid is paused */
    ALERT_SNOOZED,  /* news below MANDATORY, but the operator wants none yet */
    ALERT_FIRST,    /* first message of an episode */
    ALERT_WORSE,    /* a higher level than was last told */
    ALERT_RESOLVED, /* NORMAL again after something was told */
    ALERT_BLIND,    /* the state cannot be known any more */
    ALERT_SIGHTED,  /* it can again */
    ALERT_FAULT,    /* not of a grid's state: alert/fault.h */
    ALERT_MENDED,   /* likewise */
    ALERT_REASON_COUNT
};
const char *alert_reason_name(enum alert_reason reason);
const char *alert_reason_meaning(enum alert_reason reason); /* for the docs */
bool alert_reason_sends(enum alert_reason reason);

struct alert_config {
    double warning_pi_floor;   /* a WARNING below this pi is not told, .10 */
    int64_t same_level_gap_ms; /* 4 h */
    int64_t act_within_ms;     /* the reaction that a message asks for, 1 h */
    int64_t siren_retry_s, siren_expire_s; /* 75, 3600 */
};

/* What the phone was told, kept in state/GRID.yaml. */
struct alert_memory {
    enum exit_state said; /* the level that the last message left the operator
                             with, lowered when the state falls; NORMAL when
                             nothing is open */
    bool open;            /* something was told and not yet resolved */
    bool idle;            /* the last that was told was LATEST or MANDATORY on
                             the side that costs nothing */
    bool blind;           /* told that the state is unknown */
    int64_t said_ms[STATE_COUNT]; /* slot of the last message of each level, or
                                     MOMENT_NONE */
};
struct alert_memory alert_memory_new(void);

/* What may be told of a grid at a slot. */
enum alert_hush {
    HUSH_NOTHING,
    HUSH_SNOOZED,   /* MANDATORY only, until the snooze is over */
    HUSH_EVERYTHING /* the grid is not running, or the service in shadow */
};
enum alert_hush alert_hush_of(const struct grid *g, bool shadow,
                              int64_t slot_ms);

/* Decides for one grid and slot, and writes the memory as it is once the
 * message is committed. News that is hushed leaves the memory as it was, so
 * that the first slot after the hush tells what is untold then. */
enum alert_reason alert_decide(const struct alert_memory *memory,
                               const struct evaluation *e,
                               const struct alert_config *config,
                               enum alert_hush hush, struct alert_memory *next);

/* Code points of a delivery's reason; the room is for four bytes each. */
#define DELIVERY_REASON_POINTS 60

#define INTENT_ID_MAX 40
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
    enum exit_state state;      /* UNKNOWN in a message about the service */
    int64_t priority;           /* Pushover's: -2 to 2 */
    int64_t retry_s, expire_s;  /* of priority 2, else 0 */
    char tag[GRID_ID_MAX + 24]; /* the episode */
    char title[INTENT_TITLE_MAX];
    char body[INTENT_BODY_MAX];
};

/* "20210519T0200", a slot as it stands in names. */
#define INTENT_STAMP 16
void intent_stamp(int64_t slot_ms, char out[INTENT_STAMP]);

/* Fills every field. `reason` must be one that sends. */
void intent_make(const struct evaluation *e, const struct grid *grid,
                 const struct position *position, enum alert_reason reason,
                 const struct alert_config *config, struct intent *out);

/* What a channel answered. */
enum delivery_outcome {
    DELIVERY_ACCEPTED,
    DELIVERY_REFUSED,
    DELIVERY_SUPERSEDED
};
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
    char reason[241];    /* why it was refused, without secrets, or "" */
};

#endif
