#include "run/grid_json.h"

#include <cjson/cJSON.h>

#include "run/members_json.h"

void grid_json(const struct grid *g, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "id", g->id);
    cJSON_AddStringToObject(o, "symbol", g->symbol);
    cJSON_AddStringToObject(o, "status", grid_status_name(grid_status(g)));
    member_number(o, "lower", g->lower);
    member_number(o, "upper", g->upper);
    cJSON *stop = cJSON_AddObjectToObject(o, "stop");
    member_number(stop, "below", g->stop.below);
    member_number(stop, "above", g->stop.above);
    member_number(o, "capital", g->capital);
    member_text(o, "quote", g->quote);
    member_time(o, "started_at", g->started_at_ms);
    member_time(o, "last_event", grid_last_event_ms(g));
    json_line(o, out);
}

void repository_json(const char *path, const char *commit, struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "repository", path);
    member_text(o, "commit", commit);
    json_line(o, out);
}
