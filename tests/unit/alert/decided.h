/* tests/unit/alert/decided.h - the decision table, asked slot by slot with the
 * defaults of the configuration.
 */
#ifndef ALERT_DECIDED_H
#define ALERT_DECIDED_H

#include "alert/alert.h"

extern const struct alert_config decided_config;

/* Nothing is known but the evaluation: no risk, no receipt, no command. */
struct alert_now decided_now(const struct evaluation *e, enum alert_hush hush);

/* Decides, and moves the memory on. */
enum alert_reason decided(struct alert_memory *m, const struct evaluation *e,
                          enum alert_hush hush);

#endif
