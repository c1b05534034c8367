/* The one place where the entries stand. */
#include "exit/theta.h"

#include "base/moment.h"
#include "base/value.h"
#include "position/geometry.h"

/* The last row that holds counts. Measured are 4 and 6 ATR with a stop 2 ATR
 * beyond, and delays of 0, 15 minutes, 1 and 4 h; what is narrower, wider,
 * nearer, farther or later takes the nearest row (of delays, by their ratio).
 *
 * For who takes 4 h each says the one of .30, .35, .40 and .45 that misses eaw
 * .90, slar .95, ttdr .70, false MANDATORY .05 and life .5 by the least sum
 * before 2022. By eaw .95 and ttdr .72 (.80 at 6 ATR) it would be .35 at 6 ATR
 * as well. Up to an hour .40 meets the first set, but for false MANDATORY at 4
 * ATR without a delay (.071; no limit meets it, .40 misses by the least sum)
 * and slar at 6 ATR and an hour (by .001). .45 meets it at 4 ATR and 15 minutes
 * or an hour as well. */
// clang-format off
const struct theta_row theta_table[] = {
    /* half, stop, delay, enter */
    { 0,     0,    0,     0.40 }, /* 4 ATR */
    { 0,     0,    120,   0.35 }, /* 4 ATR, 4 h */
    { 5,     0,    0,     0.40 }, /* 6 ATR */
    { 5,     0,    120,   0.30 }, /* 6 ATR, 4 h */
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

static int64_t minutes_of(int64_t ms)
{
    return (ms + MS_PER_MINUTE - 1) / MS_PER_MINUTE;
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
            decision_round(t->stop_atr) >= row->stop_atr &&
            t->delay_minutes >= row->delay_minutes)
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
                       .atr = atr,
                       .delay_minutes = minutes_of(config->operator_delay_ms) };
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
