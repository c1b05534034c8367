#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "sim/message.h"
#include "sim/ntfy.h"

static void reply_with(struct sim_reply *reply, int status, cJSON *doc)
{
    char *text = cJSON_PrintUnformatted(doc);
    sim_reply_text(reply, text ? status : 500, text ? text : "{}");
    free(text);
    cJSON_Delete(doc);
}

static void add_tags(cJSON *doc, const char *tags)
{
    char tag[64];
    cJSON *list = cJSON_AddArrayToObject(doc, "tags");
    for (const char *at = tags; *at;) {
        size_t len = strcspn(at, ",");
        if (len < sizeof(tag)) {
            memcpy(tag, at, len);
            tag[len] = '\0';
            cJSON_AddItemToArray(list, cJSON_CreateString(tag));
        }
        at += len + (at[len] ? 1 : 0);
    }
}

void sim_ntfy_reply(struct sim_reply *reply, const struct sim_ntfy_message *m,
                    const char *event)
{
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddStringToObject(doc, "id", m->id);
    if (m->sequence[0])
        cJSON_AddStringToObject(doc, "sequence_id", m->sequence);
    cJSON_AddNumberToObject(doc, "time", (double)(m->due_ms / 1000));
    cJSON_AddStringToObject(doc, "event", event);
    cJSON_AddStringToObject(doc, "topic", m->topic);
    if (m->title && m->title[0])
        cJSON_AddStringToObject(doc, "title", m->title);
    if (m->text)
        cJSON_AddStringToObject(doc, "message", m->text);
    if (m->priority)
        cJSON_AddNumberToObject(doc, "priority", (double)m->priority);
    if (m->tags && m->tags[0])
        add_tags(doc, m->tags);
    reply_with(reply, 200, doc);
}

void sim_ntfy_refuse(struct sim_reply *reply, int code, const char *why)
{
    cJSON *doc = cJSON_CreateObject();
    cJSON_AddNumberToObject(doc, "code", code);
    cJSON_AddNumberToObject(doc, "http", code / 100);
    cJSON_AddStringToObject(doc, "error", why);
    reply_with(reply, code / 100, doc);
}
