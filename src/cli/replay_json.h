/* cli/replay_json.h - a slot of `gridwatch replay` as JSON. */
#ifndef CLI_REPLAY_JSON_H
#define CLI_REPLAY_JSON_H

#include "engine/evaluate.h"
#include "sys/text.h"

/* One object on one line: slot, state, regime, pi, reasons. */
void replay_json(const struct evaluation *e, struct text *out);

#endif
