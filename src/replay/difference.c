#include "replay/difference.h"

#include <stdio.h>
#include <string.h>

#include "sys/yaml.h"

static const char *said(const struct yaml_node *n)
{
    if (!n)
        return "nothing";
    return n->kind == YAML_SCALAR ? n->text
           : n->kind == YAML_MAP  ? "a map"
                                  : "a list";
}

static bool note(const struct yaml_node *a, const struct yaml_node *b,
                 const char *field, struct difference *out)
{
    snprintf(out->field, sizeof(out->field), "%s", field);
    snprintf(out->recorded, sizeof(out->recorded), "%.90s", said(a));
    snprintf(out->computed, sizeof(out->computed), "%.90s", said(b));
    return true;
}

/* The place of a child: .key, or [2], or [id]. */
static void child_field(const char *field, const struct yaml_node *child,
                        size_t i, char out[DIFFERENCE_FIELD])
{
    const struct yaml_node *id = yaml_find(child, "id");
    const struct yaml_node *name = id ? id : yaml_find(child, "name");
    if (child->key)
        snprintf(out, DIFFERENCE_FIELD, "%.80s%s%.40s", field,
                 field[0] ? "." : "", child->key);
    else if (name && name->text)
        snprintf(out, DIFFERENCE_FIELD, "%.80s[%.40s]", field, name->text);
    else
        snprintf(out, DIFFERENCE_FIELD, "%.80s[%zu]", field, i);
}

/* Where two maps part, one of the two keys is only in one of them. */
static bool note_other_key(const struct yaml_node *recorded,
                           const struct yaml_node *x, const struct yaml_node *y,
                           const char *field, struct difference *out)
{
    char place[DIFFERENCE_FIELD];
    bool lacks = !yaml_find(recorded, y->key);
    child_field(field, lacks ? y : x, 0, place);
    return lacks ? note(NULL, y, place, out) : note(x, NULL, place, out);
}

static bool differs(const struct yaml_node *a, const struct yaml_node *b,
                    const char *field, struct difference *out);

static bool children_differ(const struct yaml_node *a,
                            const struct yaml_node *b, const char *field,
                            struct difference *out)
{
    char place[DIFFERENCE_FIELD];
    for (size_t i = 0; i < a->count || i < b->count; i++) {
        const struct yaml_node *x = i < a->count ? &a->children[i] : NULL;
        const struct yaml_node *y = i < b->count ? &b->children[i] : NULL;
        child_field(field, x ? x : y, i, place);
        if (!x || !y)
            return note(x, y, place, out);
        if (x->key && y->key && strcmp(x->key, y->key) != 0)
            return note_other_key(a, x, y, field, out);
        if (differs(x, y, place, out))
            return true;
    }
    return false;
}

static bool differs(const struct yaml_node *a, const struct yaml_node *b,
                    const char *field, struct difference *out)
{
    if (a->kind != b->kind)
        return note(a, b, field, out);
    if (a->kind != YAML_SCALAR)
        return children_differ(a, b, field, out);
    return strcmp(a->text, b->text) != 0 && note(a, b, field, out);
}

bool difference_find(const struct text *recorded, const struct text *computed,
                     struct difference *out)
{
    struct yaml_node *a = NULL, *b = NULL;

    if (recorded->len == computed->len &&
        memcmp(text_str(recorded), text_str(computed), computed->len) == 0)
        return false;
    *out = (struct difference){ "", "other bytes", "" };
    if (yaml_parse(text_str(recorded), recorded->len, &a, NULL) == 0 &&
        yaml_parse(text_str(computed), computed->len, &b, NULL) == 0)
        differs(a, b, "", out);
    yaml_node_free(a);
    yaml_node_free(b);
    return true;
}
