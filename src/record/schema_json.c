/* The JSON Schema of a document kind, made from its table of fields. A part
 * that several places share stands once in $defs. cJSON owns every child from
 * the moment it is added; a NULL of an exhausted machine is passed on and
 * noticed at the end. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"
#include "record/codec.h"
#include "record/record.h"
#include "record/tables.h"

#define DIALECT "https://json-schema.org/draft/2020-12/schema"

struct describer {
    const struct document_kind *kind;
    cJSON *defs;
};

static cJSON *object_of(struct describer *d, const struct table *table);

/* A key that may be left out may also be written with nothing behind it. */
static bool may_be_null(const struct field *f)
{
    return f->flags & (NULLABLE | OPTIONAL);
}

static void add_type(cJSON *schema, const struct field *f, const char *type)
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

static void add_range(cJSON *schema, const struct field *f)
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

static void describe_const(struct describer *d, const struct field *f,
                           cJSON *schema)
{
    (void)d;
    if (strspn(f->constant, "0123456789") == strlen(f->constant))
        cJSON_AddItemToObject(schema, "const", cJSON_CreateRaw(f->constant));
    else
        cJSON_AddStringToObject(schema, "const", f->constant);
}

static void describe_words(struct describer *d, const struct field *f,
                           cJSON *schema)
{
    (void)d;
    add_words(schema, f->words, may_be_null(f));
}

static void describe_set(struct describer *d, const struct field *f,
                         cJSON *schema)
{
    (void)d;
    cJSON_AddStringToObject(schema, "type", "array");
    cJSON_AddTrueToObject(schema, "uniqueItems");
    add_words(cJSON_AddObjectToObject(schema, "items"), f->words, false);
}

static void describe_text(struct describer *d, const struct field *f,
                          cJSON *schema)
{
    (void)d;
    add_type(schema, f, "string");
    add_pattern(schema, f->pattern);
    cJSON_AddNumberToObject(schema, "maxLength", (double)(f->size - 1));
}

static void describe_real(struct describer *d, const struct field *f,
                          cJSON *schema)
{
    (void)d;
    add_type(schema, f, "number");
    add_range(schema, f);
}

static void describe_int(struct describer *d, const struct field *f,
                         cJSON *schema)
{
    (void)d;
    add_type(schema, f, "integer");
    add_range(schema, f);
}

static void describe_bool(struct describer *d, const struct field *f,
                          cJSON *schema)
{
    (void)d;
    add_type(schema, f, "boolean");
}

static void describe_time(struct describer *d, const struct field *f,
                          cJSON *schema)
{
    add_type(schema, f, "string");
    add_pattern(schema, d->kind->by_hand       ? PATTERN_TIME_BY_HAND
                        : f->flags & SLOT_TIME ? PATTERN_SLOT
                                               : PATTERN_TIME);
}

/* Moves what describes the table into the schema. */
static void merge(struct describer *d, const struct table *table, cJSON *schema)
{
    cJSON *whole = object_of(d, table), *part = whole ? whole->child : NULL;
    while (part) {
        cJSON *next = part->next;
        cJSON_DetachItemViaPointer(whole, part);
        cJSON_AddItemToObject(schema, part->string, part);
        part = next;
    }
    cJSON_Delete(whole);
}

static void describe_map(struct describer *d, const struct field *f,
                         cJSON *schema)
{
    const char *name = f->table->name;
    char ref[64];
    if (!name) {
        merge(d, f->table, schema);
        cJSON_DeleteItemFromObjectCaseSensitive(schema, "type");
        add_type(schema, f, "object");
        return;
    }
    if (!cJSON_GetObjectItemCaseSensitive(d->defs, name))
        cJSON_AddItemToObject(d->defs, name, object_of(d, f->table));
    snprintf(ref, sizeof(ref), "#/$defs/%s", name);
    cJSON_AddStringToObject(schema, "$ref", ref);
}

static void add_row_labels(cJSON *row, const struct table *table, unsigned n)
{
    char help[256] = "";
    cJSON *keys = cJSON_CreateObject();
    for (size_t i = 0; i < table->count; i++) {
        const struct field *f = &table->fields[i];
        if (f->type != FIELD_LABEL)
            continue;
        cJSON *key = cJSON_AddObjectToObject(keys, f->key);
        cJSON_AddStringToObject(key, "const", f->words->word(n));
        if (f->words->help)
            f->words->help(n, help, sizeof(help));
    }
    if (*help)
        cJSON_AddStringToObject(row, "description", help);
    cJSON_AddItemToObject(row, "properties", keys);
}

/* Rows that stand for a table of the code: the nth has the nth labels. Inside
 * allOf, because beside `items` prefixItems would take the rows away from
 * it. */
static void add_labels(cJSON *schema, const struct field *f)
{
    cJSON *all = cJSON_AddArrayToObject(schema, "allOf");
    cJSON *rule = cJSON_CreateObject();
    cJSON_AddItemToArray(all, rule);
    cJSON *rows = cJSON_AddArrayToObject(rule, "prefixItems");
    for (unsigned i = 0; i < f->max; i++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddItemToArray(rows, row);
        add_row_labels(row, f->table, i);
    }
}

static void describe_list(struct describer *d, const struct field *f,
                          cJSON *schema)
{
    bool every = f->flags & EVERY_ROW;
    add_type(schema, f, "array");
    if (every)
        cJSON_AddNumberToObject(schema, "minItems", (double)f->max);
    cJSON_AddNumberToObject(schema, "maxItems", (double)f->max);
    cJSON_AddItemToObject(schema, "items", object_of(d, f->table));
    if (every)
        add_labels(schema, f);
}

static void describe_stop(struct describer *d, const struct field *f,
                          cJSON *schema)
{
    static const struct field price = { .flags = POSITIVE };
    cJSON *types = cJSON_CreateArray();
    merge(d, f->table, schema);
    cJSON_AddItemToArray(types, cJSON_CreateString("number"));
    cJSON_AddItemToArray(types, cJSON_CreateString("object"));
    cJSON_AddItemToArray(types, cJSON_CreateString("null"));
    cJSON_ReplaceItemInObjectCaseSensitive(schema, "type", types);
    cJSON_AddNumberToObject(schema, "minProperties", 1);
    add_range(schema, &price);
}

static void describe_empty(struct describer *d, const struct field *f,
                           cJSON *schema)
{
    (void)d;
    add_type(schema, f, "object");
    cJSON_AddNumberToObject(schema, "maxProperties", 0);
}

static cJSON *schema_of(struct describer *d, const struct field *f)
{
    static void (*const by_type[FIELD_TYPE_COUNT])(
        struct describer *, const struct field *, cJSON *) = {
        [FIELD_CONST] = describe_const, [FIELD_LABEL] = describe_words,
        [FIELD_TEXT] = describe_text,   [FIELD_WORD] = describe_words,
        [FIELD_ENUM] = describe_words,  [FIELD_SET] = describe_set,
        [FIELD_REAL] = describe_real,   [FIELD_INT] = describe_int,
        [FIELD_BOOL] = describe_bool,   [FIELD_TIME] = describe_time,
        [FIELD_MAP] = describe_map,     [FIELD_LIST] = describe_list,
        [FIELD_STOP] = describe_stop,   [FIELD_EMPTY] = describe_empty,
    };
    char text[320];
    cJSON *schema = cJSON_CreateObject();
    snprintf(text, sizeof(text), "%s%s%s%s", f->help ? f->help : f->key,
             f->unit ? " (" : "", f->unit ? f->unit : "", f->unit ? ")" : "");
    cJSON_AddStringToObject(schema, "description", text);
    by_type[f->type](d, f, schema);
    return schema;
}

/* if status is real, filled or stale then value is a number, else null. */
static void add_status_rule(cJSON *schema)
{
    static const enum value_status with[] = { VALUE_REAL, VALUE_FILLED,
                                              VALUE_STALE };
    static const struct {
        const char *word, *type;
    } branches[] = { { "then", "number" }, { "else", "null" } };
    cJSON *when = cJSON_AddObjectToObject(schema, "if");
    cJSON *keys = cJSON_AddObjectToObject(when, "properties");
    cJSON *status = cJSON_AddObjectToObject(keys, "status");
    cJSON *list = cJSON_AddArrayToObject(status, "enum");
    for (size_t i = 0; i < ARRAY_LEN(with); i++)
        cJSON_AddItemToArray(list,
                             cJSON_CreateString(value_status_name(with[i])));
    for (size_t i = 0; i < ARRAY_LEN(branches); i++) {
        cJSON *branch = cJSON_AddObjectToObject(schema, branches[i].word);
        cJSON *inside = cJSON_AddObjectToObject(branch, "properties");
        cJSON *value = cJSON_AddObjectToObject(inside, "value");
        cJSON_AddStringToObject(value, "type", branches[i].type);
    }
}

static cJSON *object_of(struct describer *d, const struct table *table)
{
    cJSON *schema = cJSON_CreateObject();
    cJSON_AddStringToObject(schema, "type", "object");
    cJSON_AddFalseToObject(schema, "additionalProperties");
    cJSON *required = cJSON_AddArrayToObject(schema, "required");
    cJSON *properties = cJSON_AddObjectToObject(schema, "properties");
    for (size_t i = 0; i < table->count; i++) {
        const struct field *f = &table->fields[i];
        if (!(f->flags & OPTIONAL))
            cJSON_AddItemToArray(required, cJSON_CreateString(f->key));
        cJSON_AddItemToObject(properties, f->key, schema_of(d, f));
    }
    if (table->has_status)
        add_status_rule(schema);
    return schema;
}

static cJSON *document_schema(const struct document_kind *kind)
{
    struct describer d = { kind, cJSON_CreateObject() };
    cJSON *schema = cJSON_CreateObject();
    struct field whole = { .type = FIELD_MAP, .table = kind->table };

    cJSON_AddStringToObject(schema, "$schema", DIALECT);
    cJSON_AddStringToObject(schema, "title", kind->word);
    cJSON_AddStringToObject(schema, "description", kind->help);
    describe_map(&d, &whole, schema);
    if (d.defs && d.defs->child)
        cJSON_AddItemToObject(schema, "$defs", d.defs);
    else
        cJSON_Delete(d.defs);
    return schema;
}

int schema_render(enum record_kind kind, struct text *out, struct error *err)
{
    cJSON *schema = document_schema(&document_kinds[kind]);
    char *text = cJSON_Print(schema);
    int rc = 0;
    if (!text || text_puts(out, text) || text_puts(out, "\n"))
        rc = error_set(err, FAULT_DATA, "schema '%s' cannot be written",
                       record_kind_name(kind));
    cJSON_free(text);
    cJSON_Delete(schema);
    return rc;
}
