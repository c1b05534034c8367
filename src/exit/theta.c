/* The one place where the entries stand. */
#include "exit/theta.h"

#include "base/value.h"
#include "position/geometry.h"

/* The last row that holds counts. Measured are 4 and 6 ATR with a stop 2 ATR
 * beyond; what is narrower, wider, nearer or farther takes the nearest row.
 *
 * All of them say .40: with L_CRISIS at pi .25 beside it a lower limit brings
 * no more warnings in time, and rings in vain more often. At .35 (gate .32)
 * without L_CRISIS eaw, slar and life are those of .40 with it, and .04 of ttdr
 * are lost on either width. */
// clang-format off
const struct theta_row theta_table[] = {
    /* half, stop, enter */
    { 0,     0,    0.40 }, /* 4 ATR */
    { 5,     0,    0.40 }, /* 6 ATR */
};
// clang-format on
const size_t theta_rows = sizeof(theta_table) / sizeof(theta_table[0]);

const char *theta_source_name(enum theta_source source)
{
    static const char *const names[] = { [THETA_TABLE] = "table",
                                         [THETA_SET] = "set",
                                         [THETA_UNMEASURED] = "unmeasured" };
    return names[source];
}

static bool lacks_stop(const struct grid *g)
{
    return (grid_risks_down(g) && isnan(g->stop.below)) ||
           (grid_risks_up(g) && isnan(g->stop.above));
}

static double table_enter(const struct theta *t)
{
    double enter = THETA_ENTER;
    for (size_t i = 0; i < theta_rows; i++) {
        const struct theta_row *row = &theta_table[i];
        if (decision_round(t->half_atr) >= row->half_atr &&
            decision_round(t->stop_atr) >= row->stop_atr)
            enter = row->enter;
    }
    return enter;
}

struct theta theta_of(const struct exit_config *config, const struct grid *grid,
                      double atr)
{
    struct geometry g = geometry_of(
        grid, isnan(atr) ? value_none(VALUE_UNAVAILABLE) : value_real(atr, 1));
    struct theta t = { .asked = config->profile == PROFILE_CALIBRATED &&
                                config->mode[L_HAZ] != TRIGGER_OFF,
                       .limits = config->l_haz,
                       .source = THETA_SET,
                       .half_atr = g.half_atr,
                       .stop_atr = g.stop_atr,
                       .atr = atr };
    bool by_hand = config->l_haz.enter != THETA_ENTER ||
                   config->l_haz.leave != THETA_LEAVE;

    if (!config->l_haz_table || by_hand)
        return t;
    t.source = THETA_UNMEASURED;
    if (isnan(t.half_atr) || lacks_stop(grid))
        return t;
    t.source = THETA_TABLE;
    t.limits.enter = table_enter(&t);
    t.limits.leave = decision_round(t.limits.enter - THETA_GAP);
    return t;
}
