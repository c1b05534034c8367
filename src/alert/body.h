/* alert/body.h - the text of one message. Pure. For message.c only.
 *
 * It answers, in this order: what to do and until when; where the price is;
 * why; the chance; the stop; money; what comes next. Every number has a unit,
 * every time says UTC.
 */
#ifndef ALERT_BODY_H
#define ALERT_BODY_H

#include "alert/alert.h"

/* Does the verdict's side cost this grid nothing? Without a side it may. */
bool evaluation_is_riskless(const struct evaluation *e, const struct grid *g);

/* Is the range, or a stop, passed already? */
bool evaluation_is_broken(const struct evaluation *e, const struct grid *g);

/* Writes at most INTENT_BODY_MAX bytes to `out->body`. The other fields of
 * `out` must be filled. */
void body_write(const struct evaluation *e, const struct grid *grid,
                const struct position *position,
                const struct alert_config *config, struct intent *out);

#endif
