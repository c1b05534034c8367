#include "run/members_json.h"

#include <cjson/cJSON.h>

#include "base/moment.h"
#include "base/number.h"

void member_number(struct cJSON *o, const char *key, double v)
{
    char text[NUMBER_TEXT];
    if (!isfinite(v)) {
        cJSON_AddNullToObject(o, key);
        return;
    }
    number_format(v, text);
    cJSON_AddRawToObject(o, key, text);
}

void member_value(struct cJSON *o, const char *key, const char *status_key,
                  struct value x)
{
    member_number(o, key, x.v);
    cJSON_AddStringToObject(o, status_key, value_status_name(x.status));
}

void member_time(struct cJSON *o, const char *key, int64_t ms)
{
    char text[MOMENT_TEXT];
    if (ms == MOMENT_NONE) {
        cJSON_AddNullToObject(o, key);
        return;
    }
    moment_format(ms, text);
    cJSON_AddStringToObject(o, key, text);
}

void member_text(struct cJSON *o, const char *key, const char *text)
{
    if (text[0])
        cJSON_AddStringToObject(o, key, text);
    else
        cJSON_AddNullToObject(o, key);
}

void json_line(struct cJSON *o, struct text *out)
{
    char *text = cJSON_PrintUnformatted(o);
    if (text) {
        text_puts(out, text);
        text_puts(out, "\n");
    }
    cJSON_free(text);
    cJSON_Delete(o);
}
