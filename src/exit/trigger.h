/* exit/trigger.h - the conditions under which a grid should be left. Pure.
 *
 * Each trigger is a row: what it raises and the question that each profile
 * puts to the inputs. A loop asks them all; a new trigger is a row, its limits
 * in exit_config and its tests. Every answer carries value, limit and distance,
 * because no state is shown without its reason.
 *
 * Two profiles: `seed` has the literal rules of the origin, `calibrated` those
 * that were measured (regime-science notes 4.1 to 4.3, SPEC 7). A row that a
 * profile does not have answers not-applicable there.
 */
#ifndef EXIT_TRIGGER_H
#define EXIT_TRIGGER_H

#include "base/value.h"
#include "exit/exit_config.h"
#include "exit/exit_memory.h"
#include "exit/hazard.h"
#include "exit/outside.h"
#include "exit/theta.h"
#include "market/market.h"
#include "metrics/hourly.h"
#include "metrics/metric.h"
#include "position/grid.h"
#include "position/position.h"
#include "regime/crisis.h"
#include "regime/regime.h"

struct trigger_inputs {
    const struct market_view *view;
    const struct metric_row *metrics;
    const struct regime *regime;
    const struct crisis *crisis;
    const struct hourly *hourly;
    const struct grid *grid;
    const struct hazard *hazard;
    const struct position *position;
    const struct outside *outside;
    const struct exit_config *config;
    struct theta theta; /* of this slot */
    double fee;         /* of a fill, as net PnL has it: a share of its funds */
    const struct exit_memory *memory; /* of the slot before, but for `counts`,
                                         `blind_ms`, `baseline` and `atr_entry`,
                                         which stand at this one */
};

enum trigger_evidence {
    EVIDENCE_NONE,
    EVIDENCE_BAR,    /* the value passed the limit */
    EVIDENCE_TICKER, /* the same, by the last traded price */
    EVIDENCE_LATCH,  /* it did before, and that still counts */
    EVIDENCE_LABEL,  /* a label that holds, or a count that was reached */
    EVIDENCE_COUNT
};
const char *trigger_evidence_name(enum trigger_evidence evidence);

struct trigger_result {
    enum answer answer;
    struct value value;   /* what was held to the limit, as it was compared: on
                             nine decimals, prices as they are */
    double limit;         /* that applied: `leave` while active; or NO_VALUE */
    double distance;      /* to the limit, negative or zero when passed; ln of
                             the ratio for a price, else in the unit of the
                             value; or NO_VALUE */
    enum answer gate;     /* has pi reached what this row needs besides?
                             not-applicable: it needs nothing */
    bool uncertain;       /* the other path of a modelled position would
                             answer differently */
    enum range_side side; /* where it points to a side */
    enum trigger_evidence evidence;
    int64_t hits, of; /* of the bars that it counts */
    int64_t seen_ms;  /* of a yes: close time of the newest bar that decided,
                         or the time of what did; else MOMENT_NONE */
};

struct trigger_rule {
    struct trigger_result (*ask)(const struct trigger_inputs *in);
    const char *metric; /* name of the value that is held to the limit */
    const char *unit;
    const char *meaning; /* one clause, for messages and docs */
};

struct trigger {
    const char *id;
    enum exit_state raises;
    bool together; /* raises only with others of its kind (warning.needed) */
    const char *timeframe;
    struct trigger_rule rule[PROFILE_COUNT]; /* `ask` NULL: not in it */
};

extern const struct trigger triggers[TRIGGER_COUNT];

/* Asks every row of the profile. A row that is off answers not-applicable. */
void triggers_ask(const struct trigger_inputs *in,
                  struct trigger_result out[TRIGGER_COUNT]);

/* Which literal rules are true, whatever the profile and the modes. */
void triggers_literal(const struct trigger_inputs *in, bool out[TRIGGER_COUNT]);

/* ATR(4h) at the grid's start, as it is known at this slot: the first one that
 * is known with a price, or NO_VALUE. `before`: after the slot before. */
double triggers_atr_entry(const struct trigger_inputs *in,
                          const struct exit_memory *before);

/* Moves what is counted on to this slot: `memory` is that of the slot before
 * and becomes the one that `in->memory` must point to. */
void triggers_count(const struct trigger_inputs *in,
                    struct exit_memory *memory);

/* M_STOP by a price alone, between two slots as well as at one. A price that
 * is not known answers no: whether it counts is the caller's to say. */
struct trigger_result ask_stop_by_ticker(const struct grid *g, double ticker,
                                         int64_t ticker_ms);

/* The three-valued comparison with hysteresis that threshold rows share. */
struct trigger_result threshold_ask(struct value x, struct limits limits,
                                    bool active);

#endif
