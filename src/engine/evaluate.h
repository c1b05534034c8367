/* engine/evaluate.h - the one function: what is known about a grid at a slot
 * in, everything that is concluded out. Pure.
 *
 * Live and replay call it with the same arguments, time included. `evaluation`
 * holds nothing that could differ between the two.
 */
#ifndef ENGINE_EVALUATE_H
#define ENGINE_EVALUATE_H

#include "engine/measure.h"
#include "exit/exit_state.h"
#include "gate/gate.h"
#include "metrics/metric.h"
#include "position/position.h"
#include "regime/regime.h"

/* Figures that need no position (SPEC 9). Fractions are natural logarithms of
 * price ratios, positive while the price is inside. */
struct distances {
    struct value to_lower, to_upper;
    struct value to_stop; /* the nearer stop that is set */
    enum range_side stop_side;
    struct value stop_touch_12h;  /* at most this chance, 0 to 1 */
    struct value stop_loss_most;  /* quote currency lost from here to the stop
                                     below if all capital were in base, fees
                                     not counted; unavailable once it is
                                     passed, and for futures */
    struct value bound_loss_most; /* the same to the lower bound, where no stop
                                     below is set */
};

/* What waiting may cost (regime-science notes 4.7): the loss of the base
 * currency held, as a share of its value, that is not exceeded in 75 % and in
 * 90 % of cases, on nine decimals. Buying on the way down is in it. */
#define WAITING_COUNT 4
extern const int waiting_hours[WAITING_COUNT]; /* 1, 4, 12, 24 */
struct waiting {
    struct value typical, adverse;
};

struct evaluation {
    char grid[GRID_ID_MAX];
    char symbol[SYMBOL_MAX];
    int64_t slot_ms;
    enum profile profile;
    enum price_cause price_cause;
    int64_t look_ms;      /* when somebody looked after that slot, or 0; not
                             recorded here: the look itself has it */
    int64_t blind_ms;     /* first slot of this unknown price, or MOMENT_NONE;
                             not recorded here: the state of the grid has it */
    struct value close;   /* newest real 15m close */
    int64_t close_ms;     /* when that bar closed, or MOMENT_NONE */
    enum range_side side; /* broken, else the likelier one */
    bool riskless; /* a break there costs this grid nothing; not recorded */
    struct hazard hazard;
    struct regime regime;
    struct distances distances;
    bool boundary_pending; /* 2 successive 15m closes outside: printed,
                              never notified by itself */
    struct waiting waiting[WAITING_COUNT];
    struct gates gates;
    struct verdict verdict;
};

struct evaluate_inputs {
    const struct snapshot *now;
    const struct grid *grid;
    const struct position *position;
    const struct outside *outside;
    const struct exit_memory *memory; /* of the slot before */
    const struct exit_config *config;
    const struct gate_config *gates;
};

/* `next` receives the memory for the next slot; it may be `in->memory`. A
 * memory of another life of the grid is forgotten first, but for its slot and
 * the newest crisis. Of a grid that was stopped only the gates are asked: its
 * triggers are off. */
void evaluate(const struct evaluate_inputs *in, struct evaluation *out,
              struct exit_memory *next);

/* The side of the verdict, and whether a break there costs the grid nothing. */
void evaluation_take_side(struct evaluation *e, const struct grid *grid);

#endif
