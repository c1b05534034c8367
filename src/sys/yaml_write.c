/* Writing: each call writes its part at once. Only the form of a block map or
 * sequence waits for its first child, because an empty one is {} or []. */
#include "sys/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "sys/xmalloc.h"
#include "sys/yaml_scalar.h"

#define INDENT  2
#define KEY_MAX 128 /* bytes; libyaml would write "? key" for a longer one */

struct level {
    bool map, flow;
    int indent; /* of its children, in block style */
    size_t count;
};

struct yaml_writer {
    struct text *out;
    const char *problem; /* the first; NULL as long as all went well */
    enum { LINE_START, AFTER_DASH, AFTER_COLON, AFTER_TEXT } at;
    bool has_root;
    int depth; /* open maps and sequences */
    struct level levels[YAML_DEPTH_MAX];
};

static const char too_long[] = "too long";

static void fail(struct yaml_writer *w, const char *problem)
{
    if (!w->problem)
        w->problem = problem;
}

static void put(struct yaml_writer *w, const char *s, size_t n)
{
    if (!w->problem && text_append(w->out, s, n))
        fail(w, too_long);
}

struct yaml_writer *yaml_writer_new(struct text *out)
{
    struct yaml_writer *w = xcalloc(1, sizeof(*w));
    w->out = out;
    w->at = LINE_START;
    return w;
}

static struct level *top(struct yaml_writer *w)
{
    return w->depth ? &w->levels[w->depth - 1] : NULL;
}

static void put_scalar(struct yaml_writer *w, const struct scalar *s,
                       enum scalar_style style)
{
    const struct level *parent = top(w);
    int indent = (parent ? parent->indent : 0) + INDENT;
    if (!w->problem && scalar_put(s, style, indent, w->out))
        fail(w, too_long);
    bool ended = style == SCALAR_LITERAL && s->text[s->len - 1] == '\n';
    w->at = ended ? LINE_START : AFTER_TEXT;
}

static void put_key(struct yaml_writer *w, const char *key, bool flow)
{
    struct scalar s = scalar_look(key);
    if (!scalar_is_utf8(&s))
        fail(w, "a text is not valid UTF-8");
    else if (scalar_has_breaks(&s) || s.len > KEY_MAX)
        fail(w, "a key of several lines, or of more than 128 bytes");
    if (w->problem)
        return;
    put_scalar(w, &s, scalar_plain_style(&s, flow, false));
    put(w, ":", 1);
    w->at = AFTER_COLON;
}

/* The first child of what stands in a sequence follows its dash. */
static void start_line(struct yaml_writer *w, int indent)
{
    if (w->at == AFTER_DASH) {
        put(w, " ", 1);
        return;
    }
    if (w->at != LINE_START)
        put(w, "\n", 1);
    if (!w->problem && scalar_put_blanks(indent, w->out))
        fail(w, too_long);
}

/* All that stands before a value. False when it cannot be written. */
static bool begin_value(struct yaml_writer *w, const char *key)
{
    struct level *parent = top(w);
    if (parent ? parent->map != (key != NULL) : key || w->has_root)
        fail(w, "a key in a list, none in a map, or a second document");
    else if (w->depth == YAML_DEPTH_MAX)
        fail(w, "nested too deeply");
    if (w->problem)
        return false;
    w->has_root = true;
    if (!parent)
        return true;
    if (!parent->flow)
        start_line(w, parent->indent);
    else if (parent->count)
        put(w, ", ", 2);
    parent->count++;
    if (key) {
        put_key(w, key, parent->flow);
    } else if (!parent->flow) {
        put(w, "-", 1);
        w->at = AFTER_DASH;
    }
    return !w->problem;
}

static void part_from_key(struct yaml_writer *w)
{
    if (w->at == AFTER_DASH || w->at == AFTER_COLON)
        put(w, " ", 1);
    w->at = AFTER_TEXT;
}

/* The dash of a sequence in a map stands below the key, not beside it. */
static int indent_in(const struct level *parent, bool map)
{
    if (!parent)
        return 0;
    return parent->indent + (parent->map && !map ? 0 : INDENT);
}

static void begin(struct yaml_writer *w, const char *key, bool map, bool flow)
{
    if (!begin_value(w, key))
        return;
    const struct level *parent = top(w);
    struct level level = { .map = map,
                           .flow = flow || (parent && parent->flow),
                           .indent = indent_in(parent, map) };
    if (level.flow) {
        part_from_key(w);
        put(w, map ? "{" : "[", 1);
    }
    w->levels[w->depth++] = level;
}

static void end(struct yaml_writer *w, bool map)
{
    const struct level *level = top(w);
    if (!level || level->map != map)
        fail(w, "an end without its beginning");
    if (w->problem)
        return;
    w->depth--;
    if (level->flow) {
        put(w, map ? "}" : "]", 1);
        w->at = AFTER_TEXT;
    } else if (!level->count) {
        part_from_key(w);
        put(w, map ? "{}" : "[]", 2);
    }
}

void yaml_map_begin(struct yaml_writer *w, const char *key, bool flow)
{
    begin(w, key, true, flow);
}

void yaml_map_end(struct yaml_writer *w)
{
    end(w, true);
}

void yaml_seq_begin(struct yaml_writer *w, const char *key, bool flow)
{
    begin(w, key, false, flow);
}

void yaml_seq_end(struct yaml_writer *w)
{
    end(w, false);
}

static bool in_flow(struct yaml_writer *w)
{
    return w->depth && top(w)->flow;
}

void yaml_string(struct yaml_writer *w, const char *key, const char *text)
{
    struct scalar s = scalar_look(text);
    if (!scalar_is_utf8(&s))
        fail(w, "a text is not valid UTF-8");
    if (!begin_value(w, key))
        return;
    part_from_key(w);
    put_scalar(w, &s, scalar_string_style(&s, in_flow(w)));
}

void yaml_plain(struct yaml_writer *w, const char *key, const char *text)
{
    struct scalar s = scalar_look(text);
    if (!scalar_is_utf8(&s))
        fail(w, "a text is not valid UTF-8");
    else if (scalar_has_breaks(&s))
        fail(w, "a plain text of several lines");
    if (!begin_value(w, key))
        return;
    bool flow = in_flow(w);
    if (s.len || flow)
        part_from_key(w);
    put_scalar(w, &s, scalar_plain_style(&s, flow, !flow));
}

int yaml_writer_end(struct yaml_writer *w, struct error *err)
{
    if (w->depth || !w->has_root)
        fail(w, "a map or list without end, or no document");
    if (w->at != LINE_START)
        put(w, "\n", 1);
    int rc = 0;
    if (w->problem == too_long)
        rc = error_set(err, FAULT_DATA, "longer than %zu bytes", w->out->max);
    else if (w->problem)
        rc = error_set(err, FAULT_DATA, "cannot be written as YAML: %s",
                       w->problem);
    free(w);
    return rc;
}
