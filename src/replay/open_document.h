/* replay/open_document.h - one document of the record, read and checked. */
#ifndef REPLAY_OPEN_DOCUMENT_H
#define REPLAY_OPEN_DOCUMENT_H

#include "record/record.h"
#include "store/store.h"

/* Fills the struct of the kind from the tip. FAULT_MISSING when there is no
 * such file, FAULT_DATA with path, line and reason when it is not what it
 * should be. */
int open_document(struct store *store, enum record_kind kind, const char *path,
                  void *out, struct error *err);

/* The same; a slot document that left the tip is read from history, where it
 * stands since its slot. */
int open_document_ever(struct store *store, enum record_kind kind,
                       const char *path, void *out, struct error *err);

/* The grid's file as it was, by the name of its content. */
int open_grid_blob(struct store *store, const char *blob, struct grid *out,
                   struct error *err);

#endif
