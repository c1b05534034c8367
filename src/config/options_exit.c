/* The options of the ladder: exit.* of config/exit_strategy_config.yaml. The
 * rows stand in the order of exit/trigger_id.h. */
#include "config/options_internal.h"

static const char *profile_choice(int n)
{
    return n < PROFILE_COUNT ? profile_name((enum profile)n) : NULL;
}

static const char *mode_choice(int n)
{
    return n <= TRIGGER_OFF ? trigger_mode_name((enum trigger_mode)n) : NULL;
}

static const char *pi_model_choice(int n)
{
    return n < HAZARD_MODEL_COUNT ? hazard_model_name((enum hazard_model)n)
                                  : NULL;
}

/* clang-format off */
#define MODE(trigger, id)                                                     \
    { "exit." trigger ".mode", CONFIG_EXIT, OPTION_CHOICE,                    \
      FIELD(exit.mode[id]), "active", 0, 0, "", mode_choice,                  \
      "active raises the state, shadow only records, off is not asked" }
#define INT_ROW(key, field, preset, min, max, unit, help)                     \
    { "exit." key, CONFIG_EXIT, OPTION_INT, FIELD(exit.field), preset, min,   \
      max, unit, NULL, help }
#define REAL_ROW(key, field, preset, min, max, unit, help)                    \
    { "exit." key, CONFIG_EXIT, OPTION_REAL, FIELD(exit.field), preset, min,  \
      max, unit, NULL, help }

static const struct config_option options[] = {
    /* key, field, default, min, max, unit, help */

    { "exit.profile", CONFIG_EXIT, OPTION_CHOICE,
      FIELD(exit.profile), "calibrated", 0, 0, "", profile_choice,
      "calibrated: limits that were measured; seed: the literal rules of the "
      "origin, which ring more often. What only one of them reads says so below" },
    { "exit.shadow", CONFIG_EXIT, OPTION_BOOL,
      FIELD(exit.shadow), "false", 0, 0, "", NULL,
      "true: everything is watched and recorded, nobody is told" },
    INT_ROW("release_closes", release_closes, "2", 1, 48, "closes of 1h",
      "MANDATORY_EXIT ends after so many in a row without any M trigger"),
    { "exit.pi_model", CONFIG_EXIT, OPTION_CHOICE,
      FIELD(exit.pi_model), "pi-24h-2", 0, 0, "", pi_model_choice,
      "the constants behind pi; pi-24h-2 says what pi-24h-1 says until it knows "
      "three volatilities, after five days" },
    REAL_ROW("gate", gate, "0.47", 0, PI_MAX, "probability",
      "calibrated: L_TRANS, L_HL, L_VER and L_Z count only from this pi on; "
      "lower rings earlier and more often in vain. Left alone, pi-24h-1 is held "
      "to its own, 0.37"),
    { "exit.operator_delay", CONFIG_EXIT, OPTION_DURATION_MS,
      FIELD(exit.operator_delay_ms), "1h", 0, 86400, "", NULL,
      "how long its operator takes from an alert to the exit: the table of "
      "L_HAZ has rows by it" },

    MODE("m_trend", M_TREND),
    REAL_ROW("m_trend.p", m_trend.p, "0.75", 0.5, 1, "probability",
      "calibrated: a trend must be this likely; seed takes the regime TREND"),
    INT_ROW("m_trend.slots", m_trend.slots, "4", 1, 96, "bars of 15m",
      "calibrated: for so many in a row"),
    REAL_ROW("m_trend.pi", m_trend.pi, "0.25", 0, PI_MAX, "probability",
      "calibrated: and pi must be this high besides; 0: whatever pi is"),

    MODE("m_boundary", M_BOUNDARY),
    INT_ROW("m_boundary.closes", m_boundary.closes, "2", 1, 48, "closes of 1h",
      "so many in a row outside the range, on the same side"),

    MODE("m_stop", M_STOP),

    MODE("m_equity", M_EQUITY),
    REAL_ROW("m_equity.drawdown", m_equity.drawdown, "0.15", 0.01, 1, "share of the capital",
      "net PnL lies this far below its peak of the grid's life, and as far as "
      "exit.m_equity.range says"),
    REAL_ROW("m_equity.range", m_equity.range, "1", 0, 10, "times the range's loss",
      "so many times what a price costs that goes from the upper bound to the "
      "lower one; a grid whose file does not say how it is built is not asked. "
      "0: exit.m_equity.drawdown alone"),

    MODE("m_blind", M_BLIND),
    { "exit.m_blind.after", CONFIG_EXIT, OPTION_DURATION_MS,
      FIELD(exit.m_blind.after_ms), "2h", 1800, 86400, "", NULL,
      "the price has been unknown for so long" },
    REAL_ROW("m_blind.pi", m_blind.pi, "0.25", 0, PI_MAX, "probability",
      "and the last pi that was known was this high"),

    MODE("l_trans", L_TRANS),
    INT_ROW("l_trans.closes_1h", l_trans.closes_1h, "4", 1, 48, "closes of 1h",
      "so many in a row with the 1h label TRANSITION"),
    INT_ROW("l_trans.closes_4h", l_trans.closes_4h, "2", 1, 24, "closes of 4h",
      "or so many with the 4h label TRANSITION"),
    INT_ROW("l_trans.pi_closes", l_trans.pi_closes, "4", 1, 48, "closes of 1h",
      "calibrated: or so many with pi at exit.gate, whatever the labels"),

    MODE("l_hl", L_HL),
    REAL_ROW("l_hl.ratio", l_hl.ratio, "2", 1, 10, "times the baseline",
      "prices take this much longer to come back than when the grid began: the "
      "half-life of 200 bars of 1h over its frozen baseline"),
    REAL_ROW("l_hl.t", l_hl.t, "-1.95", -5, 0, "t",
      "calibrated: and the Dickey-Fuller t is above this: coming back is hard "
      "to tell from chance"),
    INT_ROW("l_hl.closes", l_hl.closes, "4", 1, 48, "closes of 1h",
      "calibrated: both for so many in a row; seed: once"),

    MODE("l_ver", L_VER),
    REAL_ROW("l_ver.limit", l_ver.limit, "1.25", 1, 5, "ratio",
      "ranges of 1h bars are above this multiple of their 100-bar mean "
      "(calibrated: of what is usual at that hour of the week)"),

    MODE("l_z", L_Z),

    MODE("l_haz", L_HAZ),
    REAL_ROW("l_haz.enter", l_haz.enter, "0.50", 0.01, PI_MAX, "probability",
      "yes from this pi on; another one than the default wins over the table"),
    REAL_ROW("l_haz.leave", l_haz.leave, "0.40", 0, PI_MAX, "probability",
      "and no again below this; likewise"),
    { "exit.l_haz.table", CONFIG_EXIT, OPTION_BOOL,
      FIELD(exit.l_haz_table), "true", 0, 0, "", NULL,
      "true: both by the grid's own half-width and stop, as docs/triggers.md "
      "has them" },

    MODE("l_guard", L_GUARD),
    REAL_ROW("l_guard.keep", l_guard.keep, "0.80", 0.05, 0.99, "share of the peak",
      "net PnL has fallen to this share of its peak"),
    REAL_ROW("l_guard.least", l_guard.least, "0.01", 0, 1, "share of the capital",
      "the peak must be this high before it is guarded, and higher where an "
      "hour's noise is larger"),

    MODE("l_crisis", L_CRISIS),
    REAL_ROW("l_crisis.pi", l_crisis.pi, "0.25", 0, PI_MAX, "probability",
      "and pi must be this high besides; 0: whatever pi is"),

    INT_ROW("warning.needed", warning.needed, "2", 1, 7, "signs",
      "so many of W_TRANS to W_SIGNAL at once make a WARNING"),
    INT_ROW("warning.held", warning.held, "2", 1, 96, "bars of 15m",
      "calibrated: for so many in a row; seed: at once"),

    MODE("w_trans", W_TRANS),
    REAL_ROW("w_trans.p", w_trans.p, "0.40", 0.01, 1, "probability",
      "the larger of pi and p of TRANSITION reaches this (seed: p alone, "
      "unsmoothed)"),
    REAL_ROW("w_trans.q", w_trans.q, "0.50", 0.01, 1, "probability",
      "calibrated: or p of TRANSITION and p of TREND together reach this"),

    MODE("w_conf", W_CONF),
    REAL_ROW("w_conf.drop", w_conf.drop, "0.10", 0, 1, "probability",
      "calibrated: p of a range fell on three 1h closes in a row, by so much "
      "in all; seed: by anything"),

    MODE("w_er", W_ER),
    REAL_ROW("w_er.z", w_er.z, "1.645", 0, 10, "standard deviations",
      "calibrated: the efficiency ratio of 24 bars of 1h is this far above "
      "that of a random walk: prices go straight"),
    REAL_ROW("w_er.ratio", w_er.ratio, "0.30", 0, 1, "ratio",
      "seed: the efficiency ratio itself is above this"),

    MODE("w_mr", W_MR),
    REAL_ROW("w_mr.ratio", w_mr.ratio, "1.5", 1, 10, "times the baseline",
      "calibrated: the half-life, as in L_HL; seed: longer than 3 bars ago"),
    REAL_ROW("w_mr.t", w_mr.t, "-1.95", -5, 0, "t",
      "calibrated: and the Dickey-Fuller t is above this"),
    REAL_ROW("w_mr.m_fall", w_mr.m_fall, "15", 1, 100, "points",
      "calibrated, where the grid has no baseline: the mean-reversion score "
      "fell this much in 6 h"),

    MODE("w_ver", W_VER),
    REAL_ROW("w_ver.limit", w_ver.limit, "1.10", 1, 5, "ratio",
      "the ratio of L_VER, earlier"),

    MODE("w_event", W_EVENT),

    MODE("w_signal", W_SIGNAL),
    REAL_ROW("w_signal.limit", w_signal.limit, "1", 0.001, 1000000, "as the signal",
      "what is left of the external signal reaches this; it fades by its own "
      "half-life"),

    MODE("w_haz", W_HAZ),
    REAL_ROW("w_haz.enter", w_haz.enter, "0.25", 0.01, PI_MAX, "probability",
      "yes from this pi on"),
    REAL_ROW("w_haz.leave", w_haz.leave, "0.20", 0, PI_MAX, "probability",
      "and no again below this"),

    MODE("w_trend", W_TREND),
};

static const struct config_section sections[] = {
    { "exit", CONFIG_EXIT,
      "when a grid should be left; pi is the chance that its range is left "
      "within 24 hours" },
    { "exit.m_trend", CONFIG_EXIT,
      "M_TREND, MANDATORY_EXIT: a trend is likely, and so is a break" },
    { "exit.m_boundary", CONFIG_EXIT,
      "M_BOUNDARY, MANDATORY_EXIT: closed 1h bars outside the range" },
    { "exit.m_stop", CONFIG_EXIT,
      "M_STOP, MANDATORY_EXIT: the stop of the grid's file was touched" },
    { "exit.m_equity", CONFIG_EXIT,
      "M_EQUITY, MANDATORY_EXIT, calibrated only: net PnL fell from its peak" },
    { "exit.m_blind", CONFIG_EXIT,
      "M_BLIND, MANDATORY_EXIT, calibrated only: no price while a break was "
      "likely" },
    { "exit.l_trans", CONFIG_EXIT,
      "L_TRANS, LATEST_ACCEPTABLE_EXIT: the market has been in TRANSITION for "
      "too long" },
    { "exit.l_hl", CONFIG_EXIT,
      "L_HL, LATEST_ACCEPTABLE_EXIT: prices come back more slowly than when "
      "the grid began" },
    { "exit.l_ver", CONFIG_EXIT,
      "L_VER, LATEST_ACCEPTABLE_EXIT: ranges expand" },
    { "exit.l_z", CONFIG_EXIT,
      "L_Z, LATEST_ACCEPTABLE_EXIT: far from the centre of the range, and not "
      "back in time; its limits follow from the grid" },
    { "exit.l_haz", CONFIG_EXIT,
      "L_HAZ, LATEST_ACCEPTABLE_EXIT, calibrated only: pi is high" },
    { "exit.l_guard", CONFIG_EXIT,
      "L_GUARD, LATEST_ACCEPTABLE_EXIT, calibrated only: net PnL gives back "
      "its peak" },
    { "exit.l_crisis", CONFIG_EXIT,
      "L_CRISIS, LATEST_ACCEPTABLE_EXIT, calibrated only: a 15m bar far out of "
      "proportion; its limits belong to the regime's model" },
    { "exit.warning", CONFIG_EXIT,
      "WARNING of several signs together: W_TRANS to W_SIGNAL" },
    { "exit.w_trans", CONFIG_EXIT,
      "W_TRANS, a sign of WARNING: a transition or a break is likely" },
    { "exit.w_conf", CONFIG_EXIT,
      "W_CONF, a sign of WARNING: the range becomes less likely" },
    { "exit.w_er", CONFIG_EXIT, "W_ER, a sign of WARNING: prices go straight" },
    { "exit.w_mr", CONFIG_EXIT,
      "W_MR, a sign of WARNING: prices come back more slowly" },
    { "exit.w_ver", CONFIG_EXIT,
      "W_VER, a sign of WARNING: ranges begin to expand" },
    { "exit.w_event", CONFIG_EXIT,
      "W_EVENT, a sign of WARNING, calibrated only: inside a window of "
      "outside.calendar_file" },
    { "exit.w_signal", CONFIG_EXIT,
      "W_SIGNAL, a sign of WARNING, calibrated only: the signal of "
      "outside.signal_file or outside.signal_url" },
    { "exit.w_haz", CONFIG_EXIT,
      "W_HAZ, WARNING alone, calibrated only: pi as in L_HAZ, earlier" },
    { "exit.w_trend", CONFIG_EXIT,
      "W_TREND, WARNING alone, calibrated only: the regime is TREND" },
};
/* clang-format on */

const struct option_part option_part_exit = OPTION_PART(options, sections);
