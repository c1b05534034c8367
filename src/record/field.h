/* record/field.h - a document kind as a table of fields.
 *
 * A table is the only place where the keys of a document exist. Writing,
 * reading, validation and the JSON Schema walk the same rows, in this order.
 * A key that is not there can therefore not be written, read or described.
 */
#ifndef RECORD_FIELD_H
#define RECORD_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/complaint.h"
#include "record/pattern.h"
#include "sys/yaml.h"

enum field_type {
    FIELD_CONST, /* always the one text or number of `constant` */
    FIELD_LABEL, /* the word of the row's place in its list; not stored */
    FIELD_TEXT,  /* char[size] */
    FIELD_WORD,  /* const char *, one of `words` */
    FIELD_ENUM,  /* an enum, or a bool with two words */
    FIELD_SET,   /* an array as long as `words`, written as the list of those
                    whose element is `max` */
    FIELD_REAL,  /* double */
    FIELD_INT,   /* int64_t or int32_t */
    FIELD_BOOL,
    FIELD_TIME,  /* int64_t of milliseconds */
    FIELD_AGE,   /* the same, written as seconds from it to the slot */
    FIELD_HEX,   /* uint64_t, 16 hexadecimal digits */
    FIELD_MAP,   /* a struct */
    FIELD_LIST,  /* an array of structs */
    FIELD_STOP,  /* struct grid_stop: a number, or {below, above} */
    FIELD_PAIRS, /* an array of two texts, key and value, as a map */
    FIELD_TYPE_COUNT
};

enum field_flag {
    NULLABLE = 1,     /* null: NO_VALUE, MOMENT_NONE, INT64_MIN, "", or a map
                         that is not there (GIVEN) */
    ZERO_IS_NULL = 2, /* with NULLABLE: an int or enum of 0 is null */
    OPTIONAL = 4,     /* the key may be absent, which means null */
    ONE_LINE = 8,     /* a map or the rows of a list are flow maps */
    EVERY_ROW = 16,   /* a list has exactly `max` rows, nothing counts them */
    POSITIVE = 32,    /* a number above zero */
    SLOT_TIME = 64,   /* a time on a quarter of an hour */
    COLUMN = 128,     /* of a list's row, but stored in an array of its own:
                         `offset` counts from the document */
    ENDLESS = 256,    /* with NULLABLE: null is an infinite number */
    DERIVED = 512     /* of a whole document: follows from the rest of it and
                         from the record (document_parse_inputs) */
};

/* The words of an enum, by number. A number without a word is NULL and may
 * not stand in a document. */
struct words {
    unsigned count;
    const char *(*word)(unsigned number);
    /* One clause about it for the schema; NULL when the word says it all. */
    void (*help)(unsigned number, char *out, size_t size);
};

struct field {
    const char *key;
    enum field_type type;
    unsigned flags;
    size_t offset, size; /* of the member; of one row of a list */
    const char *constant;
    const struct words *words;
    const struct table *table; /* of a map or of the rows of a list */
    size_t max;                /* rows of a list; of a set, see there */
    size_t count_offset;       /* of the size_t that counts them; of the bool
                                  that says if a NULLABLE map is there */
    enum pattern pattern;
    double lo, hi; /* of a number; no range when both are 0 */
    /* What a key that is not there says, as text. It is left out if and only
     * if it would say that, so that one content has one form. NULL: it is
     * always there. `absent_yes` counts in a map whose `answer` is yes. */
    const char *absent, *absent_yes;
    const char *unit, *help;
};

#define AT(s, member)                                                          \
    .offset = offsetof(struct s, member),                                      \
    .size = sizeof(((struct s *)0)->member)
#define ROWS(s, member)                                                        \
    .offset = offsetof(struct s, member),                                      \
    .size = sizeof(((struct s *)0)->member[0]),                                \
    .max =                                                                     \
        sizeof(((struct s *)0)->member) / sizeof(((struct s *)0)->member[0])
#define SET(s, member, element)                                                \
    .offset = offsetof(struct s, member),                                      \
    .size = sizeof(((struct s *)0)->member[0]), .max = (element)
#define COUNTED(s, member) .count_offset = offsetof(struct s, member)
#define GIVEN(s, member)   .count_offset = offsetof(struct s, member)

struct table {
    const char *name; /* in the schema's $defs, or NULL to stand in place */
    size_t count;
    const struct field *fields;
    bool has_status; /* keys value and status: with real and filled stands a
                        number, with stale one may, else there is none */
};

/* What a check of a whole document works with. */
struct checker {
    const struct yaml_node *root;
    struct complaints *complaints;
};

/* A complaint about the value at `path`, with its line and column. */
void checker_say(const struct checker *k, const char *path, const char *fmt,
                 ...) __attribute__((format(printf, 3, 4)));

struct document_kind {
    const char *word; /* in `kind`, in the schema's name */
    const char *help;
    size_t size;  /* of the struct */
    bool by_hand; /* people write it: null may be left empty, times are read
                     in more forms */
    const struct table *table;
    void (*check)(const void *document, const struct checker *k); /* or NULL */
    /* What the path repeats: a text, and for some kinds a time. */
    const char *name_key, *time_key;
    size_t name_offset, time_offset;
};

#endif
