/* tests/unit/record/rows.h - a golden document, changed in one place to what
 * every field allows and the whole may not. */
#ifndef RECORD_ROWS_H
#define RECORD_ROWS_H

#include "record/samples.h"

/* Appends the golden with its first `from` replaced; the assertion fails if
 * there is none. */
void golden_with(enum record_kind kind, const char *from, const char *to,
                 struct text *out);

struct row {
    enum record_kind kind;
    const char *from, *to;
    const char *path, *what; /* of the complaint; "" : it stays valid */
};

/* A row about an exit document. */
#define EXIT(from, to, path, what)                                             \
    {                                                                          \
        RECORD_EXIT, from, to, path, what                                      \
    }

/* Keys that say what they would say by not being there; the schema refuses
 * them, too. */
extern const struct row needless_rows[];
extern const size_t needless_count;

/* Asserts that the first complaint is the one of the row. */
void holds(const struct row *row);

#endif
