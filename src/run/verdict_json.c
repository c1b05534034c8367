#include "run/verdict_json.h"

#include <cjson/cJSON.h>

#include "run/members_json.h"

struct cJSON *trigger_json(const struct trigger_result *r, enum trigger_id id)
{
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "id", triggers[id].id);
    cJSON_AddStringToObject(row, "answer", answer_name(r->answer));
    member_value(row, "value", "status", r->value);
    member_number(row, "limit", r->limit);
    member_number(row, "distance", r->distance);
    cJSON_AddStringToObject(row, "gate", answer_name(r->gate));
    cJSON_AddStringToObject(row, "evidence",
                            trigger_evidence_name(r->evidence));
    return row;
}

void member_verdict(struct cJSON *o, const struct verdict *v)
{
    cJSON *list = cJSON_AddArrayToObject(o, "triggers");
    for (int i = 0; i < TRIGGER_COUNT; i++)
        cJSON_AddItemToArray(list,
                             trigger_json(&v->triggers[i], (enum trigger_id)i));
    cJSON *t = cJSON_AddObjectToObject(o, "together");
    cJSON_AddStringToObject(t, "answer", answer_name(v->together.answer));
    cJSON_AddNumberToObject(t, "yes", (double)v->together.yes);
    cJSON_AddNumberToObject(t, "unknown", (double)v->together.unknown);
    cJSON_AddNumberToObject(t, "held", (double)v->together.held);
    cJSON *literal = cJSON_AddArrayToObject(o, "literal");
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (v->literal[i])
            cJSON_AddItemToArray(literal, cJSON_CreateString(triggers[i].id));
    }
}

int gates_open_count(const struct gates *g)
{
    int open = 0;
    for (int group = 1; group <= GATE_GROUPS; group++) {
        enum answer a = gate_group_pass(g, group);
        open += a == ANSWER_YES || a == ANSWER_NOT_APPLICABLE;
    }
    return open;
}

void member_gates(struct cJSON *o, const struct gates *g)
{
    cJSON *list = cJSON_AddArrayToObject(o, "gates");
    for (int i = 0; i < GATE_COUNT; i++) {
        const struct gate_result *r = &g->rows[i];
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "id", gate_table[i].id);
        cJSON_AddNumberToObject(row, "group", gate_table[i].group);
        cJSON_AddStringToObject(row, "pass", answer_name(r->pass));
        member_value(row, "value", "status", r->value);
        member_number(row, "limit", r->limit);
        cJSON_AddItemToArray(list, row);
    }
    cJSON_AddNumberToObject(o, "gates_open", gates_open_count(g));
}

void member_waiting(struct cJSON *o, const struct waiting w[WAITING_COUNT])
{
    cJSON *list = cJSON_AddArrayToObject(o, "waiting");
    for (int i = 0; i < WAITING_COUNT; i++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddNumberToObject(row, "hours", waiting_hours[i]);
        member_value(row, "typical", "status", w[i].typical);
        member_number(row, "adverse", w[i].adverse.v);
        cJSON_AddItemToArray(list, row);
    }
}
