/* tests/unit/sys/pair.h - the writer of YAML and its witness (emitter.h), given
 * the same calls. */
#ifndef SYS_PAIR_H
#define SYS_PAIR_H

#include "sys/emitter.h"
#include "sys/yaml.h"

struct pair {
    struct text ours, theirs;
    struct yaml_writer *w;
    struct emitter *e;
};

void pair_new(struct pair *p);
void pair_begin(struct pair *p, const char *key, bool map, bool flow);
void pair_end(struct pair *p, bool map);
void pair_value(struct pair *p, const char *key, const char *text, bool plain);

/* Ends both. Are the bytes the same, and those of `want` unless it is NULL?
 * Complains with both texts when not. */
bool pair_same(struct pair *p, const char *want);

/* The text as a value and as an item, in block and in flow style, as a key and
 * as the whole document. False, and an assertion failed, if any differs. */
bool pair_check(const char *text, bool plain, bool as_key);

#endif
