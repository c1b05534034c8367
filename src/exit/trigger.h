/* exit/trigger.h - the conditions under which a grid should be left. Pure.
 *
 * Each trigger is a row: what it raises, the limits it is held to and the
 * question that is put to the inputs. A loop asks them all; a new trigger is a
 * row, its limits in exit_config and its tests. Every answer carries value,
 * limit and distance, because no state is shown without its reason.
 *
 * Built so far: M_BOUNDARY, M_STOP, L_HAZ, W_HAZ. The other rows of SPEC 7 are
 * not built yet and are not in the table.
 */
#ifndef EXIT_TRIGGER_H
#define EXIT_TRIGGER_H

#include "base/value.h"
#include "exit/hazard.h"
#include "market/market.h"
#include "position/grid.h"

enum exit_state {
    STATE_UNKNOWN, /* lowest: nothing can be concluded */
    STATE_NORMAL,
    STATE_WARNING,
    STATE_LATEST,
    STATE_MANDATORY,
    STATE_COUNT
};
/* UNKNOWN, NORMAL, WARNING, LATEST_ACCEPTABLE_EXIT, MANDATORY_EXIT */
const char *exit_state_name(enum exit_state state);

enum range_side { SIDE_NONE, SIDE_DOWN, SIDE_UP, SIDE_COUNT };
const char *range_side_name(enum range_side side); /* none, down, up */

enum trigger_id { M_BOUNDARY, M_STOP, L_HAZ, W_HAZ, TRIGGER_COUNT };

enum trigger_mode {
    TRIGGER_ACTIVE,
    TRIGGER_SHADOW, /* evaluated and recorded, never raises */
    TRIGGER_OFF     /* answers not-applicable */
};
const char *trigger_mode_name(enum trigger_mode mode);

/* Yes from `enter` on, and once yes until the value falls below `leave`. */
struct limits {
    double enter, leave;
};

enum profile { PROFILE_CALIBRATED, PROFILE_SEED };
const char *profile_name(enum profile profile);

struct exit_config {
    enum profile profile;
    bool shadow; /* the whole service only watches */
    enum trigger_mode mode[TRIGGER_COUNT];
    struct limits l_haz, w_haz;
    int64_t boundary_closes; /* successive 1h closes outside, 2 */
    int64_t release_closes;  /* 1h closes without any M that end MANDATORY */
};

struct trigger_memory {
    bool active;      /* answered yes last time it was asked */
    int64_t since_ms; /* first slot of that, or MOMENT_NONE */
};

/* A touched stop stays touched until the stop or the life changes. */
struct stop_latch {
    enum range_side side; /* SIDE_NONE: not latched */
    int64_t at_ms;        /* the slot that saw it */
    double stop;          /* the price it was touched at */
    int64_t set_ms;       /* when that stop was set */
};

/* What is remembered from slot to slot; state/GRID.yaml holds it. */
struct exit_memory {
    int64_t slot_ms;          /* newest evaluated slot, or MOMENT_NONE */
    int64_t life_ms;          /* the start event that all this belongs to */
    enum exit_state known;    /* last state that was not UNKNOWN, or UNKNOWN */
    int64_t since_ms;         /* slot from which `known` holds */
    int64_t unknown_since_ms; /* first slot of this UNKNOWN, or MOMENT_NONE */
    int64_t episode_ms;       /* slot that left NORMAL, or MOMENT_NONE */
    int64_t clear_closes;     /* 1h closes without an M while MANDATORY */
    struct stop_latch latch;
    int64_t scanned_ms; /* close time of the newest bar that was held to
                           the stop, or MOMENT_NONE */
    struct trigger_memory triggers[TRIGGER_COUNT];
};

/* The memory of a grid that was never evaluated. */
struct exit_memory exit_memory_new(void);

struct trigger_inputs {
    const struct market_view *view;
    const struct grid *grid;
    const struct hazard *hazard;
    const struct exit_config *config;
    const struct exit_memory *memory; /* of the slot before */
};

enum trigger_evidence {
    EVIDENCE_NONE,
    EVIDENCE_BAR,
    EVIDENCE_TICKER,
    EVIDENCE_LATCH,
    EVIDENCE_COUNT
};
const char *trigger_evidence_name(enum trigger_evidence evidence);

struct trigger_result {
    enum answer answer;
    struct value value;   /* what was held to the limit */
    double limit;         /* that applied: `leave` while active; or NO_VALUE */
    double distance;      /* to the limit, negative or zero when passed; ln of
                             the ratio for a price, else in the unit of the
                             value; or NO_VALUE */
    enum range_side side; /* where it points to a side */
    enum trigger_evidence evidence;
    int64_t hits, of; /* of the bars that it counts */
    int64_t seen_ms;  /* close time of the newest bar that decided, or
                         MOMENT_NONE */
};

struct trigger {
    const char *id;
    enum exit_state raises;
    const char *metric; /* name of the value that is held to the limit */
    const char *unit;
    const char *timeframe;
    const char *meaning; /* one clause, for messages and docs */
    struct trigger_result (*ask)(const struct trigger_inputs *in);
};

extern const struct trigger triggers[TRIGGER_COUNT];

/* Asks every row. A row that is off answers not-applicable. */
void triggers_ask(const struct trigger_inputs *in,
                  struct trigger_result out[TRIGGER_COUNT]);

/* The three-valued comparison with hysteresis that threshold rows share. */
struct trigger_result threshold_ask(struct value x, struct limits limits,
                                    bool active);

#endif
