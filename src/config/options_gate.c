/* The options of entry and restart: gate.* and propose.* of
 * config/exit_strategy_config.yaml. */
#include "config/options_internal.h"

/* clang-format off */
#define INT_ROW(key, field, preset, min, max, unit, help)                     \
    { key, CONFIG_EXIT, OPTION_INT, FIELD(field), preset, min, max, unit,     \
      NULL, help }
#define REAL_ROW(key, field, preset, min, max, unit, help)                    \
    { key, CONFIG_EXIT, OPTION_REAL, FIELD(field), preset, min, max, unit,    \
      NULL, help }
#define SPAN_ROW(key, field, preset, min, max, help)                          \
    { key, CONFIG_EXIT, OPTION_DURATION_MS, FIELD(field), preset, min, max,   \
      "", NULL, help }

static const struct config_option options[] = {
    /* key, field, default, min, max, unit, help */

    SPAN_ROW("gate.crisis", gate.crisis_ms, "12h", 0, 604800,
      "G1: since the last crisis at least"),
    INT_ROW("gate.quiet_closes", gate.quiet_closes, "2", 1, 48, "closes of 1h",
      "G2: so many in a row on which TRANSITION and TREND together are unlikely"),
    REAL_ROW("gate.ver", gate.ver, "1.10", 0.5, 5, "ratio",
      "G3: volatility expansion on 1h and 4h at most: a grid drawn in a calm "
      "hour is too narrow"),
    REAL_ROW("gate.er_z", gate.er_z, "1.645", 0, 10, "standard deviations",
      "G4: efficiency ratio of 24 bars of 1h above a random walk at most"),
    REAL_ROW("gate.adx", gate.adx, "30", 5, 100, "ADX",
      "G4: on 1h at most; 25 would refuse half of all trendless time"),
    REAL_ROW("gate.centre", gate.centre, "0.35", 0.01, 1, "half-widths",
      "G5, restart: the price lies at most this far from the centre of the range"),
    REAL_ROW("gate.pi_24", gate.pi_24, "0.06", 0.001, PI_MAX, "probability",
      "G6: chance that the range would be left within 24 h at most"),
    REAL_ROW("gate.pi_72", gate.pi_72, "0.30", 0.001, PI_MAX, "probability",
      "G6: the same within 72 h"),
    REAL_ROW("gate.fee", gate.fee, "0.001", 0, 0.05, "share",
      "what one fill costs you: 0.001 is 0.1 %; it decides whether a step "
      "between two levels earns anything"),
    REAL_ROW("gate.step", gate.step, "0.003", 0, 0.5, "share",
      "G7: a step between two levels less two fees at least"),
    SPAN_ROW("gate.wait", gate.wait_ms, "4h", 0, 604800,
      "G8, restart: since the exit at least"),
    SPAN_ROW("gate.wait_hard", gate.wait_hard_ms, "24h", 0, 2592000,
      "G8, restart: since an exit out of MANDATORY_EXIT at least"),
    INT_ROW("gate.range_closes", gate.range_closes, "4", 1, 48, "closes of 1h",
      "G8, restart: so many in a row with a range label"),
    REAL_ROW("gate.slowing", gate.slowing, "1.5", 1, 10, "times the baseline",
      "G8, restart: the half-life stays below this"),
    INT_ROW("gate.inside_closes", gate.inside_closes, "2", 1, 48, "closes of 1h",
      "G8, restart: so many in a row inside the range"),
    INT_ROW("gate.restarts", gate.restarts, "2", 0, 50, "starts",
      "G8, restart: in the same range within 7 days at most; a range that "
      "breaks again and again is none"),

    REAL_ROW("propose.kappa", propose.kappa, "4", 1, 20, "ATR of 4h",
      "half-width of a proposed range: 4 earns more often, 6 lives longer; the "
      "ATR is the larger of the newest and its 50-bar mean"),
    REAL_ROW("propose.stop_atr", propose.stop_atr, "2", 0.1, 10, "ATR of 4h",
      "the stop lies this far beyond the range: room to leave by hand before "
      "it is touched"),
    REAL_ROW("propose.step", propose.step, "0.006", 0.0001, 0.5, "share",
      "levels lie no closer than this: 0.006 is 0.6 % of the price"),
};

static const struct config_section sections[] = {
    { "gate", CONFIG_EXIT,
      "when a grid may be started, or started again: all of G1 to G8 must "
      "pass, and what is unknown does not" },
    { "propose", CONFIG_EXIT, "what 'grid propose' draws" },
};
/* clang-format on */

const struct option_part option_part_gate = OPTION_PART(options, sections);
