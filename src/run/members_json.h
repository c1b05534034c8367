/* run/members_json.h - members of a JSON object, written so that numbers read
 * back to the same double and what is missing is null. */
#ifndef RUN_MEMBERS_JSON_H
#define RUN_MEMBERS_JSON_H

#include <stdint.h>

#include "base/value.h"
#include "sys/text.h"

struct cJSON;

void member_number(struct cJSON *o, const char *key, double v); /* NaN: null */
void member_value(struct cJSON *o, const char *key, const char *status_key,
                  struct value x);
void member_time(struct cJSON *o, const char *key, int64_t ms); /* none: null */
void member_text(struct cJSON *o, const char *key,
                 const char *text); /* "": null */

/* Appends the object as one line and frees it. */
void json_line(struct cJSON *o, struct text *out);

#endif
