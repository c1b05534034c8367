/* record/flat.h - a document as columns and cells, or as one line of JSON, for
 * those who read with other tools.
 *
 * Both walk the document's table of fields, so that a column is where its field
 * is, and a field that is new is a column that is new. Unlike the YAML they say
 * everything: a key that is left out because it says what it says when it is
 * absent has its value.
 */
#ifndef RECORD_FLAT_H
#define RECORD_FLAT_H

#include "record/record.h"

/* One cell; borrowed, valid during the call. */
struct flat_cell {
    const char *column; /* "evaluation.triggers.M_STOP.value" */
    const char *text;   /* as in the YAML, without quotes; NULL: null, or not
                           there. The words of a set have a blank between. */
};
typedef void flat_visit(const struct flat_cell *c, void *payload);

/* Shows every cell in the order of the table, with the cells of all rows that a
 * list may have: those of a row that is not there are NULL. A list whose rows
 * have labels is called by them ("metrics.atr.1h.value"), another one by number
 * ("bars.0.close"). `doc` NULL shows the columns alone. */
void flat_walk(enum record_kind kind, const void *doc, flat_visit *visit,
               void *payload);

/* Appends the document as one line of JSON, nested as the YAML is, and its end.
 * Numbers read back to the same double. */
void flat_json(enum record_kind kind, const void *doc, struct text *out);

/* A cell of one field that is no map and no list: writes its text, or returns
 * false when it is null. `slot_ms` is of the document. For flat_json(). */
#define FLAT_TEXT 2048
struct field;
bool flat_leaf(const struct field *f, const void *base, const void *at,
               size_t row, int64_t slot_ms, char out[FLAT_TEXT]);

#endif
