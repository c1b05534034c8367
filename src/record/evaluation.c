/* The evaluation of an exit document by itself. */
#include <assert.h>
#include <string.h>

#include "record/codec.h"
#include "record/record.h"
#include "record/tables.h"

static const struct field *find(const struct table *table, const char *key)
{
    size_t i = 0;
    while (i < table->count && strcmp(table->fields[i].key, key) != 0)
        i++;
    assert(i < table->count);
    return &table->fields[i];
}

int evaluation_render(const struct exit_document *doc, struct text *out,
                      struct error *err)
{
    struct document_kind part = document_kinds[RECORD_EXIT];
    const struct table table = { .count = 1,
                                 .fields = find(part.table, "evaluation") };
    part.table = &table;
    return fields_render(&part, doc, out, err);
}
