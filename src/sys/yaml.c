/* Reading builds the tree from libyaml's events, which carry positions. What
 * the subset leaves out is refused where it stands. Writing goes through
 * libyaml's emitter; which style a string gets is decided here, because the
 * emitter would leave `no` or `12` plain and a reader would take them for
 * something else. */
#include "sys/yaml.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "base/array.h"
#include "sys/xmalloc.h"

#define DEPTH_MAX 16
#define NODES_MAX 20000

struct reader {
    yaml_parser_t parser;
    const char *data;
    size_t nodes;
    struct error *err;
};

static int fail_at(struct reader *r, yaml_mark_t at, const char *what)
{
    return error_set(r->err, FAULT_DATA, "line %zu, column %zu: %s",
                     at.line + 1, at.column + 1, what);
}

/* A byte that is no text has an offset but no line: count it. */
static int fail_on_byte(struct reader *r)
{
    yaml_mark_t at = { 0 };
    for (size_t i = 0; i < r->parser.problem_offset; i++) {
        at.column++;
        if (r->data[i] == '\n') {
            at.line++;
            at.column = 0;
        }
    }
    return fail_at(r, at, "not valid UTF-8, or a control character");
}

static int next_event(struct reader *r, yaml_event_t *event)
{
    if (yaml_parser_parse(&r->parser, event))
        return 0;
    if (r->parser.error == YAML_READER_ERROR)
        return fail_on_byte(r);
    const char *why = r->parser.problem ? r->parser.problem : "not YAML";
    return fail_at(r, r->parser.problem_mark, why);
}

/* Why an event is outside the subset, or NULL. */
static const char *refusal(const yaml_event_t *e)
{
    const unsigned char *tag = NULL, *anchor = NULL;
    if (e->type == YAML_ALIAS_EVENT)
        return "aliases (*name) are not supported: write the value again";
    if (e->type == YAML_SCALAR_EVENT) {
        tag = e->data.scalar.tag;
        anchor = e->data.scalar.anchor;
    } else if (e->type == YAML_MAPPING_START_EVENT) {
        tag = e->data.mapping_start.tag;
        anchor = e->data.mapping_start.anchor;
    } else if (e->type == YAML_SEQUENCE_START_EVENT) {
        tag = e->data.sequence_start.tag;
        anchor = e->data.sequence_start.anchor;
    }
    if (anchor)
        return "anchors (&name) are not supported: remove it";
    return tag ? "tags (!name) are not supported: remove it" : NULL;
}

static int take_scalar(struct reader *r, const yaml_event_t *e, char **text)
{
    const char *value = (const char *)e->data.scalar.value;
    if (strlen(value) != e->data.scalar.length)
        return fail_at(r, e->start_mark,
                       "a zero byte cannot be part of a text");
    *text = xstrdup(value);
    return 0;
}

static struct yaml_node *new_child(struct yaml_node *parent)
{
    size_t n = parent->count;
    if ((n & (n - 1)) == 0) /* full at each power of two */
        parent->children = xrealloc(parent->children, n ? n * 2 : 1,
                                    sizeof(*parent->children));
    parent->count++;
    parent->children[n] = (struct yaml_node){ .kind = YAML_SCALAR };
    return &parent->children[n];
}

static int read_node(struct reader *r, const yaml_event_t *first, int depth,
                     struct yaml_node *node);

static int read_key(struct reader *r, const yaml_event_t *e,
                    struct yaml_node *map)
{
    if (refusal(e))
        return fail_at(r, e->start_mark, refusal(e));
    if (e->type != YAML_SCALAR_EVENT)
        return fail_at(r, e->start_mark, "a key must be a word");
    char *key = NULL;
    if (take_scalar(r, e, &key))
        return -1;
    if (yaml_find(map, key)) {
        error_set(r->err, FAULT_DATA,
                  "line %zu, column %zu: key '%.80s' is there twice",
                  e->start_mark.line + 1, e->start_mark.column + 1, key);
        free(key);
        return -1;
    }
    struct yaml_node *child = new_child(map);
    child->key = key;
    child->key_line = (int)e->start_mark.line + 1;
    child->key_column = (int)e->start_mark.column + 1;
    return 0;
}

static bool ends(const yaml_event_t *e)
{
    return e->type == YAML_MAPPING_END_EVENT ||
           e->type == YAML_SEQUENCE_END_EVENT;
}

/* One child of a map or sequence; `*done` when the end stood there instead. */
static int read_child(struct reader *r, struct yaml_node *node, int depth,
                      bool *done)
{
    yaml_event_t e = { 0 };
    int rc = next_event(r, &e);
    if (rc)
        return rc;
    if ((*done = ends(&e)))
        goto out;
    if (node->kind == YAML_MAP) {
        rc = read_key(r, &e, node);
        yaml_event_delete(&e);
        if (rc || (rc = next_event(r, &e)))
            return rc;
    } else {
        new_child(node);
    }
    rc = read_node(r, &e, depth + 1, &node->children[node->count - 1]);
out:
    yaml_event_delete(&e);
    return rc;
}

static int read_children(struct reader *r, int depth, struct yaml_node *node)
{
    bool done = false;
    while (!done)
        if (read_child(r, node, depth, &done))
            return -1;
    return 0;
}

static int read_node(struct reader *r, const yaml_event_t *first, int depth,
                     struct yaml_node *node)
{
    if (refusal(first))
        return fail_at(r, first->start_mark, refusal(first));
    if (depth > DEPTH_MAX)
        return fail_at(r, first->start_mark, "nested too deeply");
    if (++r->nodes > NODES_MAX)
        return fail_at(r, first->start_mark, "too many values");
    node->line = (int)first->start_mark.line + 1;
    node->column = (int)first->start_mark.column + 1;
    if (first->type == YAML_SCALAR_EVENT) {
        node->plain = first->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        return take_scalar(r, first, &node->text);
    }
    node->kind = first->type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_SEQ;
    return read_children(r, depth, node);
}

/* The events up to the first that matters: the root, or the end. */
static int skip_to_root(struct reader *r, yaml_event_t *e)
{
    for (;;) {
        if (next_event(r, e))
            return -1;
        if (e->type != YAML_STREAM_START_EVENT &&
            e->type != YAML_DOCUMENT_START_EVENT)
            return 0;
        yaml_event_delete(e);
    }
}

static int expect_end(struct reader *r)
{
    yaml_event_t e = { 0 };
    int rc = next_event(r, &e); /* the end of the document */
    yaml_event_delete(&e);
    if (rc || (rc = next_event(r, &e)))
        return rc;
    if (e.type != YAML_STREAM_END_EVENT)
        rc = fail_at(r, e.start_mark, "a second document is not supported");
    yaml_event_delete(&e);
    return rc;
}

static bool is_empty_root(const struct yaml_node *root)
{
    return root->kind == YAML_SCALAR && root->plain && !*root->text;
}

static int read_document(struct reader *r, struct yaml_node *root)
{
    yaml_event_t e = { 0 };
    int rc = skip_to_root(r, &e);
    if (rc)
        return rc;
    root->line = root->column = 1;
    root->kind = YAML_MAP;
    if (e.type != YAML_STREAM_END_EVENT) {
        rc = read_node(r, &e, 1, root);
        rc = rc ? rc : expect_end(r);
    }
    yaml_event_delete(&e);
    if (!rc && is_empty_root(root)) {
        free(root->text);
        root->text = NULL;
        root->kind = YAML_MAP;
    }
    return rc;
}

int yaml_parse(const char *data, size_t len, struct yaml_node **out,
               struct error *err)
{
    struct reader r = { .data = data, .err = err };
    struct yaml_node *root = xcalloc(1, sizeof(*root));
    int rc;

    *out = NULL;
    if (!yaml_parser_initialize(&r.parser)) {
        rc = error_set(err, FAULT_BUG, "the YAML parser cannot be started");
    } else {
        yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&r.parser, (const unsigned char *)data,
                                     len);
        rc = read_document(&r, root);
    }
    yaml_parser_delete(&r.parser);
    if (rc)
        yaml_node_free(root);
    else
        *out = root;
    return rc;
}

static void release(struct yaml_node *node)
{
    for (size_t i = 0; i < node->count; i++)
        release(&node->children[i]);
    free(node->children);
    free(node->text);
    free(node->key);
}

void yaml_node_free(struct yaml_node *root)
{
    if (root)
        release(root);
    free(root);
}

const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (map->children[i].key && strcmp(map->children[i].key, key) == 0)
            return &map->children[i];
    return NULL;
}

static bool is_word(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

bool yaml_is_null(const struct yaml_node *node)
{
    static const char *const nulls[] = { "", "~", "null" };
    return node->kind == YAML_SCALAR && node->plain &&
           is_word(node->text, nulls, ARRAY_LEN(nulls));
}

struct yaml_writer {
    yaml_emitter_t emitter;
    struct text *out;
    bool failed;
};

static int to_text(void *out, unsigned char *bytes, size_t n)
{
    return text_append(out, bytes, n) == 0;
}

/* `made` says whether the event could be built; emitting takes it over. */
static void emit(struct yaml_writer *w, int made, yaml_event_t *event)
{
    if (!made) {
        w->failed = true;
        return;
    }
    if (w->failed)
        yaml_event_delete(event);
    else if (!yaml_emitter_emit(&w->emitter, event))
        w->failed = true;
}

struct yaml_writer *yaml_writer_new(struct text *out)
{
    struct yaml_writer *w = xcalloc(1, sizeof(*w));
    yaml_event_t e;

    w->out = out;
    if (!yaml_emitter_initialize(&w->emitter)) {
        w->failed = true;
        return w;
    }
    yaml_emitter_set_output(&w->emitter, to_text, out);
    yaml_emitter_set_unicode(&w->emitter, 1);
    yaml_emitter_set_indent(&w->emitter, 2);
    yaml_emitter_set_width(&w->emitter, -1);
    emit(w, yaml_stream_start_event_initialize(&e, YAML_UTF8_ENCODING), &e);
    emit(w, yaml_document_start_event_initialize(&e, NULL, NULL, NULL, 1), &e);
    return w;
}

/* Would a reader of YAML 1.1 or 1.2 take the plain text for something else
 * than a string? A date alone counts as a number here, a time does not. */
static bool is_ambiguous(const char *s)
{
    static const char *const words[] = { "",    "~",  "null",  "true", "y",
                                         "yes", "on", "false", "n",    "no",
                                         "off", "=",  "<<",    ".inf", ".nan" };
    if (is_word(s, words, ARRAY_LEN(words)))
        return true;
    if (*s == '-' || *s == '+')
        s++;
    if (strcasecmp(s, ".inf") == 0)
        return true;
    if (s[0] == '0' && s[1] && strchr("xXoObB", s[1]))
        return true;
    return *s && strchr("0123456789.", *s) &&
           strspn(s, "0123456789_:.eE+-") == strlen(s);
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && c) || c == 0x7f;
}

/* U+0085, U+2028 and U+2029 end a line for YAML 1.1. */
static bool has_odd_break(const char *s)
{
    return strstr(s, "\xc2\x85") || strstr(s, "\xe2\x80\xa8") ||
           strstr(s, "\xe2\x80\xa9");
}

/* Would a plain or single-quoted scalar change it? */
static bool needs_escapes(const char *s)
{
    if (has_odd_break(s))
        return true;
    while (*s && !is_control(*s))
        s++;
    return *s;
}

/* Several lines that come back as they are from a literal block: none begins
 * or ends with a blank, none is empty. */
static bool is_block(const char *s)
{
    if (!strchr(s, '\n') || *s == '\n' || *s == ' ' || has_odd_break(s))
        return false;
    for (; *s; s++) {
        if (*s == '\n' && (s[1] == ' ' || s[1] == '\n'))
            return false;
        if (*s == ' ' && (s[1] == '\n' || !s[1]))
            return false;
        if (*s != '\n' && is_control(*s))
            return false;
    }
    return true;
}

static yaml_scalar_style_t style_of(const char *text)
{
    if (is_block(text))
        return YAML_LITERAL_SCALAR_STYLE;
    if (needs_escapes(text))
        return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    return is_ambiguous(text) ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                              : YAML_PLAIN_SCALAR_STYLE;
}

static void put_scalar(struct yaml_writer *w, const char *text,
                       yaml_scalar_style_t style)
{
    yaml_event_t e;
    size_t n = strlen(text);
    if (n > INT32_MAX) {
        w->failed = true;
        return;
    }
    emit(w,
         yaml_scalar_event_initialize(
             &e, NULL, NULL, (const unsigned char *)text, (int)n, 1, 1, style),
         &e);
}

static void put_key(struct yaml_writer *w, const char *key)
{
    if (key)
        put_scalar(w, key, YAML_PLAIN_SCALAR_STYLE);
}

void yaml_map_begin(struct yaml_writer *w, const char *key, bool flow)
{
    yaml_event_t e;
    put_key(w, key);
    emit(w,
         yaml_mapping_start_event_initialize(&e, NULL, NULL, 1,
                                             flow ? YAML_FLOW_MAPPING_STYLE
                                                  : YAML_BLOCK_MAPPING_STYLE),
         &e);
}

void yaml_map_end(struct yaml_writer *w)
{
    yaml_event_t e;
    emit(w, yaml_mapping_end_event_initialize(&e), &e);
}

void yaml_seq_begin(struct yaml_writer *w, const char *key, bool flow)
{
    yaml_event_t e;
    put_key(w, key);
    emit(w,
         yaml_sequence_start_event_initialize(&e, NULL, NULL, 1,
                                              flow ? YAML_FLOW_SEQUENCE_STYLE
                                                   : YAML_BLOCK_SEQUENCE_STYLE),
         &e);
}

void yaml_seq_end(struct yaml_writer *w)
{
    yaml_event_t e;
    emit(w, yaml_sequence_end_event_initialize(&e), &e);
}

void yaml_string(struct yaml_writer *w, const char *key, const char *text)
{
    put_key(w, key);
    put_scalar(w, text, style_of(text));
}

void yaml_plain(struct yaml_writer *w, const char *key, const char *text)
{
    put_key(w, key);
    put_scalar(w, text, YAML_PLAIN_SCALAR_STYLE);
}

static int why_failed(const struct yaml_writer *w, struct error *err)
{
    if (w->emitter.error == YAML_WRITER_ERROR)
        return error_set(err, FAULT_DATA, "longer than %zu bytes", w->out->max);
    return error_set(err, FAULT_DATA, "cannot be written as YAML: %s",
                     w->emitter.problem ? w->emitter.problem
                                        : "a text is not valid UTF-8");
}

int yaml_writer_end(struct yaml_writer *w, struct error *err)
{
    yaml_event_t e;
    emit(w, yaml_document_end_event_initialize(&e, 1), &e);
    emit(w, yaml_stream_end_event_initialize(&e), &e);
    int rc = w->failed ? why_failed(w, err) : 0;
    yaml_emitter_delete(&w->emitter);
    free(w);
    return rc;
}
