/* Reading: the tree is built from libyaml's events, which carry positions. What
 * the subset leaves out is refused where it stands. */
#include "sys/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "base/array.h"
#include "sys/xmalloc.h"

#define NODES_MAX  20000
#define FIRST_ROOM 4 /* children; a power of two */

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

/* The text changes its owner: libyaml has it from malloc() as well. */
static int take_scalar(struct reader *r, yaml_event_t *e, char **text)
{
    char *value = (char *)e->data.scalar.value;
    if (strlen(value) != e->data.scalar.length)
        return fail_at(r, e->start_mark,
                       "a zero byte cannot be part of a text");
    e->data.scalar.value = NULL;
    *text = value;
    return 0;
}

static struct yaml_node *new_child(struct yaml_node *parent)
{
    size_t n = parent->count;
    bool full = !n || (n >= FIRST_ROOM && !(n & (n - 1)));
    if (full) /* at each power of two */
        parent->children = xrealloc(parent->children, n ? n * 2 : FIRST_ROOM,
                                    sizeof(*parent->children));
    parent->count++;
    parent->children[n] = (struct yaml_node){ .kind = YAML_SCALAR };
    return &parent->children[n];
}

static int read_node(struct reader *r, yaml_event_t *first, int depth,
                     struct yaml_node *node);

static int read_key(struct reader *r, yaml_event_t *e, struct yaml_node *map)
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

static int read_node(struct reader *r, yaml_event_t *first, int depth,
                     struct yaml_node *node)
{
    if (refusal(first))
        return fail_at(r, first->start_mark, refusal(first));
    if (depth > YAML_DEPTH_MAX)
        return fail_at(r, first->start_mark, "nested too deeply");
    if (++r->nodes > NODES_MAX)
        return fail_at(r, first->start_mark, "too many values");
    node->line = (int)first->start_mark.line + 1;
    node->column = (int)first->start_mark.column + 1;
    if (first->type == YAML_SCALAR_EVENT) {
        node->kind = YAML_SCALAR;
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
