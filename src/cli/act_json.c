#include "cli/act_json.h"

#include <cjson/cJSON.h>

#include "base/moment.h"
#include "run/members_json.h"

static int64_t or_none(int64_t ms)
{
    return ms ? ms : MOMENT_NONE;
}

void act_json(const struct act *a, const struct act_done *d, struct text *out)
{
    const struct operator_document *w = &d->what;
    cJSON *o = cJSON_CreateObject();

    cJSON_AddStringToObject(o, "grid", w->grid);
    cJSON_AddStringToObject(o, "action", operator_action_name(w->action));
    member_time(o, "at", w->at_ms);
    member_text(o, "by", w->by);
    member_time(o, "until", or_none(w->until_ms));
    if (w->action == OPERATOR_ACKNOWLEDGE)
        cJSON_AddStringToObject(o, "state", exit_state_name(w->state));
    else
        cJSON_AddNullToObject(o, "state");
    member_time(o, "episode", or_none(w->episode_ms));
    member_text(o, "note", w->note);
    cJSON_AddStringToObject(o, "status", grid_status_name(d->status));
    cJSON_AddNumberToObject(o, "given_up", (double)d->given_up);
    cJSON_AddBoolToObject(o, "dry_run", a->context->dry_run);
    member_text(o, "commit", a->edit.commit);
    cJSON_AddBoolToObject(o, "push_owed", a->edit.push_owed);
    json_line(o, out);
}
