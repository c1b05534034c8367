/* record/fill.h - the parts of slot documents that follow from the inputs.
 *
 * The run that records and whoever computes it anew call the same lines. What
 * only the run knows (its id, errors of the network, bars that are new) is the
 * caller's to set, before or after.
 */
#ifndef RECORD_FILL_H
#define RECORD_FILL_H

#include "engine/evaluate.h"
#include "record/document.h"

/* Slot, quality but for `clock_offset_ms` and each window's `error` and
 * `recorded_ms`, metrics, regime. */
void metrics_document_fill(struct metrics_document *d,
                           const struct market_view *view,
                           const struct snapshot *snapshot);

/* The evaluation, and what each trigger was allowed to do: nothing while the
 * grid is stopped, nothing but watch while the service is in shadow. */
void exit_document_fill(struct exit_document *d, const struct evaluation *e,
                        const struct grid *grid,
                        const struct exit_config *strategy,
                        const struct position *position,
                        const struct risk *risk);

/* At the slot in which the state changed; `backfilled` and `run` are the
 * caller's to set. */
void transition_document_fill(struct transition_document *d,
                              const struct evaluation *e);

#endif
