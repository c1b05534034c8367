#include "watchdog/watchdog_json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/moment.h"

static void add_time(cJSON *o, const char *key, int64_t ms)
{
    char text[MOMENT_TEXT];
    if (ms == 0) {
        cJSON_AddNullToObject(o, key);
        return;
    }
    moment_format(ms, text);
    cJSON_AddStringToObject(o, key, text);
}

static void add_text(cJSON *o, const char *key, const char *text)
{
    if (text[0])
        cJSON_AddStringToObject(o, key, text);
    else
        cJSON_AddNullToObject(o, key);
}

static void add_rule(cJSON *list, const char *name,
                     const struct watchdog_rule *r)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "rule", name);
    cJSON_AddBoolToObject(o, "asked", r->asked);
    add_time(o, "since", r->since_ms);
    cJSON_AddStringToObject(o, "news", watch_news_name(r->news));
    if (r->sent)
        cJSON_AddBoolToObject(o, "delivered", r->delivered);
    else
        cJSON_AddNullToObject(o, "delivered");
    add_text(o, "why", r->why);
    cJSON *found = cJSON_AddArrayToObject(o, "findings");
    for (size_t i = 0; i < r->found.count; i++) {
        cJSON *f = cJSON_CreateObject();
        cJSON_AddStringToObject(f, "subject", r->found.list[i].subject);
        cJSON_AddStringToObject(f, "what", r->found.list[i].what);
        cJSON_AddItemToArray(found, f);
    }
    cJSON_AddNumberToObject(o, "more", (double)r->found.more);
    cJSON_AddItemToArray(list, o);
}

void watchdog_json(const struct watchdog_report *r, int exit_code,
                   struct text *out)
{
    cJSON *o = cJSON_CreateObject();
    add_time(o, "at", r->now_ms);
    cJSON *record = cJSON_AddObjectToObject(o, "record");
    cJSON_AddBoolToObject(record, "read", r->read);
    add_text(record, "tip", r->tip);
    add_text(record, "why", r->why);
    cJSON_AddNumberToObject(o, "grids", (double)r->grids);
    cJSON_AddNumberToObject(o, "running", (double)r->running);
    cJSON_AddNumberToObject(o, "documents", (double)r->documents);
    cJSON *rules = cJSON_AddArrayToObject(o, "rules");
    for (int i = 0; i < WATCH_RULE_COUNT; i++)
        add_rule(rules, watch_rules[i].name, &r->rule[i]);
    cJSON_AddNumberToObject(o, "exit", exit_code);
    char *line = cJSON_PrintUnformatted(o);
    text_printf(out, "%s\n", line);
    cJSON_free(line);
    cJSON_Delete(o);
}
