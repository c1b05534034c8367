/* watchdog/watchdog_json.h - one look as JSON. */
#ifndef WATCHDOG_WATCHDOG_JSON_H
#define WATCHDOG_WATCHDOG_JSON_H

#include "sys/text.h"
#include "watchdog/watchdog.h"

/* One object on one line: {at, record: {read, tip, why}, grids, documents,
 * rules: [{rule, asked, since, news, delivered, why, findings: [{subject,
 * what}], more}], exit}. `delivered` is null when nothing was sent, `since`
 * when nothing stands. */
void watchdog_json(const struct watchdog_report *r, int exit_code,
                   struct text *out);

#endif
