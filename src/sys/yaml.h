/* sys/yaml.h - YAML in and out, with line and column. Only the reader uses
 * libyaml; the writer's bytes are those that libyaml's emitter would write.
 *
 * The subset that people and our own files need: one document of maps,
 * sequences and scalars. Anchors, aliases, tags, a second document, a key that
 * is not a scalar and a key twice in one map are errors with line and column.
 * Depth is limited to 16 and nodes to 20,000.
 */
#ifndef SYS_YAML_H
#define SYS_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "sys/text.h"

#define YAML_DEPTH_MAX 16 /* the root has depth 1, what it holds 2 */

enum yaml_kind { YAML_SCALAR, YAML_MAP, YAML_SEQ };

struct yaml_node {
    enum yaml_kind kind;
    int line, column;         /* of the value, from 1 */
    char *key;                /* in a map, else NULL */
    int key_line, key_column; /* of the key, from 1 */
    char *text;               /* scalar: its content; else NULL */
    bool plain;               /* scalar written without quotes: only such a
                                 one can be null, a number or a bool */
    size_t count;             /* children of a map or sequence */
    struct yaml_node *children;
};

/* On success `*out` owns the tree (yaml_node_free). An empty document is a map
 * without children. FAULT_DATA with line and column on anything else. */
int yaml_parse(const char *data, size_t len, struct yaml_node **out,
               struct error *err);
void yaml_node_free(struct yaml_node *root);

/* The child with that key, or NULL. */
const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key);

/* Is it a plain null: empty, ~ or null? */
bool yaml_is_null(const struct yaml_node *node);

/* Writing: one document in block style, two blanks of indentation, keys in the
 * order given. `key` is NULL inside a sequence. A flow map or sequence, and all
 * inside one, stands on one line, however long. Errors are remembered and told
 * by yaml_writer_end(): more bytes than `out` may hold, a text or key that is
 * not UTF-8, a key of several lines or of more than 128 bytes, a plain text of
 * several lines, what is nested too deeply to be read back, and calls that make
 * no document. What `out` then holds is of no use. */
struct yaml_writer;
struct yaml_writer *yaml_writer_new(struct text *out); /* borrows `out` */
void yaml_map_begin(struct yaml_writer *w, const char *key, bool flow);
void yaml_map_end(struct yaml_writer *w);
void yaml_seq_begin(struct yaml_writer *w, const char *key, bool flow);
void yaml_seq_end(struct yaml_writer *w);
/* A string is quoted whenever plain text would read back as something else
 * (null, a number, a bool, a time is fine) or could not stand plain; several
 * lines become a literal block. */
void yaml_string(struct yaml_writer *w, const char *key, const char *text);
/* Written as it is: numbers, times, true, false, null. Only what cannot stand
 * plain is quoted, as a time inside a flow map is, because of its colons. */
void yaml_plain(struct yaml_writer *w, const char *key, const char *text);
/* Frees the writer. -1 when anything went wrong on the way. */
int yaml_writer_end(struct yaml_writer *w, struct error *err);

#endif
