#include "cli/replay_json.h"

#include <cjson/cJSON.h>
#include <stdio.h>

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

void replay_summary_json(const char *grid, enum profile profile, size_t slots,
                         size_t by_today, const struct replay_tally *t,
                         struct text *out)
{
    size_t urgent = t->by_priority[PRIORITIES - 1];
    char key[16];
    cJSON *doc = cJSON_CreateObject();
    cJSON *o = cJSON_AddObjectToObject(doc, "summary");

    cJSON_AddStringToObject(o, "grid", grid);
    cJSON_AddStringToObject(o, "profile", profile_name(profile));
    cJSON_AddNumberToObject(o, "slots", (double)slots);
    cJSON_AddNumberToObject(o, "slots_by_todays_range", (double)by_today);
    member_number(o, "live_grid_days", replay_tally_days(t));
    cJSON_AddNumberToObject(o, "messages", (double)t->messages);
    member_number(o, "per_grid_day", replay_tally_rate(t, t->messages));
    cJSON_AddNumberToObject(o, "urgent", (double)urgent);
    member_number(o, "urgent_per_grid_day", replay_tally_rate(t, urgent));
    cJSON *reasons = cJSON_AddObjectToObject(o, "by_reason");
    for (int i = 0; i < ALERT_REASON_COUNT; i++)
        if (alert_reason_sends((enum alert_reason)i))
            cJSON_AddNumberToObject(reasons,
                                    alert_reason_name((enum alert_reason)i),
                                    (double)t->by_reason[i]);
    cJSON *priorities = cJSON_AddObjectToObject(o, "by_priority");
    for (int i = 0; i < PRIORITIES; i++) {
        snprintf(key, sizeof(key), "%d", i + PRIORITY_LEAST);
        cJSON_AddNumberToObject(priorities, key, (double)t->by_priority[i]);
    }
    json_line(doc, out);
}
