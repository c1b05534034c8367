/* gate/gate.h - may a grid be started here, or started again? Pure.
 *
 * Risk hygiene, not a forecast (regime-science notes 4.6): eight gates, each
 * made of checks with value, limit and answer. A check that cannot be answered
 * does not pass: a market that stands still, or of which too little is known,
 * opens no gate. They are asked at every slot and recorded, for a grid that
 * runs, too: then they say what starting it here would look like.
 *
 * Values are compared on nine decimals. docs/gates.md tells each of them.
 */
#ifndef GATE_GATE_H
#define GATE_GATE_H

#include "exit/exit_memory.h"
#include "exit/hazard.h"
#include "market/market.h"
#include "metrics/hourly.h"
#include "metrics/metric.h"
#include "position/grid.h"
#include "regime/crisis.h"
#include "regime/regime.h"

enum gate_id {
    G1_DATA,   /* 15m, 1h and 4h windows and the price can be read */
    G1_CRISIS, /* hours since the last crisis; passes without one */
    G2_QUIET,  /* 1h closes with q <= .35 */
    G3_VER_1H, /* deseasonalised */
    G3_VER_4H,
    G4_ER,     /* z of ER24, 1h */
    G4_ADX,    /* 1h */
    G5_CENTRE, /* |ln(C/centre)| in half-widths */
    G6_PI_24,  /* of the range if it began now, at this close */
    G6_PI_72,
    G7_STEP,   /* net of fees, a share */
    G7_EARN,   /* expected over the expected life, after the entry, a share of
                  the capital */
    G8_WAIT,   /* hours since the exit */
    G8_RANGE,  /* 1h closes with a range label */
    G8_HL,     /* half-life is not longer than it was */
    G8_INSIDE, /* successive 1h closes inside the range */
    G8_COUNT,  /* restarts of this range in 7 days; one more must be allowed */
    GATE_COUNT
};

#define GATE_GROUPS 8 /* G1 to G8 */

/* What the origin asked for, in its own three words; and what remains. */
enum gate_theme {
    THEME_ENERGY,     /* directional energy has decayed */
    THEME_REVERSION,  /* mean reversion is back */
    THEME_VOLATILITY, /* volatility is tradable */
    THEME_TERMS,      /* data, range and money */
    GATE_THEMES
};
const char *gate_theme_text(enum gate_theme theme);

/* Chains of Wilder need a run before a gate may read them: an ADX that began
 * 101 bars ago is .05 points off, one of 28 bars 6.6 (regime-science notes
 * 2.1, 2.2). A VER is the ratio of such an ATR to the mean of its last 100 or
 * 50, each of which shall have run as long. */
#define GATE_BARS_ADX    100
#define GATE_BARS_VER_1H (100 + 100)
#define GATE_BARS_VER_4H (100 + 50)

struct gate_config {
    int64_t crisis_ms;     /* since the last crisis, 12 h */
    int64_t quiet_closes;  /* 2 */
    double ver;            /* at most, 1.10 */
    double er_z;           /* at most, 1.645 */
    double adx;            /* at most, 30 */
    double centre;         /* at most, .35 half-widths */
    double pi_24, pi_72;   /* at most, .06 and .30 */
    double fee;            /* of one fill, a share, .001 */
    double step;           /* at least, .003 */
    int64_t wait_ms;       /* since an exit, 4 h */
    int64_t wait_hard_ms;  /* since one out of MANDATORY_EXIT, 24 h */
    int64_t range_closes;  /* 4 */
    double slowing;        /* half-life to its baseline, below, 1.5 */
    int64_t inside_closes; /* 2 */
    int64_t restarts;      /* of one range in 7 days, at most, 2 */
};

struct gate_inputs {
    const struct market_view *view;
    const struct metric_row *metrics;
    const struct regime *regime;
    const struct crisis *crisis;
    const struct hourly *hourly;
    const struct grid *grid;     /* of a proposal: the proposed one */
    const struct hazard *hazard; /* of its range, from here */
    const struct exit_memory *memory;
    const struct gate_config *config;
    enum hazard_model pi_model; /* for the range of a proposal */
    bool restart;               /* the grid ran before: G5 and G8 apply */
};

struct gate_result {
    enum answer pass; /* yes; no; na: this check does not apply; unknown: it
                         cannot be answered and does not pass */
    struct value value;
    double limit; /* as configured; NO_VALUE where the check does not apply */
};

struct gates {
    struct gate_result rows[GATE_COUNT];
};

struct gate {
    const char *id;
    int group; /* 1 to 8 */
    enum gate_theme theme;
    bool at_least; /* passes from the limit up; else up to it */
    bool strict;   /* and not at the limit itself */
    const char *unit;
    const char *meaning; /* one clause: what passing means */
    struct gate_result (*ask)(const struct gate_inputs *in);
};

extern const struct gate gate_table[GATE_COUNT];

void gates_ask(const struct gate_inputs *in, struct gates *out);

/* "at least", "at most", "above", "below": how the value is held to the limit.
 * Static. */
const char *gate_sense(enum gate_id id);

/* A gate passes when all of its checks that apply pass; na when none does. A
 * no outranks an unknown. */
enum answer gate_group_pass(const struct gates *g, int group);
enum answer gate_theme_pass(const struct gates *g, enum gate_theme theme);

/* All eight pass (or do not apply). */
bool gates_open(const struct gates *g);

#endif
