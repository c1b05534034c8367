/* The JSON Schema of a document kind, made from its table of fields. A part
 * that several places share stands once in $defs. cJSON owns every child from
 * the moment it is added; a NULL of an exhausted machine is passed on and
 * noticed at the end. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"
#include "record/codec.h"
#include "record/record.h"
#include "record/schema_internal.h"
#include "record/tables.h"

#define DIALECT "https://json-schema.org/draft/2020-12/schema"

struct describer {
    const struct document_kind *kind;
    cJSON *defs;
};

static cJSON *object_of(struct describer *d, const struct table *table);

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
        schema_add_type(schema, f, "object");
        return;
    }
    if (!cJSON_GetObjectItemCaseSensitive(d->defs, name))
        cJSON_AddItemToObject(d->defs, name, object_of(d, f->table));
    snprintf(ref, sizeof(ref), "#/$defs/%s", name);
    cJSON_AddStringToObject(schema, "$ref", ref);
}

static void add_row_labels(cJSON *row, const struct table *table, unsigned n)
{
    char help[512] = "";
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
    schema_add_type(schema, f, "array");
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
    schema_add_range(schema, &price);
}

/* "what it is (unit); absent: real" */
static void add_description(cJSON *schema, const struct field *f)
{
    char text[400];
    size_t n = (size_t)snprintf(text, sizeof(text), "%s%s%s%s",
                                f->help ? f->help : f->key, f->unit ? " (" : "",
                                f->unit ? f->unit : "", f->unit ? ")" : "");
    if (f->absent_yes)
        snprintf(text + n, sizeof(text) - n, "; absent: %s, with a yes %s",
                 f->absent, f->absent_yes);
    else if (f->absent)
        snprintf(text + n, sizeof(text) - n, "; absent: %s",
                 *f->absent ? f->absent : "''");
    cJSON_AddStringToObject(schema, "description", text);
}

static cJSON *schema_of(struct describer *d, const struct field *f)
{
    cJSON *schema = cJSON_CreateObject();
    add_description(schema, f);
    if (f->type == FIELD_MAP)
        describe_map(d, f, schema);
    else if (f->type == FIELD_LIST)
        describe_list(d, f, schema);
    else if (f->type == FIELD_STOP)
        describe_stop(d, f, schema);
    else
        schema_put_leaf(d->kind, f, schema);
    if (f->absent && !f->absent_yes)
        schema_forbid(schema, f, f->absent);
    return schema;
}

/* {WORD: {properties: {KEY: {}}}}; returns the innermost. */
static cJSON *add_branch(cJSON *schema, const char *word, const char *key)
{
    cJSON *branch = cJSON_AddObjectToObject(schema, word);
    cJSON *keys = cJSON_AddObjectToObject(branch, "properties");
    return cJSON_AddObjectToObject(keys, key);
}

/* if status is real or filled then value is a number, else, if it is not
 * stale, null. A status that is absent is real, and passes the `if`. */
static void add_status_rule(cJSON *schema)
{
    static const enum value_status with[] = { VALUE_REAL, VALUE_FILLED };
    cJSON *list =
        cJSON_AddArrayToObject(add_branch(schema, "if", "status"), "enum");
    for (size_t i = 0; i < ARRAY_LEN(with); i++)
        cJSON_AddItemToArray(list,
                             cJSON_CreateString(value_status_name(with[i])));
    cJSON_AddStringToObject(add_branch(schema, "then", "value"), "type",
                            "number");
    cJSON *rest = cJSON_AddObjectToObject(schema, "else");
    cJSON_AddStringToObject(add_branch(rest, "if", "status"), "const",
                            value_status_name(VALUE_STALE));
    cJSON_AddStringToObject(add_branch(rest, "else", "value"), "type", "null");
}

/* What a key may not say depends on the answer beside it. */
static void add_answer_rule(cJSON *schema, const struct field *f)
{
    cJSON *all = cJSON_GetObjectItemCaseSensitive(schema, "allOf");
    cJSON *rule = cJSON_CreateObject();
    if (!all)
        all = cJSON_AddArrayToObject(schema, "allOf");
    cJSON_AddItemToArray(all, rule);
    cJSON_AddStringToObject(add_branch(rule, "if", "answer"), "const",
                            answer_name(ANSWER_YES));
    schema_forbid(add_branch(rule, "then", f->key), f, f->absent_yes);
    schema_forbid(add_branch(rule, "else", f->key), f, f->absent);
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
        if (!(f->flags & OPTIONAL) && !f->absent)
            cJSON_AddItemToArray(required, cJSON_CreateString(f->key));
        cJSON_AddItemToObject(properties, f->key, schema_of(d, f));
        if (f->absent_yes)
            add_answer_rule(schema, f);
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
