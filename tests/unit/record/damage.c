/* The document is read to a tree and written again in the style it had, but
 * for one node. */
#include "record/damage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

/* Stands for the value that is taken out again; the emitter would write two
 * quotes for an empty one. */
#define NOTHING "NOTHING"

struct walk {
    const struct yaml_node *root, *victim;
    struct damage damage;
    void (*each)(const struct damage *d, void *payload);
    void *payload;
    size_t count;
};

static bool is_flow(const struct yaml_node *n)
{
    if (n->count == 0)
        return true;
    return n->kind == YAML_MAP ? n->column != n->children[0].key_column
                               : n->column + 1 == n->children[0].column;
}

static void write_node(struct yaml_writer *w, const struct walk *x,
                       const struct yaml_node *n);

static void write_victim(struct yaml_writer *w, const struct walk *x)
{
    char key[64];
    const struct yaml_node *n = x->victim;
    struct walk none = *x;
    switch (x->damage.kind) {
    case DAMAGE_DELETE:
        break;
    case DAMAGE_RENAME:
        snprintf(key, sizeof(key), "%sx", n->key);
        struct yaml_node renamed = *n;
        renamed.key = key;
        none.victim = NULL;
        write_node(w, &none, &renamed);
        break;
    case DAMAGE_GARBAGE:
        yaml_string(w, n->key, "@@");
        break;
    case DAMAGE_MAP:
        yaml_map_begin(w, n->key, true);
        yaml_map_end(w);
        break;
    case DAMAGE_LIST:
        yaml_seq_begin(w, n->key, true);
        yaml_seq_end(w);
        break;
    case DAMAGE_INFINITE:
        yaml_plain(w, n->key, "1e999");
        break;
    case DAMAGE_NOTHING:
    case DAMAGE_COUNT:
        yaml_plain(w, n->key, NOTHING);
        break;
    }
}

static void write_node(struct yaml_writer *w, const struct walk *x,
                       const struct yaml_node *n)
{
    if (n == x->victim) {
        write_victim(w, x);
    } else if (n->kind == YAML_SCALAR) {
        if (n->plain)
            yaml_plain(w, n->key, n->text);
        else
            yaml_string(w, n->key, n->text);
    } else {
        bool map = n->kind == YAML_MAP;
        (map ? yaml_map_begin : yaml_seq_begin)(w, n->key, is_flow(n));
        for (size_t i = 0; i < n->count; i++)
            write_node(w, x, &n->children[i]);
        (map ? yaml_map_end : yaml_seq_end)(w);
    }
}

static void take_out_nothing(struct text *t)
{
    char *at = strstr(t->data, NOTHING);
    if (!at)
        return;
    memmove(at, at + strlen(NOTHING), strlen(at + strlen(NOTHING)) + 1);
    t->len -= strlen(NOTHING);
}

/* The child that the path goes on with; keys may hold full stops. */
static const struct yaml_node *child_of(const struct yaml_node *n,
                                        const char *path, size_t *len)
{
    const struct yaml_node *found = NULL;
    *len = 0;
    for (size_t i = 0; i < n->count; i++) {
        size_t k = strlen(n->children[i].key);
        if (k >= *len && !strncmp(n->children[i].key, path, k) &&
            strchr(".[", path[k])) {
            found = &n->children[i];
            *len = k;
        }
    }
    return found;
}

/* Line of what the path leads to: of the map around it when it is gone, of the
 * key when that is what is wrong. */
static int line_of(const struct yaml_node *root, const char *path,
                   enum damage_kind kind)
{
    const struct yaml_node *n = root;
    while (*path && n) {
        size_t len;
        if (*path == '[') {
            n = &n->children[strtoul(path + 1, NULL, 10)];
            path += strcspn(path, "]") + 1;
        } else {
            const struct yaml_node *child = child_of(n, path, &len);
            if (!child && kind == DAMAGE_DELETE)
                return n->line;
            n = child;
            path += len;
        }
        path += *path == '.';
    }
    return !n ? -1 : kind == DAMAGE_RENAME ? n->key_line : n->line;
}

static void damage_once(struct walk *x, const struct yaml_node *n,
                        const char *path, enum damage_kind kind)
{
    struct damage *d = &x->damage;
    struct yaml_node *after = NULL;
    d->kind = kind;
    x->victim = n;
    snprintf(d->path, sizeof(d->path), "%s%s", path,
             kind == DAMAGE_RENAME ? "x" : "");
    d->is_row = n->key == NULL;
    text_clear(&d->text);
    struct yaml_writer *w = yaml_writer_new(&d->text);
    write_node(w, x, x->root);
    ASSERT_INT(yaml_writer_end(w, NULL), 0);
    take_out_nothing(&d->text);
    ASSERT_FATAL(yaml_parse(text_str(&d->text), d->text.len, &after, NULL) ==
                 0);
    d->line = line_of(after, d->path, kind);
    yaml_node_free(after);
    x->each(d, x->payload);
    x->count++;
}

static void damage_below(struct walk *x, const struct yaml_node *n,
                         const char *path)
{
    for (size_t i = 0; i < n->count; i++) {
        const struct yaml_node *child = &n->children[i];
        char at[COMPLAINT_PATH_MAX];
        if (child->key)
            snprintf(at, sizeof(at), "%s%s%s", path, *path ? "." : "",
                     child->key);
        else
            snprintf(at, sizeof(at), "%s[%zu]", path, i);
        for (int k = 0; k < DAMAGE_COUNT; k++)
            if (child->key || (k > DAMAGE_RENAME && k < DAMAGE_NOTHING))
                damage_once(x, child, at, (enum damage_kind)k);
        damage_below(x, child, at);
    }
}

size_t damage_all(const struct text *good,
                  void (*each)(const struct damage *d, void *payload),
                  void *payload)
{
    struct yaml_node *root = NULL;
    if (yaml_parse(text_str(good), good->len, &root, NULL))
        return 0;
    struct walk x = { .root = root, .each = each, .payload = payload };
    x.damage.text = (struct text)TEXT_INIT((size_t)1 << 16);
    damage_below(&x, root, "");
    text_release(&x.damage.text);
    yaml_node_free(root);
    return x.count;
}
