#include "notify/pushover_json.h"

#include <cjson/cJSON.h>
#include <string.h>

#define SECONDS_END 253402300800.0

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

static cJSON *parse(const char *data, size_t len)
{
    if (!data || memchr(data, '\0', len))
        return NULL;
    return cJSON_ParseWithLengthOpts(data, len + 1, NULL, cJSON_True);
}

void pushover_reply_parse(const char *data, size_t len,
                          struct pushover_reply *out)
{
    cJSON *doc = parse(data, len);
    *out = (struct pushover_reply){ 0 };
    out->is_json = cJSON_IsObject(doc);
    if (out->is_json) {
        const cJSON *status = member(doc, "status");
        const cJSON *first = cJSON_GetArrayItem(member(doc, "errors"), 0);
        out->accepted = cJSON_IsNumber(status) && status->valuedouble == 1;
        out->blames_key = member(doc, "token") || member(doc, "user");
        read_id(member(doc, "request"), out->request);
        read_id(member(doc, "receipt"), out->receipt);
        if (cJSON_IsString(first))
            utf8_cut_line(first->valuestring, PUSHOVER_SAID_POINTS,
                          out->reason);
    }
    cJSON_Delete(doc);
}

/* 0 and 1 are the only answers. */
static bool read_bool(const cJSON *doc, const char *name, bool *out)
{
    const cJSON *item = member(doc, name);
    if (!cJSON_IsNumber(item) ||
        (item->valuedouble != 0 && item->valuedouble != 1))
        return false;
    *out = item->valuedouble == 1;
    return true;
}

/* Whole seconds since 1970, up to the year 9999. */
static bool read_seconds(const cJSON *doc, const char *name, int64_t *out)
{
    const cJSON *item = member(doc, name);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
        item->valuedouble >= SECONDS_END)
        return false;
    *out = (int64_t)item->valuedouble;
    return true;
}

static void read_device(const cJSON *doc, char out[PUSHOVER_DEVICE])
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    const cJSON *item = member(doc, "acknowledged_by_device");
    const char *name = cJSON_IsString(item) ? item->valuestring : "";
    if (strlen(name) < PUSHOVER_DEVICE && name[strspn(name, good)] == '\0')
        memcpy(out, name, strlen(name) + 1);
}

int pushover_receipt_parse(const char *data, size_t len,
                           struct pushover_receipt *out)
{
    cJSON *doc = parse(data, len);
    *out = (struct pushover_receipt){ 0 };
    bool good = read_bool(doc, "acknowledged", &out->acknowledged) &&
                read_bool(doc, "expired", &out->expired) &&
                read_seconds(doc, "acknowledged_at", &out->acknowledged_s) &&
                read_seconds(doc, "expires_at", &out->expires_s) &&
                out->acknowledged == (out->acknowledged_s > 0);
    read_device(doc, out->device);
    cJSON_Delete(doc);
    return good ? 0 : -1;
}
