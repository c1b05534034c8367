/* backtest/policy.h - policies to hold the exit rules against. Pure.
 *
 * One row of the table is one policy: to add the next one, write its rule and
 * its row. All of them meet the same grids on the same bars with the same
 * operators (retell.h) and are judged by the same KPIs. Most are those of the
 * regime-science notes 5.4.
 */
#ifndef BACKTEST_POLICY_H
#define BACKTEST_POLICY_H

#include "backtest/retell.h"
#include "backtest/sign.h"

enum policy_kind {
    POLICY_CALIBRATED, /* the engine's verdicts: no cue is made */
    POLICY_SEED,       /* the same in the literal profile */
    POLICY_RULE,       /* its own rule, slot by slot */
    POLICY_ORACLE,     /* knows what comes: how much room there is */
    POLICY_PLACEBO     /* random times (hindsight/placebo.h): no cue is made */
};

/* What a rule may read: nothing later than the slot. */
struct policy_moment {
    const struct trial_plan *plan;
    const struct sign *sign;
    enum hazard_model pi_model;
    double e, peak;    /* of the grid left running, now and the most so far */
    double activation; /* A* */
};

struct policy {
    const char *id;
    enum policy_kind kind;
    bool at_boundary; /* leaves at the boundary at the latest */
    double limit;     /* of the rule */
    /* What it says of the slot: LIFE_NO_ALERT, or why to leave. */
    enum life_reason (*says)(const struct policy *self,
                             const struct policy_moment *m);
    const char *help;
};

#define POLICY_COUNT 14
extern const struct policy policies[POLICY_COUNT];

/* The policy of that name, or NULL. */
const struct policy *policy_named(const char *id);

/* What a policy is given to decide with: the slots after the grid's start, of
 * its window. Only the oracle reads event_ms, and what is behind a slot. */
struct policy_scene {
    const struct trial_plan *plan;
    const struct sign *signs;
    const double *e; /* retell_equity() at the same slots */
    size_t count;
    enum hazard_model pi_model; /* the one that the rules ask */
    double activation;
    int64_t event_ms; /* M or S, or MOMENT_NONE */
    int64_t delay_ms; /* of the operator whom the oracle serves */
};

/* When it tells its operators to leave. */
struct cue policy_cue(const struct policy *p, const struct policy_scene *scene);

#endif
