#include "notify/ntfy_json.h"

#include <cjson/cJSON.h>
#include <string.h>

static bool is_text(const cJSON *doc, const char *key, const char *want)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(doc, key);
    return cJSON_IsString(item) && strcmp(item->valuestring, want) == 0;
}

bool ntfy_json_took(const char *body, size_t len, const char *sequence)
{
    cJSON *doc = cJSON_ParseWithLength(body ? body : "", len);
    bool took = is_text(doc, "event", "message") &&
                is_text(doc, "sequence_id", sequence);
    cJSON_Delete(doc);
    return took;
}
