#include "sim/faults.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sys/xmalloc.h"

enum kind { KIND_PATH, KIND_WHOLE, KIND_FLAG, KIND_TEXT, KIND_ALTER };

#define WHERE(f) offsetof(struct sim_fault, f)

// clang-format off
static const struct member {
    const char *name;
    enum kind kind;
    size_t where;
    int64_t min, max;
} members[] = {
    { "path",    KIND_PATH,  WHERE(path),    0,   0 },
    { "status",  KIND_WHOLE, WHERE(status),  200, 599 },
    { "count",   KIND_WHOLE, WHERE(count),   1,   1000000 },
    { "hang_ms", KIND_WHOLE, WHERE(hang_ms), 1,   SIM_FAULT_WAIT_MAX },
    { "close",   KIND_FLAG,  WHERE(close),   0,   0 },
    { "reset",   KIND_FLAG,  WHERE(reset),   0,   0 },
    { "lost",    KIND_FLAG,  WHERE(lost),    0,   0 },
    { "spent",   KIND_FLAG,  WHERE(spent),   0,   0 },
    { "cut",     KIND_WHOLE, WHERE(cut),     1,   1000000 },
    { "pace_ms", KIND_WHOLE, WHERE(pace_ms), 1,   SIM_FAULT_WAIT_MAX },
    { "alter",   KIND_ALTER, WHERE(alter),   0,   0 },
    { "body",    KIND_TEXT,  WHERE(body),    0,   0 },
};
// clang-format on

void sim_faults_clear(struct sim_faults *f)
{
    for (size_t i = 0; i < f->count; i++)
        free(f->items[i].body);
    f->count = 0;
}

static const struct member *find_member(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    return NULL;
}

static bool read_path(const cJSON *value, char *out)
{
    if (!cJSON_IsString(value) || value->valuestring[0] != '/' ||
        strlen(value->valuestring) >= SIM_FAULT_PATH)
        return false;
    memcpy(out, value->valuestring, strlen(value->valuestring) + 1);
    return true;
}

static bool read_whole(const cJSON *value, const struct member *m, int64_t *out)
{
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= (double)m->min) ||
        !(value->valuedouble <= (double)m->max) ||
        floor(value->valuedouble) != value->valuedouble)
        return false;
    *out = (int64_t)value->valuedouble;
    return true;
}

static bool read_alter(const cJSON *value, enum sim_alter *out)
{
    if (!cJSON_IsString(value))
        return false;
    *out = sim_alter_named(value->valuestring);
    return *out != SIM_ALTER_NONE;
}

static bool read_value(const cJSON *value, const struct member *m,
                       struct sim_fault *f)
{
    void *where = (char *)f + m->where;

    switch (m->kind) {
    case KIND_PATH:
        return read_path(value, where);
    case KIND_WHOLE:
        return read_whole(value, m, where);
    case KIND_FLAG:
        *(bool *)where = cJSON_IsTrue(value);
        return cJSON_IsBool(value);
    case KIND_ALTER:
        return read_alter(value, where);
    case KIND_TEXT:
        if (!cJSON_IsString(value) || f->body)
            return false;
        f->body = xstrdup(value->valuestring);
        return true;
    }
    return false;
}

static int read_fault(const cJSON *doc, struct sim_fault *f, struct error *err)
{
    const cJSON *value;

    if (!cJSON_IsObject(doc))
        return error_set(err, FAULT_DATA, "not a JSON object");
    cJSON_ArrayForEach(value, doc)
    {
        const struct member *m = find_member(value->string);
        if (!m)
            return error_set(err, FAULT_DATA, "unknown member '%s'",
                             value->string);
        if (!read_value(value, m, f))
            return error_set(err, FAULT_DATA,
                             "member '%s': wrong type or out of range",
                             value->string);
    }
    if (!f->path[0])
        return error_set(err, FAULT_DATA, "member 'path' is missing");
    return 0;
}

static void drop(struct sim_faults *f, size_t i)
{
    free(f->items[i].body);
    f->count--;
    memmove(&f->items[i], &f->items[i + 1],
            (f->count - i) * sizeof(f->items[i]));
}

static void drop_path(struct sim_faults *f, const char *path)
{
    for (size_t i = f->count; i-- > 0;)
        if (strcmp(f->items[i].path, path) == 0)
            drop(f, i);
}

int sim_faults_arm(struct sim_faults *f, const char *json, size_t n,
                   struct error *err)
{
    struct sim_fault fault = { 0 };
    cJSON *doc = cJSON_ParseWithLengthOpts(json, n + 1, NULL, true);
    int rc = read_fault(doc, &fault, err);

    cJSON_Delete(doc);
    if (!rc)
        drop_path(f, fault.path);
    if (!rc && f->count == SIM_FAULTS_MAX)
        rc = error_set(err, FAULT_DATA, "more than %d faults", SIM_FAULTS_MAX);
    if (rc) {
        free(fault.body);
        return -1;
    }
    f->items[f->count++] = fault;
    return 0;
}

static bool covers(const struct sim_fault *f, const char *path)
{
    size_t n = strlen(f->path);
    if (f->path[n - 1] == '*')
        return strncmp(f->path, path, n - 1) == 0;
    return strcmp(f->path, path) == 0;
}

const struct sim_fault *sim_faults_take(struct sim_faults *f, const char *path)
{
    for (size_t i = 0; i < f->count; i++) {
        struct sim_fault *item = &f->items[i];
        bool used_up = item->count > 0 && item->hits >= item->count;
        if (used_up || !covers(item, path))
            continue;
        item->hits++;
        return item;
    }
    return NULL;
}

bool sim_fault_replaces(const struct sim_fault *f)
{
    return f->status || f->body || f->close || f->reset;
}
