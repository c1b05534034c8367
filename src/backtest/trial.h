/* backtest/trial.h - one grid, one policy, and operators of several delays who
 * act on its first LATEST or MANDATORY. Pure.
 *
 * The verdicts are the same for all operators, so that one pass serves them
 * all; each has a life of its own (hindsight/life.h). The operator ignores
 * WARNING and that an alert was taken back: whoever was told leaves, a delay
 * later, at the open of the next bar. After the window no verdict is asked for;
 * the range is followed for TRIAL_AFTER_MS, and the grid left running as long
 * as somebody wants to know what it came to.
 */
#ifndef BACKTEST_TRIAL_H
#define BACKTEST_TRIAL_H

#include "alert/alert.h"
#include "backtest/bot.h"
#include "backtest/course.h"
#include "engine/evaluate.h"
#include "hindsight/life.h"

#define TRIAL_DELAYS      4
#define TRIAL_GROUPS      24 /* most policies that a grid is told at one time */
#define TRIAL_HOURS       576 /* of the longest window */
#define TRIAL_WINDOW_MOST (TRIAL_HOURS * MS_PER_HOUR)
#define TRIAL_AFTER_MS    (15 * MS_PER_DAY) /* H_ft is 14 days at most */

struct trial_rule {
    const struct exit_config *exits;
    const struct gate_config *gates;
    const struct alert_config *alerts;
    struct bot_terms terms;
    int64_t window_ms; /* whole hours, at most TRIAL_WINDOW_MOST */
    int64_t delay_ms[TRIAL_DELAYS];
    bool asks_on; /* verdicts to the end of the window, whoever has left and
                     whether the stop sold, as of a job whose operator looks
                     on: for who wants to see them */
};

/* What the cohort knows of a grid that it lays. */
struct trial_plan {
    struct grid grid; /* started at the slot, without a start price */
    int32_t symbol;
    size_t lifecycle; /* for whom it is laid, of those of the pass */
    double half_width_atr, stop_atr;
    double sigma_1h;
};

/* One operator. */
struct trial_life {
    struct life life;
    enum exit_state before; /* what was said at the slot before */
    double reverse_equity;  /* e at the exit along the reverse walk */
    bool over;              /* left, or the stop was first */
    int64_t later_ms;       /* when t_x + H_ft is, or MOMENT_NONE */
    int64_t mandatory_ms;   /* newest MANDATORY begun, not met yet */
};

struct trial {
    bool begun;  /* the first bar has come: its open is the start price */
    bool cannot; /* no such grid: the capital is too small for it */
    bool asks_on;
    size_t lifecycle; /* of the plan */
    struct grid grid;
    struct bot bot;
    struct course course;
    struct exit_memory memory;
    struct alert_memory told;
    double sigma_1h;
    uint64_t lower_half[TRIAL_HOURS / 64]; /* by whole hour of the window, */
    int64_t hours_marked;                  /* of which so many are marked, */
    bool lower_now;                        /* and the newest close */
    enum hazard_model pi_model;
    double pi_day; /* pi a day after the start; NO_VALUE where M or S came
                      before, or pi was not known */
    /* Groups of operators, one a policy; the verdict's is the first. */
    size_t operators; /* of a group: TRIAL_DELAYS, or the one it is laid for */
    size_t life_count;
    struct trial_life lives[TRIAL_GROUPS * TRIAL_DELAYS];
};

void trial_open(struct trial *t, const struct trial_rule *rule,
                const struct trial_plan *plan);

/* The same for so many policies, 1 to TRIAL_GROUPS. */
void trial_open_groups(struct trial *t, const struct trial_rule *rule,
                       const struct trial_plan *plan, size_t groups);

/* For the operator of that delay alone, whose life is the only one. */
void trial_open_one(struct trial *t, const struct trial_rule *rule,
                    const struct trial_plan *plan, size_t delay);

/* The bars of the grid's market, each when it closed: at one time the 15m bar
 * goes before that of 1h, and both before the verdict. */
void trial_bar(struct trial *t, const struct trial_rule *rule,
               const struct bar *fifteen);
void trial_hour(struct trial *t, const struct bar *hour);

/* The market at a slot, once its bars are in; whoever has left. */
void trial_look(struct trial *t, const struct snapshot *now);

/* Does anybody still want the verdict of this slot? */
bool trial_asks(const struct trial *t, int64_t slot_ms);

/* The verdict of the slot; `out` is the caller's room for it. */
void trial_ask(struct trial *t, const struct trial_rule *rule,
               const struct snapshot *now, struct evaluation *out);

/* What the operators of a group are told at a slot, by the verdict or by
 * whoever stands in for it (backtest/retell.h); for slots that trial_asks()
 * wants. */
struct trial_word {
    int64_t slot_ms;
    enum exit_state state;
    enum range_side side;
    enum life_reason reason; /* should this be the first LATEST or MANDATORY */
    int message; /* sent: of WARNING 0, LATEST 1, MANDATORY 2; -1: none */
};
void trial_hear(struct trial *t, size_t group, const struct trial_word *word);

/* What else has lives is made of the same pieces. A life in which nothing has
 * happened yet; */
struct life trial_life_new(const struct trial_plan *plan, int64_t window_ms,
                           int64_t delay_ms);
/* the first times of its states, in the order of the slots; */
void trial_heed(struct life *l, const struct trial_word *word);
/* and why a verdict says that the grid is to be left: rows that are active in
 * `mode`, since one in shadow raises nothing. */
enum life_reason trial_reason(const struct evaluation *e,
                              const enum trigger_mode mode[TRIGGER_COUNT]);

/* Nothing that comes later could change its lives. */
bool trial_is_over(const struct trial *t, int64_t slot_ms);

/* Completes the lives. Bars are known up to there, also those that nobody
 * needed since nothing could change the lives any more. */
void trial_end(struct trial *t, int64_t bars_end_ms);

#endif
