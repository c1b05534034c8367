/* alert/reason.h - one trigger that said yes, in the words of a message. Pure.
 *
 * Most rows are told from the trigger table: what it means, its value against
 * the limit, the timeframe and the close. Those whose value is a price, money,
 * a label or a count have words of their own.
 */
#ifndef ALERT_REASON_H
#define ALERT_REASON_H

#include "alert/draft.h"
#include "engine/evaluate.h"

/* Closes that a text has named already. A second reason of the same close
 * names only its timeframe. */
#define REASON_CLOSES 4
struct reason_closes {
    size_t count;
    struct reason_close {
        const char *timeframe;
        int64_t ms;
    } list[REASON_CLOSES];
};

enum reason_form {
    REASON_FULL, /* with what it means, for a row that raises alone */
    REASON_SHORT /* value against limit, for one that counts with others */
};

struct reason {
    const struct evaluation *e;
    const struct grid *grid; /* for capital and currency */
    enum trigger_id id;      /* its answer is yes */
    enum reason_form form;
};

/* "L_VER ranges expand against their usual hour, VER 1.31 > 1.25 (1h close
 * 02:00 UTC), pi confirms" */
void reason_put(struct draft *d, const struct reason *r,
                struct reason_closes *closes);

#endif
