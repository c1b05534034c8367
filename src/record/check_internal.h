/* record/check_internal.h - shared by the checks of whole documents. */
#ifndef RECORD_CHECK_INTERNAL_H
#define RECORD_CHECK_INTERNAL_H

#include "record/tables.h"

/* Is there such a moment? */
bool is_there(int64_t ms);

/* Complains when a moment that is there is later than the slot. */
void check_no_later(const struct checker *k, const char *path, int64_t ms,
                    int64_t slot_ms);

/* May a message with this reason tell this state? */
bool check_reason_fits(enum alert_reason reason, enum exit_state state);

/* Does the id of an intent begin with the slot? */
bool check_id_of_slot(const char *id, int64_t slot_ms);

/* `regime` of a metrics document: labels, chances, explanation. */
void check_regime(const struct metrics_document *d, const struct checker *k);

/* `regime` of an exit document, whose reason stands at `path`. */
void check_regime_reason(const struct regime *r, const char *path,
                         const struct checker *k);

#endif
