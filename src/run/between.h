/* run/between.h - `run --look`: the last price of grids in
 * LATEST_ACCEPTABLE_EXIT, between two slots (engine/look.h).
 *
 * The steps are those of every run, with these in the place of fetch and
 * evaluate: only the tickers are asked for, and only of grids whose newest
 * recorded slot is at most half an hour old. What is found joins the record as
 * an event (`look`), beside it what a slot would leave: transition, message,
 * state, newest document. A look feeds no heartbeat, writes no figures, and
 * cries out for nothing that the next run will meet as well: it must not hide
 * that no run comes.
 */
#ifndef RUN_BETWEEN_H
#define RUN_BETWEEN_H

#include "run/run_internal.h"

int run_between_fetch(struct run *r);
int run_between_conclude(struct run *r);

/* The documents of the look at hand, in the place of a slot's: the event, and
 * the newest document with the verdict in it. -1: one was refused. */
int run_between_put(struct run *r, const struct grid_run *g);

#endif
