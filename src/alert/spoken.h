/* alert/spoken.h - how the value of a trigger is called, held to its limit and
 * rounded in a text for people. Pure. For this folder and for `explain`.
 */
#ifndef ALERT_SPOKEN_H
#define ALERT_SPOKEN_H

#include "alert/draft.h"
#include "engine/evaluate.h"

enum spoken_kind {
    SPOKEN_NUMBER,
    SPOKEN_SHARE,    /* told in percent */
    SPOKEN_HALF_LIFE /* may be infinite, and has no number then */
};

struct spoken {
    const char *name;
    const char *op;   /* what a yes is: ≥, > or ≤ the limit */
    const char *unit; /* behind the limit, with its blank; or "" */
    int decimals;     /* at least */
    enum spoken_kind kind;
};

/* Of the row as the evaluation's profile asks it. A metric that is not spoken
 * of specially is called as the trigger table calls it. */
struct spoken spoken_of(const struct evaluation *e, enum trigger_id id);

/* "VER 1.31": the name and the value. */
void spoken_put_value(struct draft *d, const struct spoken *s,
                      const struct trigger_result *r);
/* "1.25": the limit and its unit. */
void spoken_put_limit(struct draft *d, const struct spoken *s,
                      const struct trigger_result *r);
/* "VER 1.31 > 1.25". A limit of 0 or none is left off. */
void spoken_put(struct draft *d, const struct spoken *s,
                const struct trigger_result *r);

#endif
