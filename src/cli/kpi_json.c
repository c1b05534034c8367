#include "cli/kpi_json.h"

#include <cjson/cJSON.h>

#include "run/members_json.h"

void member_result(struct cJSON *o, const char *key, const struct kpi_result *r)
{
    cJSON *one = cJSON_AddObjectToObject(o, key);

    member_value(one, "value", "status", r->value);
    cJSON_AddNumberToObject(one, "n", (double)r->n);
    cJSON_AddNumberToObject(one, "undefined", (double)r->undefined);
    cJSON_AddNumberToObject(one, "pending", (double)r->pending);
    member_number(one, "lo", r->lo.v);
    member_number(one, "hi", r->hi.v);
}

static void member_kpi(struct cJSON *o, enum kpi_id id,
                       const struct kpi_result *r)
{
    const struct kpi *k = &kpi_table[id];
    struct kpi_reached reached = kpi_reached(id, r);

    member_result(o, k->name, r);
    cJSON *one = cJSON_GetObjectItemCaseSensitive(o, k->name);
    member_number(one, "deff", r->deff.v);
    member_number(one, "aim", k->sense == KPI_SHOWN ? NO_VALUE : k->aim);
    cJSON_AddStringToObject(one, "reached", answer_name(reached.value));
    cJSON_AddStringToObject(one, "shown", answer_name(reached.shown));
    member_number(one, "needed", kpi_needed(id, r));
}

void member_kpis(struct cJSON *o, const char *key,
                 const struct kpi_result results[KPI_COUNT])
{
    cJSON *all = key ? cJSON_AddObjectToObject(o, key) : o;
    for (int i = 0; i < KPI_COUNT; i++)
        member_kpi(all, (enum kpi_id)i, &results[i]);
}
