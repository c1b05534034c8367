/* The ladder: one row per trigger, one loop that asks them. */
#include "exit/trigger.h"

#include <stddef.h>

#include "base/moment.h"
#include "exit/trigger_internal.h"

#define PI "pi", "probability", "chance to leave the range in 24 h"

// clang-format off
const struct trigger triggers[TRIGGER_COUNT] = {
    [M_TREND]    = { "M_TREND",    STATE_MANDATORY, false, "1h",
                     { { ask_trend,    "p_trend",   "probability", "a trend is likely, and so is a break" },
                       { seed_trend,   "p_trend",   "probability", "regime TREND" } } },
    [M_BOUNDARY] = { "M_BOUNDARY", STATE_MANDATORY, false, "1h",
                     { { ask_boundary, "close",     "quote",       "successive 1h closes outside the range" },
                       { ask_boundary, "close",     "quote",       "successive 1h closes outside the range" } } },
    [M_STOP]     = { "M_STOP",     STATE_MANDATORY, false, "15m",
                     { { ask_stop,     "extreme",   "quote",       "stop touched" },
                       { ask_stop,     "extreme",   "quote",       "stop touched" } } },
    [M_EQUITY]   = { "M_EQUITY",   STATE_MANDATORY, false, "15m",
                     { { ask_equity,   "drawdown",  "share of capital", "net PnL fell from its peak" } } },
    [M_BLIND]    = { "M_BLIND",    STATE_MANDATORY, false, "15m",
                     { { ask_blind,    "unknown_price", "hours",   "price unknown while a break was likely" } } },

    [L_TRANS]    = { "L_TRANS",    STATE_LATEST, false, "1h",
                     { { ask_l_trans,  "run",       "closes",      "in TRANSITION, or pi high, for successive closes" },
                       { seed_l_trans, "run",       "closes",      "label TRANSITION on successive closes" } } },
    [L_HL]       = { "L_HL",       STATE_LATEST, false, "1h",
                     { { ask_l_hl,     "half_life_ratio", "times the baseline", "prices come back more slowly than when the grid began" },
                       { seed_l_hl,    "half_life_ratio", "times the baseline", "raw half-life against the baseline" } } },
    [L_VER]      = { "L_VER",      STATE_LATEST, false, "1h",
                     { { ask_l_ver,    "ver",       "ratio",       "ranges expand against their usual hour" },
                       { seed_l_ver,   "ver_raw",   "ratio",       "ranges expand" } } },
    [L_Z]        = { "L_Z",        STATE_LATEST, false, "1h",
                     { { ask_l_z,      "z_anchored", "z",          "far from the centre, and not back in time" },
                       { seed_l_z,     "z_anchored", "z",          "far from the centre, and not back in time" } } },
    [L_HAZ]      = { "L_HAZ",      STATE_LATEST, false, "15m",
                     { { ask_l_haz,    PI } } },
    [L_GUARD]    = { "L_GUARD",    STATE_LATEST, false, "15m",
                     { { ask_l_guard,  "kept",      "share of the peak", "net PnL gives back its peak" } } },
    [L_CRISIS]   = { "L_CRISIS",   STATE_LATEST, false, "15m",
                     { { ask_l_crisis, "crisis",    "times its limit", "a 15m bar far out of proportion, 4 h ago at most" } } },

    [W_TRANS]    = { "W_TRANS",    STATE_WARNING, true, "15m",
                     { { ask_w_trans,  "p_transition", "probability", "a transition or a break is likely" },
                       { seed_w_trans, "p_transition_raw", "probability", "a transition is likely" } } },
    [W_CONF]     = { "W_CONF",     STATE_WARNING, true, "1h",
                     { { ask_w_conf,   "p_range_drop", "probability", "p of a range falls on three closes" },
                       { seed_w_conf,  "p_range_drop", "probability", "p of a range falls on three closes" } } },
    [W_ER]       = { "W_ER",       STATE_WARNING, true, "1h",
                     { { ask_w_er,     "z_er24",    "z",           "prices go straight more than a random walk does" },
                       { seed_w_er,    "er24",      "ratio",       "prices go straight" } } },
    [W_MR]       = { "W_MR",       STATE_WARNING, true, "1h",
                     { { ask_w_mr,     "half_life_ratio", "times the baseline; without one, points that M lost", "mean reversion slows down" },
                       { seed_w_mr,    "half_life_100", "bars",    "raw half-life longer than three closes ago" } } },
    [W_VER]      = { "W_VER",      STATE_WARNING, true, "1h",
                     { { ask_w_ver,    "ver",       "ratio",       "ranges begin to expand against their usual hour" },
                       { seed_w_ver,   "ver_raw",   "ratio",       "ranges begin to expand" } } },
    [W_EVENT]    = { "W_EVENT",    STATE_WARNING, true, "15m",
                     { { ask_w_event,  "windows",   "windows",     "inside a calendar window" } } },
    [W_SIGNAL]   = { "W_SIGNAL",   STATE_WARNING, true, "15m",
                     { { ask_w_signal, "signal",    "as configured", "the external signal" } } },
    [W_HAZ]      = { "W_HAZ",      STATE_WARNING, false, "15m",
                     { { ask_w_haz,    PI } } },
    [W_TREND]    = { "W_TREND",    STATE_WARNING, false, "1h",
                     { { ask_w_trend,  "p_trend",   "probability", "regime TREND" } } },
};
// clang-format on

void triggers_ask(const struct trigger_inputs *in,
                  struct trigger_result out[TRIGGER_COUNT])
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        const struct trigger_rule *rule =
            &triggers[i].rule[in->config->profile];
        bool off = in->config->mode[i] == TRIGGER_OFF || !rule->ask;
        out[i] = off ? result_none(ANSWER_NOT_APPLICABLE) : rule->ask(in);
        out[i].distance = decision_round(out[i].distance);
        if (out[i].answer != ANSWER_YES)
            out[i].seen_ms = MOMENT_NONE; /* no bar decided */
    }
}

void triggers_literal(const struct trigger_inputs *in, bool out[TRIGGER_COUNT])
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        const struct trigger_rule *rule = &triggers[i].rule[PROFILE_SEED];
        out[i] = rule->ask && rule->ask(in).answer == ANSWER_YES;
    }
}
