/* run/totals_json.h - the totals over all grids as --json shows them. */
#ifndef RUN_TOTALS_JSON_H
#define RUN_TOTALS_JSON_H

#include "position/totals.h"

struct cJSON;

/* "totals": {by_currency: [{currency, grids, modelled, slot, at_risk, ...}],
 * left_out}. Each figure is {value, status, at_least, of_known, lo, hi, known,
 * unknown}: `value` is null unless every grid of the currency is known, and
 * `at_least` unless the sum is at least that. `of_known`, `lo` and `hi` speak
 * of the `known` grids alone. */
void member_totals(struct cJSON *o, const struct totals *t);

#endif
