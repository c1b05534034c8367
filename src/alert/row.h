/* alert/row.h - the decision table. Pure.
 *
 * One row is one reason: when it applies, how loudly it is told, what is
 * remembered of it, and one clause for the documents (docs/alerts.md has the
 * table that is made of it). Rows of a grid's state are asked from the top; the
 * first that applies names the reason. A row never looks at another.
 */
#ifndef ALERT_ROW_H
#define ALERT_ROW_H

#include "alert/alert.h"

enum alert_sends {
    SENDS_NOTHING,
    SENDS_BY_STATE, /* as loudly as the state is grave */
    SENDS_SILENTLY, /* priority -2 */
    SENDS_QUIETLY,  /* -1 */
    SENDS_PLAINLY,  /* 0 */
    SENDS_LOUDLY,   /* 1 */
    SENDS_SIREN,    /* 2 */
    ALERT_SENDS_COUNT
};

enum alert_keeps {
    KEEPS_NOTHING,
    KEEPS_RISE,     /* the level and its figures; what was acknowledged before
                       is none of this, and a higher level may escalate anew */
    KEEPS_GRAVER,   /* likewise, but causes add up */
    KEEPS_FALL,     /* the level and its figures; it does not escalate */
    KEEPS_LEVEL,    /* the level and its figures; causes add up */
    KEEPS_SIREN,    /* likewise, and that it escalated */
    KEEPS_REPEAT,   /* likewise; the next one comes later */
    KEEPS_SIGHT,    /* whether the state can be known: the level is as it was */
    KEEPS_DARK,     /* likewise, and the siren */
    KEEPS_QUESTION, /* when it was asked, and how often */
    KEEPS_RANGE,    /* that the range is back was told */
    KEEPS_PARTING,  /* whether it looks left */
    ALERT_KEEPS_COUNT
};

struct alert_row {
    enum alert_reason reason; /* the place in the table */
    const char *name;         /* as recorded */
    /* NULL: never asked, because another place decides it. */
    bool (*applies)(const struct alert_memory *m, const struct alert_now *now);
    enum alert_sends sends;
    enum alert_keeps keeps;
    const char *meaning;
};

extern const struct alert_row alert_rows[ALERT_REASON_COUNT];

const char *alert_sends_text(enum alert_sends sends); /* for the docs */
const char *alert_keeps_text(enum alert_keeps keeps); /* likewise */

/* LATEST or MANDATORY on the side that costs this grid nothing? */
bool alert_is_idle(const struct alert_now *now);

/* Did it begin or cease to cost so lately (config->change_gap_ms) that a siren
 * that rings is left ringing, though nothing is at risk now? */
bool alert_turned_lately(const struct alert_memory *m,
                         const struct alert_now *now);

/* When it is decided: the slot, or the look between two. */
int64_t alert_time_ms(const struct alert_now *now);

/* The newest slot at which this level or a higher one was told. */
int64_t alert_told_ms(const struct alert_memory *m, enum exit_state level);

/* Did the operator answer what was told last? */
bool alert_is_acknowledged(const struct alert_memory *m,
                           const struct alert_now *now);

/* Acknowledgements up to then count for nothing that is told later. */
void alert_spend_answer(struct alert_memory *m, int64_t at_ms);

/* Has the siren gone quiet without an answer? */
bool alert_siren_expired(const struct alert_memory *m,
                         const struct alert_now *now);

/* By what is remembered: was it sent, and neither answered nor too old? */
bool alert_siren_rings(const struct alert_memory *m);

/* Is the siren, if there is one, that of a price that is not known? */
bool alert_siren_is_of_sight(const struct alert_memory *m,
                             const struct alert_now *now);

/* Did the operator answer the siren, and not something before it? */
bool alert_siren_is_answered(const struct alert_memory *m,
                             const struct alert_now *now);

/* Is the message lowered by the hour? */
bool alert_is_softened(enum alert_reason reason, const struct alert_now *now);

/* The figures of the slot. Causes: the rows that raise a state alone. */
struct alert_figures alert_figures_of(const struct alert_now *now);

/* What a message of the row leaves behind. */
void alert_remember(struct alert_memory *m, const struct alert_row *row,
                    const struct alert_now *now);

#endif
