/* exit/trigger_internal.h - the questions of the rows, and what they share. */
#ifndef EXIT_TRIGGER_INTERNAL_H
#define EXIT_TRIGGER_INTERNAL_H

#include "exit/trigger.h"

/* Everything absent but the answer; a row without a gate. */
struct trigger_result result_none(enum answer answer);

/* The share or sum that a row computed, on nine decimals. */
struct value rounded(struct value x);

/* Is x at (`above`: strictly above) the limit? Value, limit and distance are
 * filled in; what may not be compared answers as its status says. */
struct trigger_result result_at(struct value x, double limit);
struct trigger_result result_above(struct value x, double limit);

/* The same answer, asked on the newest 1h close. */
struct trigger_result on_hour(const struct trigger_inputs *in,
                              struct trigger_result r);

/* A yes needs pi at `least` besides. */
struct trigger_result with_pi(const struct trigger_inputs *in,
                              struct trigger_result r, double least);

/* The newest 1h close of the log, or MOMENT_NONE. */
int64_t newest_hour_ms(const struct trigger_inputs *in);

/* Has a real 15m bar come since the slot before? One that is late counts when
 * it comes; two that come together count once. */
bool new_bar(const struct trigger_inputs *in);

/* Has pi reached `least`? As its status says when it may not be compared. */
enum answer pi_reaches(const struct trigger_inputs *in, double least);

/* The reversion rule of the grid and its baseline; patience 0 without one. */
struct reversion_rule grid_reversion(const struct grid *g,
                                     const struct baseline *b);
/* The anchored z of a close. */
struct value grid_z(const struct grid *g, const struct baseline *b,
                    double close);

/* VER against the larger of its own baseline and the frozen one. */
struct value ver_of_grid(const struct trigger_inputs *in);

/* At `closes` successive newest rows: HL_c at `ratio` times the baseline and
 * t_DF above `t`. Value: the newest HL_c over the baseline. */
struct half_life_rule {
    double ratio, t;
    int64_t closes;
};
struct trigger_result half_life_grew(const struct trigger_inputs *in,
                                     struct half_life_rule rule);

typedef struct trigger_result ask_fn(const struct trigger_inputs *in);
ask_fn ask_trend, seed_trend, ask_boundary, ask_stop, ask_equity, ask_blind;
ask_fn ask_l_trans, seed_l_trans, ask_l_hl, seed_l_hl, ask_l_ver, seed_l_ver,
    ask_l_z, seed_l_z, ask_l_haz, ask_l_guard, ask_l_crisis;
ask_fn ask_w_trans, seed_w_trans, ask_w_conf, seed_w_conf, ask_w_er, seed_w_er,
    ask_w_mr, seed_w_mr, ask_w_ver, seed_w_ver, ask_w_event, ask_w_signal,
    ask_w_haz, ask_w_trend;

#endif
