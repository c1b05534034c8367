/* run/status_json.h - what the record says of a grid, as one line of JSON. */
#ifndef RUN_STATUS_JSON_H
#define RUN_STATUS_JSON_H

#include "position/totals.h"
#include "record/document.h"
#include "sys/text.h"

/* As of `now_ms`. `d` is the newest exit document, or NULL: then its keys are
 * null. So are those of a stopped grid, which has no state and no figures of
 * risk: `reason` says so, `stopped_at` when it was stopped and `known` the
 * state that was `left`, or null for STATE_UNKNOWN; what a restart asks of the
 * market stays. `left` says nothing of a grid that is not stopped. */
void status_json(const struct grid *g, const struct exit_document *d,
                 enum exit_state left, int64_t now_ms, struct text *out);

/* The line after them: {"totals": ...}, see run/totals_json.h. */
void status_totals_json(const struct totals *t, struct text *out);

#endif
