#include "run/status_json.h"

#include <cjson/cJSON.h>

#include "base/moment.h"
#include "run/members_json.h"
#include "run/verdict_json.h"

static void add_evaluation(cJSON *o, const struct evaluation *e)
{
    cJSON_AddStringToObject(o, "state", exit_state_name(e->verdict.state));
    cJSON_AddStringToObject(o, "known", exit_state_name(e->verdict.known));
    member_time(o, "since", e->verdict.since_ms);
    member_time(o, "slot", e->slot_ms);
    member_value(o, "pi", "pi_status", e->hazard.pi);
    member_number(o, "pi_dn", e->hazard.pi_dn.v);
    member_number(o, "pi_up", e->hazard.pi_up.v);
    cJSON_AddStringToObject(o, "regime", regime_label_name(e->regime.pooled));
    member_value(o, "to_lower", "to_lower_status", e->distances.to_lower);
    member_value(o, "to_upper", "to_upper_status", e->distances.to_upper);
    member_value(o, "to_stop", "to_stop_status", e->distances.to_stop);
    cJSON_AddNumberToObject(o, "gates_open", gates_open_count(&e->gates));
}

static void add_nothing(cJSON *o)
{
    static const char *const keys[] = {
        "state",     "known",   "since",      "slot",   "pi",
        "pi_status", "pi_dn",   "pi_up",      "regime", "to_lower",
        "to_upper",  "to_stop", "gates_open",
    };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        cJSON_AddNullToObject(o, keys[i]);
}

void status_json(const struct grid *g, const struct exit_document *d,
                 struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "id", g->id);
    cJSON_AddStringToObject(o, "symbol", g->symbol);
    cJSON_AddStringToObject(o, "status", grid_status_name(grid_status(g)));
    if (d)
        add_evaluation(o, &d->evaluation);
    else
        add_nothing(o);
    json_line(o, out);
}
