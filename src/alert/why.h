/* alert/why.h - why the state is what it is, within the room there is. Pure.
 * */
#ifndef ALERT_WHY_H
#define ALERT_WHY_H

#include "alert/draft.h"
#include "alert/reason.h"

/* Every trigger that said yes: rows that raise alone, the worst first, then the
 * warnings that count together; and that MANDATORY is held. At most `points`
 * code points: rows that find no room are counted ("and 3 more"), and the
 * number of them is returned. Nothing when there is no reason. `form` is that
 * of the rows that raise alone. */
int why_put(struct draft *d, const struct evaluation *e,
            const struct grid *grid, enum reason_form form, size_t points);

/* The literal rules that are true and are no reason yet, by name or, when
 * `short_form`, by number. */
void why_put_literal(struct draft *d, const struct evaluation *e,
                     bool short_form);

/* Both, in `points` code points. When there is not enough room for all, what
 * the rows mean goes first, then the operator's clock beside UTC, then the
 * names of the literal rules, then rows from the end. False when there are rows
 * and none is named. */
bool why_put_all(struct draft *d, const struct evaluation *e,
                 const struct grid *grid, size_t points);

/* How many warnings count together in the profile. */
int warnings_of(enum profile profile);

/* "2 of 7 warnings for 3 bars", "1 of 7 warnings, not enough" */
void warnings_put(struct draft *d, const struct evaluation *e);

#endif
