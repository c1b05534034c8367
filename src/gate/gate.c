#include "gate/gate.h"

#include "gate/gate_internal.h"

// clang-format off
const struct gate gate_table[GATE_COUNT] = {
    /* id                        group theme    at_least strict unit         meaning                                                             ask */
    [G1_DATA]   = { "G1_DATA",   1, THEME_TERMS,      true,  false, "timeframes", "the price is known, and 15m, 1h and 4h can be read",            ask_g1_data },
    [G1_CRISIS] = { "G1_CRISIS", 1, THEME_VOLATILITY, true,  false, "hours",      "the last crisis is long over",                                  ask_g1_crisis },
    [G2_QUIET]  = { "G2_QUIET",  2, THEME_ENERGY,     true,  false, "1h closes",  "TRANSITION and TREND together were improbable, in a row",       ask_g2_quiet },
    [G3_VER_1H] = { "G3_VER_1H", 3, THEME_VOLATILITY, false, false, "ratio",      "ATR(1h) is not above its mean, by hour of week",                ask_g3_ver_1h },
    [G3_VER_4H] = { "G3_VER_4H", 3, THEME_VOLATILITY, false, false, "ratio",      "ATR(4h) is not above its mean",                                 ask_g3_ver_4h },
    [G4_ER]     = { "G4_ER",     4, THEME_ENERGY,     false, false, "z",          "a day's way was no straighter than chance makes it",            ask_g4_er },
    [G4_ADX]    = { "G4_ADX",    4, THEME_ENERGY,     false, false, "points",     "ADX(1h) shows no strong trend",                                 ask_g4_adx },
    [G5_CENTRE] = { "G5_CENTRE", 5, THEME_TERMS,      false, false, "half-widths", "the price stands near the middle of the old range",            ask_g5_centre },
    [G6_PI_24]  = { "G6_PI_24",  6, THEME_TERMS,      false, false, "share",      "the range will probably hold for 24 h",                         ask_g6_pi_24 },
    [G6_PI_72]  = { "G6_PI_72",  6, THEME_TERMS,      false, false, "share",      "and for 72 h",                                                  ask_g6_pi_72 },
    [G7_STEP]   = { "G7_STEP",   7, THEME_TERMS,      true,  false, "share",      "a step pays for its two fees and something over",               ask_g7_step },
    [G7_EARN]   = { "G7_EARN",   7, THEME_TERMS,      true,  true,  "share",      "the cycles of the expected life pay for the entry",             ask_g7_earn },
    [G8_WAIT]   = { "G8_WAIT",   8, THEME_TERMS,      true,  false, "hours",      "the exit is some time ago",                                     ask_g8_wait },
    [G8_RANGE]  = { "G8_RANGE",  8, THEME_REVERSION,  true,  false, "1h closes",  "the regime was a range, in a row",                              ask_g8_range },
    [G8_HL]     = { "G8_HL",     8, THEME_REVERSION,  false, true,  "ratio",      "the half-life is about what it was when the grid began",        ask_g8_hl },
    [G8_INSIDE] = { "G8_INSIDE", 8, THEME_REVERSION,  true,  false, "1h closes",  "the price closed inside the range, in a row",                   ask_g8_inside },
    [G8_COUNT]  = { "G8_COUNT",  8, THEME_TERMS,      false, true,  "restarts",   "this range was not restarted too often in 7 days",              ask_g8_count },
};
// clang-format on

const char *gate_theme_text(enum gate_theme theme)
{
    static const char *const texts[GATE_THEMES] = {
        [THEME_ENERGY] = "directional energy has decayed",
        [THEME_REVERSION] = "mean reversion is back",
        [THEME_VOLATILITY] = "volatility is tradable",
        [THEME_TERMS] = "data, range and money are in order",
    };
    return texts[theme];
}

const char *gate_sense(enum gate_id id)
{
    const struct gate *g = &gate_table[id];
    if (g->at_least)
        return g->strict ? "above" : "at least";
    return g->strict ? "below" : "at most";
}

void gates_ask(const struct gate_inputs *in, struct gates *out)
{
    for (int i = 0; i < GATE_COUNT; i++)
        out->rows[i] = gate_table[i].ask(in);
}

/* Of two answers the one that keeps a gate shut rather: no, unknown, yes, na.
 */
static enum answer join(enum answer a, enum answer b)
{
    static const int rank[ANSWER_COUNT] = {
        [ANSWER_NOT_APPLICABLE] = 0,
        [ANSWER_YES] = 1,
        [ANSWER_UNKNOWN] = 2,
        [ANSWER_NO] = 3,
    };
    return rank[a] >= rank[b] ? a : b;
}

enum answer gate_group_pass(const struct gates *g, int group)
{
    enum answer all = ANSWER_NOT_APPLICABLE;
    for (int i = 0; i < GATE_COUNT; i++)
        if (gate_table[i].group == group)
            all = join(all, g->rows[i].pass);
    return all;
}

enum answer gate_theme_pass(const struct gates *g, enum gate_theme theme)
{
    enum answer all = ANSWER_NOT_APPLICABLE;
    for (int i = 0; i < GATE_COUNT; i++)
        if (gate_table[i].theme == theme)
            all = join(all, g->rows[i].pass);
    return all;
}

bool gates_open(const struct gates *g)
{
    for (int group = 1; group <= GATE_GROUPS; group++) {
        enum answer pass = gate_group_pass(g, group);
        if (pass != ANSWER_YES && pass != ANSWER_NOT_APPLICABLE)
            return false;
    }
    return true;
}
