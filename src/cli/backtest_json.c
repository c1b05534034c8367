/* gridwatch backtest --json: keys are the names of hindsight/kpi.h. */
#include <cjson/cJSON.h>

#include "cli/backtest.h"
#include "cli/kpi_json.h"
#include "run/members_json.h"

static cJSON *object_of(const struct backtest_kpis *k)
{
    cJSON *o = cJSON_CreateObject();
    member_number(o, "half_width_atr", k->half_width_atr);
    member_number(o, "stop_atr", k->stop_atr);
    cJSON_AddNumberToObject(o, "grids", (double)k->lives);
    cJSON_AddNumberToObject(o, "symbols", (double)k->symbols);
    cJSON *order = cJSON_AddObjectToObject(o, "order_of_bars");
    cJSON_AddNumberToObject(order, "n", (double)k->exits);
    member_number(order, "mean", k->order_mean);
    member_number(order, "most", k->order_most);
    member_kpis(o, NULL, k->result[LIFE_BOTH]);
    member_kpis(o, "down", k->result[LIFE_DOWN]);
    return o;
}

void backtest_json(const struct lives *l, int64_t delay_ms, struct text *out)
{
    double width[PASS_WIDTHS * 4];
    size_t widths = backtest_widths(l, width, sizeof(width) / sizeof(width[0]));
    struct backtest_kpis k;
    cJSON *doc = cJSON_CreateObject();

    cJSON_AddStringToObject(doc, "profile", profile_name(l->profile));
    cJSON_AddStringToObject(doc, "side", lives_side(l));
    cJSON_AddNumberToObject(doc, "delay_minutes",
                            (double)(delay_ms / MS_PER_MINUTE));
    backtest_kpis(l, delay_ms, NO_VALUE, &k);
    cJSON_AddItemToObject(doc, "pooled", object_of(&k));
    cJSON *list = cJSON_AddArrayToObject(doc, "widths");
    for (size_t i = 0; i < widths; i++) {
        backtest_kpis(l, delay_ms, width[i], &k);
        cJSON_AddItemToArray(list, object_of(&k));
    }
    json_line(doc, out);
}
