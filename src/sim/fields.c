#include "sim/fields.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "sys/text.h"
#include "sys/xmalloc.h"

void sim_fields_release(struct sim_fields *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->items[i].name);
        free(f->items[i].value);
    }
    f->count = 0;
}

static struct sim_field *find(struct sim_fields *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->items[i].name, name) == 0)
            return &f->items[i];
    return NULL;
}

const char *sim_fields_get(const struct sim_fields *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->items[i].name, name) == 0)
            return f->items[i].value;
    return NULL;
}

int sim_fields_set(struct sim_fields *f, const char *name, const char *value)
{
    struct sim_field *old = find(f, name);
    if (old) {
        char *copy = xstrdup(value);
        free(old->value);
        old->value = copy;
        return 0;
    }
    if (f->count == SIM_FIELDS_MAX)
        return -1;
    f->items[f->count].name = xstrdup(name);
    f->items[f->count++].value = xstrdup(value);
    return 0;
}

static int too_many(struct error *err)
{
    return error_set(err, FAULT_DATA, "more than %d fields", SIM_FIELDS_MAX);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%41" stands for, -1 when that is none. */
static int unescape(const char *s, size_t n)
{
    if (n < 3)
        return -1;
    int hi = hex_digit(s[1]), lo = hex_digit(s[2]);
    int byte = hi < 0 || lo < 0 ? -1 : hi * 16 + lo;
    return byte == 0 ? -1 : byte;
}

static int decode(const char *s, size_t n, struct text *out, struct error *err)
{
    text_clear(out);
    for (size_t i = 0; i < n; i++) {
        char c = s[i] == '+' ? ' ' : s[i];
        if (s[i] == '%') {
            int byte = unescape(s + i, n - i);
            if (byte < 0)
                return error_set(err, FAULT_DATA, "broken escape '%.*s'",
                                 (int)(n - i < 3 ? n - i : 3), s + i);
            c = (char)byte;
            i += 2;
        }
        if (text_append(out, &c, 1))
            return error_set(err, FAULT_DATA, "field too long");
    }
    return 0;
}

/* One "name=value". */
static int read_pair(struct sim_fields *f, const char *s, size_t n,
                     struct error *err)
{
    struct text name = TEXT_INIT(n), value = TEXT_INIT(n);
    const char *equals = memchr(s, '=', n);
    size_t length = equals ? (size_t)(equals - s) : n;
    size_t after = equals ? length + 1 : length;

    int rc = decode(s, length, &name, err);
    if (!rc)
        rc = decode(s + after, n - after, &value, err);
    if (!rc && sim_fields_set(f, text_str(&name), text_str(&value)))
        rc = too_many(err);
    text_release(&name);
    text_release(&value);
    return rc;
}

int sim_fields_read_form(struct sim_fields *f, const char *body, size_t n,
                         struct error *err)
{
    if (n && memchr(body, '\0', n))
        return error_set(err, FAULT_DATA, "a zero byte in the form");
    for (size_t at = 0; at < n;) {
        const char *end = memchr(body + at, '&', n - at);
        size_t length = end ? (size_t)(end - body) - at : n - at;
        if (length && read_pair(f, body + at, length, err))
            return -1;
        at += length + 1;
    }
    return 0;
}

static int read_member(struct sim_fields *f, const cJSON *member,
                       struct error *err)
{
    char number[NUMBER_TEXT];
    const char *value = NULL;

    if (cJSON_IsNull(member))
        return 0;
    if (cJSON_IsString(member))
        value = member->valuestring;
    else if (cJSON_IsBool(member))
        value = cJSON_IsTrue(member) ? "1" : "0";
    else if (cJSON_IsNumber(member) && isfinite(member->valuedouble)) {
        number_format(member->valuedouble, number);
        value = number;
    } else
        return error_set(err, FAULT_DATA, "'%s' is not a plain value",
                         member->string);
    return sim_fields_set(f, member->string, value) ? too_many(err) : 0;
}

int sim_fields_read_json(struct sim_fields *f, const char *body, size_t n,
                         struct error *err)
{
    int rc = 0;
    cJSON *doc = cJSON_ParseWithLengthOpts(body, n + 1, NULL, true);
    const cJSON *member;

    if (!cJSON_IsObject(doc))
        rc = error_set(err, FAULT_DATA, "not a JSON object");
    cJSON_ArrayForEach(member, doc)
    {
        if (rc)
            break;
        rc = read_member(f, member, err);
    }
    cJSON_Delete(doc);
    return rc;
}
