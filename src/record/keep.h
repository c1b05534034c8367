/* record/keep.h - a grid's holding in its state document, and back. */
#ifndef RECORD_KEEP_H
#define RECORD_KEEP_H

#include "base/error.h"
#include "record/document.h"

void state_document_keep(struct state_document *d, const struct holding *h);

/* -1 when the texts say what cannot be: the document was edited. */
int state_document_holding(const struct state_document *d, const struct grid *g,
                           struct holding *out, struct error *err);

#endif
