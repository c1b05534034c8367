/* cli/act_json.h - what an operator did to one grid, as one line of JSON. */
#ifndef CLI_ACT_JSON_H
#define CLI_ACT_JSON_H

#include "cli/act.h"

/* Appends {"grid":...,"action":...,"at":...,"by":...,"until":...,"state":...,
 * "episode":...,"note":...,"status":...,"given_up":N,"dry_run":...,
 * "commit":...,"push_owed":...} and a newline; what is not said is null. */
void act_json(const struct act *a, const struct act_done *d, struct text *out);

#endif
