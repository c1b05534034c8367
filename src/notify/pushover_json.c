#include "notify/pushover_json.h"

#include <cjson/cJSON.h>
#include <string.h>

static const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* Ids are plain text of a fixed length; what does not fit is none. */
static void read_id(const cJSON *item, char out[PUSHOVER_ID])
{
    if (cJSON_IsString(item) && strlen(item->valuestring) < PUSHOVER_ID)
        utf8_cut_line(item->valuestring, PUSHOVER_ID - 1, out);
}

void pushover_reply_parse(const char *data, size_t len,
                          struct pushover_reply *out)
{
    cJSON *doc = NULL;
    *out = (struct pushover_reply){ 0 };
    if (data && !memchr(data, '\0', len))
        doc = cJSON_ParseWithLengthOpts(data, len + 1, NULL, cJSON_True);
    out->is_json = cJSON_IsObject(doc);
    if (out->is_json) {
        const cJSON *status = member(doc, "status");
        const cJSON *first = cJSON_GetArrayItem(member(doc, "errors"), 0);
        out->accepted = cJSON_IsNumber(status) && status->valuedouble == 1;
        read_id(member(doc, "request"), out->request);
        read_id(member(doc, "receipt"), out->receipt);
        if (cJSON_IsString(first))
            utf8_cut_line(first->valuestring, PUSHOVER_SAID_POINTS,
                          out->reason);
    }
    cJSON_Delete(doc);
}
