/* sys/yaml_scalar.h - how the writer of YAML writes one text. Internal to sys.
 *
 * The rules are those of libyaml's emitter, byte for byte, for a line without
 * end and Unicode output: which texts cannot stand plain, which characters are
 * written as escapes (all beyond U+FFFF are). Pure but for the output.
 */
#ifndef SYS_YAML_SCALAR_H
#define SYS_YAML_SCALAR_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/text.h"

enum scalar_style {
    SCALAR_PLAIN,
    SCALAR_SINGLE,  /* 'quoted' */
    SCALAR_DOUBLE,  /* "with \n escapes" */
    SCALAR_LITERAL, /* a block of lines: never inside a flow map or sequence */
};

struct scalar {
    const char *text; /* borrowed */
    size_t len;
    unsigned traits; /* found by scalar_look() */
};

struct scalar scalar_look(const char *text);
bool scalar_is_utf8(const struct scalar *s);
/* Does it hold any of the characters that end a line for YAML 1.1? */
bool scalar_has_breaks(const struct scalar *s);

/* Of a text that must read back as a string. */
enum scalar_style scalar_string_style(const struct scalar *s, bool flow);
/* Of a number, a word or a key without line breaks. An empty text stands plain
 * (as nothing) only where `may_be_empty`. */
enum scalar_style scalar_plain_style(const struct scalar *s, bool flow,
                                     bool may_be_empty);

/* The lines of a literal block are indented by `indent` blanks, and one that
 * ends with a line break leaves the output at the start of a line. -1 when the
 * output is full. */
int scalar_put(const struct scalar *s, enum scalar_style style, int indent,
               struct text *out);

/* Appends that many blanks. */
int scalar_put_blanks(int n, struct text *out);

#endif
