/* Maps, lists, and what is missing or too much in them. Reading goes on after
 * a fault, so that one pass tells everything. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/value.h"
#include "record/member.h"
#include "record/read_internal.h"

#define SHOWN      40 /* code points of a faulty value that are repeated */
#define SHOWN_ROOM (UTF8_ROOM(SHOWN) + sizeof("''"))

void reader_say(struct reader *r, const struct yaml_node *node, const char *fmt,
                ...)
{
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    struct complaint_place at = { r->path, node->line, node->column };
    complaints_add(r->complaints, at, "%s", what);
}

/* What stands there, short enough and safe to be repeated. */
static void show(const struct yaml_node *node, char out[SHOWN_ROOM])
{
    char text[UTF8_ROOM(SHOWN)];
    if (node->kind != YAML_SCALAR) {
        snprintf(out, SHOWN_ROOM, "%s",
                 node->kind == YAML_MAP ? "a map" : "a list");
    } else if (yaml_is_null(node)) {
        snprintf(out, SHOWN_ROOM, "%s", *node->text ? "null" : "nothing");
    } else {
        utf8_cut_line(node->text, SHOWN, text);
        snprintf(out, SHOWN_ROOM, "'%s'", text);
    }
}

void reader_want(struct reader *r, const struct item *it, const char *what)
{
    char shown[SHOWN_ROOM];
    show(it->node, shown);
    reader_say(r, it->node, "must be %s%s, but is %s", what,
               it->f->flags & NULLABLE && !it->f->absent ? " or null" : "",
               shown);
}

size_t reader_push(struct reader *r, const char *key)
{
    size_t len = strlen(r->path);
    snprintf(r->path + len, sizeof(r->path) - len, "%s%s", len ? "." : "", key);
    return len;
}

size_t reader_push_row(struct reader *r, size_t row)
{
    size_t len = strlen(r->path);
    snprintf(r->path + len, sizeof(r->path) - len, "[%zu]", row);
    return len;
}

void reader_pop(struct reader *r, size_t len)
{
    r->path[len] = '\0';
}

int words_find(const struct words *words, const char *word)
{
    for (unsigned i = 0; i < words->count; i++)
        if (words->word(i) && strcmp(words->word(i), word) == 0)
            return (int)i;
    return -1;
}

static void read_map(struct reader *r, const struct table *table, void *base,
                     const struct yaml_node *node);

static void read_list(struct reader *r, const struct item *it)
{
    const struct field *f = it->f;
    size_t count = it->node->count, row = r->row;
    bool every = f->flags & EVERY_ROW;

    if (it->node->kind != YAML_SEQ) {
        reader_want(r, it, "a list");
        return;
    }
    if (count > f->max || (every && count != f->max))
        reader_say(r, it->node, "must have %s%zu rows, but has %zu",
                   every ? "" : "at most ", f->max, count);
    count = count < f->max ? count : f->max;
    for (r->row = 0; r->row < count; r->row++) {
        size_t len = reader_push_row(r, r->row);
        read_map(r, f->table, (char *)it->at + r->row * f->size,
                 &it->node->children[r->row]);
        reader_pop(r, len);
    }
    r->row = row;
    if (!every)
        memcpy((char *)it->base + f->count_offset, &count, sizeof(count));
}

static bool is_stop_map(const struct item *it)
{
    return it->f->type == FIELD_STOP && it->node->kind == YAML_MAP &&
           it->node->count > 0;
}

static void read_value(struct reader *r, const struct item *it)
{
    bool may_be_null = it->f->flags & (NULLABLE | OPTIONAL);
    if (may_be_null && yaml_is_null(it->node)) {
        if (!*it->node->text && !r->kind->by_hand)
            reader_say(r, it->node,
                       "is empty; what is not known is written null");
    } else if (it->f->type == FIELD_MAP || is_stop_map(it)) {
        if (it->f->type == FIELD_MAP && it->f->flags & NULLABLE)
            *((bool *)it->base + it->f->count_offset) = true;
        read_map(r, it->f->table, it->at, it->node);
    } else if (it->f->type == FIELD_LIST) {
        read_list(r, it);
    } else if (it->f->type == FIELD_PAIRS) {
        pairs_read(r, it);
    } else {
        leaf_read(r, it);
    }
}

static bool is_key(const struct table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->fields[i].key, key) == 0)
            return true;
    return false;
}

static void find_unknown_keys(struct reader *r, const struct table *table,
                              const struct yaml_node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *child = &node->children[i];
        char key[UTF8_ROOM(SHOWN)];
        if (is_key(table, child->key))
            continue;
        utf8_cut_line(child->key, SHOWN, key);
        size_t len = reader_push(r, key);
        struct complaint_place at = { r->path, child->key_line,
                                      child->key_column };
        complaints_add(r->complaints, at, "is not a key that is known here");
        reader_pop(r, len);
    }
}

static const char *status_in(const struct table *table,
                             const struct yaml_node *node)
{
    const struct yaml_node *status = yaml_find(node, "status");
    if (status)
        return status->kind == YAML_SCALAR ? status->text : NULL;
    for (size_t i = 0; i < table->count; i++)
        if (!strcmp(table->fields[i].key, "status"))
            return table->fields[i].absent;
    return NULL;
}

/* Beside real and filled stands a number, beside stale one may. */
static void check_status(struct reader *r, const struct table *table,
                         const struct yaml_node *node)
{
    const struct yaml_node *value = yaml_find(node, "value");
    const char *status = status_in(table, node);
    if (!value || !status || value->kind != YAML_SCALAR)
        return;
    bool must = !strcmp(status, value_status_name(VALUE_REAL)) ||
                !strcmp(status, value_status_name(VALUE_FILLED));
    bool may = must || !strcmp(status, value_status_name(VALUE_STALE));
    if (yaml_is_null(value) ? !must : may)
        return;
    size_t len = reader_push(r, "value");
    reader_say(r, value,
               must ? "is null although the status is %.20s"
                    : "must be null while the status is %.20s",
               status);
    reader_pop(r, len);
}

static void *member(const struct reader *r, const struct field *f, void *base)
{
    char *start =
        f->flags & COLUMN ? (char *)r->document + r->row * f->size : base;
    return start + f->offset;
}

/* What is said by leaving the key out is not said by writing it, too. */
static void refuse_needless(struct reader *r, const struct table *table,
                            const struct item *it)
{
    if (!member_is_left_out(table, it->f, it->base, it->at))
        return;
    const char *text = member_absent(table, it->f, it->base);
    reader_say(r, it->node, "must be left out: without the key it is %s",
               *text ? text : "''");
}

static void read_absent(struct reader *r, const struct table *table,
                        const struct item *it)
{
    char text[32];
    snprintf(text, sizeof(text), "%s", member_absent(table, it->f, it->base));
    const struct yaml_node node = { .kind = YAML_SCALAR,
                                    .text = text,
                                    .plain = *text != '\0' };
    struct item said = *it;
    said.node = &node;
    if (!yaml_is_null(&node) && it->f->type != FIELD_SET &&
        it->f->type != FIELD_LIST) /* these are empty as they are */
        leaf_read(r, &said);
}

static void read_field(struct reader *r, const struct table *table,
                       const struct field *f, void *base,
                       const struct yaml_node *map)
{
    struct item it = { f, base, member(r, f, base), yaml_find(map, f->key),
                       map };
    if (r->inputs_only && f->flags & DERIVED)
        return;
    size_t len = reader_push(r, f->key), before = r->complaints->count;
    if (it.node)
        read_value(r, &it);
    else if (f->absent)
        read_absent(r, table, &it);
    else if (!(f->flags & OPTIONAL))
        reader_say(r, map, "is missing");
    if (it.node && r->complaints->count == before)
        refuse_needless(r, table, &it);
    reader_pop(r, len);
}

static void read_map(struct reader *r, const struct table *table, void *base,
                     const struct yaml_node *node)
{
    if (node->kind != YAML_MAP) {
        static const struct field any = { .type = FIELD_MAP };
        reader_want(r, &(struct item){ &any, NULL, NULL, node, NULL }, "a map");
        return;
    }
    for (size_t i = 0; i < table->count; i++)
        read_field(r, table, &table->fields[i], base, node);
    find_unknown_keys(r, table, node);
    if (table->has_status)
        check_status(r, table, node);
}

static void clear_map(struct reader *r, const struct table *table, void *base)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *f = &table->fields[i];
        struct item it = { f, base, member(r, f, base), NULL, NULL };
        size_t rows = f->type == FIELD_LIST ? f->max : f->table ? 1 : 0;
        for (size_t row = 0; row < rows; row++) {
            r->row = f->type == FIELD_LIST ? row : r->row;
            clear_map(r, f->table, (char *)it.at + row * f->size);
        }
        if (!f->table)
            leaf_clear(&it);
    }
}

static void read_root(struct reader *r, const struct yaml_node *root)
{
    const struct document_kind *kind = r->kind;
    void *document = r->document;
    memset(document, 0, kind->size);
    clear_map(r, kind->table, document);
    r->row = 0;
    read_map(r, kind->table, document, root);
}

void fields_read(const struct document_kind *kind, const struct yaml_node *root,
                 void *document, struct complaints *complaints)
{
    struct reader r = { .kind = kind,
                        .document = document,
                        .complaints = complaints };
    read_root(&r, root);
}

void inputs_read(const struct document_kind *kind, const struct yaml_node *root,
                 void *document, struct complaints *complaints)
{
    struct reader r = { .kind = kind,
                        .document = document,
                        .complaints = complaints,
                        .inputs_only = true };
    read_root(&r, root);
}
