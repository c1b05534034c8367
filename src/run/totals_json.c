#include "run/totals_json.h"

#include <cjson/cJSON.h>

#include "run/members_json.h"

static void add_figure(cJSON *o, const char *key, const struct total *t)
{
    cJSON *row = cJSON_AddObjectToObject(o, key);
    member_value(row, "value", "status", total_whole(t));
    member_number(row, "at_least", total_at_least(t));
    member_number(row, "of_known", total_of_known(t));
    member_number(row, "lo", total_lo(t));
    member_number(row, "hi", total_hi(t));
    cJSON_AddNumberToObject(row, "known", (double)t->known);
    cJSON_AddNumberToObject(row, "unknown", (double)t->unknown);
}

void member_totals(cJSON *o, const struct totals *t)
{
    cJSON *at = cJSON_AddObjectToObject(o, "totals");
    cJSON *list = cJSON_AddArrayToObject(at, "by_currency");
    for (size_t i = 0; i < t->count; i++) {
        const struct totals_row *r = &t->rows[i];
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "currency", r->currency);
        cJSON_AddNumberToObject(row, "grids", (double)r->grids);
        cJSON_AddNumberToObject(row, "modelled", (double)r->modelled);
        member_time(row, "slot", r->oldest_ms);
        for (int f = 0; f < TOTAL_FIGURES; f++)
            add_figure(row, total_figure_name((enum total_figure)f),
                       &r->figures[f]);
        cJSON_AddItemToArray(list, row);
    }
    cJSON_AddNumberToObject(at, "left_out", (double)t->left_out);
}
