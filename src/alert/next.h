/* alert/next.h - what comes next. Pure. For body.c and message.c. */
#ifndef ALERT_NEXT_H
#define ALERT_NEXT_H

#include "alert/alert.h"
#include "alert/draft.h"

/* What would raise the state, or what the phone will do. */
void next_put(struct draft *d, const struct alert_now *now,
              const struct intent *intent);

/* What the siren of the message does: one line. */
void next_put_siren(struct draft *d, const struct intent *intent);

#endif
