/* The single values of a document as JSON Schema. */
#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "record/codec.h"
#include "record/schema_internal.h"

/* A key that may be left out may also be written with nothing behind it, if it
 * says nothing when it is not there. */
static bool may_be_null(const struct field *f)
{
    return !f->absent && f->flags & (NULLABLE | OPTIONAL);
}

void schema_add_type(cJSON *schema, const struct field *f, const char *type)
{
    if (!may_be_null(f)) {
        cJSON_AddStringToObject(schema, "type", type);
        return;
    }
    cJSON *types = cJSON_AddArrayToObject(schema, "type");
    cJSON_AddItemToArray(types, cJSON_CreateString(type));
    cJSON_AddItemToArray(types, cJSON_CreateString("null"));
}

static bool is_first(const struct words *words, unsigned n)
{
    return words->word(n) && words_find(words, words->word(n)) == (int)n;
}

static void add_words(cJSON *schema, const struct words *words, bool nullable)
{
    cJSON *list = cJSON_AddArrayToObject(schema, "enum");
    for (unsigned i = 0; i < words->count; i++)
        if (is_first(words, i))
            cJSON_AddItemToArray(list, cJSON_CreateString(words->word(i)));
    if (nullable)
        cJSON_AddItemToArray(list, cJSON_CreateNull());
}

void schema_add_range(cJSON *schema, const struct field *f)
{
    if (f->flags & POSITIVE)
        cJSON_AddNumberToObject(schema, "exclusiveMinimum", 0);
    if (f->lo == 0 && f->hi == 0)
        return;
    cJSON_AddNumberToObject(schema, "minimum", f->lo);
    if (isfinite(f->hi))
        cJSON_AddNumberToObject(schema, "maximum", f->hi);
}

static void add_pattern(cJSON *schema, enum pattern pattern)
{
    cJSON_AddStringToObject(schema, "pattern", pattern_regex(pattern));
}

/* A default that may not be written out. For a key that may be null there is
 * nothing to forbid: its type leaves null out. */
void schema_forbid(cJSON *schema, const struct field *f, const char *text)
{
    bool bare = f->type == FIELD_BOOL || f->type == FIELD_INT;
    if (f->type == FIELD_SET || f->type == FIELD_LIST) {
        cJSON_AddNumberToObject(schema, "minItems", 1);
        return;
    }
    if (!strcmp(text, "null"))
        return;
    cJSON_AddItemToObject(cJSON_AddObjectToObject(schema, "not"), "const",
                          bare ? cJSON_CreateRaw(text)
                               : cJSON_CreateString(text));
}

static void put_const(const struct document_kind *kind, const struct field *f,
                      cJSON *schema)
{
    (void)kind;
    if (strspn(f->constant, "0123456789") == strlen(f->constant))
        cJSON_AddItemToObject(schema, "const", cJSON_CreateRaw(f->constant));
    else
        cJSON_AddStringToObject(schema, "const", f->constant);
}

static void put_words(const struct document_kind *kind, const struct field *f,
                      cJSON *schema)
{
    (void)kind;
    add_words(schema, f->words, may_be_null(f));
}

static void put_set(const struct document_kind *kind, const struct field *f,
                    cJSON *schema)
{
    (void)kind;
    cJSON_AddStringToObject(schema, "type", "array");
    cJSON_AddTrueToObject(schema, "uniqueItems");
    add_words(cJSON_AddObjectToObject(schema, "items"), f->words, false);
}

static void put_text(const struct document_kind *kind, const struct field *f,
                     cJSON *schema)
{
    (void)kind;
    schema_add_type(schema, f, "string");
    add_pattern(schema, f->pattern);
    cJSON_AddNumberToObject(schema, "maxLength", (double)(f->size - 1));
}

static void put_real(const struct document_kind *kind, const struct field *f,
                     cJSON *schema)
{
    (void)kind;
    schema_add_type(schema, f, "number");
    schema_add_range(schema, f);
}

static void put_int(const struct document_kind *kind, const struct field *f,
                    cJSON *schema)
{
    (void)kind;
    schema_add_type(schema, f, "integer");
    schema_add_range(schema, f);
}

static void put_bool(const struct document_kind *kind, const struct field *f,
                     cJSON *schema)
{
    (void)kind;
    schema_add_type(schema, f, "boolean");
}

static void put_time(const struct document_kind *kind, const struct field *f,
                     cJSON *schema)
{
    schema_add_type(schema, f, "string");
    add_pattern(schema, kind->by_hand          ? PATTERN_TIME_BY_HAND
                        : f->flags & SLOT_TIME ? PATTERN_SLOT
                                               : PATTERN_TIME);
}

static void put_hex(const struct document_kind *kind, const struct field *f,
                    cJSON *schema)
{
    (void)kind;
    schema_add_type(schema, f, "string");
    add_pattern(schema, PATTERN_HEX16);
}

static void put_pairs(const struct document_kind *kind, const struct field *f,
                      cJSON *schema)
{
    static const char *const types[] = { "number", "boolean", "string",
                                         "null" };
    const struct field *key = &f->table->fields[0];
    const struct field *value = &f->table->fields[1];
    (void)kind;
    schema_add_type(schema, f, "object");
    cJSON_AddNumberToObject(schema, "maxProperties", (double)f->max);
    cJSON *name = cJSON_AddObjectToObject(schema, "propertyNames");
    add_pattern(name, key->pattern);
    cJSON_AddNumberToObject(name, "maxLength", (double)(key->size - 1));
    cJSON *each = cJSON_AddObjectToObject(schema, "additionalProperties");
    cJSON_AddItemToObject(
        each, "type", cJSON_CreateStringArray(types, (int)ARRAY_LEN(types)));
    add_pattern(each, value->pattern);
    cJSON_AddNumberToObject(each, "maxLength", (double)(value->size - 1));
}

void schema_put_leaf(const struct document_kind *kind, const struct field *f,
                     cJSON *schema)
{
    static void (*const by_type[FIELD_TYPE_COUNT])(
        const struct document_kind *, const struct field *, cJSON *) = {
        [FIELD_CONST] = put_const, [FIELD_LABEL] = put_words,
        [FIELD_TEXT] = put_text,   [FIELD_WORD] = put_words,
        [FIELD_ENUM] = put_words,  [FIELD_SET] = put_set,
        [FIELD_REAL] = put_real,   [FIELD_INT] = put_int,
        [FIELD_BOOL] = put_bool,   [FIELD_TIME] = put_time,
        [FIELD_AGE] = put_real,    [FIELD_HEX] = put_hex,
        [FIELD_PAIRS] = put_pairs,
    };
    by_type[f->type](kind, f, schema);
}
