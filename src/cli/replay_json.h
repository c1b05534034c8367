/* cli/replay_json.h - a slot of `gridwatch replay` as JSON. */
#ifndef CLI_REPLAY_JSON_H
#define CLI_REPLAY_JSON_H

#include "cli/replay_tally.h"
#include "engine/evaluate.h"
#include "sys/text.h"

/* One object on one line: slot, state, regime, pi, reasons. */
void replay_json(const struct evaluation *e, struct text *out);

/* The line after them: {"summary": {grid, profile, slots,
 * slots_by_todays_range, live_grid_days, messages, per_grid_day, urgent,
 * urgent_per_grid_day, by_reason, by_priority}}. Every reason that sends has
 * its key. */
void replay_summary_json(const char *grid, enum profile profile, size_t slots,
                         size_t by_today, const struct replay_tally *t,
                         struct text *out);

#endif
