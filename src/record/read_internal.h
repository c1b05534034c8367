/* record/read_internal.h - shared by the files that read documents. */
#ifndef RECORD_READ_INTERNAL_H
#define RECORD_READ_INTERNAL_H

#include "record/codec.h"

struct reader {
    const struct document_kind *kind;
    void *document;
    struct complaints *complaints;
    bool inputs_only; /* what is DERIVED is not looked at */
    size_t row;       /* of the list that is being read */
    char path[COMPLAINT_PATH_MAX];
};

/* One thing to read: the field, where it goes, the node that says it. */
struct item {
    const struct field *f;
    void *base, *at;                    /* the struct, and its member */
    const struct yaml_node *node, *map; /* the value, and the map around it */
};

/* A complaint about the node at the reader's path. */
void reader_say(struct reader *r, const struct yaml_node *node, const char *fmt,
                ...) __attribute__((format(printf, 3, 4)));
/* "must be WHAT, but is ..." */
void reader_want(struct reader *r, const struct item *it, const char *what);

/* The path while one more part of it is read; the result cuts it back. */
size_t reader_push(struct reader *r, const char *key);
size_t reader_push_row(struct reader *r, size_t row);
void reader_pop(struct reader *r, size_t len);

/* The member as it is when the document says nothing about it. */
void leaf_clear(const struct item *it);
/* Reads everything but maps and lists. */
void leaf_read(struct reader *r, const struct item *it);
/* Reads FIELD_PAIRS. */
void pairs_read(struct reader *r, const struct item *it);

#endif
