/* A map whose keys are the document's own. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "record/read_internal.h"

/* A number that is none, such as 1e999, is no word either. */
static bool is_setting(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR &&
           pattern_matches(PATTERN_SETTING, node->text) &&
           !(strchr("+-.0123456789", *node->text) &&
             isinf(strtod(node->text, NULL)));
}

static void read_pair(struct reader *r, const struct table *table,
                      const struct yaml_node *node, void *row)
{
    const struct field *key = &table->fields[0], *value = &table->fields[1];
    const struct item it = { value, row, row, node, NULL };

    if (!pattern_matches(key->pattern, node->key) ||
        strlen(node->key) >= key->size) {
        struct complaint_place at = { r->path, node->key_line,
                                      node->key_column };
        complaints_add(r->complaints, at, "must be %s of at most %zu bytes",
                       pattern_words(key->pattern), key->size - 1);
    } else if (!is_setting(node)) {
        reader_want(r, &it, pattern_words(value->pattern));
    } else if (strlen(node->text) >= value->size) {
        reader_say(r, node, "is longer than %zu bytes", value->size - 1);
    } else {
        memcpy((char *)row + key->offset, node->key, strlen(node->key) + 1);
        memcpy((char *)row + value->offset, node->text, strlen(node->text) + 1);
    }
}

/* The keys are the document's: any that fit their pattern. One that is left
 * empty says nothing. */
void pairs_read(struct reader *r, const struct item *it)
{
    const struct field *f = it->f;
    size_t count = 0;

    if (it->node->kind != YAML_MAP) {
        reader_want(r, it, "a map");
        return;
    }
    if (it->node->count > f->max)
        reader_say(r, it->node, "must have at most %zu keys, but has %zu",
                   f->max, it->node->count);
    for (size_t i = 0; i < it->node->count && count < f->max; i++) {
        const struct yaml_node *child = &it->node->children[i];
        size_t len = reader_push(r, child->key);
        if (!yaml_is_null(child))
            read_pair(r, f->table, child, (char *)it->at + count++ * f->size);
        reader_pop(r, len);
    }
    memcpy((char *)it->base + f->count_offset, &count, sizeof(count));
}
