#include "cli/verify_json.h"

#include <cjson/cJSON.h>

#include "run/members_json.h"

void verify_json(const struct verify_report *r, struct text *out)
{
    size_t kept = r->findings < FINDINGS_MAX ? r->findings : FINDINGS_MAX;
    cJSON *o = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(o, "list");
    member_number(o, "findings", (double)r->findings);
    member_number(o, "metrics", (double)r->metrics);
    member_number(o, "exits", (double)r->exits);
    member_number(o, "transitions", (double)r->transitions);
    member_number(o, "intents", (double)r->intents);
    member_number(o, "files", (double)r->files);
    member_number(o, "commits", (double)r->commits);
    member_number(o, "left", (double)r->left);
    member_number(o, "out_of_reach", (double)r->out_of_reach);
    member_number(o, "strays", (double)r->strays);
    member_number(o, "yielded", (double)r->yielded);
    member_number(o, "unheld", (double)r->unheld);
    if (r->edge[0])
        cJSON_AddStringToObject(o, "edge", r->edge);
    else
        cJSON_AddNullToObject(o, "edge");
    for (size_t i = 0; i < kept; i++) {
        const struct finding *f = &r->list[i];
        cJSON *x = cJSON_CreateObject();
        cJSON_AddStringToObject(x, "path", f->path);
        cJSON_AddStringToObject(x, "say", f->say);
        cJSON_AddStringToObject(x, "field", f->what.field);
        cJSON_AddStringToObject(x, "recorded", f->what.recorded);
        cJSON_AddStringToObject(x, "computed", f->what.computed);
        cJSON_AddItemToArray(list, x);
    }
    json_line(o, out);
}
