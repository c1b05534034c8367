/* run/retire.h - what is old leaves the tip. */
#ifndef RUN_RETIRE_H
#define RUN_RETIRE_H

#include <stdint.h>

#include "base/error.h"

struct run;
struct store;

/* After the record is committed and before it is pushed; a run that recorded
 * nothing does nothing here.
 *
 * A month that ended gets its tag, YYYY-MM: the newest commit that was made in
 * that month, in UTC. So a tag is the record as it was when the month ended;
 * all that was recorded in the month is in the tag's history. A month without
 * a commit has no tag.
 *
 * Slot documents older than `retention.tip_days`, counted from the slot of this
 * run, leave the tip in a commit of their own: whole days, so it happens once a
 * UTC day, and a few days at a time when there are many. What tells is the tip
 * itself; nothing is remembered. Everything stays in history.
 *
 * Housekeeping: what fails is logged and tried again by a later run. */
void run_retire(struct run *r);

struct retirement {
    struct store *store; /* borrowed */
    int64_t slot_ms;     /* what is old is older than this */
    int64_t now_ms;      /* of the commit */
    int64_t tip_days;
    const char *run; /* its id; borrowed */
};

/* The same for a caller that knows what time it is. -1: something could not be
 * done; what was, is. */
int retire_month(const struct retirement *what, struct error *err);
int retire_days(const struct retirement *what, struct error *err);

#endif
