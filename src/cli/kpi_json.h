/* cli/kpi_json.h - KPIs as a member of a JSON object. */
#ifndef CLI_KPI_JSON_H
#define CLI_KPI_JSON_H

#include "hindsight/kpi.h"

struct cJSON;

/* Adds {NAME: {value, status, n, undefined, pending, lo, hi, deff, aim,
 * reached, shown}}, one for each row of kpi_table. What is not known is null;
 * `reached` and `shown` are yes, no, na or unknown. With a key that is NULL
 * they are members of the object itself. */
void member_kpis(struct cJSON *o, const char *key,
                 const struct kpi_result results[KPI_COUNT]);

/* Of any result {value, status, n, undefined, pending, lo, hi}. */
void member_result(struct cJSON *o, const char *key,
                   const struct kpi_result *r);

#endif
