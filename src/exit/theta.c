/* The one place where the entries stand. */
#include "exit/theta.h"

#include "base/moment.h"
#include "base/value.h"
#include "position/geometry.h"

/* The last row that holds counts. Measured are 4 and 6 ATR with a stop 2 ATR
 * beyond, and delays of 0, 15 minutes, 1 and 4 h; what is narrower, wider,
 * nearer, farther or later takes the nearest row (of delays, by their ratio).
 *
 * Chosen on grids before 2022. Of HAZARD_THREE up to an hour: the highest of
 * those tried at which 4 ATR keep eaw and slar of .95, which is best in ttdr
 * and life. For who takes 4 h the one that misses eaw .90, slar .95, ttdr .70,
 * false MANDATORY .05 and life .5 by the least sum. docs/backtest.md has what
 * each comes to, and those of HAZARD_EWMA. */
// clang-format off
const struct theta_row theta_table[] = {
    /* model,        half, stop, delay, enter */
    { HAZARD_THREE,  0,    0,    0,     0.50 }, /* 4 ATR */
    { HAZARD_THREE,  0,    0,    120,   0.45 }, /* 4 ATR, 4 h */
    { HAZARD_THREE,  5,    0,    0,     0.50 }, /* 6 ATR */
    { HAZARD_THREE,  5,    0,    120,   0.35 }, /* 6 ATR, 4 h */
    { HAZARD_EWMA,   0,    0,    0,     0.40 },
    { HAZARD_EWMA,   0,    0,    120,   0.35 },
    { HAZARD_EWMA,   5,    0,    0,     0.40 },
    { HAZARD_EWMA,   5,    0,    120,   0.30 },
};
// clang-format on
/* Chosen with the first row of each. */
static const double gates[HAZARD_MODEL_COUNT] = {
    [HAZARD_THREE] = 0.47,
    [HAZARD_EWMA] = 0.37,
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
    size_t i = 0;
    while (theta_table[i].model != model)
        i++;
    return (struct theta_usual){ limits_from(theta_table[i].enter),
                                 gates[model] };
}

static double table_enter(const struct theta *t, enum hazard_model model)
{
    double enter = NO_VALUE;
    for (size_t i = 0; i < theta_rows; i++) {
        const struct theta_row *row = &theta_table[i];
        if (row->model == model &&
            decision_round(t->half_atr) >= row->half_atr &&
            decision_round(t->stop_atr) >= row->stop_atr &&
            t->delay_minutes >= row->delay_minutes)
            enter = row->enter;
    }
    return enter;
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

double theta_gate(const struct exit_config *config, enum hazard_model spoke)
{
    bool by_hand = config->gate != theta_usual(HAZARD_THREE).gate;
    return by_hand ? config->gate : theta_usual(spoke).gate;
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

    if (!config->l_haz_table || limits_by_hand(config))
        return t;
    t.source = THETA_UNMEASURED;
    t.limits = theta_usual(spoke).limits;
    if (isnan(t.half_atr) || lacks_stop(grid))
        return t;
    t.source = THETA_TABLE;
    t.limits = limits_from(table_enter(&t, spoke));
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
