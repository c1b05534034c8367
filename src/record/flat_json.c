/* A document as one line of JSON. */
#include <cjson/cJSON.h>
#include <string.h>

#include "record/codec.h"
#include "record/flat.h"
#include "record/member.h"
#include "record/tables.h"

struct maker {
    const void *document;
    int64_t slot_ms;
    size_t row;
};

static cJSON *make_map(struct maker *m, const struct table *table,
                       const void *base);

static cJSON *make_list(struct maker *m, const struct field *f,
                        const void *base, const char *rows)
{
    cJSON *list = cJSON_CreateArray();
    size_t count = f->max, outer = m->row;

    if (!(f->flags & EVERY_ROW))
        memcpy(&count, (const char *)base + f->count_offset, sizeof(count));
    for (m->row = 0; m->row < count; m->row++)
        cJSON_AddItemToArray(list,
                             make_map(m, f->table, rows + m->row * f->size));
    m->row = outer;
    return list;
}

static cJSON *make_set(const struct field *f, const char *set)
{
    cJSON *list = cJSON_CreateArray();
    for (unsigned i = 0; i < f->words->count; i++) {
        if (field_number(set + i * f->size, f->size) == f->max)
            cJSON_AddItemToArray(list, cJSON_CreateString(f->words->word(i)));
    }
    return list;
}

static bool is_raw(const struct field *f)
{
    bool number = f->type == FIELD_CONST &&
                  strspn(f->constant, "0123456789") == strlen(f->constant);
    return number || f->type == FIELD_REAL || f->type == FIELD_INT ||
           f->type == FIELD_BOOL || f->type == FIELD_AGE;
}

static cJSON *make_leaf(const struct maker *m, const struct field *f,
                        const void *base, const void *at)
{
    char text[FLAT_TEXT];
    if (f->type == FIELD_SET)
        return make_set(f, at);
    if (!flat_leaf(f, base, at, m->row, m->slot_ms, text))
        return cJSON_CreateNull();
    return is_raw(f) ? cJSON_CreateRaw(text) : cJSON_CreateString(text);
}

static cJSON *make_map(struct maker *m, const struct table *table,
                       const void *base)
{
    cJSON *o = cJSON_CreateObject();
    for (size_t i = 0; i < table->count; i++) {
        const struct field *f = &table->fields[i];
        const char *from = f->flags & COLUMN
                               ? (const char *)m->document + m->row * f->size
                               : base;
        const void *at = from + f->offset;
        if (f->type == FIELD_LIST)
            cJSON_AddItemToObject(o, f->key, make_list(m, f, base, at));
        else if (f->type != FIELD_MAP)
            cJSON_AddItemToObject(o, f->key, make_leaf(m, f, base, at));
        else if (member_is_null(f, base, at))
            cJSON_AddNullToObject(o, f->key);
        else
            cJSON_AddItemToObject(o, f->key, make_map(m, f->table, at));
    }
    return o;
}

void flat_json(enum record_kind kind, const void *doc, struct text *out)
{
    const struct document_kind *k = &document_kinds[kind];
    struct maker m = { .document = doc, .slot_ms = kind_time_ms(k, doc) };
    cJSON *o = make_map(&m, k->table, doc);
    char *line = cJSON_PrintUnformatted(o);

    if (line) {
        text_puts(out, line);
        text_puts(out, "\n");
    }
    cJSON_free(line);
    cJSON_Delete(o);
}
