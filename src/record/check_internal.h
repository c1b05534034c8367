/* record/check_internal.h - shared by the checks of whole documents. */
#ifndef RECORD_CHECK_INTERNAL_H
#define RECORD_CHECK_INTERNAL_H

#include "record/tables.h"

/* Is there such a moment? */
bool is_there(int64_t ms);

/* Complains when a moment that is there is later than the slot. */
void check_no_later(const struct checker *k, const char *path, int64_t ms,
                    int64_t slot_ms);
/* The same of what a look behind the slot may have changed. */
void check_by_look(const struct checker *k, const char *path, int64_t ms,
                   int64_t slot_ms);

/* One row of the triggers, the warnings that count together, one row of the
 * gates of an exit document. */
void check_trigger(const struct exit_document *d, int i,
                   const struct checker *k);
void check_together(const struct exit_document *d, const struct checker *k);
void check_gate(const struct gates *g, int i, const struct checker *k);

/* May a message with this reason tell this state? */
bool check_reason_fits(enum alert_reason reason, enum exit_state state);

/* Does the id of an intent begin with the slot? */
bool check_id_of_slot(const char *id, int64_t slot_ms);

/* Is each message owed to a channel once? */
void check_owed(const struct owed_list *owed, const struct checker *k);

/* `regime` of a metrics document: labels, chances, explanation. */
void check_regime(const struct metrics_document *d, const struct checker *k);

/* `evaluation.regime` of an exit document. */
void check_short_regime(const struct regime *r, const struct checker *k);

#endif
