#include "outside/signal_json.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

#include "base/moment.h"

/* The member of that name, or NULL; a name that stands twice could mean
 * either. */
static int take(const cJSON *doc, const char *name, const cJSON **out,
                struct error *err)
{
    const cJSON *item;
    *out = NULL;
    cJSON_ArrayForEach(item, doc)
    {
        if (strcmp(item->string, name) != 0)
            continue;
        if (*out)
            return error_set(err, FAULT_DATA, "'%s' stands twice", name);
        *out = item;
    }
    if (!*out)
        return error_set(err, FAULT_DATA, "'%s' is missing", name);
    return 0;
}

static int take_value(const cJSON *doc, struct signal *s, struct error *err)
{
    const cJSON *item;
    if (take(doc, "value", &item, err))
        return -1;
    if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
        return error_set(err, FAULT_DATA, "'value' must be a finite number");
    s->value = item->valuedouble;
    return 0;
}

static int take_time(const cJSON *doc, struct signal *s, struct error *err)
{
    const cJSON *item;
    if (take(doc, "time", &item, err))
        return -1;
    s->at_ms =
        cJSON_IsString(item) ? moment_parse(item->valuestring) : MOMENT_NONE;
    if (s->at_ms == MOMENT_NONE)
        return error_set(err, FAULT_DATA,
                         "'time' must be a time such as "
                         "\"2026-03-18T18:00:00Z\"");
    return 0;
}

static int take_half_life(const cJSON *doc, struct signal *s, struct error *err)
{
    const cJSON *item;
    if (take(doc, "half_life_s", &item, err))
        return -1;
    s->half_life_s = cJSON_IsNull(item)     ? HUGE_VAL
                     : cJSON_IsNumber(item) ? item->valuedouble
                                            : NO_VALUE;
    if (!(s->half_life_s > 0) || (isinf(s->half_life_s) && !cJSON_IsNull(item)))
        return error_set(err, FAULT_DATA,
                         "'half_life_s' must be a number of seconds above 0, "
                         "or null for a signal that never fades");
    return 0;
}

int signal_parse(const char *data, size_t len, struct signal *out,
                 struct error *err)
{
    cJSON *doc = NULL;
    struct signal s = *out;
    int rc = 0;
    if (!memchr(data, '\0', len))
        doc = cJSON_ParseWithLengthOpts(data, len + 1, NULL, cJSON_True);
    if (!cJSON_IsObject(doc))
        rc = error_set(err, FAULT_DATA,
                       "is not one JSON object with value, time and "
                       "half_life_s");
    else if (take_value(doc, &s, err) || take_time(doc, &s, err) ||
             take_half_life(doc, &s, err))
        rc = -1;
    else
        *out = s;
    cJSON_Delete(doc);
    return rc;
}
