/* tests/unit/record/damage.h - a valid document, damaged in one place at a
 * time. */
#ifndef RECORD_DAMAGE_H
#define RECORD_DAMAGE_H

#include <stdbool.h>

#include "record/complaint.h"
#include "sys/text.h"
#include "sys/yaml.h"

enum damage_kind {
    DAMAGE_DELETE,   /* key and value gone */
    DAMAGE_RENAME,   /* the key has an x too many */
    DAMAGE_GARBAGE,  /* the value is '@@' */
    DAMAGE_MAP,      /* the value is {} */
    DAMAGE_LIST,     /* the value is [] */
    DAMAGE_INFINITE, /* the value is 1e999 */
    DAMAGE_NOTHING,  /* the value is not there */
    DAMAGE_COUNT
};

struct damage {
    enum damage_kind kind;
    char path[COMPLAINT_PATH_MAX + 8]; /* where a complaint is due */
    int line;                          /* in `text` */
    bool is_row;                       /* a row of a list, not a key */
    struct text text;                  /* the damaged document */
};

/* Calls `each` with every damage of the document, those of rows' deletion
 * left out. Returns how many there were. */
size_t damage_all(const struct text *good,
                  void (*each)(const struct damage *d, void *payload),
                  void *payload);

#endif
