/* outside/signal_json.h - a signal as JSON:
 *
 *     {"value": 0.7, "time": "2026-03-18T17:45:00Z", "half_life_s": 3600}
 *
 * value: any finite number. time: when it was computed, RFC 3339. half_life_s:
 * after so many seconds half of it is left; null: it never fades. All three
 * must be there; other keys are passed over.
 */
#ifndef OUTSIDE_SIGNAL_JSON_H
#define OUTSIDE_SIGNAL_JSON_H

#include <stddef.h>

#include "base/error.h"
#include "exit/outside.h"

/* Fills value, at_ms and half_life_s. -1 with FAULT_DATA, the key and what it
 * must be; `out` is then as before. The message does not repeat the body. */
int signal_parse(const char *data, size_t len, struct signal *out,
                 struct error *err);

#endif
