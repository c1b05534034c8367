/* run/position_json.h - position and risk as --json shows them. */
#ifndef RUN_POSITION_JSON_H
#define RUN_POSITION_JSON_H

#include "engine/evaluate.h"
#include "position/risk.h"

struct cJSON;

/* "position": {source, reason, inventory, ...}: each figure {value, status, lo,
 * hi}, null where there is none. */
void member_position(struct cJSON *o, const struct position *p);

/* "risk": figures of the position, and those that need none. */
void member_risk(struct cJSON *o, const struct risk *r,
                 const struct distances *d);

#endif
