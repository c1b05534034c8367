/* run/roll_call.h - the first message of a data repository, and the all-clear
 * of each day: decided with the record of a slot, remembered in
 * latest/service.yaml, so that each is decided once.
 */
#ifndef RUN_ROLL_CALL_H
#define RUN_ROLL_CALL_H

#include "run/run_internal.h"

/* Decides them, once the slots of the run are concluded. Before
 * run_faults_settle(), which writes what is remembered. */
void run_watch_tell(struct run *r);

/* A newer all-clear makes an older one void. */
bool run_watch_superseded(const struct run *r, size_t message);

#endif
