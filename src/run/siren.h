/* run/siren.h - what became of a siren, and its end.
 *
 * Before the present slot is concluded, the receipt of each siren that may be
 * ringing is asked once: not longer than SIREN_BUDGET_MS for all of them, and
 * not at all when that would take the alert's time. What was answered is an
 * input of the decision and recorded as such; an acknowledgement is an event of
 * the operator's, too. An answer that does not come is none: then the siren
 * expires by the clock of the slots.
 *
 * A siren whose reason is gone, or that was answered elsewhere, is cancelled by
 * its tag before anything else is sent. That it has to be is committed before;
 * a cancellation that fails is tried again by each run until the siren goes
 * quiet by itself, unless another with that tag was sent since.
 *
 * One siren may ring for several grids, because one message told of them
 * (bundle.h). Each keeps the receipt, and in siren_by whose message it is. The
 * receipt is asked once and its answer is of each; an acknowledgement by
 * command is of the grid that it names. The siren is cancelled when the last
 * grid that needs it needs it no more, whichever that is: until then a grid
 * whose reason is gone keeps what has to be cancelled. A grid whose file cannot
 * be used, or is gone though the grid was not stopped, needs it until it goes
 * quiet by itself: nobody can say that its danger is over. A fresh siren of one
 * of them takes along those that its message tells of; for the others the old
 * one rings on, though both have one tag.
 */
#ifndef RUN_SIREN_H
#define RUN_SIREN_H

#include "run/run_internal.h"

#define SIREN_BUDGET_MS 4000 /* for all receipts, and for all cancellations */

void run_siren_ask(struct run *r);

/* The newest acknowledgement of the present life: by command, by hand, on the
 * phone; or MOMENT_NONE. */
int64_t run_siren_acknowledged_ms(const struct grid_run *g);

/* Is it a siren of a grid that does not remember it? Nobody could ask after it
 * or end it: what it was to ring for has passed, or costs nothing by now. It is
 * told, and does not ring. */
bool run_siren_forgotten(const struct run *r, const struct message_run *m);

/* What a decision leaves of the siren: before the state is put. */
void run_siren_follow(struct run *r, struct grid_run *g,
                      const struct alert_memory *before,
                      const struct alert_memory *after);

/* The operator's event, once: after the slot was put. `told` is what he
 * acknowledged. */
void run_siren_tell(struct run *r, struct grid_run *g, enum exit_state told);

/* Before anything is sent. */
void run_siren_cancel(struct run *r);

/* Keeps the receipt of the grid's siren, when the message is that. */
void run_siren_delivered(struct run *r, const struct message_run *m);

/* What the grid remembers is given up (a clock was wrong) while its siren may
 * ring: it is to be cancelled. */
void run_siren_orphan(const struct run *r, struct grid_run *g);

/* Likewise, when the message was told by another one, which rings. */
void run_siren_shared(struct run *r, const struct message_run *m);

#endif
