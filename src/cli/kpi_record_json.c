/* gridwatch kpi --json. */
#include <cjson/cJSON.h>

#include "cli/kpi_json.h"
#include "cli/kpi_record.h"
#include "run/members_json.h"

static void member_service(cJSON *o, const struct kpi_record *k)
{
    cJSON *all = cJSON_AddObjectToObject(o, "service");

    for (int i = 0; i < SERVICE_COUNT; i++) {
        const struct kpi_result r = kpi_service_result(&k->service[i]);
        member_result(all, kpi_service_table[i].name, &r);
    }
}

void kpi_record_json(const struct kpi_record *k, struct text *out)
{
    struct kpi_result result[LIFE_SIDES][KPI_COUNT];
    cJSON *doc = cJSON_CreateObject();

    kpi_record_judge(k, result);
    cJSON_AddNumberToObject(doc, "grids", (double)k->grids);
    cJSON_AddNumberToObject(doc, "lives", (double)k->life_count);
    cJSON *left_out = cJSON_AddObjectToObject(doc, "left_out");
    cJSON_AddNumberToObject(left_out, "changed", (double)k->changed);
    cJSON_AddNumberToObject(left_out, "without_bars", (double)k->without_bars);
    cJSON *never = cJSON_AddObjectToObject(doc, "not_in_record");
    cJSON_AddStringToObject(never, kpi_table[KPI_REGRET].name, KPI_NO_REGRET);
    cJSON *pooled = cJSON_AddObjectToObject(doc, "pooled");
    member_kpis(pooled, NULL, result[LIFE_BOTH]);
    member_kpis(pooled, "down", result[LIFE_DOWN]);
    member_service(doc, k);
    cJSON_AddNumberToObject(doc, "seed", KPI_SEED);
    cJSON_AddNumberToObject(doc, "draws", KPI_DRAWS);
    cJSON_AddStringToObject(doc, "engine", version_engine());
    json_line(doc, out);
}
