/* alert/stale.h - a price that is not known, told the louder the longer
 * (specification, 4). Pure. */
#ifndef ALERT_STALE_H
#define ALERT_STALE_H

#include "alert/alert.h"

/* How old the newest price that could be used is, in ms (exit/blindness.h); 0
 * while the price is known. */
int64_t alert_price_age(const struct evaluation *e);

/* Rows of the decision table: older than `stale_ms` and `stale_siren_ms` of the
 * configuration, and neither told at that age nor answered since. The first one
 * is of a MANDATORY that was acknowledged as well; the siren is not, because
 * one was heard. Where M_BLIND raises MANDATORY at that age, its siren rings.
 */
bool alert_is_stale(const struct alert_memory *m, const struct alert_now *now);
bool alert_is_dark(const struct alert_memory *m, const struct alert_now *now);

#endif
