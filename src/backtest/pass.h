/* backtest/pass.h - all slots of one symbol, once. Pure.
 *
 * Slot by slot: the view of the market, its snapshot, and with them every grid
 * that lives in it; that the grids share the snapshot is what makes this fast.
 * What a verdict reads is engine/'s view of the slot; the bars behind it are
 * only ever read by what became of a grid, one slot after they closed.
 *
 * All memory is the caller's.
 */
#ifndef BACKTEST_PASS_H
#define BACKTEST_PASS_H

#include "backtest/cohort.h"
#include "backtest/lifecycle.h"

#define PASS_WIDTHS     4
#define PASS_LIFECYCLES (PASS_WIDTHS * TRIAL_DELAYS)

/* Which grids are laid: one a day whatever the gates say, those that are given,
 * or one after the other for each width and operator. */
enum pass_design { PASS_COHORT, PASS_GIVEN, PASS_LIFECYCLE };

struct pass_rule {
    enum pass_design design;
    struct trial_rule trial;
    struct cohort_rule cohort; /* but for the width */
    double width[PASS_WIDTHS];
    size_t width_count;
    const struct grid *given; /* each is laid in the slot of its start event */
    size_t given_count;
    int64_t from_ms, until_ms; /* of starts: from, and before until */
    int32_t symbol;
    /* Gets the lives of a grid when it is over, those of all its operators. */
    void (*keep)(void *keeper, const struct trial *t);
    /* Gets every verdict; NULL: nobody wants them. */
    void (*see)(void *keeper, const struct trial *t,
                const struct evaluation *e);
    void *keeper;
};

/* Grids that may be followed at one time. */
size_t pass_room(const struct pass_rule *rule);

struct pass {
    const struct pass_rule *rule;
    struct series series[TF_COUNT]; /* of one history, all of it */
    int64_t slot_ms;                /* the next one */
    int64_t end_ms;                 /* the last one */
    size_t next[TF_COUNT];          /* first bar that has not closed yet */
    struct market_view view;
    struct measure_work work;
    struct snapshot now;
    struct evaluation verdict;
    struct trial *trials; /* pass_room() of them */
    size_t count;
    size_t laid, passed_over; /* starts with a grid, and without for want of
                                 data: of a lifecycle slots, not starts */
    size_t cannot; /* of the grids laid: the capital is too small for them */
    struct lifecycle lifecycle[PASS_LIFECYCLES]; /* TRIAL_DELAYS a width */
    size_t open_slots, asked_slots; /* over all lifecycles: with a grid, and of
                                       how many with data */
};

/* `series` of 15m, 1h and 4h; there is at least one 15m bar. */
void pass_begin(struct pass *p, const struct pass_rule *rule,
                const struct series series[TF_COUNT], struct trial *trials);

/* Passes over the slots before this one, to be called before the first step:
 * what is concluded does not depend on slots that were looked at before. */
void pass_skip(struct pass *p, int64_t slot_ms);

/* One slot further; false when it was the last one. */
bool pass_step(struct pass *p);

/* Hands out what still lives. */
void pass_end(struct pass *p);

#endif
