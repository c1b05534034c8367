/* The one place where the entries stand. */
#include "exit/theta.h"

#include "base/moment.h"
#include "base/value.h"
#include "position/geometry.h"

/* The last row that holds counts. Measured are 4 and 6 ATR with stops 1, 2 and
 * 3 ATR beyond, and delays of 0, 15 minutes, 1 and 4 h; what is narrower,
 * wider, nearer, farther or later takes the nearest row (of delays, by their
 * ratio). No limit is in time for a stop at 1 ATR: it has the row of 2.
 *
 * Chosen on grids before 2022. Of HAZARD_THREE up to an hour: the highest of
 * those tried at which 4 ATR keep eaw and slar of .95 and false MANDATORY of
 * .05, which is best in ttdr and life; with a stop at 3 ATR .70 still does, by
 * .0001, and .60 was taken. For who takes 4 h the one that misses
 * eaw .90, slar .95, ttdr .70, false MANDATORY .05 and life .5 by the least
 * sum. docs/backtest.md has what each comes to, and those of HAZARD_EWMA. */
// clang-format off
const struct theta_row theta_table[] = {
    /* model,        half, stop, delay, enter, gate */
    { HAZARD_THREE,  0,    0,    0,     0.50,  0.47 }, /* 4 ATR */
    { HAZARD_THREE,  0,    0,    120,   0.45,  0.42 }, /* 4 ATR, 4 h */
    { HAZARD_THREE,  0,    2.5,  0,     0.60,  0.57 }, /* 4 ATR, stop 3 */
    { HAZARD_THREE,  0,    2.5,  120,   0.45,  0.42 },
    { HAZARD_THREE,  5,    0,    0,     0.50,  0.47 }, /* 6 ATR */
    { HAZARD_THREE,  5,    0,    120,   0.35,  0.32 }, /* 6 ATR, 4 h */
    { HAZARD_THREE,  5,    2.5,  0,     0.60,  0.57 }, /* 6 ATR, stop 3 */
    { HAZARD_THREE,  5,    2.5,  120,   0.35,  0.32 },
    { HAZARD_EWMA,   0,    0,    0,     0.40,  0.37 },
    { HAZARD_EWMA,   0,    0,    120,   0.35,  0.37 },
    { HAZARD_EWMA,   5,    0,    0,     0.40,  0.37 },
    { HAZARD_EWMA,   5,    0,    120,   0.30,  0.37 },
};
// clang-format on
static const struct {
    double enter, gate;
} usual_ones[HAZARD_MODEL_COUNT] = {
    [HAZARD_THREE] = { 0.50, 0.47 },
    [HAZARD_EWMA] = { 0.40, 0.37 },
};
const size_t theta_rows = sizeof(theta_table) / sizeof(theta_table[0]);

const char *theta_source_name(enum theta_source source)
{
    static const char *const names[] = { [THETA_TABLE] = "table",
                                         [THETA_SET] = "set",
                                         [THETA_UNMEASURED] = "unmeasured" };
    return names[source];
}

static int64_t minutes_of(int64_t ms)
{
    return (ms + MS_PER_MINUTE - 1) / MS_PER_MINUTE;
}

static bool lacks_stop(const struct grid *g)
{
    return (grid_risks_down(g) && isnan(g->stop.below)) ||
           (grid_risks_up(g) && isnan(g->stop.above));
}

static struct limits limits_from(double enter)
{
    return (struct limits){ enter, decision_round(enter - THETA_GAP) };
}

struct theta_usual theta_usual(enum hazard_model model)
{
    return (struct theta_usual){ limits_from(usual_ones[model].enter),
                                 usual_ones[model].gate };
}

/* The last one that holds; the first of each model always does. */
static const struct theta_row *row_of(const struct theta *t,
                                      enum hazard_model model)
{
    const struct theta_row *found = NULL;
    for (size_t i = 0; i < theta_rows; i++) {
        const struct theta_row *row = &theta_table[i];
        if (row->model == model &&
            decision_round(t->half_atr) >= row->half_atr &&
            decision_round(t->stop_atr) >= row->stop_atr &&
            t->delay_minutes >= row->delay_minutes)
            found = row;
    }
    return found;
}

static bool same(struct limits a, struct limits b)
{
    return a.enter == b.enter && a.leave == b.leave;
}

/* Neither the defaults nor, as older records have them, those of the model
 * that is asked. */
static bool limits_by_hand(const struct exit_config *config)
{
    struct limits usual = theta_usual(config->pi_model).limits;
    struct limits untouched = theta_usual(HAZARD_THREE).limits;
    return !same(config->l_haz, usual) && !same(config->l_haz, untouched);
}

static void take_row(struct theta *t, bool gate_by_hand,
                     enum hazard_model spoke)
{
    const struct theta_row *row = row_of(t, spoke);
    t->source = THETA_TABLE;
    t->limits = limits_from(row->enter);
    if (!gate_by_hand)
        t->gate = row->gate;
}

struct theta theta_of(const struct exit_config *config, const struct grid *grid,
                      double atr, enum hazard_model spoke)
{
    struct geometry g = geometry_of(
        grid, isnan(atr) ? value_none(VALUE_UNAVAILABLE) : value_real(atr, 1));
    struct theta t = { .asked = config->profile == PROFILE_CALIBRATED &&
                                config->mode[L_HAZ] != TRIGGER_OFF,
                       .limits = config->l_haz,
                       .source = THETA_SET,
                       .half_atr = g.half_atr,
                       .stop_atr = g.stop_atr,
                       .atr = atr,
                       .delay_minutes = minutes_of(config->operator_delay_ms) };
    bool gate_by_hand = config->gate != theta_usual(HAZARD_THREE).gate;

    t.gate = gate_by_hand ? config->gate : theta_usual(spoke).gate;
    if (!config->l_haz_table || limits_by_hand(config))
        return t;
    t.source = THETA_UNMEASURED;
    t.limits = theta_usual(spoke).limits;
    if (!isnan(t.half_atr) && !lacks_stop(grid))
        take_row(&t, gate_by_hand, spoke);
    return t;
}

enum hazard_model theta_left_over(const struct exit_config *config)
{
    for (int i = 0; i < HAZARD_MODEL_COUNT; i++) {
        enum hazard_model model = (enum hazard_model)i;
        struct theta_usual usual = theta_usual(model);
        bool nobodys = model == HAZARD_THREE || model == config->pi_model;
        if (!nobodys &&
            (same(config->l_haz, usual.limits) || config->gate == usual.gate))
            return model;
    }
    return HAZARD_MODEL_COUNT;
}
