#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "record/codec.h"
#include "record/record.h"
#include "record/tables.h"
#include "sys/xmalloc.h"

static const struct complaint_place whole_file = { "", 0, 0 };

int document_render(enum record_kind kind, const void *doc, struct text *out,
                    struct error *err)
{
    const struct document_kind *k = &document_kinds[kind];
    if (fields_render(k, doc, out, err))
        return error_wrap(err, "document '%s'", k->word);
    return 0;
}

/* The parser's message begins with "line 3, column 5: ". */
static void complain_of_yaml(const struct error *err, struct complaints *c)
{
    struct complaint_place at = whole_file;
    int used = 0;
    if (sscanf(err->msg, "line %d, column %d: %n", &at.line, &at.column,
               &used) < 2)
        used = 0;
    complaints_add(c, at, "%.300s", err->msg + used);
}

static int read_document(const struct document_kind *kind, const char *data,
                         size_t len, void *doc, struct complaints *c)
{
    struct yaml_node *root = NULL;
    struct error err = { 0 };
    size_t before = c->count;

    memset(doc, 0, kind->size);
    if (yaml_parse(data, len, &root, &err)) {
        complain_of_yaml(&err, c);
        return -1;
    }
    fields_read(kind, root, doc, c);
    if (c->count == before && kind->check) {
        struct checker k = { root, c };
        kind->check(doc, &k);
    }
    yaml_node_free(root);
    return c->count == before ? 0 : -1;
}

int document_parse(enum record_kind kind, const char *data, size_t len,
                   void *doc, struct complaints *complaints)
{
    if (len > RECORD_BYTES_MAX) {
        memset(doc, 0, document_kinds[kind].size);
        complaints_add(complaints, whole_file, "is longer than %zu bytes",
                       RECORD_BYTES_MAX);
        return -1;
    }
    return read_document(&document_kinds[kind], data, len, doc, complaints);
}

/* Does the line begin with the key of a part that follows from the rest? */
static bool begins_derived(const struct table *table, const char *line)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *f = &table->fields[i];
        size_t n = strlen(f->key);
        if (f->flags & DERIVED && strncmp(line, f->key, n) == 0 &&
            line[n] == ':')
            return true;
    }
    return false;
}

/* The document as we write it, without those parts: their lines up to the next
 * one that begins with a key. */
static void cut_derived(const struct table *table, const char *data, size_t len,
                        struct text *out)
{
    bool cutting = false;
    for (const char *end = data + len; data < end;) {
        const char *stop = memchr(data, '\n', (size_t)(end - data));
        size_t n = stop ? (size_t)(stop - data) + 1 : (size_t)(end - data);
        if (*data != ' ' && *data != '-')
            cutting = begins_derived(table, data);
        if (!cutting)
            text_append(out, data, n);
        data += n;
    }
}

int document_parse_inputs(enum record_kind kind, const char *data, size_t len,
                          void *doc, struct complaints *complaints)
{
    const struct document_kind *k = &document_kinds[kind];
    struct text inputs = TEXT_INIT(RECORD_BYTES_MAX);
    struct yaml_node *root = NULL;
    struct error err = { 0 };
    size_t before = complaints->count;

    memset(doc, 0, k->size);
    cut_derived(k->table, data, len, &inputs);
    if (yaml_parse(text_str(&inputs), inputs.len, &root, &err))
        complain_of_yaml(&err, complaints);
    else
        inputs_read(k, root, doc, complaints);
    yaml_node_free(root);
    text_release(&inputs);
    return complaints->count == before ? 0 : -1;
}

static void compare_name(const struct document_kind *kind, const void *doc,
                         const struct record_place *p, const struct checker *k)
{
    const char *name = (const char *)doc + kind->name_offset;
    if (kind->name_key && strcmp(name, p->name))
        checker_say(k, kind->name_key, "is '%.40s', but the path says '%.40s'",
                    name, p->name);
}

static void compare_time(const struct document_kind *kind, const void *doc,
                         const struct record_place *p, const struct checker *k)
{
    char text[MOMENT_TEXT];
    if (!kind->time_key || p->time_ms == MOMENT_NONE)
        return;
    moment_format(p->time_ms, text);
    if (kind_time_ms(kind, doc) != p->time_ms)
        checker_say(k, kind->time_key, "must be %s, as the path says", text);
}

static bool fits_path(const struct document_kind *kind, const void *doc,
                      const struct record_place *p)
{
    const char *name = (const char *)doc + kind->name_offset;
    bool named = !kind->name_key || strcmp(name, p->name) == 0;
    return named && (!kind->time_key || p->time_ms == MOMENT_NONE ||
                     kind_time_ms(kind, doc) == p->time_ms);
}

static void compare_with_path(const struct record_place *p, const void *doc,
                              const char *data, size_t len,
                              struct complaints *c)
{
    const struct document_kind *kind = &document_kinds[p->kind];
    struct yaml_node *root = NULL;
    char hash8[RECORD_HASH8];

    /* Read once more only to say where something is wrong. */
    if (!fits_path(kind, doc, p) && yaml_parse(data, len, &root, NULL) == 0) {
        struct checker k = { root, c };
        compare_name(kind, doc, p, &k);
        compare_time(kind, doc, p, &k);
        yaml_node_free(root);
    }
    record_hash8(data, len, hash8);
    if (*p->hash8 && strcmp(hash8, p->hash8))
        complaints_add(c, whole_file,
                       "has the hash %s, but its name says %s: it was changed "
                       "after it was written",
                       hash8, p->hash8);
}

static void validate_document(const struct record_place *p, const char *data,
                              size_t len, struct complaints *c)
{
    size_t most = p->kind == RECORD_METRICS ? RECORD_METRICS_MAX
                  : p->kind == RECORD_EXIT  ? RECORD_EXIT_MAX
                                            : RECORD_BYTES_MAX;
    void *doc = xcalloc(1, document_kinds[p->kind].size);
    if (document_parse(p->kind, data, len, doc, c) == 0)
        compare_with_path(p, doc, data, len, c);
    if (len > most)
        complaints_add(c, whole_file, "has %zu bytes, at most %zu are allowed",
                       len, most);
    free(doc);
}

static void validate_schema(const struct record_place *p, const char *data,
                            size_t len, struct complaints *c)
{
    struct text want = TEXT_INIT(RECORD_BYTES_MAX * 4);
    struct error err = { 0 };
    if (schema_render(p->schema_of, &want, &err))
        complaints_add(c, whole_file, "%.300s", err.msg);
    else if (want.len != len || memcmp(want.data, data, len))
        complaints_add(c, whole_file,
                       "is not the schema of this version of gridwatch; "
                       "let init write it again");
    text_release(&want);
}

static void validate_seed(const struct record_place *p, const char *data,
                          size_t len, struct complaints *c)
{
    struct bar *bars = NULL;
    size_t count = 0;
    if (seed_parse(data, len, p->tf, &bars, &count, c) == 0)
        free(bars);
}

static void complain_at_key(const struct yaml_node *node, struct complaints *c)
{
    struct complaint_place at = { "", node->key_line, node->key_column };
    complaints_add(c, at, "must be %s with %s", pattern_words(PATTERN_OPTION),
                   pattern_words(PATTERN_SETTING));
}

/* Its form only: which options there are is not known here. */
static void validate_config(const char *data, size_t len, struct complaints *c)
{
    struct yaml_node *root = NULL;
    struct error err = { 0 };
    if (yaml_parse(data, len, &root, &err)) {
        complain_of_yaml(&err, c);
        return;
    }
    if (root->kind != YAML_MAP || !root->count)
        complaints_add(c, whole_file, "is not a map of options");
    for (size_t i = 0; root->kind == YAML_MAP && i < root->count; i++) {
        const struct yaml_node *node = &root->children[i];
        if (!pattern_matches(PATTERN_OPTION, node->key) ||
            node->kind != YAML_SCALAR ||
            !(pattern_matches(PATTERN_SETTING, node->text) ||
              pattern_matches(PATTERN_PHRASE, node->text)))
            complain_at_key(node, c);
    }
    yaml_node_free(root);
}

int record_validate(const char *path, const char *data, size_t len,
                    struct complaints *complaints)
{
    struct record_place p = record_place_of(path);
    size_t before = complaints->count;

    if (p.kind == RECORD_FOREIGN)
        complaints_add(complaints, whole_file,
                       "does not belong here: README.md tells the layout");
    else if (p.kind == RECORD_SCHEMA)
        validate_schema(&p, data, len, complaints);
    else if (p.kind == RECORD_CONFIG)
        validate_config(data, len, complaints);
    else if (p.kind == RECORD_SEED)
        validate_seed(&p, data, len, complaints);
    else if (p.kind != RECORD_README)
        validate_document(&p, data, len, complaints);
    return complaints->count == before ? 0 : -1;
}

int record_check_before_commit(const char *path, const struct text *text,
                               struct complaints *complaints)
{
    return record_validate(path, text_str(text), text->len, complaints);
}
