#include "cli/replay_json.h"

#include <cjson/cJSON.h>

#include "run/members_json.h"

void replay_json(const struct evaluation *e, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    member_time(o, "slot", e->slot_ms);
    cJSON_AddStringToObject(o, "state", exit_state_name(e->verdict.state));
    cJSON_AddStringToObject(o, "regime", regime_label_name(e->regime.pooled));
    member_value(o, "pi", "pi_status", e->hazard.pi);
    cJSON *reasons = cJSON_AddArrayToObject(o, "reasons");
    for (int i = 0; i < TRIGGER_COUNT; i++)
        if (e->verdict.triggers[i].answer == ANSWER_YES)
            cJSON_AddItemToArray(reasons, cJSON_CreateString(triggers[i].id));
    json_line(o, out);
}
