/* exit/theta.h - from which pi on L_HAZ says leave, and from which the rows
 * that need pi besides: a table over the model of pi, the grid's own measures
 * and the operator's delay. Pure.
 *
 * The model is the one that spoke, not the one that was asked: the same market
 * comes to another pi in the other, and each limit was chosen with its own.
 *
 * How early a grid must be left depends on how long its operator takes, and may
 * on how wide its range is and how far beyond it the stop sits. The entries
 * were chosen on grids that started before 2022 and held to those from 2022 on;
 * docs/backtest.md has both, docs/studies/exit_trials.tsv every try.
 *
 * Widths and distances are those of the grid's start: in the ATR(4h) of the
 * first slot that knew it, kept for its life. A grid whose ATR is not known
 * yet, or that has no stop on a side that costs, was never measured: the
 * limits of the configuration hold for it, and the record says so.
 */
#ifndef EXIT_THETA_H
#define EXIT_THETA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exit/exit_config.h"
#include "position/grid.h"

#define THETA_GAP 0.10 /* of a row: from enter down to leave */

/* What a model is held to where no row is: the limits of L_HAZ, and the gate of
 * the rows that need pi besides. Those of HAZARD_THREE are the defaults of
 * exit.l_haz and exit.gate. Other ones were set by somebody, and win. */
struct theta_usual {
    struct limits limits;
    double gate;
};
struct theta_usual theta_usual(enum hazard_model model);

enum theta_source {
    THETA_TABLE,     /* a row of the table */
    THETA_SET,       /* the configuration, or what the grid's file overrides */
    THETA_UNMEASURED /* the usual ones: no ATR yet, or no stop to measure */
};
const char *theta_source_name(enum theta_source source);

struct theta {
    bool asked; /* false: the profile has no L_HAZ, or it is off */
    struct limits limits;
    enum theta_source source; /* of the limits */
    double gate; /* of a row, if they are; else the usual one; or exit.gate, if
                    somebody set it */
    double half_atr, stop_atr; /* of the grid at its start, or NO_VALUE */
    double atr;                /* what they were measured in, quote currency, or
                                  NO_VALUE */
    int64_t delay_minutes; /* the operator's, whole ones; the table has a row
                              for it */
};

/* One row: it holds from these measures on, up to those of a later one of its
 * model. */
struct theta_row {
    enum hazard_model model;
    double half_atr, stop_atr; /* at least */
    int64_t delay_minutes;     /* at least */
    double enter, gate;
};
extern const struct theta_row theta_table[];
extern const size_t theta_rows;

/* `atr`: ATR(4h) at the grid's start, or NO_VALUE. `spoke`: as in struct
 * hazard. */
struct theta theta_of(const struct exit_config *config, const struct grid *grid,
                      double atr, enum hazard_model spoke);

/* The model whose usual limits or gate somebody set while another one is asked:
 * most likely a file from before the other one. HAZARD_MODEL_COUNT: none. */
enum hazard_model theta_left_over(const struct exit_config *config);

#endif
