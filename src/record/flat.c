#include "record/flat.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/number.h"
#include "record/codec.h"
#include "record/member.h"
#include "record/tables.h"

#define NAME_MAX_BYTES 160

struct flattener {
    const void *document; /* NULL: columns alone */
    int64_t slot_ms;
    size_t row; /* of the list that is being shown */
    char name[NAME_MAX_BYTES];
    size_t len;
    flat_visit *visit;
    void *payload;
};

/* --- One cell --------------------------------------------------------------
 */

static void put_number(double v, char *out)
{
    char digits[NUMBER_TEXT];
    number_format(v, digits);
    snprintf(out, FLAT_TEXT, "%s", digits);
}

static void put_set(const struct field *f, const char *set, char *out)
{
    size_t len = 0;
    out[0] = '\0';
    for (unsigned i = 0; i < f->words->count; i++) {
        if (field_number(set + i * f->size, f->size) != f->max)
            continue;
        int n = snprintf(out + len, FLAT_TEXT - len, "%s%s", len ? " " : "",
                         f->words->word(i));
        len += (size_t)n;
        assert(len < FLAT_TEXT);
    }
}

static void put_text(const struct field *f, const void *at, size_t row,
                     char *out)
{
    const char *text = f->type == FIELD_CONST   ? f->constant
                       : f->type == FIELD_LABEL ? f->words->word((unsigned)row)
                       : f->type == FIELD_TEXT  ? at
                       : f->type == FIELD_WORD
                           ? *(const char *const *)at
                           : f->words->word(field_number(at, f->size));
    snprintf(out, FLAT_TEXT, "%s", text);
}

bool flat_leaf(const struct field *f, const void *base, const void *at,
               size_t row, int64_t slot_ms, char out[FLAT_TEXT])
{
    char moment[MOMENT_TEXT];
    uint64_t hex;

    if (member_is_null(f, base, at))
        return false;
    if (f->type == FIELD_SET) {
        put_set(f, at, out);
    } else if (f->type == FIELD_REAL) {
        put_number(*(const double *)at, out);
    } else if (f->type == FIELD_INT) {
        snprintf(out, FLAT_TEXT, "%" PRId64, member_integer(at, f->size));
    } else if (f->type == FIELD_BOOL) {
        snprintf(out, FLAT_TEXT, "%s", *(const bool *)at ? "true" : "false");
    } else if (f->type == FIELD_TIME) {
        moment_format(member_integer(at, f->size), moment);
        snprintf(out, FLAT_TEXT, "%s", moment);
    } else if (f->type == FIELD_AGE) {
        put_number((double)(slot_ms - member_integer(at, f->size)) / 1000, out);
    } else if (f->type == FIELD_HEX) {
        memcpy(&hex, at, sizeof(hex));
        snprintf(out, FLAT_TEXT, "%016" PRIx64, hex);
    } else {
        put_text(f, at, row, out);
    }
    return true;
}

/* --- All of them -----------------------------------------------------------
 */

/* Adds a part to the name; the result cuts it back. */
static size_t push(struct flattener *f, const char *part)
{
    size_t before = f->len;
    int n = snprintf(f->name + f->len, sizeof(f->name) - f->len, "%s%s",
                     f->len ? "." : "", part);
    f->len += (size_t)n;
    assert(f->len < sizeof(f->name));
    return before;
}

static void pop(struct flattener *f, size_t before)
{
    f->len = before;
    f->name[before] = '\0';
}

/* `base` NULL: what is shown is not there. */
static const void *member(const struct flattener *f, const struct field *field,
                          const void *base)
{
    if (!base)
        return NULL;
    const char *at = field->flags & COLUMN
                         ? (const char *)f->document + f->row * field->size
                         : base;
    return at + field->offset;
}

static void show_fields(struct flattener *f, const struct table *table,
                        const void *base, bool labels);

static void show_row(struct flattener *f, const struct field *list,
                     const void *row)
{
    char number[24];
    size_t before = f->len;
    bool labelled = false;

    for (size_t i = 0; i < list->table->count; i++) {
        const struct field *label = &list->table->fields[i];
        if (label->type != FIELD_LABEL)
            continue;
        push(f, label->words->word((unsigned)f->row));
        labelled = true;
    }
    snprintf(number, sizeof(number), "%zu", f->row);
    if (!labelled)
        push(f, number);
    show_fields(f, list->table, row, !labelled);
    pop(f, before);
}

static void show_list(struct flattener *f, const struct field *field,
                      const void *base, const char *rows)
{
    size_t count = field->max, outer = f->row;
    if (base && !(field->flags & EVERY_ROW))
        memcpy(&count, (const char *)base + field->count_offset, sizeof(count));
    for (f->row = 0; f->row < field->max; f->row++)
        show_row(f, field,
                 rows && f->row < count ? rows + f->row * field->size : NULL);
    f->row = outer;
}

static void show_leaf(struct flattener *f, const struct field *field,
                      const void *base, const void *at)
{
    char text[FLAT_TEXT];
    bool there = base && flat_leaf(field, base, at, f->row, f->slot_ms, text);
    const struct flat_cell cell = { f->name, there ? text : NULL };
    f->visit(&cell, f->payload);
}

static void show_fields(struct flattener *f, const struct table *table,
                        const void *base, bool labels)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];
        const void *at = member(f, field, base);
        if (field->type == FIELD_LABEL && !labels)
            continue;
        size_t before = push(f, field->key);
        if (field->type == FIELD_MAP)
            show_fields(f, field->table,
                        at && !member_is_null(field, base, at) ? at : NULL,
                        true);
        else if (field->type == FIELD_LIST)
            show_list(f, field, base, at);
        else
            show_leaf(f, field, base, at);
        pop(f, before);
    }
}

void flat_walk(enum record_kind kind, const void *doc, flat_visit *visit,
               void *payload)
{
    const struct document_kind *k = &document_kinds[kind];
    struct flattener f = { .document = doc,
                           .visit = visit,
                           .payload = payload };
    f.slot_ms = doc ? kind_time_ms(k, doc) : 0;
    show_fields(&f, k->table, doc, true);
}
