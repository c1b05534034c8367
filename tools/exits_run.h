/* tools/exits_run.h - grids of many markets under many policies.
 *
 * One grid a day and half-width (backtest/cohort.h), the window, capital and
 * half-spread of `gridwatch backtest`, all else the configuration's defaults.
 * The engine's policy has a life for every operator; the others, told again on
 * the same bars, one for the operator who takes EXITS_DELAY.
 */
#ifndef TOOLS_EXITS_RUN_H
#define TOOLS_EXITS_RUN_H

#include "backtest/pass.h"
#include "backtest/policy.h"
#include "config/config.h"
#include "tools/study_bars.h"

#define EXITS_DELAY  2 /* of exits_delays: an hour */
#define EXITS_WIDTHS 2 /* 4 and 6 ATR(4h) */
extern const int64_t exits_delays[TRIAL_DELAYS];
extern const double exits_widths[EXITS_WIDTHS];

/* Limits of pi alone, for the frontier; the policy `pi` has one of them. */
#define EXITS_LIMITS 8
extern const double exits_limits[EXITS_LIMITS];

/* What was said when operators were first told to leave. */
struct exits_first {
    bool told;
    enum regime_label regime;
    enum vol_tertile tertile;
    bool raised[TRIGGER_COUNT]; /* active rows of LATEST and above: yes */
};

struct exits_grid {
    struct trial_plan plan;
    struct exits_first first;
    struct life engine[TRIAL_DELAYS];
    struct life by[POLICY_COUNT]; /* in the order of `policies` */
    struct life by_limit[EXITS_LIMITS];
};

struct exits_market {
    char name[STUDY_NAME];
    struct bars bars[TF_COUNT]; /* 1h and 4h made of 15m */
    double drift;               /* taken out, log return a ms; 0: none was */
    size_t count, room;
    struct exits_grid *grids; /* owned; by start, then half-width */
    size_t slots;
};

/* Gets every verdict of the shipped profile, from any thread: a market's in
 * order. */
typedef void exits_hear(void *hearer, const struct exits_market *m,
                        const struct trial *t, const struct evaluation *e);

struct exits_rules {
    struct config config;
    struct exit_config seed; /* the same, profile seed */
    struct trial_rule trial; /* of the shipped profile; borrows from here */
    struct cohort_rule cohort;
    size_t widths;             /* the first of exits_widths */
    int64_t from_ms, until_ms; /* of starts; slots before are passed over */
    bool policies;             /* all of them; else the engine's alone */
    bool literal;              /* and profile seed's lives: a pass of its own */
    bool frontier;             /* and pi by all its limits */
    exits_hear *hear;          /* NULL: nobody does */
    void *hearer;
};

/* The defaults, stop 2 ATR(4h) beyond. Must not be moved afterwards. */
void exits_rules_init(struct exits_rules *r);

/* Makes 1h and 4h of the 15m bars that are there. */
void exits_fold(struct exits_market *m);

/* Multiplies every price by exp(-drift * time), drift being the mean log return
 * of all its bars; to be called before exits_fold(). */
void exits_neutralise(struct exits_market *m);

/* Lays and follows all its grids; what was there is dropped. */
void exits_follow(struct exits_market *m, const struct exits_rules *r);

/* All markets, on so many threads, with progress on a terminal. */
void exits_follow_all(struct exits_market *m, size_t count,
                      const struct exits_rules *r, size_t threads,
                      const char *what);

/* The grid told again, as the operator who takes EXITS_DELAY lives it: one life
 * a cue, at most TRIAL_GROUPS of them. */
void exits_again(const struct exits_market *m, const struct exits_rules *r,
                 const struct trial_plan *plan, const struct cue *cues,
                 size_t count, struct life *out);

void exits_series(const struct exits_market *m, struct series out[TF_COUNT]);
void exits_market_release(struct exits_market *m);

#endif
