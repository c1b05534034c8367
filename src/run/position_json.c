#include "run/position_json.h"

#include <cjson/cJSON.h>

#include "base/array.h"
#include "run/members_json.h"

static void member_interval(cJSON *o, const char *key, const struct interval *x)
{
    cJSON *row = cJSON_AddObjectToObject(o, key);
    member_value(row, "value", "status", x->nominal);
    member_number(row, "lo", x->lo);
    member_number(row, "hi", x->hi);
}

void member_position(cJSON *o, const struct position *p)
{
    const struct {
        const char *key;
        const struct interval *is;
    } rows[] = {
        { "inventory", &p->inventory },   { "avg_cost", &p->avg_cost },
        { "net_pnl", &p->pnl.e },         { "peak", &p->pnl.peak },
        { "drawdown", &p->pnl.drawdown }, { "realised", &p->realised },
        { "unrealised", &p->unrealised }, { "fees", &p->fees },
    };
    cJSON *at = cJSON_AddObjectToObject(o, "position");
    cJSON_AddStringToObject(at, "source", position_source_name(p->source));
    cJSON_AddStringToObject(at, "reason", p->reason);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        member_interval(at, rows[i].key, rows[i].is);
}

static void member_given_back(cJSON *o, const struct risk *r)
{
    cJSON *list = cJSON_AddArrayToObject(o, "give_back");
    for (int i = 0; i < RISK_HOURS; i++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddNumberToObject(row, "hours", risk_hours[i]);
        member_value(row, "typical", "status", r->give_back_typical[i]);
        member_number(row, "adverse", r->give_back_adverse[i].v);
        cJSON_AddItemToArray(list, row);
    }
}

void member_risk(cJSON *o, const struct risk *r, const struct distances *d)
{
    const struct {
        const char *key, *status;
        struct value is;
    } rows[] = {
        { "at_risk", "at_risk_status", r->at_risk },
        { "at_risk_most", "at_risk_most_status", r->at_risk_hi },
        { "at_risk_simple", "at_risk_simple_status", r->at_risk_simple },
        { "stop_atr", "stop_atr_status", r->stop_atr },
        { "exit_cost", "exit_cost_status", r->exit_cost },
        { "imbalance", "imbalance_status", r->imbalance },
        { "stop_distance", "stop_distance_status", d->to_stop },
        { "stop_touch_12h", "stop_touch_12h_status", d->stop_touch_12h },
        { "stop_loss_most", "stop_loss_most_status", d->stop_loss_most },
    };
    cJSON *at = cJSON_AddObjectToObject(o, "risk");
    cJSON_AddBoolToObject(at, "to_stop", r->to_stop);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        member_value(at, rows[i].key, rows[i].status, rows[i].is);
    member_given_back(at, r);
}
