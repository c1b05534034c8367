/* cli/verify_json.h - the findings of `gridwatch verify` as JSON. */
#ifndef CLI_VERIFY_JSON_H
#define CLI_VERIFY_JSON_H

#include "replay/verify.h"

/* One object on one line: counts, and `list` of what was found. */
void verify_json(const struct verify_report *r, struct text *out);

#endif
